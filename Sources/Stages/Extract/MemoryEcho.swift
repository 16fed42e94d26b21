import KairosModel

/// Marks what a session only repeats: statements that a memory in the speaker's context already
/// makes (instruction files, memory files, kairos's own exports).
///
/// An echo is kept, since it is what was said, but it confirms nothing; consolidation decides that
/// by `Observation.exposure`.
struct MemoryEcho {
  /// Keys of the sentences of every memory, with the memory's id.
  private let memories: [(id: String, keys: [String])]

  init(session: SessionView) {
    memories = session.events.compactMap { event in
      guard event.provenance == .memory, case .message(let text) = event.body else { return nil }
      let keys = SentenceSplitter.sentences(in: text).map { StatementKey.value(ofSentence: $0) }
      return (ContentID.make("m", text), keys.filter { !$0.isEmpty })
    }
  }

  /// The observations with the memories that say the same. Only voices echo; tools and files
  /// report what is.
  func marked(_ observations: [Observation]) -> [Observation] {
    guard !memories.isEmpty else { return observations }
    return observations.map { observation in
      guard observation.actor == .human || observation.actor == .assistant else {
        return observation
      }
      let statement = StatementKey.value(ofSentence: observation.statement)
      let exposure = memories.filter { memory in
        memory.keys.contains { Self.says($0, observation.value) || Self.says($0, statement) }
      }
      return exposure.isEmpty
        ? observation : observation.exposed(to: Array(Set(exposure.map(\.id))).sorted())
    }
  }

  /// Whether one sentence's key contains the other's words in a row.
  private static func says(_ memory: String, _ value: String) -> Bool {
    guard memory != value else { return true }
    guard value.split(separator: " ").count >= 3, memory.utf8.count > value.utf8.count else {
      return false
    }
    return (" " + memory + " ").contains(" " + value + " ")
  }
}

extension Observation {
  /// The same observation with the memories that its speaker had seen.
  func exposed(to memories: [String]) -> Observation {
    Observation(
      rule: rule, kind: kind, slot: slot, value: value, statement: statement, polarity: polarity,
      modality: modality, hedge: hedge, actor: actor, speaker: speaker, grounded: grounded,
      session: session, lineage: lineage, exposure: memories, at: at, mentions: mentions,
      evidence: evidence)
  }
}
