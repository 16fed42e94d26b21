/// Finds the name that one line of code defines.
struct DefinitionReader {
  let language: Language
  let line: CodeLine

  /// Words that look like a function with its arguments and are none.
  private static let control: Set<Substring> = [
    "if", "for", "while", "switch", "catch", "return", "else", "do", "when", "with", "using",
    "lock", "foreach", "throw", "new", "await", "yield", "case", "goto", "delete", "typedef",
    "sizeof", "super", "this", "assert", "match", "guard", "elif", "try", "function", "fixed",
    "operator", "constructor", "typeof", "defined", "until", "unless",
  ]

  /// The definer of a group that this line opens: `const (`.
  var group: String? {
    guard language.hasGroups, line.indent == 0, line.text.hasSuffix("(") else { return nil }
    let word = CodeLine.word(line.text)
    guard ["const", "var", "type"].contains(word) else { return nil }
    let rest = CodeLine.trimmed(line.text.dropFirst(word.count))
    return rest == "(" ? String(word) : nil
  }

  /// The definition of this line.
  var definition: (kind: String, name: Substring)? {
    keyworded ?? unkeyworded ?? constant
  }

  // MARK: With a keyword

  private var keyworded: (kind: String, name: Substring)? {
    var rest = afterAttributes(line.text)
    while true {
      let word = CodeLine.word(rest)
      guard !word.isEmpty else { return nil }
      if let indentMax = language.definers[String(word)],
        let found = named(word, CodeLine.trimmed(rest.dropFirst(word.count)))
      {
        return line.indent <= indentMax && !isLocal(word, rest) ? found : nil
      }
      guard language.modifiers.contains(String(word)) else { return nil }
      rest = afterModifier(rest.dropFirst(word.count))
    }
  }

  /// In Kotlin a value without a modifier below the margin may as well be a function's own.
  private func isLocal(_ definer: Substring, _ rest: Substring) -> Bool {
    language.name == "Kotlin" && line.indent > 0 && rest.startIndex == line.text.startIndex
      && (definer == "val" || definer == "var")
  }

  private func afterAttributes(_ text: Substring) -> Substring {
    var rest = text
    while rest.hasPrefix("@"), !rest.hasPrefix("@interface") {
      rest = afterModifier(rest.dropFirst(CodeLine.word(rest).count))
    }
    return rest
  }

  /// Past `(crate)`, `(set)`, `"C"`.
  private func afterModifier(_ text: Substring) -> Substring {
    var rest = text
    if rest.hasPrefix("("), let end = rest.firstIndex(of: ")") {
      rest = rest[rest.index(after: end)...]
    }
    rest = CodeLine.trimmed(rest)
    if rest.hasPrefix("\""), let end = rest.dropFirst().firstIndex(of: "\"") {
      rest = CodeLine.trimmed(rest[rest.index(after: end)...])
    }
    return rest
  }

  /// The name after a definer; `nil` when what follows is no name.
  private func named(_ definer: Substring, _ text: Substring) -> (kind: String, name: Substring)? {
    var rest = text
    var kind = String(definer)
    if language.name == "Go", definer == "func", rest.hasPrefix("("),
      let end = rest.firstIndex(of: ")")
    {
      rest = CodeLine.trimmed(rest[rest.index(after: end)...])
    }
    // fun <T> name, enum class Name, class << self, function* name
    if rest.hasPrefix("<"), let end = rest.firstIndex(of: ">") {
      rest = CodeLine.trimmed(rest[rest.index(after: end)...])
    }
    for second in ["class ", "struct ", "interface "] where rest.hasPrefix(second) {
      rest = CodeLine.trimmed(rest.dropFirst(second.count))
      kind = definer == "enum" ? "enum" : String(second.dropLast())
    }
    if rest.hasPrefix("self.") { rest = rest.dropFirst(5) }
    if rest.hasPrefix("*") { rest = CodeLine.trimmed(rest.dropFirst()) }
    if rest.hasPrefix("mut ") { rest = rest.dropFirst(4) }
    let marks = language.name == "Ruby" || language.name == "Elixir" ? "?!" : ""
    let dotted = ["Kotlin", "Lua", "Elixir", "C#", "PHP", "Ruby"].contains(language.name)
    var name = CodeLine.name(rest, extra: marks + (dotted ? ".:\\" : ""))
    if language.functions == .shell { name = CodeLine.name(rest, extra: "-:.") }
    // A receiver type with arguments: `fun List<T>.second()`.
    if language.name == "Kotlin", definer == "fun", let open = rest.firstIndex(of: "("),
      let dot = rest[..<open].lastIndex(of: ".")
    {
      name = CodeLine.name(rest[rest.index(after: dot)...])
    }
    guard !name.isEmpty, isDefinition(definer, rest.dropFirst(name.count)) else { return nil }
    if dotted, let cut = name.lastIndex(where: { $0 == "." || $0 == ":" || $0 == "\\" }),
      language.name != "Elixir" || definer != "defmodule", definer != "namespace"
    {
      name = name[name.index(after: cut)...]
    }
    return name.isEmpty ? nil : (kind, name)
  }

  /// Whether the rest of the line lets the name be defined here and not only used.
  private func isDefinition(_ definer: Substring, _ text: Substring) -> Bool {
    let rest = CodeLine.trimmed(text)
    switch language.name {
    case "C", "C++":
      if definer == "#define" { return true }
      // A use (`struct a *b(…)`) and a forward declaration (`struct a;`) define nothing.
      return rest.isEmpty || rest.hasPrefix("{") || rest.hasPrefix("final")
        || rest.hasPrefix("=") || (rest.hasPrefix(":") && !rest.hasPrefix("::"))
    case "TypeScript", "JavaScript":
      // `const { a } = …` has no name; `let a` alone is a value.
      guard ["const", "let", "var", "type"].contains(definer) else { return true }
      return rest.hasPrefix("=") || rest.hasPrefix(":") || rest.hasPrefix("<")
    case "Rust": return definer != "mod" || !rest.hasPrefix(";") || line.indent == 0
    default: return true
    }
  }

  // MARK: Without a keyword

  private var unkeyworded: (kind: String, name: Substring)? {
    switch language.functions {
    case .keyword: nil
    case .cStyle: beforeParenthesis(indents: 0...0, kind: "function")
    case .member: beforeParenthesis(indents: 0...8, kind: "method")
    case .bareMember: bareMember
    case .shell: shellFunction
    }
  }

  /// `type name(` with at least one word before the name, or a scoped name (`Type::Type(`).
  private func beforeParenthesis(
    indents: ClosedRange<Int>, kind: String
  ) -> (kind: String, name: Substring)? {
    guard indents.contains(line.indent), let open = line.text.firstIndex(of: "("),
      !line.text.hasPrefix("#")
    else { return nil }
    let head = line.text[..<open]
    guard !head.contains("="), !head.contains("."), !head.contains("\""),
      !Self.control.contains(CodeLine.name(head))
    else { return nil }
    if kind == "method", !line.text.hasSuffix("{"), !line.text.contains("=>"),
      !line.text.hasSuffix("("), !line.text.hasSuffix(","),
      !language.modifiers.contains(String(CodeLine.word(line.text)))
    {
      return nil
    }
    let start = head.utf8.lastIndex { !CodeLine.isName($0) }
    let name = start.map { head[head.utf8.index(after: $0)...] } ?? head
    let before = CodeLine(start.map { head[...$0] } ?? head[..<head.startIndex]).text
    guard !name.isEmpty, !Self.control.contains(name) else { return nil }
    let isConstructor = kind == "method" && language.modifiers.contains(String(before))
    guard before.hasSuffix("::") || isConstructor || isType(before) else { return nil }
    return (kind, name)
  }

  private func isType(_ text: Substring) -> Bool {
    guard let last = text.utf8.last, CodeLine.isName(last) || "*&>]?".utf8.contains(last) else {
      return false
    }
    return !Self.control.contains(CodeLine.name(text))
  }

  /// `async name(…) {` inside a class.
  private var bareMember: (kind: String, name: Substring)? {
    guard (1...4).contains(line.indent), line.text.hasSuffix("{") else { return nil }
    var rest = line.text
    while language.modifiers.contains(String(CodeLine.word(rest))), rest.contains(" ") {
      rest = CodeLine.trimmed(rest.dropFirst(CodeLine.word(rest).count))
    }
    for accessor in ["get ", "set "] where rest.hasPrefix(accessor) {
      rest = rest.dropFirst(accessor.count)
    }
    if rest.hasPrefix("*") || rest.hasPrefix("#") { rest = rest.dropFirst() }
    let name = CodeLine.name(rest)
    let after = rest.dropFirst(name.count)
    guard after.hasPrefix("(") || after.hasPrefix("<"), !name.isEmpty,
      !Self.control.contains(name), !after.contains("function"),
      let close = after.lastIndex(of: ")")
    else { return nil }
    // A call with an object or a closure as its last argument ends alike.
    let result = after[after.index(after: close)...]
    guard result.hasPrefix(" {") || result.hasPrefix("{") || result.hasPrefix(":") else {
      return nil
    }
    return ("method", name)
  }

  private var shellFunction: (kind: String, name: Substring)? {
    let name = CodeLine.name(line.text, extra: "-:.")
    let rest = CodeLine.trimmed(line.text.dropFirst(name.count))
    return rest.hasPrefix("()") && line.indent <= 4 && !name.isEmpty ? ("function", name) : nil
  }

  /// `NAME = value` at the margin.
  private var constant: (kind: String, name: Substring)? {
    guard language.hasBareConstants, line.indent <= (language.name == "Ruby" ? 4 : 0) else {
      return nil
    }
    let name = CodeLine.name(line.text)
    guard name.utf8.count > 1, name.utf8.allSatisfy({ !(0x61...0x7a).contains($0) }) else {
      return nil
    }
    let rest = CodeLine.trimmed(line.text.dropFirst(name.count))
    let isAssigned = rest.hasPrefix("=") && !rest.hasPrefix("==")
    return isAssigned || rest.hasPrefix(":") ? ("const", name) : nil
  }
}
