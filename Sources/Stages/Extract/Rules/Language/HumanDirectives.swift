import KairosModel

/// Standing directives, prohibitions, preferences and practices that a person typed.
///
/// What a person asks for once is no knowledge; `DialogueActs` tells the two apart.
struct HumanDirectives: SessionRule {
  let name = "human-directive"

  func observations(in session: SessionView, context: ExtractContext) -> [Observation] {
    session.events.flatMap { event -> [Observation] in
      guard let text = event.typedText, !PastedRegister.recognises(text) else { return [] }
      let voice = Voice(event: event, context: context, rule: name)
      return DirectiveReader(voice: voice).observations(in: text)
    }
  }
}

/// Reads the directives of one text by a person; also used for the reasons of denials.
struct DirectiveReader {
  let voice: Voice

  /// One observation for every clause that stands.
  func observations(in text: String) -> [Observation] {
    var found: [Observation] = []
    for block in MarkdownBlocks.blocks(in: PastedOutput.speech(of: text))
    where block.kind == .paragraph || block.kind == .bullet {
      for sentence in SentenceSplitter.split(block.text) where isSpeech(sentence) {
        found += observations(sentence: sentence)
      }
    }
    var seen: Set<String> = []
    return found.filter { seen.insert($0.id).inserted }
  }

  /// Output of programs, diffs and tables are no speech, even when a person pastes them.
  private func isSpeech(_ sentence: String) -> Bool {
    if voice.context.machinery.contains(MachineryFilter.key(of: sentence)) { return false }
    if sentence.hasPrefix("+") || sentence.hasPrefix("===") || sentence.hasPrefix("$") {
      return false
    }
    return !sentence.unicodeScalars.contains {
      (0x2500...0x25ff).contains($0.value) || (0x2700...0x27bf).contains($0.value)
        || [0x23bf, 0x276f].contains($0.value)
    }
  }

  private func observations(sentence: String) -> [Observation] {
    let tokens = Openings.withoutPleasantries(Tokenizer.tokens(sentence))
    let words = tokens.map(\.lower)
    guard !words.isEmpty, words.count <= 80 else { return [] }
    // "Consider …" is how reviewers suggest; a person who wants it says so.
    if words.last == ":" || words[0] == "consider" { return [] }
    if ModalityReader.isQuestion(words) {
      guard isPoliteDirective(words) else { return [] }
      let order = tokens.dropFirst(2).filter { $0.text != "?" }
      return observation(Clause(tokens: Array(order)), sentence: sentence).map { [$0] } ?? []
    }
    guard !ModalityCues.reports.occurs(in: words) else { return [] }
    let clauses = ClauseSplitter.clauses(tokens)
    // "don't A yet, but first B" orders the steps of one task.
    guard !clauses.dropFirst().contains(where: { $0.words.prefix(2).contains("first") }) else {
      return []
    }
    return clauses.compactMap { observation($0, sentence: sentence) }
  }

  /// "Can you always answer in English?" commands; the standing cue tells.
  private func isPoliteDirective(_ words: [String]) -> Bool {
    guard ["can", "could", "would", "will"].contains(words[0]), words.count > 2, words[1] == "you"
    else { return false }
    return words[2...4.clamped(to: 2...(words.count - 1))].contains {
      $0 == "always" || $0 == "never"
    }
  }

  private func observation(_ clause: Clause, sentence: String) -> Observation? {
    var clause = clause
    clause.tokens = Openings.withoutStance(Openings.withoutPleasantries(clause.tokens))
    let act = DialogueActs.read(clause)
    guard act != .other, let statement = voice.writer.statement(clause, act: act) else {
      return nil
    }
    let reading = ModalityReader.read(clause.tokens, actor: .human)
    // "always want", "never had" tell about the speaker.
    let second = statement.tokens.dropFirst().first?.lower ?? ""
    guard !["want", "wanted", "had", "seen", "thought"].contains(second),
      statement.tokens.first?.lower != "you", !statement.tokens.contains(where: { $0.text == "->" })
    else { return nil }
    guard reading.hedge <= 1, reading.modality != .question, reading.modality != .hypothetical
    else { return nil }
    let entities = voice.writer.entities.entities(in: statement.tokens)
    if act == .statement, !namesSomething(statement.tokens, entities) { return nil }
    return voice.observation(
      .init(
        kind: kind(act, clause.words, entities), predicate: "rule", statement: statement,
        subject: entities.first { $0.distinct },
        polarity: polarity(act, statement),
        modality: act == .statement ? .asserted : .obligation, hedge: reading.hedge,
        grounded: false), quote: sentence)
  }

  /// A prohibition denies what it names; an order with a "not" in it ("X and not Y") affirms.
  private func polarity(_ act: DialogueAct, _ statement: Statement) -> Polarity {
    switch act {
    case .prohibition: .negated
    case .statement: ModalityReader.polarity(statement.tokens.map(\.lower))
    case .directive: Self.denies(statement.tokens.map(\.lower)) ? .negated : .affirmed
    default: .affirmed
    }
  }

  /// "X should not …", "X mustn't …".
  private static func denies(_ words: [String]) -> Bool {
    guard let modal = words.firstIndex(where: { FormCues.modals.contains($0) }), modal >= 1,
      !words[..<modal].contains(where: { Lexicon.subordinators.contains($0) }),
      !Lexicon.verbs.contains(words[0])
    else { return false }
    let next = modal + 1 < words.count ? words[modal + 1] : ""
    return words[modal].hasSuffix("n't") || next == "not" || next == "never"
  }

  /// A fact must name something exactly: by its spelling, or by a capital inside the sentence.
  private func namesSomething(_ tokens: [Token], _ entities: [Entity]) -> Bool {
    // "the project uses pytest": a practice with a bare object names a kind.
    let words = tokens.map(\.lower)
    if words.starts(with: ["the", "project"]), words.count <= 14,
      !Generality.isDefinite(Array(words.dropFirst(2)))
    {
      return true
    }
    return !entities.isEmpty
      || tokens.dropFirst(2).contains { $0.kind == .word && $0.text.first?.isUppercase == true }
  }

  private func kind(_ act: DialogueAct, _ words: [String], _ entities: [Entity]) -> FactKind {
    if act == .preference { return .preference }
    if DirectiveCues.dangers.occurs(in: words) { return .gotcha }
    if DirectiveCues.workflow.contains(where: words.contains) { return .workflow }
    return act == .statement ? .decision : .convention
  }
}

/// Words that choose the kind of a directive.
enum DirectiveCues {
  static let workflow: Set<String> = [
    "commit", "commits", "committing", "amend", "push", "pushing", "pr", "prs", "branch",
    "branches", "merge", "merging", "rebase", "review", "reviews", "release", "releases", "deploy",
    "ticket", "tickets", "linear", "jira", "changelog", "squash", "tag",
  ]

  static let dangers = PhraseTable<Bool>(groups: [
    (
      true,
      [
        "breaks", "crashes", "deletes", "corrupts", "panics", "be careful", "careful", "beware",
        "watch out", "will break", "does not work", "doesn't work with", "not supported",
      ]
    )
  ])
}

/// Recognises text that a person pasted without saying so: review comments, logs, articles.
///
/// People speak in persons and commands; reviewers' bots and logs do neither over many words.
enum PastedRegister {
  /// Longer messages are documents.
  private static let charactersMax = 6000
  /// Shorter messages prove nothing about their register.
  private static let wordsMin = 22

  static func recognises(_ text: String) -> Bool {
    guard text.utf8.count <= charactersMax else { return true }
    if text.contains("Severity") { return true }
    let headings = text.split(whereSeparator: \.isNewline).count { $0.hasPrefix("#") }
    if headings >= 3 { return true }
    let words = Tokenizer.tokens(Typography.folded(Typography.collapsed(text))).map(\.lower)
    guard words.count >= wordsMin else { return false }
    let personal = words.contains {
      Lexicon.firstPerson.contains($0) || Lexicon.plural.contains($0)
        || Lexicon.secondPerson.contains($0)
        || ["please", "pls", "don't"].contains($0)
    }
    if personal { return false }
    let commands = SentenceSplitter.sentences(in: text).contains { sentence in
      let first = Tokenizer.tokens(sentence).first?.lower ?? ""
      return Lexicon.verbs.contains(first)
    }
    return !commands
  }
}

extension Int {
  /// The nearest value inside `range`.
  fileprivate func clamped(to range: ClosedRange<Int>) -> Int {
    Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
  }
}
