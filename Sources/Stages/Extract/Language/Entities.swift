import KairosModel

/// A named thing in a sentence.
struct Entity: Equatable {
  let mention: Mention
  /// Slot subject (`path:…`, `symbol:…`, `command:…`, `setting:…`).
  let subject: String
  /// Position of its token in the sentence.
  let token: Int
  /// Whether the workspace has it; `false` without a workspace.
  let resolved: Bool
  /// Whether its spelling alone makes it a name (`parseArgs`, `src/a.c`, `--flag`), so that the
  /// workspace can refute it; `true` and `main` in back-ticks may be anything.
  let distinct: Bool
}

/// Finds the named things of a sentence and asks the workspace which of them it has.
struct EntityReader {
  let index: WorkspaceIndex?

  /// All names of a sentence in order.
  func entities(in tokens: [Token]) -> [Entity] {
    tokens.indices.compactMap { entity(tokens[$0], at: $0) }
  }

  /// The thing that a token names; `nil` for words.
  func entity(_ token: Token, at position: Int) -> Entity? {
    switch token.kind {
    case .code: return entity(code: token.text, at: position)
    case .path: return path(token.text, at: position)
    case .identifier: return symbol(token.text, at: position)
    case .flag: return setting(token.text, at: position)
    case .word where token.text.contains("/"):
      // `cmd/server` is a path only when the workspace says so.
      guard let found = index?.resolve(path: token.text) else { return nil }
      return Entity(
        mention: Mention(kind: .path, name: found), subject: "path:" + found, token: position,
        resolved: true, distinct: true)
    default: return nil
    }
  }

  /// A dependency or tool by its plain name that opens a sentence (`go-git`, "Webpack's"): a
  /// hyphenated or capitalised word that a manifest of the workspace lists and that no developer
  /// uses as a common word.
  func external(_ token: Token, at position: Int) -> Entity? {
    guard let index, token.kind == .word || token.kind == .code else { return nil }
    let name = token.text.hasSuffix("'s") ? String(token.text.dropLast(2)) : token.text
    let lower = name.lowercased()
    guard lower.utf8.count >= 4, lower.utf8.allSatisfy({ Self.isNameByte($0) }) else { return nil }
    let named =
      name.contains("-") ? name == lower : name != lower || Lexicon.properNames.contains(lower)
    guard named, !Self.isCommon(lower),
      index.isListed(
        lower, asPathPart: !name.contains("-") && !Lexicon.properNames.contains(lower))
    else { return nil }
    return Entity(
      mention: Mention(kind: .package, name: lower), subject: "package:" + lower, token: position,
      resolved: true, distinct: true)
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    (0x61...0x7a).contains(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "-")
  }

  /// Words that open sentences without naming a tool.
  private static func isCommon(_ word: String) -> Bool {
    let singular = StatementKey.singular(word)
    return Lexicon.baseVerbs.contains(singular) || Lexicon.stopWords.contains(word)
      || Lexicon.determiners.contains(word) || Lexicon.subordinators.contains(word)
      || Lexicon.deictics.contains(word) || DialogueCues.artefacts.contains(singular)
      || Predication.headNouns.contains(singular) || Generality.isPlural(word)
  }

  private func entity(code: String, at position: Int) -> Entity? {
    let text = Substring(code)
    guard !text.isEmpty, text.count <= 120 else { return nil }
    if let name = Names.calledName(text) { return symbol(name, at: position) }
    if text.contains(" ") { return command(code, at: position) }
    if Names.isFlag(text) { return setting(code, at: position) }
    if Names.isPath(text) || index?.resolve(path: code) != nil { return path(code, at: position) }
    if Names.isIdentifier(text) { return symbol(code, at: position) }
    guard text.allSatisfy({ $0.isLetter || $0.isNumber || "_-.:/@".contains($0) }),
      text.contains(where: \.isLetter)
    else { return nil }
    if let index, !index.definitions(of: code).isEmpty, text.first?.isUppercase == true {
      return symbol(code, at: position)
    }
    let found = index.map { WorkspaceIndex.words(of: code).allSatisfy($0.hasWord) } ?? false
    return Entity(
      mention: Mention(kind: .word, name: code), subject: "word:" + code, token: position,
      resolved: found, distinct: false)
  }

  private func path(_ text: String, at position: Int) -> Entity {
    if let found = index?.resolve(path: text) {
      if found != text, !text.contains("/"), PathNames.isAmbiguous(text, at: found) {
        return Entity(
          mention: Mention(kind: .word, name: text), subject: "path:" + text, token: position,
          resolved: true, distinct: false)
      }
      return Entity(
        mention: Mention(kind: .path, name: found), subject: "path:" + found, token: position,
        resolved: true, distinct: true)
    }
    // Several files of that name, or a path that only code mentions (made at run time).
    let known = index.map { $0.hasPath(text) || Self.occurs(text, in: $0) } ?? false
    return Entity(
      mention: Mention(kind: known ? .word : .path, name: text), subject: "path:" + text,
      token: position, resolved: known, distinct: true)
  }

  private func symbol(_ text: String, at position: Int) -> Entity {
    var name = text.hasSuffix("()") ? String(text.dropLast(2)) : text
    if Names.isConstant(Substring(name)) { return setting(name, at: position) }
    if let last = lastPart(name) { name = last }
    let mention = Mention(kind: .symbol, name: name)
    return Entity(
      mention: mention, subject: "symbol:" + name, token: position,
      resolved: index?.verify(mention) != nil, distinct: true)
  }

  private func setting(_ text: String, at position: Int) -> Entity {
    let name = text.split(separator: "=").first.map(String.init) ?? text
    let mention = Mention(kind: .word, name: name)
    return Entity(
      mention: mention, subject: "setting:" + name, token: position,
      resolved: index?.verify(mention) != nil, distinct: true)
  }

  /// A command line: a program and words, no operators of a programming language.
  private func command(_ text: String, at position: Int) -> Entity? {
    let words = text.split(separator: " ")
    guard let program = words.first, words.count <= 8, program.first?.isLowercase == true,
      program.allSatisfy({ $0.isLetter || $0.isNumber || "-_./+".contains($0) }),
      !text.contains(where: { "(){};\"=<>!".contains($0) }),
      !Self.keywords.contains(String(program))
    else { return nil }
    let mention = Mention(kind: .command, name: text)
    return Entity(
      mention: mention, subject: "command:" + text, token: position,
      resolved: index?.verify(mention) != nil, distinct: true)
  }

  /// First words of code, not of commands.
  private static let keywords: Set<String> = [
    "if", "for", "while", "return", "func", "function", "def", "class", "import", "from", "let",
    "var", "const", "type", "struct", "package", "use", "pub", "fn", "async", "await", "new", "go",
    "defer", "case", "switch", "else", "throw", "try", "not", "no", "a", "an", "the", "in", "on",
  ]

  /// `RepoRoot` of `paths.RepoRoot`, when the workspace defines it there: in a folder or file of
  /// the qualifier's name, or in a type. `os.WriteFile` stays somebody else's.
  private func lastPart(_ name: String) -> String? {
    let parts = name.split { $0 == "." || $0 == ":" }
    guard parts.count > 1, let last = parts.last, let index else { return nil }
    let qualifier = parts[parts.count - 2]
    let isType = qualifier.first?.isUppercase == true
    let found = index.definitions(of: String(last)).contains { definition in
      let folders = definition.file.path.split { $0 == "/" || $0 == "." }
      return isType || folders.contains { $0 == qualifier }
    }
    return found ? String(last) : nil
  }

  private static func occurs(_ path: String, in index: WorkspaceIndex) -> Bool {
    let words = WorkspaceIndex.words(of: path)
    return !words.isEmpty && words.allSatisfy(index.hasWord)
  }
}

extension WorkspaceIndex {
  /// Whether a manifest lists a name. A plain word counts only as the last part of a path
  /// (`spf13/cobra`), since manifests hold many common words.
  func isListed(_ name: String, asPathPart: Bool) -> Bool {
    workspace.files.contains { file in
      guard file.kind == .manifest, Self.holds(file.words, name) else { return false }
      guard asPathPart else { return true }
      return file.text.map { $0.firstRange(of: "/" + name) != nil } ?? false
    }
  }

  /// Whether a sorted list holds a word.
  private static func holds(_ words: [String], _ word: String) -> Bool {
    var low = 0
    var high = words.count
    while low < high {
      let middle = (low + high) / 2
      if words[middle] < word { low = middle + 1 } else { high = middle }
    }
    return low < words.count && words[low] == word
  }

  /// Whether the word occurs in any file.
  func hasWord(_ word: String) -> Bool { file(containing: word) != nil }
}
