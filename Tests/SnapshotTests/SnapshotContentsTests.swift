import KairosModel
import KairosTestSupport
import Snapshot
import Testing

/// Reading back, damage, other versions, names, restoring.
@Suite struct SnapshotContentsTests {
  static let made = SnapshotStage.make(SnapshotStageTests.input())

  @Test func aSnapshotReadsBackEqual() throws {
    let back = try SnapshotContents.read(members: Self.made.members)
    #expect(back.manifest == Self.made.manifest)
    #expect(back.facts == Self.made.facts)
    #expect(back.tombstones == Self.made.tombstones)
    #expect(back.decisions == Self.made.decisions)
    #expect(back.sources == Self.made.sources)
    #expect(back.id == Self.made.id)
    #expect(
      back.facts.map(\.state) == [.firm, .firm, .firm, .tentative]
        + back.facts.dropFirst(4).map(\.state))
  }

  private func read(
    _ change: (inout [(name: String, bytes: [UInt8])]) -> Void
  ) throws -> SnapshotContents {
    var members = Self.made.members
    change(&members)
    return try SnapshotContents.read(members: members)
  }

  @Test func damageIsNamed() {
    #expect(throws: SnapshotError.noManifest) { try read { $0.removeFirst() } }
    #expect(throws: SnapshotError.noManifest) { try read { $0.removeAll() } }
    #expect(throws: SnapshotError.missingMember("journal.jsonl")) {
      try read { $0.removeAll { $0.name == "journal.jsonl" } }
    }
    #expect(throws: SnapshotError.unlistedMember("extra")) { try read { $0.append(("extra", [])) } }
    #expect(throws: SnapshotError.wrongDigest(member: "facts.jsonl")) {
      try read { $0[1].bytes[20] ^= 1 }
    }
    #expect(throws: SnapshotError.unreadableManifest(field: "its JSON")) {
      try read { $0[0].bytes.removeLast() }
    }
    let size = Self.made.bytes(.firm).count
    #expect(
      throws: SnapshotError.wrongSize(member: "facts.jsonl", expected: size, found: size - 1)
    ) { try read { $0[1].bytes.removeLast() } }
  }

  /// The same snapshot with one member and the manifest's schema exchanged, digests made anew.
  private func forged(
    _ member: String, _ bytes: [UInt8], schema: String = SnapshotManifest.schema,
    extra: [(name: String, bytes: [UInt8])] = []
  ) -> [(name: String, bytes: [UInt8])] {
    var members = Array(Self.made.members.dropFirst()) + extra
    members = members.map { $0.name == member ? (member, bytes) : $0 }
    let old = Self.made.manifest
    let manifest = SnapshotManifest(
      project: old.project, sequence: 1, parent: nil, newestEvidence: nil, toolVersion: "1",
      configuration: "",
      members: members.map {
        .init(name: $0.name, size: $0.bytes.count, sha256: SHA256Digest.of($0.bytes).hex)
      })
    let text = String(decoding: manifest.canonicalBytes, as: UTF8.self)
    let bytes = text.replacing(SnapshotManifest.schema, with: schema, maxReplacements: 1)
    return [("manifest.json", Array(bytes.utf8))] + members
  }

  @Test func aNewerFormatIsRefusedByName() {
    let members = forged("", [], schema: "kairos.snapshot/2")
    #expect(throws: SnapshotError.newerFormat(found: "kairos.snapshot/2")) {
      try SnapshotContents.read(members: members)
    }
    let foreign = forged("", [], schema: "other/1")
    #expect(throws: SnapshotError.unreadableManifest(field: "schema")) {
      try SnapshotContents.read(members: foreign)
    }
  }

  @Test func laterMembersAreIgnored() throws {
    let members = forged("", [], extra: [("later.jsonl", [1])])
    #expect(try SnapshotContents.read(members: members).facts == Self.made.facts)
  }

  @Test func recordsThatDoNotBelongAreNamed() {
    let firm = Self.made.bytes(.firm)
    #expect(throws: SnapshotError.misplacedFact(member: "tentative.jsonl", line: 1)) {
      try SnapshotContents.read(members: forged("tentative.jsonl", firm))
    }
    #expect(
      throws: SnapshotError.unreadableRecord(member: "journal.jsonl", line: 1, field: "action")
    ) { try SnapshotContents.read(members: forged("journal.jsonl", firm)) }
  }

  @Test(arguments: [
    ("000001-0123456789ab.tar.zst", 1), ("1234567-0123456789ab.tar.gz", 1_234_567),
    ("00001-0123456789ab.tar.zst", nil), ("000001-0123456789ab.tar.zst.partial", nil),
    ("000001-0123456789aB.tar.zst", nil), ("000000-0123456789ab.tar.zst", nil),
    ("000001-0123456789ab", nil), ("README.md", nil), ("", nil),
  ]) func namesAreRead(fileName: String, sequence: Int?) {
    #expect(SnapshotName(fileName: fileName)?.sequence == sequence)
  }

  @Test func namesSortByAge() {
    let names = [9, 10, 999_999, 1_000_000].map {
      SnapshotName(sequence: $0, shortID: "0123456789ab")
    }
    #expect(names.reversed().sorted() == names)
    #expect(
      names.map { SnapshotName(fileName: $0.fileName(suffix: ".tar.gz")) } == names)
  }

  /// What was rejected since then stays away when an older snapshot is restored, also in another
  /// spelling.
  @Test func restoringKeepsTombstones() {
    let dead = SnapshotStageTests.facts[0]
    let tombstones = [
      Tombstone(fact: dead.id, fingerprint: "sha256:x", reason: "wrong"),
      Tombstone(
        fact: "f_other",
        fingerprint: Tombstone.fingerprint(slot: Build.slot(), value: "Make  LINT"),
        reason: "wrong"),
    ]
    let restored = SnapshotStage.make(
      SnapshotInput(restoring: Self.made, sequence: 5, parent: "p", tombstones: tombstones))
    #expect(restored.manifest.sequence == 5)
    #expect(restored.manifest.parent == "p")
    #expect(restored.facts.count == Self.made.facts.count - 2)
    #expect(!restored.facts.contains { [dead.id, SnapshotStageTests.facts[1].id].contains($0.id) })
    #expect(restored.tombstones.count == 4)
    let again = SnapshotStage.make(
      SnapshotInput(restoring: Self.made, sequence: 1, parent: nil, tombstones: []))
    #expect(again.id == Self.made.id)
  }
}
