import Snapshot

/// What a rebuild of the store is told.
public struct RebuildRequest: Sendable {
  /// Files and folders that were read before and whose places may be lost; absolute.
  public let paths: [String]
  /// Where agents keep transcripts: sessions that are known are looked for there.
  public let agents: AgentSearch?

  public init(paths: [String] = [], agents: AgentSearch? = nil) {
    self.paths = paths
    self.agents = agents
  }
}

/// What a rebuild of the store found, and what it could not bring back.
public struct RebuildReport: Sendable {
  /// How the new facts stand to those of the newest snapshot.
  public struct Comparison: Sendable {
    public let sequence: Int
    /// Facts with the same id, state and words.
    public let same: Int
    public let changes: [SnapshotDiff.Change]
    /// Whether a snapshot of the new store would say exactly the same.
    public let isEqual: Bool
  }

  /// Where the old database is now; `nil` when there was none.
  public let setAside: String?
  /// Sessions whose events came from their logs.
  public let sessions: Int
  public let events: Int
  /// Sources whose files are gone; what was read from them is kept.
  public let absentSources: Int
  /// Decisions of people.
  public let decisions: Int
  /// One sentence for each thing that could not be brought back.
  public let lost: [String]
  public let stages: [StageReport]
  /// `nil` without a snapshot.
  public let comparison: Comparison?

  /// Whether everything is as it was.
  public var isComplete: Bool { lost.isEmpty }
}
