import KairosModel

/// The files of a snapshot, in the order in which they stand in the archive.
public enum SnapshotMember: String, Sendable, CaseIterable {
  case manifest = "manifest.json"
  case firm = "facts.jsonl"
  case tentative = "tentative.jsonl"
  case retired = "retired.jsonl"
  case tombstones = "tombstones.jsonl"
  case evidence = "evidence.jsonl"
  case journal = "journal.jsonl"
  case sources = "sources.jsonl"
  case page = "MEMORY.md"

  /// The states of the facts that stand in this member.
  var states: [FactState] {
    switch self {
    case .firm: [.firm]
    case .tentative: [.tentative]
    case .retired: [.stale, .superseded, .rejected]
    default: []
    }
  }
}
