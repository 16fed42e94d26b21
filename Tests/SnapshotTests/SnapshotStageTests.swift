import KairosArchive
import KairosModel
import KairosTestSupport
import Snapshot
import Testing

/// What stands in a snapshot, and that nothing but content shapes its bytes.
@Suite struct SnapshotStageTests {
  static let facts = [
    Build.fact("make test", statement: "Run the tests with `make test`."),
    Build.fact(
      "make lint", lastSeen: Build.at(day: 3),
      evidence: [Build.evidence(), Build.evidence(byte: 30)]),
    Build.fact("src", kind: .layout, slot: Build.slot("path:src", "layout")),
    Build.fact("rake", state: .tentative),
    Build.fact("ant", state: .stale), Build.fact("cmake", state: .superseded),
    Build.fact("bazel", state: .rejected),
  ]
  static let tombstones = ["f_b", "f_a"].map {
    Tombstone(fact: $0, fingerprint: "sha256:\($0)", reason: "wrong")
  }
  static let decisions: [Decision] =
    [(2, "f_1"), (1, "f_2")].map { day, fact in
      Decision(
        action: .promote, subject: fact, object: "", actor: "rule:r", at: Build.at(day: day),
        reason: "r")
    } + [Decision(action: .pin, subject: "f_1", object: "", actor: "user", at: nil, reason: "")]
  static let sources = [("s_2", 7), ("s_1", 5), ("s_1", 9)].map { id, bytes in
    SnapshotSource(
      id: id, kind: "transcript", format: "codex", session: "a", bytes: Int64(bytes),
      digest: "sha256:\(bytes)")
  }

  static func input(
    _ facts: [Fact] = facts, tombstones: [Tombstone] = tombstones,
    decisions: [Decision] = decisions, sources: [SnapshotSource] = sources, sequence: Int = 1,
    parent: String? = nil
  ) -> SnapshotInput {
    SnapshotInput(
      project: "git:example.org/p", sequence: sequence, parent: parent,
      newestEvidence: Build.at(day: 4), configuration: "sha256:cc", toolVersion: "9.9.9",
      facts: facts, tombstones: tombstones, decisions: decisions, sources: sources)
  }

  private func text(_ contents: SnapshotContents, _ member: SnapshotMember) -> String {
    String(decoding: contents.bytes(member), as: UTF8.self)
  }

  @Test func membersStandInTheDocumentedOrder() throws {
    let contents = SnapshotStage.make(Self.input())
    #expect(contents.members.map(\.name) == SnapshotMember.allCases.map(\.rawValue))
    #expect(
      contents.manifest.members.map(\.name) == Array(contents.members.map(\.name).dropFirst()))
    #expect(contents.manifest.id == contents.id)
    #expect(contents.name.fileName(suffix: ".tar.zst") == "000001-\(contents.shortID).tar.zst")
    let empty = SnapshotStage.make(
      Self.input([], tombstones: [], decisions: [], sources: []))
    #expect(try SnapshotContents.read(members: empty.members).facts == [])
  }

  @Test func everyFactStandsInTheFileOfItsState() {
    let contents = SnapshotStage.make(Self.input())
    let counts = [SnapshotMember.firm, .tentative, .retired].map { member in
      text(contents, member).split(separator: "\n").count
    }
    #expect(counts == [3, 1, 3])
    let firm = Self.facts.filter { $0.state == .firm }.sorted { $0.id < $1.id }
    #expect(contents.bytes(.firm) == firm.flatMap { $0.canonicalBytes + [10] })
  }

  @Test func theOrderOfTheInputDoesNotReachTheBytes() throws {
    let contents = SnapshotStage.make(Self.input())
    let other = SnapshotStage.make(
      Self.input(
        Self.facts.reversed() + Self.facts, tombstones: Self.tombstones.reversed(),
        decisions: Self.decisions.reversed() + Self.decisions,
        sources: Self.sources.reversed()))
    #expect(other.id == contents.id)
    #expect(other.members.map(\.bytes) == contents.members.map(\.bytes))
    #expect(
      try TarArchive.bytes(members: other.members) == TarArchive.bytes(members: contents.members))
  }

  @Test func anythingThatChangesChangesTheID() {
    let id = SnapshotStage.make(Self.input()).id
    let others = [
      Self.input(Array(Self.facts.dropLast())), Self.input(tombstones: []),
      Self.input(decisions: []), Self.input(sources: []), Self.input(sequence: 2),
      Self.input(parent: id),
    ].map { SnapshotStage.make($0).id }
    #expect(Set(others + [id]).count == others.count + 1)
  }

  @Test func evidenceIsListedOnceWithItsFacts() throws {
    let lines = text(SnapshotStage.make(Self.input()), .evidence).split(separator: "\n")
    let records = try lines.map { try EvidenceRecord(canonicalBytes: Array($0.utf8)) }
    #expect(records.map(\.id) == records.map(\.id).sorted())
    #expect(records.count == 2)
    #expect(records.first { $0.evidence == Build.evidence() }?.facts.count == Self.facts.count)
    #expect(records.first { $0.evidence == Build.evidence(byte: 30) }?.facts == [Self.facts[1].id])
  }

  /// A copied transcript has the same source id: nothing new, whatever it is called.
  @Test func sourcesAreListedOnceAtTheirLongest() throws {
    let contents = SnapshotStage.make(Self.input())
    #expect(contents.sources.map(\.id) == ["s_1", "s_2"])
    #expect(contents.sources.map(\.bytes) == [9, 7])
  }

  @Test func theJournalIsInOrderOfTime() {
    #expect(
      SnapshotStage.make(Self.input()).decisions.map(\.at)
        == [Build.at(day: 1), Build.at(day: 2), nil])
  }

  @Test func thePageIsForPeople() {
    let expected = """
      <!-- kairos:begin -->
      # Memory of git:example.org/p

      Snapshot 1 by kairos 9.9.9: 3 firm, 1 tentative, 3 retired facts; \
      newest evidence of 2026-01-09.

      ## Commands

      - Run `make lint`. (\(Self.facts[1].id), 2 sessions, last seen 2026-01-08)
      - Run the tests with `make test`. (\(Self.facts[0].id), 2 sessions, last seen 2026-01-05)

      ## Layout

      - Run `src`. (\(Self.facts[2].id), 2 sessions, last seen 2026-01-05)
      <!-- kairos:end -->

      """
    #expect(text(SnapshotStage.make(Self.input()), .page) == expected)
  }
}
