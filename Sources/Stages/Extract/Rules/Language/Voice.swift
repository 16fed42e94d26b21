import KairosModel

/// What rules over language share: who said it, where, and how it becomes an observation.
struct Voice {
  let event: Event
  let context: ExtractContext
  let rule: String

  var writer: StatementWriter { StatementWriter(entities: EntityReader(index: context.index)) }

  /// What a rule decided about a sentence.
  struct Reading {
    let kind: FactKind
    let predicate: String
    let statement: Statement
    /// What the sentence is about, if it is a named thing.
    let subject: Entity?
    let polarity: Polarity
    let modality: Modality
    let hedge: Int
    let grounded: Bool
  }

  /// The observation of a reading; `quote` is the source text.
  func observation(_ reading: Reading, quote: String) -> Observation {
    let tokens = reading.statement.tokens
    let mentions = writer.entities.entities(in: tokens).filter(\.distinct).map(\.mention)
    return Observation(
      rule: rule, kind: reading.kind,
      slot: Slot(
        scope: context.scope,
        subject: reading.subject?.subject ?? StatementKey.topic(of: tokens),
        predicate: reading.predicate),
      value: StatementKey.value(of: tokens), statement: reading.statement.text,
      polarity: reading.polarity, modality: reading.modality, hedge: reading.hedge,
      actor: event.actor, grounded: reading.grounded, session: event.session, lineage: event.id,
      at: event.at, mentions: Array(Set(mentions)).sorted(),
      evidence: Evidence(
        place: event.place, session: event.session, event: event.id, actor: event.actor,
        at: event.at, quote: quote))
  }
}

extension Event {
  /// The text, when a person typed it.
  var typedText: String? {
    guard actor == .human, provenance == .typed, case .message(let text) = body else { return nil }
    return text
  }

  /// The text, when the model said it in this conversation.
  var saidText: String? {
    guard actor == .assistant, provenance == .said, case .message(let text) = body else {
      return nil
    }
    return text
  }
}
