import KairosModel

/// Why the code is as it is, where its comments say so: limits of tools and libraries that someone
/// ran into, and what stands in for them.
///
/// "Uses the git CLI because go-git ignores the global gitignore" is what a newcomer breaks first.
/// A comment counts when it names something that is not the project's own (a dependency, a tool, a
/// platform) and tells a limit of it, a reason, or a substitute; what only describes the code is
/// in the code.
struct ReasonComments: WorkspaceRule {
  let name = "reason-comments"

  /// The strongest ones of a tree; a project with more has them in every file.
  private static let remarksMax = 24
  private static let characters = 40...240
  private static let skippedWords = ["TODO", "FIXME", "XXX", "HACK", "http", "@"]

  func observations(in workspace: Workspace, context: ExtractContext) -> [Observation] {
    let facts = WorkspaceFacts(rule: name, workspace: workspace, context: context)
    let entities = EntityReader(index: WorkspaceIndex(workspace))
    var found: [Reason] = []
    for file in workspace.files where file.kind == .code && !Self.isTest(file.path) {
      for remark in file.remarks {
        found += Self.reasons(remark, in: file, entities: entities)
      }
    }
    var kept: [Reason] = []
    for one in found.sorted(by: Reason.isBefore) where kept.count < Self.remarksMax {
      if !kept.contains(where: { $0.says(sameAs: one) }) { kept.append(one) }
    }
    return kept.map { reason in
      facts.stated(
        in: reason.file, lines: reason.line...reason.line, kind: reason.kind,
        subject: "path:" + reason.file.path, predicate: "statement", value: reason.value,
        statement: reason.statement, quote: reason.sentence)
    }
  }

  /// Tests say what they test; what helps them along may tell a lesson.
  private static func isTest(_ path: String) -> Bool {
    TestFiles.isData(path) || TestFiles.ending(path) != nil
  }

  /// The sentences of one comment that tell a reason.
  private static func reasons(
    _ remark: Workspace.Remark, in file: Workspace.File, entities: EntityReader
  ) -> [Reason] {
    SentenceSplitter.sentences(in: remark.text).compactMap { raw in
      let sentence = Typography.collapsed(raw)
      guard characters.contains(sentence.count),
        !skippedWords.contains(where: { sentence.contains($0) })
      else { return nil }
      let tokens = ended(Tokenizer.tokens(sentence))
      let strength = ReasonStrength(tokens, entities: entities)
      guard strength.isEnough, !TestFiles.isTest(file.path) || strength.isLesson else { return nil }
      let statement = statement(tokens, remark: remark, path: file.path)
      guard characters.contains(statement.count), StatementGate.passes(tokens, contentMin: 4) else {
        return nil
      }
      return Reason(
        file: file, line: remark.line, sentence: sentence, statement: statement,
        value: StatementKey.value(of: tokens), strength: strength)
    }
  }

  private static func ended(_ tokens: [Token]) -> [Token] {
    guard tokens.last?.text != ".", tokens.last?.text != "!" else { return tokens }
    return tokens + [Token(.punctuation, ".", spaced: false)]
  }

  /// With what it speaks of in front: the definition that it documents, or the file.
  private static func statement(
    _ tokens: [Token], remark: Workspace.Remark, path: String
  ) -> String {
    let text = tokens.rendered
    guard let symbol = remark.symbol else { return "`\(path)`: \(text)" }
    if tokens[0].text == symbol {
      return tokens[0].isName ? text : "`\(symbol)`" + text.dropFirst(symbol.count)
    }
    guard tokens[0].kind == .word, Lexicon.presentVerbs.contains(tokens[0].lower) else {
      return "`\(symbol)`: \(text)"
    }
    return "`\(symbol)` \(text.prefix(1).lowercased())\(text.dropFirst())"
  }
}

/// A sentence of a comment that may become a fact.
private struct Reason {
  let file: Workspace.File
  let line: Int
  let sentence: String
  let statement: String
  let value: String
  let strength: ReasonStrength

  var kind: FactKind { strength.hasSubstitute ? .fix : .gotcha }

  static func isBefore(_ one: Reason, _ other: Reason) -> Bool {
    let tests = (TestFiles.isTest(one.file.path), TestFiles.isTest(other.file.path))
    if tests.0 != tests.1 { return tests.1 }
    if one.strength.score != other.strength.score {
      return one.strength.score > other.strength.score
    }
    return (one.file.path, one.line) < (other.file.path, other.line)
  }

  /// Copied comments differ in a word or two: three quarters of the shorter one's words are shared.
  func says(sameAs other: Reason) -> Bool {
    let words = Set(value.split(separator: " "))
    let others = Set(other.value.split(separator: " "))
    return 4 * words.intersection(others).count >= 3 * min(words.count, others.count)
  }
}

/// What makes a comment a lesson instead of a description.
private struct ReasonStrength {
  /// Names of things that are not the project's own.
  let foreignNames: Int
  let hasReason: Bool
  let hasLimit: Bool
  let hasSubstitute: Bool
  let hasPurpose: Bool
  /// The limit is one of a foreign thing, named just before it.
  let limitsForeign: Bool

  init(_ tokens: [Token], entities: EntityReader) {
    let words = tokens.map(\.lower)
    let foreign = tokens.indices.filter { Self.isForeign(tokens, at: $0, entities: entities) }
    foreignNames = Set(foreign.map { words[$0] }).count
    hasReason = Self.reasons.occurs(in: words)
    hasSubstitute = Self.substitutes.occurs(in: words)
    hasPurpose = Self.purposes.occurs(in: words)
    let limits = words.indices.filter { Self.limits.match(words, at: $0) != nil }
    hasLimit = !limits.isEmpty
    limitsForeign = limits.contains { limit in
      foreign.contains { (1...4).contains(limit - $0) }
    }
  }

  var isEnough: Bool {
    guard foreignNames > 0 else { return false }
    return hasReason && (hasLimit || hasSubstitute) || limitsForeign
      || hasSubstitute && (hasLimit || hasPurpose) || hasPurpose && hasLimit
  }

  /// In code for tests: only what a foreign thing cannot do, or what goes wrong otherwise.
  var isLesson: Bool { limitsForeign || hasPurpose }

  var score: Int {
    min(foreignNames, 2) + [hasReason, hasLimit, hasSubstitute, limitsForeign].count { $0 }
  }

  private static let reasons = table([
    "because", "since", "due to", "otherwise", "so that", "as it", "as they", "which can",
    "which causes", "which would",
  ])
  private static let limits = table([
    "doesn't", "does not", "don't", "do not", "can't", "cannot", "won't", "isn't", "aren't",
    "not supported", "unsupported", "fails", "fail", "ignores", "breaks", "deletes", "rejects",
    "bug", "bugs", "never", "no way", "only supports", "refuses", "crashes", "hangs", "leaks",
    "requires", "forbids", "limitation",
  ])
  private static let substitutes = table([
    "instead of", "rather than", "work around", "workaround", "works around", "working around",
    "in place of", "bypass", "bypasses",
  ])
  private static let purposes = table([
    "to avoid", "avoids", "avoid", "to prevent", "prevents", "prevent",
  ])

  private static func table(_ phrases: [String]) -> PhraseTable<Bool> {
    PhraseTable(groups: [(true, phrases)])
  }

  /// A dependency, or a platform or tool that is not the project itself.
  private static func isForeign(
    _ tokens: [Token], at index: Int, entities: EntityReader
  ) -> Bool {
    let token = tokens[index]
    guard token.kind == .word || token.kind == .identifier else { return false }
    let name = token.lower.hasSuffix("'s") ? String(token.lower.dropLast(2)) : token.lower
    if platforms.contains(name) { return true }
    guard let found = entities.external(token, at: index) else { return false }
    return entities.index?.isFolder(named: found.mention.name) != true
  }

  /// Systems, languages and services that comments of any project blame.
  private static let platforms: Set<String> = [
    "git", "windows", "macos", "linux", "darwin", "freebsd", "posix", "unix", "bash", "zsh", "fish",
    "powershell", "docker", "kubernetes", "npm", "pnpm", "yarn", "node", "node.js", "nodejs",
    "deno", "bun", "safari", "chrome", "firefox", "webkit", "electron", "ios", "android", "python",
    "golang", "rust", "swift", "java", "kotlin", "typescript", "javascript", "postgres",
    "postgresql", "sqlite", "mysql", "redis", "github", "gitlab", "cargo", "rustc", "clang", "gcc",
    "cmake", "gradle", "maven", "openssl", "curl", "ssh", "systemd", "gpg", "glibc", "musl", "libc",
    "jvm",
    "wasm", "webpack", "vite", "eslint", "prettier", "jest", "pytest", "mypy", "xcode", "spm",
  ]
}
