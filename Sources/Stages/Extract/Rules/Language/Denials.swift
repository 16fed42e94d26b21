import KairosModel

/// What a person refuses and why: a denied tool call with a reason that holds beyond it.
///
/// The reason is read like any text of a person; a refusal alone says nothing about next time.
struct Denials: SessionRule {
  let name = "denial"

  func observations(in session: SessionView, context: ExtractContext) -> [Observation] {
    let answered = Set(
      session.events.compactMap { event -> String? in
        if case .approval(let approval) = event.body { approval.call } else { nil }
      })
    return session.events.flatMap { event -> [Observation] in
      // An adapter that has the person's words gives them as an approval, beside the result.
      if case .toolResult(let result) = event.body, answered.contains(result.call) { return [] }
      guard let reason = Self.reason(event) else { return [] }
      let person = Event(
        id: event.id, session: event.session, actor: .human, provenance: .typed, at: event.at,
        place: event.place, cwd: event.cwd, branch: event.branch, body: event.body)
      return DirectiveReader(voice: Voice(event: person, context: context, rule: name))
        .observations(in: reason)
    }
  }

  /// What the person said when refusing.
  private static func reason(_ event: Event) -> String? {
    switch event.body {
    case .approval(let approval) where approval.verdict == .denied:
      return approval.answer.isEmpty ? nil : approval.answer
    case .toolResult(let result) where result.status == .denied:
      // Agents hand the person's words to the model behind a fixed phrase.
      for mark in ["the user said:", "user feedback:", "reason:"] {
        if let range = result.output.firstRange(of: mark) {
          let text = result.output[range.upperBound...].trimmingSpaces()
          return text.isEmpty ? nil : String(text)
        }
      }
      return nil
    default: return nil
    }
  }
}
