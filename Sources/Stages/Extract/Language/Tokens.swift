/// One word or sign of a sentence, with what kind of thing it is.
struct Token: Equatable {
  /// What a token is. Only words carry grammar; the others name things or separate.
  enum Kind: Equatable {
    case word, code, path, identifier, flag, number, url, punctuation
  }

  let kind: Kind
  /// Exact text; of a code span the text between the back-ticks.
  let text: String
  /// For matching: lower case, contractions spelled in one way; one mark for every code span, so
  /// that no cue is ever found inside code.
  let lower: String
  /// Whether a gap stood before it.
  let spaced: Bool

  /// What stands for a code span in `lower`.
  static let mask = "`"

  init(_ kind: Kind, _ text: String, spaced: Bool) {
    self.kind = kind
    self.text = text
    self.spaced = spaced
    switch kind {
    case .code: lower = Token.mask
    case .word:
      let small = text.lowercased()
      lower = Lexicon.contractions[small] ?? small
    default: lower = text.lowercased()
    }
  }

  /// A word put in by a rule.
  init(word: String) { self.init(.word, word, spaced: true) }

  /// The same place with another word.
  func reading(_ word: String) -> Token { Token(.word, word, spaced: spaced) }

  /// Whether it names a thing by its exact name.
  var isName: Bool {
    switch kind {
    case .code, .path, .identifier, .flag: true
    default: false
    }
  }

  /// As written in a statement: names in back-ticks.
  var rendered: String { isName ? "`\(text)`" : text }
}

extension Sequence<Token> {
  /// The tokens as text again, names in back-ticks.
  var rendered: String {
    var out = ""
    for token in self {
      if token.spaced, !out.isEmpty { out += " " }
      out += token.rendered
    }
    return out
  }
}

/// Splits one sentence into tokens.
enum Tokenizer {
  static func tokens(_ sentence: String) -> [Token] {
    let bytes = Array(sentence.utf8)
    var tokens: [Token] = []
    var at = 0
    var spaced = true
    while at < bytes.count {
      if bytes[at] == UInt8(ascii: " ") {
        spaced = true
        at += 1
      } else if let end = InlineMarkdown.codeSpanEnd(bytes, at) {
        let text = String(decoding: bytes[at..<end], as: UTF8.self)
        let code = text.drop { $0 == "`" }.reversed().drop { $0 == "`" }.reversed()
        tokens.append(
          Token(.code, String(Substring(String(code)).trimmingSpaces()), spaced: spaced))
        spaced = false
        at = end
      } else {
        let end =
          bytes[(at + 1)...].firstIndex { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "`") }
          ?? bytes.count
        append(Substring(String(decoding: bytes[at..<end], as: UTF8.self)), spaced, &tokens)
        spaced = false
        at = end
      }
    }
    return CommandSpans.joined(TypedEnglish.normalised(tokens))
  }

  /// Peels the punctuation off a run without gaps and classifies what is left.
  private static func append(_ run: Substring, _ spaced: Bool, _ tokens: inout [Token]) {
    guard run.contains(where: { $0.isLetter || $0.isNumber }) else {
      // An arrow, a dash, an operator, or closing marks after a code span.
      let sign = run.allSatisfy { "()[]{}\"',;:.!?".contains($0) }
      for mark in sign ? run.map(String.init) : [String(run)] {
        tokens.append(Token(.punctuation, mark, spaced: spaced && mark.first == run.first))
      }
      return
    }
    var core = run
    var spaced = spaced
    while let first = core.first, isOpener(core, first) {
      tokens.append(Token(.punctuation, String(first), spaced: spaced))
      spaced = false
      core.removeFirst()
    }
    var closers: [Character] = []
    while let last = core.last, isCloser(core, last) {
      closers.append(last)
      core.removeLast()
    }
    if core.count > 2, core.first == "_", core.last == "_",
      core.dropFirst().dropLast().allSatisfy(\.isLetter)
    {
      core = core.dropFirst().dropLast()
    }
    if !core.isEmpty {
      tokens.append(Token(kind(of: core), String(core), spaced: spaced))
      spaced = false
    }
    for closer in closers.reversed() {
      tokens.append(Token(.punctuation, String(closer), spaced: spaced))
      spaced = false
    }
  }

  private static func isOpener(_ text: Substring, _ first: Character) -> Bool {
    "([{\"'<*".contains(first) || (",;:!?".contains(first))
  }

  private static func isCloser(_ text: Substring, _ last: Character) -> Bool {
    if last == ")" { return !text.hasSuffix("()") && !(text.dropLast().contains("(")) }
    return "]}\"',;:.!?>*".contains(last)
  }

  /// What a run without surrounding punctuation is.
  static func kind(of text: Substring) -> Token.Kind {
    guard let first = text.first else { return .punctuation }
    if text.contains("://") || text.hasPrefix("www.") { return .url }
    if !text.contains(where: { $0.isLetter || $0.isNumber }) { return .punctuation }
    if Names.isFlag(text) { return .flag }
    if first.isNumber || (first == "v" && text.dropFirst().first?.isNumber == true),
      text.allSatisfy({ $0.isNumber || ".,:%v-x".contains($0) })
    {
      return .number
    }
    if Names.isPath(text) { return .path }
    if Names.isIdentifier(text) { return .identifier }
    return .word
  }
}

/// Recognises names by their spelling alone.
enum Names {
  /// Endings of file names that are no other thing (`Node.js` and `e.g` are none).
  private static let fileEndings: Set<String> = [
    "go", "py", "rb", "rs", "ts", "tsx", "jsx", "mjs", "cjs", "java", "kt", "kts", "swift", "c",
    "h", "cc", "cpp", "hpp", "cs", "php", "ex", "exs", "erl", "hs", "ml", "scala", "clj", "lua",
    "sh", "bash", "zsh", "fish", "sql", "md", "mdx", "rst", "txt", "json", "jsonl", "yaml", "yml",
    "toml", "lock", "mod", "sum", "xml", "html", "css", "scss", "vue", "svelte", "proto", "graphql",
    "tf", "ini", "cfg", "conf", "env", "log", "csv", "gradle", "properties", "plist", "db",
  ]

  /// `--flag`, `-f`.
  static func isFlag(_ text: Substring) -> Bool {
    guard text.hasPrefix("-") else { return false }
    let name = text.drop { $0 == "-" }
    guard text.count - name.count <= 2, let first = name.first, first.isLetter else { return false }
    return name.allSatisfy { $0.isLetter || $0.isNumber || "-_=.".contains($0) }
  }

  /// A path by its spelling: a known ending, a leading dot or slash, or several slashes.
  /// `and/or`, `client/server` and `on/off` are words.
  static func isPath(_ text: Substring) -> Bool {
    guard text.allSatisfy({ $0.isLetter || $0.isNumber || "/._-~*@+${}<>[]".contains($0) }),
      text.contains(where: \.isLetter)
    else { return false }
    let slashes = text.count { $0 == "/" }
    let name = text.split(separator: "/").last ?? text
    let ending = name.split(separator: ".", omittingEmptySubsequences: false).last ?? ""
    let known = name.contains(".") && fileEndings.contains(ending.lowercased())
    if slashes == 0 {
      if known { return name.first != "." || name.count > ending.count + 1 }
      return isDotFile(text)
    }
    if known || isDotFile(text) || text.hasPrefix("~/") { return true }
    if text.hasPrefix("/") { return slashes >= 2 }
    if text.hasSuffix("/") { return true }
    return slashes >= 2 && !text.contains("//")
  }

  private static func isDotFile(_ text: Substring) -> Bool {
    if text.hasPrefix("./") || text.hasPrefix("../") { return text.count > 3 }
    guard text.hasPrefix("."), let first = text.dropFirst().first else { return false }
    return first.isLetter && text.count >= 4
  }

  /// `snake_case`, `camelCase`, `PascalCase` of several humps, `CONSTANT_CASE`, `a.b()`, `A::b`.
  static func isIdentifier(_ text: Substring) -> Bool {
    let name = text.hasSuffix("()") ? text.dropLast(2) : text
    guard let first = name.first, first.isLetter || first == "_" || first == "$" || first == "@",
      name.allSatisfy({ $0.isLetter || $0.isNumber || "_.:$@".contains($0) }),
      !name.contains(":") || name.contains("::"), name.utf8.allSatisfy({ $0 < 0x80 })
    else { return false }
    if text.hasSuffix("()") { return true }
    if name.contains("_") { return name.contains { $0.isLetter } && name.count >= 3 }
    if name.contains("::") { return true }
    if name.contains(".") {
      let parts = name.split(separator: ".", omittingEmptySubsequences: false)
      // `Node.js` and `socket.io` are products.
      if ["js", "io", "net", "ai", "dev", "com", "org"].contains(parts[parts.count - 1]) {
        return false
      }
      return parts.count >= 2 && parts.allSatisfy { $0.count >= 2 && $0.first?.isLetter == true }
        && parts.contains { hasHump($0) || $0.first?.isUppercase == true }
    }
    return hasHump(name) && !Lexicon.properNames.contains(name.lowercased())
  }

  /// `parse` of `parse(text, at)`: a call with its parameters, as documents write functions.
  static func calledName(_ text: Substring) -> String? {
    guard text.hasSuffix(")"), let open = text.firstIndex(of: "("),
      text.firstIndex(of: ")") == text.index(before: text.endIndex)
    else { return nil }
    let name = text[..<open]
    let inside = text[open...].dropFirst().dropLast()
    guard isIdentifier(name + "()"),
      inside.allSatisfy({ $0.isLetter || $0.isNumber || " ,._:?&*[]<>".contains($0) })
    else { return nil }
    return String(name)
  }

  /// A capital after a small letter: the spelling of identifiers, not of words.
  static func hasHump(_ text: Substring) -> Bool {
    var before: Character = " "
    for character in text {
      if character.isUppercase, before.isLowercase { return true }
      before = character
    }
    return false
  }

  /// `CONSTANT_CASE`, as environment variables are spelled.
  static func isConstant(_ text: Substring) -> Bool {
    text.count >= 3 && text.contains("_") && text.first?.isUppercase == true
      && text.allSatisfy { $0.isUppercase || $0.isNumber || $0 == "_" }
  }
}
