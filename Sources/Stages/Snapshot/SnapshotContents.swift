import KairosJSON
import KairosModel

/// A whole snapshot in memory: as bytes for an archive, and as records.
public struct SnapshotContents: Sendable {
  public let manifest: SnapshotManifest
  /// `manifest.json` first, the rest as the manifest lists them.
  public let members: [(name: String, bytes: [UInt8])]
  /// Firm, then tentative, then retired ones; by id in each.
  public let facts: [Fact]
  public let tombstones: [Tombstone]
  public let decisions: [Decision]
  public let sources: [SnapshotSource]

  /// The format that this program writes.
  public static let format = SnapshotManifest.schema

  /// SHA-256 of the bytes of `manifest.json` in hexadecimal.
  public var id: String { SHA256Digest.of(members.first?.bytes ?? []).hex }
  public var shortID: String { String(id.prefix(12)) }
  /// The name of its archive, without the ending.
  public var name: SnapshotName { SnapshotName(sequence: manifest.sequence, shortID: shortID) }

  /// The same content behind another parent, as one that was written anew: only the manifest
  /// differs.
  public func rewritten(parent: String?) -> SnapshotContents {
    let manifest = SnapshotManifest(
      project: manifest.project, sequence: manifest.sequence, parent: parent,
      newestEvidence: manifest.newestEvidence, toolVersion: manifest.toolVersion,
      configuration: manifest.configuration, isRewritten: true, members: manifest.members)
    return SnapshotContents(
      manifest: manifest,
      members: [(SnapshotMember.manifest.rawValue, manifest.canonicalBytes)]
        + members.dropFirst(),
      facts: facts, tombstones: tombstones, decisions: decisions, sources: sources)
  }

  /// The bytes of one member.
  public func bytes(_ member: SnapshotMember) -> [UInt8] {
    members.first { $0.name == member.rawValue }?.bytes ?? []
  }

  /// Firm, tentative, retired; each part keeps its order.
  static func inMemberOrder(_ facts: [Fact]) -> [Fact] {
    SnapshotMember.allCases.flatMap { member in
      facts.filter { member.states.contains($0.state) }
    }
  }

  /// Reads the members of an archive, and checks everything that the manifest says about them.
  /// Members and fields that a later minor version added are kept and ignored.
  public static func read(
    members: [(name: String, bytes: [UInt8])]
  ) throws(SnapshotError) -> SnapshotContents {
    guard let first = members.first, first.name == SnapshotMember.manifest.rawValue else {
      throw .noManifest
    }
    let manifest = try readManifest(first.bytes)
    try check(Array(members.dropFirst()), against: manifest)
    func lines<T: CanonicalRecord>(_ member: SnapshotMember) throws(SnapshotError) -> [T] {
      try records(members.first { $0.name == member.rawValue }?.bytes ?? [], member)
    }
    var facts: [Fact] = []
    for member in SnapshotMember.allCases where !member.states.isEmpty {
      let part: [Fact] = try lines(member)
      if let wrong = part.firstIndex(where: { !member.states.contains($0.state) }) {
        throw .misplacedFact(member: member.rawValue, line: wrong + 1)
      }
      facts += part
    }
    let _: [EvidenceRecord] = try lines(.evidence)
    return SnapshotContents(
      manifest: manifest, members: members, facts: facts, tombstones: try lines(.tombstones),
      decisions: try lines(.journal), sources: try lines(.sources))
  }

  private static func readManifest(_ bytes: [UInt8]) throws(SnapshotError) -> SnapshotManifest {
    guard let root = try? JSONDocument.parse(bytes).root else {
      throw .unreadableManifest(field: "its JSON")
    }
    let schema = root["schema"]?.string ?? ""
    if let found = version(schema), let known = version(format), found > known {
      throw .newerFormat(found: schema)
    }
    do { return try SnapshotManifest(json: root) } catch {
      throw .unreadableManifest(field: error.field)
    }
  }

  /// The number in `kairos.snapshot/<number>`.
  private static func version(_ schema: String) -> Int? {
    let parts = schema.split(separator: "/")
    guard parts.count == 2, parts[0] == "kairos.snapshot" else { return nil }
    return Int(parts[1])
  }

  private static func check(
    _ members: [(name: String, bytes: [UInt8])], against manifest: SnapshotManifest
  ) throws(SnapshotError) {
    for member in SnapshotMember.allCases.dropFirst()
    where !manifest.members.contains(where: { $0.name == member.rawValue }) {
      throw .missingMember(member.rawValue)
    }
    for listed in manifest.members {
      guard let member = members.first(where: { $0.name == listed.name }) else {
        throw .missingMember(listed.name)
      }
      guard member.bytes.count == listed.size else {
        throw .wrongSize(member: listed.name, expected: listed.size, found: member.bytes.count)
      }
      guard SHA256Digest.of(member.bytes).hex == listed.sha256 else {
        throw .wrongDigest(member: listed.name)
      }
    }
    for member in members where !manifest.members.contains(where: { $0.name == member.name }) {
      throw .unlistedMember(member.name)
    }
  }

  private static func records<T: CanonicalRecord>(
    _ bytes: [UInt8], _ member: SnapshotMember
  ) throws(SnapshotError) -> [T] {
    var found: [T] = []
    for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: true) {
      do { found.append(try T(canonicalBytes: Array(line))) } catch {
        throw .unreadableRecord(
          member: member.rawValue, line: found.count + 1, field: error.field)
      }
    }
    return found
  }
}
