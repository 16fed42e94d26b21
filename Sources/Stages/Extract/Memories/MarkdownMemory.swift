import KairosModel

/// Reads a Markdown file of a memory: what stands between kairos's markers word for word, the rest
/// as sentences that must stand alone.
struct MarkdownMemory {
  private let lines: [Substring]
  private let front: [String: String]
  private let project: String
  /// The day in the name of a daily note.
  private let day: Timestamp?
  private let title: String?

  init(_ file: MemoryFile) {
    let all = file.text.split(separator: "\n", omittingEmptySubsequences: false).map {
      $0.last == "\r" ? $0.dropLast() : $0
    }
    let (front, length) = Self.frontMatter(all)
    // Lines keep their numbers.
    lines = all.enumerated().map { $0.offset < length ? "" : $0.element }
    self.front = front
    project = file.project
    title = front["permalink"] == nil ? nil : front["title"]
    let name = file.path.split(separator: "/").last ?? ""
    day = Timestamp(rfc3339: name.prefix(10) + "T00:00:00Z")
  }

  func read(into memory: inout StatedMemory) {
    let rest = readOwn(into: &memory)
    var foreign = CodexGroups(project: project)
    for block in DocumentOutline(rest.joined(separator: "\n")).blocks {
      switch foreign.answer(block) {
      case .elsewhere: memory.elsewhere += 1
      case .machinery: continue
      case .memory: read(block, into: &memory)
      }
    }
  }

  // MARK: What kairos wrote

  /// Takes the statements between markers; gives back the lines without them.
  private func readOwn(into memory: inout StatedMemory) -> [Substring] {
    var rest = lines
    var isOwn = false
    // A section without a snapshot explains an export and holds no facts.
    var hasFacts = false
    var kind: FactKind?
    for (index, line) in lines.enumerated() {
      if line.hasPrefix("<!-- kairos:begin") {
        isOwn = true
        hasFacts = line.contains("snapshot=")
        kind = nil
      }
      guard isOwn else { continue }
      rest[index] = ""
      if line.hasPrefix("<!-- kairos:end") { isOwn = false }
      if line.hasPrefix("#") { kind = Self.kind(ofHeading: line) ?? kind }
      guard hasFacts, line.hasPrefix("- "), !Self.isPointer(line.dropFirst(2)) else { continue }
      let (statement, at) = OwnMark.split(String(line.dropFirst(2)))
      memory.claims.append(
        .of(statement, kind: kind, lines: (index + 1)...(index + 1), at: at ?? day))
    }
    return rest
  }

  /// `### Traps`, `## Commands`, `# Commands of lantern`.
  private static func kind(ofHeading line: Substring) -> FactKind? {
    let text = line.drop { $0 == "#" || $0 == " " }
    return FactKind.allCases.first { text == $0.title || text.hasPrefix($0.title + " of ") }
  }

  // MARK: What others wrote

  private func read(_ block: DocumentOutline.Block, into memory: inout StatedMemory) {
    switch block.kind {
    case .code, .row: return
    case .item, .step, .paragraph: break
    }
    if Self.isPointer(block.text[...]) || Self.isRelation(block.text) { return }
    if DocumentLead.isMarkedWrong(block.text) { return }
    let (category, text) = Self.category(block.text)
    let kind =
      category.flatMap(Self.kind)
      ?? block.headings.reversed().lazy
      .compactMap(Self.kind).first
    let plain = DocumentStatements.plain(Self.withoutTrail(text, isNote: category != nil))
    // What a list forbids is the opposite of what its items say.
    let lead = category == nil ? DocumentStatements.lead(block) : .none
    for sentence in Self.sentences(plain, of: block) {
      memory.add(
        sentence, lead: lead, heading: title ?? block.headings.last, isItem: block.kind.isItem,
        kind: kind,
        folder: folder, lines: block.lines, at: day)
    }
  }

  private static func sentences(_ plain: String, of block: DocumentOutline.Block) -> [String] {
    if block.kind.isItem, let labelled = DocumentStatements.labelled(plain) { return [labelled] }
    return DocumentStatements.withLabel(SentenceSplitter.split(plain), of: block.text)
  }

  /// An entry of an index: a link to another file of the memory.
  private static func isPointer(_ text: Substring) -> Bool {
    text.hasPrefix("[") && text.firstRange(of: "](") != nil && text.firstRange(of: ".md)") != nil
  }

  /// `requires [[Other note]]`: an edge between notes.
  private static func isRelation(_ text: String) -> Bool {
    guard let open = text.firstRange(of: "[[") else { return false }
    return text[..<open.lowerBound].split(separator: " ").count <= 3
  }

  /// `[decision] text`: the category of an observation in a note of Basic Memory.
  private static func category(_ text: String) -> (category: String?, text: String) {
    guard text.first == "[", let close = text.firstIndex(of: "]"),
      text[text.index(after: close)...].first == " "
    else { return (nil, text) }
    let name = text[text.index(after: text.startIndex)..<close]
    guard !name.isEmpty, name.allSatisfy({ $0.isLetter || $0 == "-" || $0 == "_" }) else {
      return (nil, text)
    }
    return (name.lowercased(), text[text.index(after: close)...].dropFirst().trimmed)
  }

  /// Without tags and context of a note, and without the tasks that Codex names behind a line.
  private static func withoutTrail(_ text: String, isNote: Bool) -> String {
    var body = text[...]
    if body.last == "]", let open = body.lastIndex(of: "["), body[open...].hasPrefix("[Task ") {
      body = body[..<open]
    }
    guard isNote else { return body.trimmed }
    if body.last == ")", let open = body.lastIndex(of: "(") { body = body[..<open] }
    var words = body.split(separator: " ")
    while let last = words.last, last.first == "#", last.count > 1 { words.removeLast() }
    return words.joined(separator: " ")
  }

  /// What a category or heading says about the kind; `nil` when it says nothing.
  private static func kind(_ name: String) -> FactKind? {
    let lower = name.lowercased()
    return kindWords.first { lower.hasPrefix($0.word) }?.kind
  }

  private static let kindWords: [(word: String, kind: FactKind)] = [
    ("decision", .decision), ("preference", .preference), ("user preference", .preference),
    ("gotcha", .gotcha), ("trap", .gotcha), ("pitfall", .gotcha), ("known issue", .gotcha),
    ("failure", .gotcha), ("problem", .gotcha), ("issue", .gotcha), ("fix", .fix),
    ("solution", .fix), ("convention", .convention),
    ("requirement", .convention), ("constraint", .convention), ("code style", .convention),
    ("workflow", .workflow), ("environment", .environment),
  ]

  // MARK: Front matter

  /// The keys of the block between `---` lines at the start, and how many lines it has.
  private static func frontMatter(_ lines: [Substring]) -> ([String: String], Int) {
    guard lines.first == "---", let end = lines.dropFirst().firstIndex(of: "---") else {
      return ([:], 0)
    }
    var found: [String: String] = [:]
    for line in lines[1..<end] {
      guard let colon = line.firstIndex(of: ":"), line.first?.isLetter == true else { continue }
      let value = line[line.index(after: colon)...].trimmed
      found[String(line[..<colon])] = String(
        value.drop { "\"'[".contains($0) }
          .prefix { !"\"']".contains($0) })
    }
    return (found, end + 1)
  }

  /// The folder that a rule holds in: its only pattern is `folder/**`.
  private var folder: String? {
    guard let pattern = front["globs"] ?? front["applyTo"], !pattern.contains(",") else {
      return nil
    }
    guard let stars = pattern.firstRange(of: "/**"),
      ["/**", "/**/*"].contains(
        pattern[stars.lowerBound...])
    else { return nil }
    let folder = pattern[..<stars.lowerBound]
    let isPlain = folder.allSatisfy { $0.isLetter || $0.isNumber || "._-/".contains($0) }
    return folder.isEmpty || !isPlain ? nil : String(folder)
  }
}

/// The groups of Codex's MEMORY.md: each says the folder that it is about, and holds lists that
/// only Codex's own search reads.
private struct CodexGroups {
  /// What a block of the file is.
  enum Answer { case memory, machinery, elsewhere }

  private let project: String
  private var group: String?
  private var isElsewhere = false

  init(project: String) { self.project = project }

  mutating func answer(_ block: DocumentOutline.Block) -> Answer {
    let title = block.headings.first { $0.hasPrefix("Task Group:") }
    if title != group {
      group = title
      isElsewhere = false
    }
    if title != nil, let place = block.text.firstRange(of: "applies_to: cwd=") {
      isElsewhere = !isHere(block.text[place.upperBound...])
      return .machinery
    }
    let isMachinery = block.headings.contains {
      ["rollout_summary_files", "keywords", "What's in Memory"].contains($0)
    }
    if isMachinery || block.text == "v1" || block.text.hasPrefix("scope: ") { return .machinery }
    return isElsewhere ? .elsewhere : .memory
  }

  /// Whether the text names this project's folder, or one of its name.
  private func isHere(_ text: Substring) -> Bool {
    let folder = text.prefix { $0 != ";" }
    let name = "/" + (project.split(separator: "/").last ?? "")
    return folder.contains(project)
      || folder.split { " ,".contains($0) }.contains { $0.hasSuffix(name) }
  }
}
