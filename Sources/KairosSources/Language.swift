/// How one programming language writes comments and definitions, as far as lines show it.
///
/// Kairos needs the names that a project defines, their lines and what their comments say; it does
/// not need syntax trees. A definition that no line shows on its own is missed, never invented.
struct Language: Sendable {
  /// How functions without a keyword are written.
  enum Functions: Sendable {
    /// Only with a keyword.
    case keyword
    /// `int name(…) {` at the start of a line.
    case cStyle
    /// `public void name(…) {` inside a type.
    case member
    /// `name(…) {` inside a class.
    case bareMember
    /// `name() {`.
    case shell
  }

  let name: String
  let extensions: [String]
  var lineComments: [String] = ["//"]
  /// Block comments `/* … */`.
  var hasBlockComments = true
  /// Documentation stands below the definition, in triple quotes.
  var hasDocStrings = false
  /// Quotes of strings over several lines.
  var longQuotes: [String] = []
  var modifiers: Set<String> = []
  /// Words before a name that is defined, at most this far from the margin in columns.
  var definers: [String: Int] = [:]
  var functions = Functions.keyword
  /// `const ( … )`.
  var hasGroups = false
  /// Upper-case names with a `=` at the margin are constants.
  var hasBareConstants = false

  private static let anywhere = 200

  /// By the file's extension, or its name.
  static func of(path: String) -> Language? {
    guard let name = path.split(separator: "/").last, let dot = name.lastIndex(of: ".") else {
      return nil
    }
    return byExtension[name[name.index(after: dot)...].lowercased()].map { all[$0] }
  }

  /// By the interpreter that a script's first line names.
  static func of(interpreter line: some StringProtocol) -> Language? {
    guard line.hasPrefix("#!") else { return nil }
    let names = [
      ("python", "Python"), ("node", "JavaScript"), ("deno", "JavaScript"), ("ruby", "Ruby"),
      ("php", "PHP"), ("sh", "Shell"),
    ]
    guard let found = names.first(where: { line.contains($0.0) }) else { return nil }
    return all.first { $0.name == found.1 }
  }

  private static let byExtension: [String: Int] = {
    var table: [String: Int] = [:]
    for (index, language) in all.enumerated() {
      for name in language.extensions { table[name] = index }
    }
    return table
  }()

  static let all: [Language] = compiled + managed + scripted

  private static let compiled: [Language] = [
    Language(
      name: "Go", extensions: ["go"], longQuotes: ["`"],
      definers: [
        "package": 0, "func": 0, "type": 0, "const": 0, "var": 0,
      ], hasGroups: true),
    Language(
      name: "Swift", extensions: ["swift"], longQuotes: ["\"\"\""],
      modifiers: [
        "public", "package", "internal", "fileprivate", "private", "open", "final", "static",
        "class", "override", "mutating", "nonmutating", "nonisolated", "indirect", "required",
        "convenience", "async", "lazy", "weak", "unowned", "consuming", "borrowing", "isolated",
        "distributed",
      ],
      definers: [
        "func": anywhere, "class": anywhere, "struct": anywhere, "enum": anywhere,
        "protocol": 0, "actor": anywhere, "typealias": anywhere, "macro": 0, "let": 2, "var": 2,
      ]),
    Language(
      name: "Rust", extensions: ["rs"],
      modifiers: ["pub", "async", "unsafe", "const", "default", "extern"],
      definers: [
        "fn": anywhere, "struct": anywhere, "enum": anywhere, "trait": anywhere, "mod": anywhere,
        "type": 4, "const": 4, "static": 4, "union": 0, "macro_rules!": 0,
      ]),
    Language(
      name: "C", extensions: ["c", "h", "m"],
      modifiers: ["static", "extern", "inline", "const"],
      definers: ["struct": 0, "enum": 0, "union": 0, "#define": 0], functions: .cStyle),
    Language(
      name: "C++", extensions: ["cc", "cpp", "cxx", "hpp", "hh", "hxx", "mm", "cu", "ino"],
      modifiers: ["static", "extern", "inline", "const", "constexpr", "virtual", "export"],
      definers: [
        "struct": 4, "class": 4, "enum": 4, "union": 4, "namespace": 4, "concept": 4,
        "#define": 0,
      ], functions: .cStyle),
    Language(
      name: "Zig", extensions: ["zig"], hasBlockComments: false,
      modifiers: ["pub", "export", "inline", "extern"], definers: ["fn": 8, "const": 0, "var": 0]),
  ]

  private static let managed: [Language] = [
    Language(
      name: "Java", extensions: ["java"], longQuotes: ["\"\"\""],
      modifiers: [
        "public", "protected", "private", "static", "final", "abstract", "synchronized", "native",
        "default", "sealed", "non-sealed", "strictfp", "transient", "volatile",
      ],
      definers: [
        "class": anywhere, "interface": anywhere, "enum": anywhere, "record": anywhere,
        "@interface": anywhere,
      ], functions: .member),
    Language(
      name: "Kotlin", extensions: ["kt", "kts"], longQuotes: ["\"\"\""],
      modifiers: [
        "public", "internal", "protected", "private", "open", "abstract", "final", "sealed",
        "data", "inner", "override", "suspend", "inline", "operator", "infix", "tailrec", "const",
        "lateinit", "enum", "annotation", "value", "companion", "external", "expect", "actual",
      ],
      definers: [
        "fun": anywhere, "class": anywhere, "interface": anywhere, "object": anywhere,
        "typealias": 0, "val": 4, "var": 4,
      ]),
    Language(
      name: "C#", extensions: ["cs"],
      modifiers: [
        "public", "protected", "private", "internal", "static", "sealed", "abstract", "virtual",
        "override", "async", "partial", "readonly", "extern", "unsafe", "new", "ref", "required",
      ],
      definers: [
        "namespace": 0, "class": anywhere, "interface": anywhere, "struct": anywhere,
        "enum": anywhere, "record": anywhere,
      ], functions: .member),
    Language(
      name: "Scala", extensions: ["scala", "sc"], longQuotes: ["\"\"\""],
      modifiers: [
        "private", "protected", "final", "sealed", "abstract", "case", "implicit", "lazy",
        "override", "inline", "open",
      ],
      definers: [
        "def": anywhere, "class": anywhere, "object": anywhere, "trait": anywhere, "enum": anywhere,
        "val": 2, "type": 2,
      ]),
    Language(
      name: "Dart", extensions: ["dart"], longQuotes: ["\"\"\"", "'''"],
      modifiers: ["abstract", "final", "sealed", "base", "static", "const", "external", "late"],
      definers: ["class": 0, "mixin": 0, "enum": 0, "extension": 0, "typedef": 0],
      functions: .member),
  ]

  private static let scripted: [Language] = [
    Language(
      name: "Python", extensions: ["py", "pyi"], lineComments: ["#"], hasBlockComments: false,
      hasDocStrings: true, longQuotes: ["\"\"\"", "'''"], modifiers: ["async"],
      definers: ["def": anywhere, "class": anywhere], hasBareConstants: true),
    Language(
      name: "TypeScript", extensions: ["ts", "tsx", "mts", "cts", "vue", "svelte"],
      longQuotes: ["`"], modifiers: scriptModifiers,
      definers: scriptDefiners.merging(
        ["interface": 4, "type": 4, "enum": 4, "namespace": 0]) { $1 },
      functions: .bareMember),
    Language(
      name: "JavaScript", extensions: ["js", "jsx", "mjs", "cjs"], longQuotes: ["`"],
      modifiers: scriptModifiers, definers: scriptDefiners, functions: .bareMember),
    Language(
      name: "Ruby", extensions: ["rb", "rake"], lineComments: ["#"], hasBlockComments: false,
      modifiers: ["private", "protected", "public", "private_class_method"],
      definers: ["def": anywhere, "class": anywhere, "module": anywhere], hasBareConstants: true),
    Language(
      name: "PHP", extensions: ["php"], lineComments: ["//", "#"],
      modifiers: ["public", "protected", "private", "static", "final", "abstract", "readonly"],
      definers: [
        "function": anywhere, "class": anywhere, "interface": anywhere, "trait": anywhere,
        "enum": anywhere, "const": 4, "namespace": 0,
      ]),
    Language(
      name: "Shell", extensions: ["sh", "bash", "zsh", "fish", "ksh"], lineComments: ["#"],
      hasBlockComments: false, definers: ["function": 4], functions: .shell),
    Language(
      name: "Elixir", extensions: ["ex", "exs"], lineComments: ["#"], hasBlockComments: false,
      longQuotes: ["\"\"\""],
      definers: ["def": anywhere, "defp": anywhere, "defmodule": anywhere, "defmacro": anywhere]),
    Language(
      name: "Lua", extensions: ["lua"], lineComments: ["--"], hasBlockComments: false,
      modifiers: ["local"], definers: ["function": 4]),
    Language(
      name: "Perl", extensions: ["pl", "pm"], lineComments: ["#"], hasBlockComments: false,
      definers: ["sub": 4, "package": 0]),
  ]

  private static let scriptModifiers: Set<String> = [
    "export", "default", "declare", "async", "abstract", "public", "protected", "private",
    "static", "readonly", "override",
  ]
  private static let scriptDefiners = [
    "function": anywhere, "function*": anywhere, "class": anywhere, "const": 0, "let": 0,
    "var": 0,
  ]
}
