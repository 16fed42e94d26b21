import KairosModel

/// Facts → the members and the manifest of a snapshot.
///
/// A pure function: no clock, no paths, no order of the input reaches the result. The archive
/// around the members is written by others.
public enum SnapshotStage {
  /// The snapshot of `input`.
  public static func make(_ input: SnapshotInput) -> SnapshotContents {
    let facts = unique(input.facts) { $0.id }
    let tombstones = unique(input.tombstones) { $0.fact + " " + $0.fingerprint }
    let decisions = unique(input.decisions) { $0.id }.sorted(by: precedes)
    let sources = newestCopies(input.sources)
    let evidence = EvidenceRecord.all(of: facts)
    var members: [(name: String, bytes: [UInt8])] = []
    for member in SnapshotMember.allCases {
      let bytes: [UInt8]
      switch member {
      case .manifest: continue
      case .firm, .tentative, .retired:
        bytes = lines(facts.filter { member.states.contains($0.state) })
      case .tombstones: bytes = lines(tombstones)
      case .evidence: bytes = lines(evidence)
      case .journal: bytes = lines(decisions)
      case .sources: bytes = lines(sources)
      case .page: bytes = MemoryPage.bytes(facts, input)
      }
      members.append((member.rawValue, bytes))
    }
    let manifest = manifest(input, members)
    return SnapshotContents(
      manifest: manifest,
      members: [(SnapshotMember.manifest.rawValue, manifest.canonicalBytes)] + members,
      facts: SnapshotContents.inMemberOrder(facts), tombstones: tombstones, decisions: decisions,
      sources: sources)
  }

  private static func manifest(
    _ input: SnapshotInput, _ members: [(name: String, bytes: [UInt8])]
  ) -> SnapshotManifest {
    SnapshotManifest(
      project: input.project, sequence: input.sequence, parent: input.parent,
      newestEvidence: input.newestEvidence, toolVersion: input.toolVersion,
      configuration: input.configuration, isRewritten: input.isRewritten,
      members: members.map {
        .init(name: $0.name, size: $0.bytes.count, sha256: SHA256Digest.of($0.bytes).hex)
      })
  }

  /// Sorted by key; of several records with one key the one with the smallest bytes.
  private static func unique<T: CanonicalRecord>(
    _ records: [T], key: (T) -> String
  ) -> [T] {
    var kept: [String: (record: T, bytes: [UInt8])] = [:]
    for record in records {
      let bytes = record.canonicalBytes
      if let other = kept[key(record)], !bytes.lexicographicallyPrecedes(other.bytes) { continue }
      kept[key(record)] = (record, bytes)
    }
    return kept.sorted { $0.key < $1.key }.map(\.value.record)
  }

  /// Each source once: a copy has the same id, and the longest one includes the others.
  private static func newestCopies(_ sources: [SnapshotSource]) -> [SnapshotSource] {
    let longest = Dictionary(grouping: sources, by: \.id).values.map { copies in
      let bytes = copies.map(\.bytes).max()
      return copies.filter { $0.bytes == bytes }
    }
    return unique(longest.flatMap { $0 }) { $0.id }
  }

  /// Journal order: by time (undated last), then id.
  private static func precedes(_ left: Decision, _ right: Decision) -> Bool {
    let times = (left.at?.milliseconds ?? .max, right.at?.milliseconds ?? .max)
    return times.0 != times.1 ? times.0 < times.1 : left.id < right.id
  }

  private static func lines(_ records: [some CanonicalRecord]) -> [UInt8] {
    var bytes: [UInt8] = []
    for record in records {
      bytes.append(contentsOf: record.canonicalBytes)
      bytes.append(UInt8(ascii: "\n"))
    }
    return bytes
  }
}
