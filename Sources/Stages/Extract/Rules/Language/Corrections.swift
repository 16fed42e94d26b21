import KairosModel

/// What a person holds against the assistant: declarative clauses of a message that refutes
/// ("no, …", "that's not correct, …").
///
/// A correction tells a fact that the model got wrong once and will get wrong again.
struct Corrections: SessionRule {
  let name = "human-correction"

  func observations(in session: SessionView, context: ExtractContext) -> [Observation] {
    var found: [Observation] = []
    var said = ""
    for event in session.events {
      if let text = event.saidText {
        said = text
      } else if let text = event.typedText {
        let asked = Substring(said).trimmingSpaces().hasSuffix("?")
        if !said.isEmpty, !PastedRegister.recognises(text),
          DialogueActs.refutes(text, answersQuestion: asked)
        {
          found += corrections(text, Voice(event: event, context: context, rule: name))
        }
        said = ""
      }
    }
    return found
  }

  private func corrections(_ text: String, _ voice: Voice) -> [Observation] {
    SentenceSplitter.sentences(in: PastedOutput.speech(of: text)).prefix(4).flatMap {
      sentence -> [Observation] in
      let tokens = Openings.withoutPleasantries(Tokenizer.tokens(sentence))
      guard !tokens.isEmpty, !ModalityReader.isQuestion(tokens.map(\.lower)) else { return [] }
      return ClauseSplitter.clauses(tokens).compactMap { correction($0, sentence, voice) }
    }
  }

  private func correction(_ clause: Clause, _ sentence: String, _ voice: Voice) -> Observation? {
    let reading = ModalityReader.read(clause.tokens, actor: .human)
    guard reading.modality == .asserted, reading.hedge == 0,
      ClauseForm.read(clause.words).form == .other,
      !DialogueCues.oneTask.occurs(in: clause.words),
      !DialogueCues.refutations.occurs(in: clause.words), states(clause.words),
      let statement = voice.writer.statement(clause)
    else { return nil }
    let entities = voice.writer.entities.entities(in: statement.tokens)
    guard let subject = entities.first(where: \.distinct) else { return nil }
    return voice.observation(
      .init(
        kind: .gotcha, predicate: "statement", statement: statement, subject: subject,
        polarity: reading.polarity, modality: .asserted, hedge: 0, grounded: false),
      quote: sentence)
  }

  /// Whether the clause has a subject and a verb in the present.
  private func states(_ words: [String]) -> Bool {
    let verbs: Set<String> = [
      "is", "are", "does", "do", "doesn't", "don't", "has", "have", "use", "uses",
    ]
    return words.dropFirst().contains {
      verbs.contains($0) || Lexicon.presentVerbs.contains($0)
    }
  }
}
