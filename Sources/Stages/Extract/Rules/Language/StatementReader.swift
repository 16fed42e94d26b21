import KairosModel

/// Reads the statements of one message of the assistant.
struct StatementReader {
  let voice: Voice
  let sights: Sights

  private var entities: EntityReader { voice.writer.entities }

  func observations(in text: String) -> [Observation] {
    var found: [Observation] = []
    var skipsSection = false
    var skipsList = false
    for block in MarkdownBlocks.blocks(in: text) {
      switch block.kind {
      case .heading:
        skipsSection = StatementCues.ownWork.occurs(in: Tokenizer.tokens(block.text).map(\.lower))
        skipsList = false
      case .paragraph, .bullet:
        let words = Tokenizer.tokens(block.text).map(\.lower)
        if block.kind == .paragraph {
          skipsList = words.last == ":" && StatementCues.ownWork.occurs(in: words)
          if words.last == ":", words.count <= 6 { skipsList = skipsList || skipsSection }
        }
        // In a summary of work only definitions are knowledge: "`name` - what it does".
        let isWork = skipsSection || skipsList && block.kind == .bullet
        guard !isWork || block.kind == .bullet else { continue }
        found += observations(block: block, isWork: isWork)
      case .quote, .table, .code: continue
      }
    }
    var seen: Set<String> = []
    return found.filter { seen.insert($0.id).inserted }
  }

  private func observations(block: TextBlock, isWork: Bool) -> [Observation] {
    if isWork {
      let tokens = SentenceSplitter.split(block.text).first.map(Tokenizer.tokens) ?? []
      guard let item = DefinitionItem.tokens(tokens) else { return [] }
      return observation(item, antecedent: nil, sentence: block.text).map { [$0] } ?? []
    }
    var found: [Observation] = []
    /// The one thing that the sentence before named.
    var antecedent: Token?
    for sentence in SentenceSplitter.split(block.text) {
      let tokens = Tokenizer.tokens(sentence)
      if let observation = observation(tokens, antecedent: antecedent, sentence: sentence) {
        found.append(observation)
      }
      let named = entities.entities(in: tokens).filter(\.distinct)
      antecedent = Set(named.map(\.subject)).count == 1 ? tokens[named[0].token] : nil
    }
    return found
  }

  private func observation(
    _ original: [Token], antecedent: Token?, sentence: String
  ) -> Observation? {
    guard !voice.context.machinery.contains(MachineryFilter.key(of: sentence)) else { return nil }
    let spoken = Self.withoutPlaces(ClauseSplitter.trimmed(original))
    let isCause = StatementCues.causes.match(spoken.map(\.lower), at: 0) != nil
    let tokens = Self.head(Self.withSubject(Self.unframed(spoken), antecedent))
    guard let original = original.last, original.text != "?", original.text != ":" else {
      return nil
    }
    guard !StatementCues.blocked(tokens), !Self.isTorn(tokens) else { return nil }
    guard let predication = Predication.find(tokens, entities: entities) else { return nil }
    let written = predication.tokens.first { $0.isName }?.text ?? ""
    let reading = ModalityReader.read(tokens, actor: .assistant)
    let isForeign =
      predication.subject.mention.kind == .package
      || reading.polarity == .negated && ForeignAPI.owns(written, voice.context.index)
    // What is wrong in the project's own code is about to be mended.
    guard isForeign || !isCause else { return nil }
    guard isForeign || isKnown(predication.subject, isQualified: written.contains("."))
    else { return nil }
    guard reading.modality == .asserted, reading.hedge == 0 else { return nil }
    guard let statement = voice.writer.finished(predication.tokens), namesExist(statement.tokens)
    else { return nil }
    let kind = predication.kind(polarity: reading.polarity)
    return voice.observation(
      .init(
        kind: kind, predicate: kind == .purpose ? "purpose" : "statement", statement: statement,
        subject: predication.subject, polarity: reading.polarity, modality: .asserted, hedge: 0,
        grounded: sights.include(predication.subject, index: voice.context.index)),
      quote: sentence)
  }

  /// With a workspace the subject must be in it; without one it must have been looked at.
  private func isKnown(_ entity: Entity, isQualified: Bool) -> Bool {
    guard entity.distinct, !isTest(entity) else { return false }
    guard let index = voice.context.index else { return sights.include(entity, index: nil) }
    switch entity.mention.kind {
    case .symbol:
      // `Init` alone may be any of several; `parseArgs` and `config.Init` are one thing.
      let name = Substring(entity.mention.name)
      let speaks = Names.hasHump(name) || name.contains("_") || isQualified
      return speaks && !index.definitions(of: entity.mention.name).isEmpty
    case .command: return isDocumented(entity.mention.name, index)
    default: return entity.resolved
    }
  }

  /// Tests and samples are no part of what a project is.
  private func isTest(_ entity: Entity) -> Bool {
    let name = entity.mention.name.split(separator: "/").last.map { $0.lowercased() } ?? ""
    if entity.mention.kind == .symbol {
      return entity.mention.name.hasPrefix("Test") || entity.mention.name.hasPrefix("test_")
    }
    return name.contains("_test.") || name.contains(".test.") || name.hasPrefix("test_")
      || name.hasPrefix("file1") || name.hasPrefix("example.") || name.hasPrefix("foo.")
  }

  /// Whether some document or manifest of the workspace writes the command.
  private func isDocumented(_ command: String, _ index: WorkspaceIndex) -> Bool {
    index.workspace.files.contains { file in
      file.kind != .code && file.text.map { $0.firstRange(of: command) != nil } ?? false
    }
  }

  /// Whether every other name of the statement still exists; a sentence about what is gone is
  /// history.
  private func namesExist(_ tokens: [Token]) -> Bool {
    guard voice.context.index != nil else { return true }
    return entities.entities(in: tokens).allSatisfy {
      $0.resolved || !$0.distinct || $0.mention.kind == .command
    }
  }

  /// The assertion without the argument that follows it (", so …", " - …", "; …").
  private static func head(_ tokens: [Token]) -> [Token] {
    for (index, token) in tokens.enumerated().dropFirst(5) {
      let next = index + 1 < tokens.count ? tokens[index + 1].lower : ""
      let turns = ["so", "but", "then", "therefore", "hence"].contains(next)
      if [";", "-", "--"].contains(token.text) || token.text == "," && turns {
        return Array(tokens[..<index])
      }
    }
    return tokens
  }

  /// Whether text was lost: it ends in a preposition, or a word runs into a name.
  private static func isTorn(_ tokens: [Token]) -> Bool {
    let links: Set<String> = [
      "with", "of", "for", "to", "in", "from", "by", "as", "the", "a", "at",
    ]
    if let last = tokens.last, last.kind == .word, links.contains(last.lower) { return true }
    return zip(tokens, tokens.dropFirst()).contains { before, token in
      token.kind == .code && !token.spaced && before.kind == .word
    }
  }

  /// Without asides that point into files ("(lines 40-52)", "(hooks.go:281)").
  private static func withoutPlaces(_ tokens: [Token]) -> [Token] {
    guard let open = tokens.firstIndex(where: { $0.text == "(" }),
      let close = tokens[open...].firstIndex(where: { $0.text == ")" }), close - open <= 5,
      tokens[open...close].contains(where: {
        ["line", "lines"].contains($0.lower) || $0.text.contains(":")
      })
    else { return tokens }
    return Array(tokens[..<open] + tokens[(close + 1)...])
  }

  /// Without the frame around a finding ("The root cause is that …").
  private static func unframed(_ tokens: [Token]) -> [Token] {
    let words = tokens.map(\.lower)
    let frame = StatementCues.causes.match(words, at: 0) ?? StatementCues.frames.match(words, at: 0)
    guard let length = frame?.length, length < tokens.count else { return tokens }
    return Array(tokens[length...])
  }

  /// A pronoun or "the function" at the start replaced by the one thing named before.
  private static func withSubject(_ tokens: [Token], _ antecedent: Token?) -> [Token] {
    guard let antecedent, let first = tokens.first?.lower, tokens.count > 2 else { return tokens }
    let name = Token(antecedent.kind, antecedent.text, spaced: true)
    let second = tokens[1].lower
    if ["it", "this"].contains(first), Lexicon.presentVerbs.contains(second) || second == "is" {
      return [name] + tokens.dropFirst()
    }
    if ["this", "the"].contains(first), Predication.headNouns.contains(second) {
      return [name] + tokens.dropFirst(2)
    }
    return tokens
  }
}
