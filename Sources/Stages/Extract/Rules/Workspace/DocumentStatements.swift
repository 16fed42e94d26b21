import KairosModel

/// One statement read from a document.
struct DocumentStatement {
  let text: String
  let lines: ClosedRange<Int>
  let kind: FactKind
  let subject: String
  let predicate: String
  let value: String
  let modality: Modality
  let polarity: Polarity
  let mentions: [Mention]
  /// A label whose description restates it: it settles what the thing is, and teaches nothing.
  let isRestating: Bool
}

/// Turns blocks of a document into self-contained statements.
struct DocumentStatements {
  let entities: EntityReader
  let tree: TreeNames
  let paths: DocumentPaths
  /// Who the document speaks to.
  let audience: Audience
  /// The document's name without folder and ending.
  let topic: String

  /// Whom a document addresses: agents, people who work on the project, or everybody.
  enum Audience: Int, Comparable {
    case agents, developers, everybody

    static func < (one: Self, other: Self) -> Bool { one.rawValue < other.rawValue }
  }

  private static let characters = 24...240

  /// Statements in the order of the document.
  func statements(in outline: DocumentOutline) -> [DocumentStatement] {
    var seen: Set<String> = []
    return outline.blocks.flatMap { block -> [DocumentStatement] in
      if block.headings.contains(where: DocumentSections.isForOthers) { return [] }
      if audience == .everybody, !DocumentSections.isForDevelopers(block.headings) { return [] }
      return sentences(of: block).compactMap { statement($0, in: block) }
    }.filter { seen.insert($0.value).inserted }
  }

  private func statement(
    _ sentence: String, in block: DocumentOutline.Block
  ) -> DocumentStatement? {
    let text =
      enumeration(sentence, in: block)
      ?? Self.sentence(
        sentence, lead: Self.lead(block), heading: block.headings.last, isItem: block.kind.isItem)
    guard let text, Self.characters.contains(text.count), !Self.isMarkup(text) else { return nil }
    let isLabelled = text.first == "`" && text.firstRange(of: "`: ") != nil
    let resolved = paths.resolved(
      text, headings: block.headings + (block.lead.map { [$0] } ?? []), isLabelled: isLabelled)
    guard Self.characters.contains(resolved.count) else { return nil }
    let tokens = Tokenizer.tokens(resolved)
    let reading = ModalityReader.read(tokens, actor: .human)
    guard reading.modality == .asserted || reading.modality == .obligation, reading.hedge == 0,
      isLabelled || StatementGate.passes(tokens, contentMin: StatementGate.contentMin)
    else { return nil }
    let named = entities.entities(in: tokens)
    let isRule = Self.isRule(tokens) && !isLabelled && !block.kind.isRow
    if block.kind == .step, !isRule, !isLabelled { return nil }
    if isLabelled, isStatus(resolved) || isLeftOver(block, resolved) { return nil }
    let isDenial = reading.polarity == .negated || Self.prohibits(tokens)
    // A label that is gone stays: consolidation tells that it is.
    let isStale = named.contains { self.isStale($0) && !(isLabelled && $0.token == 0) }
    guard isDenial || !isStale, audience != .developers || Self.marksName(tokens),
      !Self.isExample(tokens),
      isRule
        ? isRuleHere(named)
        : isWorthKeeping(tokens, named, in: block, isLabelled: isLabelled)
          || namesPattern(resolved) && !block.kind.isRow
    else { return nil }
    // A label is the subject even when it is gone: the tree then refutes the statement.
    let label = isLabelled ? named.first { $0.token == 0 && $0.distinct } : nil
    let subject =
      (label ?? named.first { $0.resolved })?.subject ?? StatementKey.topic(of: tokens)
    return DocumentStatement(
      text: resolved, lines: block.lines,
      kind: kind(isRule: isRule, isLabelled: isLabelled, tokens),
      subject: subject, predicate: isRule ? "rule" : isLabelled ? "purpose" : "statement",
      value: StatementKey.value(of: tokens), modality: isRule ? .obligation : .asserted,
      polarity: reading.polarity, mentions: mentions(named, isLabelled: isLabelled),
      isRestating: isLabelled
        && (!LabelNovelty.says(tokens)
          || audience != .agents && LabelNovelty.isPart(tokens, of: topic))
    )
  }

  /// Pages for developers tell episodes and reasons beside facts; a fact marks what it is about as
  /// code.
  private static func marksName(_ tokens: [Token]) -> Bool { tokens.contains { $0.kind == .code } }

  /// "A and B are stashed": letters stand for things in a worked example.
  private static func isExample(_ tokens: [Token]) -> Bool {
    Set(tokens.filter { $0.text.count == 1 && $0.text.first?.isUppercase == true }.map(\.text))
      .subtracting(["I"]).count >= 2
  }

  private func isStatus(_ text: String) -> Bool {
    text.firstRange(of: "`: ").map { DocumentHistory.isStatus(String(text[$0.upperBound...])) }
      ?? false
  }

  /// A command or row whose meaning the introducing line or the table's columns hold.
  private func isLeftOver(_ block: DocumentOutline.Block, _ text: String) -> Bool {
    guard let label = DocumentPaths.codeSpans(text).first else { return false }
    let isCommand = CommandLine.use(ofLine: label) != nil
    let line = block.lead.map { $0.split(separator: " ").count } ?? 0
    return isCommand && line > 8
  }

  /// Roles of documentation systems (`{meth}`, `:class:`), which are no words.
  private static func isMarkup(_ text: String) -> Bool {
    [":class:", ":func:", ":meth:", ":ref:", "{class}", "{meth}", "{func}", "{ref}", "{{", "<div"]
      .contains { text.contains($0) }
  }

  /// Agents' instructions are rules; other documents give rules about things that the tree has.
  private func isRuleHere(_ named: [Entity]) -> Bool {
    audience == .agents || named.contains(where: isProven)
  }

  private func isProven(_ entity: Entity) -> Bool {
    entity.distinct && entity.resolved && tree.has(entity.mention)
  }

  /// A name with a spelling of its own that nothing but prose has any more. Paths are left to the
  /// check of consolidation, which knows what the tree cannot see.
  private func isStale(_ entity: Entity) -> Bool {
    entity.distinct && entity.mention.kind != .path && !tree.has(entity.mention)
  }

  private static func prohibits(_ tokens: [Token]) -> Bool {
    tokens.contains { ["not", "never", "don't", "instead", "avoid", "no"].contains($0.lower) }
  }

  /// What the tree must have. A label that looks like a path must be one; single-letter flags are
  /// not asked for.
  private func mentions(_ named: [Entity], isLabelled: Bool) -> [Mention] {
    let all = named.filter { !($0.mention.name.hasPrefix("-") && $0.mention.name.count == 2) }.map {
      entity in
      guard isLabelled, entity.token == 0, entity.subject.hasPrefix("path:"),
        entities.index?.resolve(path: entity.mention.name) == nil
      else { return entity.mention }
      return Mention(kind: .path, name: entity.mention.name)
    }
    return Array(Set(all)).sorted()
  }

  /// How something is named, with parts to fill in: `refs/<name>`. Its fixed words must occur.
  private func namesPattern(_ text: String) -> Bool {
    audience == .agents
      && DocumentPaths.codeSpans(text).contains { span in
        span.contains("<") && span.contains("/") && tree.has(Mention(kind: .word, name: span))
      }
  }

  /// Descriptions stay when they are about a thing that the tree has, named at their beginning,
  /// and say enough about it; prose for developers may come to it later, lists of its steps may
  /// not. Documents for everybody must label a path.
  private func isWorthKeeping(
    _ tokens: [Token], _ named: [Entity], in block: DocumentOutline.Block, isLabelled: Bool
  ) -> Bool {
    let isRow = block.kind.isRow
    let words = tokens.filter { $0.kind == .word }.map(\.lower)
    let isList = words.count >= 2 && named.count { $0.resolved && tree.has($0.mention) } >= 2
    guard words.count >= (isLabelled || isList ? 2 : 5), let first = words.first,
      !Self.genericLabels.contains(first)
    else { return false }
    if isLabelled, named.first?.subject.hasPrefix("path:") == true { return true }
    // A name in the first of many cells is one of a kind (a class, an option); paths are things.
    if isRow, !isLabelled, tokens.first?.kind == .code { return false }
    if isList { return audience == .agents }
    guard let subject = named.first(where: isProven) else { return false }
    if isLabelled { return audience == .agents }
    return audience == .agents && (isRow || subject.token <= 12)
      || audience == .developers && subject.token <= (block.kind == .paragraph ? 12 : 1) && !isRow
  }

  /// "Phases: `A`, `B`": the names of a kind, with the heading that tells whose they are.
  private func enumeration(_ sentence: String, in block: DocumentOutline.Block) -> String? {
    guard audience == .agents, let colon = sentence.firstRange(of: ": "),
      let heading = block.headings.last, heading.split(separator: " ").count <= 6
    else { return nil }
    let label = sentence[..<colon.lowerBound]
    let parts = sentence[colon.upperBound...].split(
      separator: "`", omittingEmptySubsequences: false)
    let between = parts.indices.filter { $0 % 2 == 0 }.map { parts[$0].trimmed }
    guard parts.count >= 5, label.split(separator: " ").count <= 3, !label.contains("`"),
      between.allSatisfy({ ["", ",", "and", ", and", "or", "."].contains($0) })
    else { return nil }
    let end = sentence.hasSuffix(".") ? "" : "."
    return "\(heading), \(label.lowercased()): \(sentence[colon.upperBound...])\(end)"
  }

  /// First words that announce a detail instead of naming a thing.
  private static let genericLabels: Set<String> = [
    "example", "examples", "note", "usage", "command", "handler", "location", "branch", "input",
    "output", "path", "paths", "file", "files", "location", "default", "reference", "result",
    "value", "type", "format", "options", "steps", "test", "before", "after", "update", "create",
    "read", "add", "write", "find", "check", "run", "look",
  ]

  private func kind(isRule: Bool, isLabelled: Bool, _ tokens: [Token]) -> FactKind {
    if isRule { return .convention }
    let words = tokens.map(\.lower)
    let trouble: Set<String> = [
      "bug", "fails", "fail", "breaks", "panic", "panics", "crash", "crashes", "deletes", "cannot",
      "wrong", "incorrect", "incorrectly", "limitation", "caveat", "workaround",
    ]
    return words.contains(where: trouble.contains) ? .gotcha : .purpose
  }

  /// Whether the sentence tells people what to do: by its first words or a modal of obligation.
  static func isRule(_ tokens: [Token]) -> Bool {
    let words = tokens.filter { $0.kind == .word }.map(\.lower)
    guard let first = words.first else { return false }
    if ["always", "never", "don't", "avoid", "ensure", "prefer", "use", "do", "keep", "remember"]
      .contains(first)
    {
      return first != "do" || words.dropFirst().first == "not"
    }
    if words.starts(with: ["make", "sure"]) { return true }
    let modals: Set<String> = ["must", "should", "never", "always", "shouldn't", "mustn't"]
    return words.contains(where: modals.contains)
  }

  static func lead(_ block: DocumentOutline.Block) -> DocumentLead {
    guard block.kind.isItem else { return .none }
    let line = block.lead.map { plain(boldStart(of: $0) ?? $0) }
    return DocumentLead.of(line: line, heading: block.headings.last)
  }

  private static let pointing: Set<String> = [
    "this", "that", "it", "these", "those", "they", "here", "there", "below", "above", "see",
    "then",
    "also", "but", "and", "or", "so", "otherwise", "however", "for", "e.g.", "i.e.", "both", "each",
    "instead", "such", "if", "yes", "no", "we", "i", "our", "you", "your", "what", "why", "how",
  ]

  /// The sentence with what it needs to stand alone; `nil` when it cannot.
  static func sentence(_ text: String, lead: DocumentLead, heading: String?, isItem: Bool)
    -> String?
  {
    var body = withoutPointer(text.trimmed)
    guard let last = body.last, last != "?" else { return nil }
    if last == ":" {
      // A rule may introduce its example; a description that introduces a list says nothing yet.
      guard body.contains("`"), body.contains(" instead of ") || isRule(Tokenizer.tokens(body))
      else { return nil }
    }
    if ".!;:".contains(last) { body.removeLast() }
    let first = body.split(separator: " ").first.map { $0.lowercased() } ?? ""
    let bare = first.trimmingPunctuation
    if DocumentLead.isDetail(body) { return nil }
    if pointing.contains(bare), bare != "if" || body.count < 40 { return nil }
    var sentence = body
    switch lead {
    case .unclear: return nil
    case .prohibition:
      guard let prohibited = DocumentLead.prohibited(body) else { return nil }
      sentence = prohibited
    case .prefix(let name) where needsSubject(body):
      // "Writes to the log: makes …" has no subject either.
      guard !isVerb(name.prefix { $0 != " " }.lowercased()) else { return nil }
      sentence = name + ": " + lowered(body)
    case .none, .prefix:
      if needsSubject(body) {
        // A verb without a subject is a step of something; only a name can be its subject.
        guard let heading, heading.split(separator: " ").count <= 7,
          !isItem || !isVerb(bare) || heading.contains("`") || body.contains("<")
        else { return nil }
        sentence = heading + ": " + lowered(body)
      }
    }
    return capitalised(sentence) + "."
  }

  /// Without quote marks and without the part that points at another place of the document.
  private static func withoutPointer(_ text: String) -> String {
    var body = text.drop { $0 == ">" || $0 == " " }
    for mark in [" - see ", " (see ", "; see "] {
      if let at = body.firstRange(of: mark) { body = body[..<at.lowerBound] }
    }
    return body.trimmed
  }

  /// A clause that starts with a verb of the third person or in the middle says nothing about what.
  static func needsSubject(_ text: String) -> Bool {
    guard let first = text.first, first != "`" else { return false }
    let word = text.split(separator: " ").first.map(String.init) ?? ""
    if first.isLowercase { return true }
    return isVerb(word.lowercased())
      || ["Metadata", "Full", "Is", "Has", "Can", "Will", "Only"].contains(word)
  }

  private static func isVerb(_ word: String) -> Bool { Lexicon.presentVerbs.contains(word) }

  static func lowered(_ text: String) -> String {
    guard let first = text.first, first.isUppercase, text.dropFirst().first?.isLowercase == true
    else { return text }
    return first.lowercased() + text.dropFirst()
  }

  private static func capitalised(_ text: String) -> String {
    guard let first = text.first, first.isLowercase else { return text }
    return first.uppercased() + text.dropFirst()
  }
}

extension String {
  /// Without punctuation at both ends.
  fileprivate var trimmingPunctuation: String {
    String(
      drop { !$0.isLetter && !$0.isNumber }.reversed().drop { !$0.isLetter && !$0.isNumber }
        .reversed())
  }
}
