import KairosModel

/// Declarative sentences of the assistant about a named thing of the workspace: what it does, where
/// it is, how it fails.
///
/// Only the model's own words in the conversation; only about things that exist (or, without a
/// workspace, that were looked at before). Announcements, summaries of its own edits, status,
/// offers and guesses are no knowledge.
struct AssistantStatements: SessionRule {
  let name = "assistant-statement"

  func observations(in session: SessionView, context: ExtractContext) -> [Observation] {
    var sights = Sights()
    var found: [Observation] = []
    /// Where the observations of the last turn start: what a person's "no, …" answers.
    var turn = 0
    var lastSaid = ""
    for event in session.events {
      sights.take(event)
      if let text = event.saidText {
        let voice = Voice(event: event, context: context, rule: name)
        let reader = StatementReader(voice: voice, sights: sights)
        found += reader.observations(in: text)
        lastSaid = text
      } else if let text = event.typedText {
        let asked = lastSaid.trimmingSpacesAtEnd().hasSuffix("?")
        if DialogueActs.refutes(text, answersQuestion: asked) {
          for index in turn..<found.count { found[index] = found[index].reported() }
        }
        turn = found.count
      }
    }
    return found
  }
}

/// The names that tool calls of a session have touched so far.
struct Sights {
  private var words: Set<String> = []

  mutating func take(_ event: Event) {
    switch event.body {
    case .toolCall(let call):
      for text in [call.command].compactMap({ $0 }) + call.input.map(\.value) { see(text) }
    case .edit(let edit):
      see(edit.path)
      if let path = edit.newPath { see(path) }
    default: break
    }
  }

  private mutating func see(_ text: String) {
    for word in WorkspaceIndex.words(of: String(text.prefix(4000))) { words.insert(word) }
  }

  /// Whether the thing, or the file that defines it, was looked at.
  func include(_ entity: Entity, index: WorkspaceIndex?) -> Bool {
    let parts: [String] =
      switch entity.mention.kind {
      case .path:
        WorkspaceIndex.words(
          of: entity.mention.name.split(separator: "/").last.map(String.init) ?? "")
      default: WorkspaceIndex.words(of: entity.mention.name)
      }
    if !parts.isEmpty, parts.allSatisfy(words.contains) { return true }
    guard let index, entity.mention.kind == .symbol else { return false }
    return index.definitions(of: entity.mention.name).contains { definition in
      let name = definition.file.path.split(separator: "/").last.map(String.init) ?? ""
      return WorkspaceIndex.words(of: name).allSatisfy(words.contains)
    }
  }
}

extension Observation {
  /// The same observation as somebody's claim only, after a person refuted it.
  func reported() -> Observation {
    Observation(
      rule: rule, kind: kind, slot: slot, value: value, statement: statement, polarity: polarity,
      modality: .reported, hedge: hedge, actor: actor, grounded: grounded, session: session,
      lineage: lineage, exposure: exposure, at: at, mentions: mentions, evidence: evidence)
  }
}

extension String {
  fileprivate func trimmingSpacesAtEnd() -> Substring { Substring(self).trimmingSpaces() }
}
