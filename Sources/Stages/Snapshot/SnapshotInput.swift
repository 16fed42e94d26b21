import KairosModel

/// Everything that goes into a snapshot. The order of the lists does not matter.
public struct SnapshotInput: Sendable {
  public let project: String
  /// 1 for the first snapshot of a store.
  public let sequence: Int
  /// Id of the previous snapshot; `nil` for the first.
  public let parent: String?
  /// Time of the newest evidence, of all observations and not only of those behind facts.
  public let newestEvidence: Timestamp?
  /// Digest of the settings that shaped the result.
  public let configuration: String
  public let toolVersion: String
  public let facts: [Fact]
  public let tombstones: [Tombstone]
  /// The journal of the rules together with the decisions of people.
  public let decisions: [Decision]
  public let sources: [SnapshotSource]
  /// Whether it takes the place of a snapshot that held what was forgotten since.
  public let isRewritten: Bool

  public init(
    project: String, sequence: Int, parent: String?, newestEvidence: Timestamp?,
    configuration: String, toolVersion: String = KairosVersion.text, facts: [Fact],
    tombstones: [Tombstone] = [], decisions: [Decision] = [], sources: [SnapshotSource] = [],
    isRewritten: Bool = false
  ) {
    self.project = project
    self.sequence = sequence
    self.parent = parent
    self.newestEvidence = newestEvidence
    self.configuration = configuration
    self.toolVersion = toolVersion
    self.facts = facts
    self.tombstones = tombstones
    self.decisions = decisions
    self.sources = sources
    self.isRewritten = isRewritten
  }

  /// The content of an older snapshot as the next one. What was rejected or forgotten since then
  /// stays away: `tombstones` are today's, and they are added to the old ones.
  public init(
    restoring old: SnapshotContents, sequence: Int, parent: String?, tombstones: [Tombstone]
  ) {
    let all = old.tombstones + tombstones
    let dead = Set(all.map(\.fact))
    let fingerprints = Set(all.map(\.fingerprint))
    self.init(
      project: old.manifest.project, sequence: sequence, parent: parent,
      newestEvidence: old.manifest.newestEvidence, configuration: old.manifest.configuration,
      toolVersion: old.manifest.toolVersion,
      facts: old.facts.filter {
        $0.state == .rejected
          || !dead.contains($0.id)
            && !fingerprints.contains(Tombstone.fingerprint(slot: $0.slot, value: $0.value))
      }, tombstones: all, decisions: old.decisions, sources: old.sources)
  }
}
