import KairosJSON
import KairosModel
import KairosTestSupport
import Snapshot
import Testing

/// Every way in which a fact may differ between two snapshots.
@Suite struct SnapshotDiffTests {
  private static func kind(_ from: FactState?, _ to: FactState?) -> SnapshotDiff.Change.Kind? {
    SnapshotDiff.changes(
      from: from.map { [Build.fact("v", state: $0)] } ?? [],
      to: to.map { [Build.fact("v", state: $0)] } ?? []
    ).first?.kind
  }

  @Test(
    arguments: [
      (nil, .firm, .added), (nil, .superseded, .added), (.tentative, .firm, .changed),
      (.firm, .tentative, .changed), (.stale, .firm, .changed), (.stale, .rejected, .changed),
      (.firm, .superseded, .retired), (.tentative, .rejected, .retired), (.firm, nil, .retired),
      (.stale, nil, .retired), (.firm, .firm, nil),
    ] as [(FactState?, FactState?, SnapshotDiff.Change.Kind?)])
  func statesDecideTheKind(from: FactState?, to: FactState?, kind: SnapshotDiff.Change.Kind?) {
    #expect(Self.kind(from, to) == kind)
  }

  private func snapshot(_ facts: [Fact], _ sequence: Int) -> SnapshotContents {
    SnapshotStage.make(SnapshotStageTests.input(facts, sequence: sequence))
  }

  @Test func aDiffReadsAsTextAndAsJSON() throws {
    let kept = Build.fact("kept")
    let older = snapshot(
      [kept, Build.fact("old"), Build.fact("words"), Build.fact("rise", state: .tentative)], 1)
    let newer = snapshot(
      [
        kept, Build.fact("old", state: .superseded, reason: "replaced by `new`"),
        Build.fact("words", statement: "In other words: `words`."),
        Build.fact("rise", reason: "promoted: 3 sessions"), Build.fact("new"),
      ], 2)
    let diff = SnapshotDiff.between(older, newer)
    func id(_ value: String) -> String { Build.fact(value).id }
    let expected = """
      snapshot 1 (\(older.shortID)) → snapshot 2 (\(newer.shortID)): \
      1 added, 1 changed, 1 retired, 1 reworded

      added:
        \(id("new"))  firm  Run `new`.

      changed:
        \(id("rise"))  tentative → firm  Run `rise`.
            promoted: 3 sessions

      retired:
        \(id("old"))  firm → superseded  Run `old`.
            replaced by `new`

      reworded:
        \(id("words"))  firm  In other words: `words`.
            before: Run `words`.

      """
    #expect(diff.text == expected)
    let json = try JSONDocument.parse(diff.json).root
    #expect(json["schema"]?.string == "kairos.diff/1")
    #expect(json["to"]?["id"]?.string == newer.id)
    #expect(
      json["changes"]?.elements.map { $0["kind"]?.string }
        == ["added", "changed", "retired", "reworded"])
    #expect(json["changes"]?.elements.last?["before"]?.string == "Run `words`.")
  }

  @Test func equalFactsAndTheFirstSnapshotHaveADiffToo() {
    let one = snapshot([Build.fact("a")], 1)
    #expect(SnapshotDiff.between(one, snapshot([Build.fact("a")], 2)).changes == [])
    #expect(SnapshotDiff.between(nil, one).summary == "1 added, 0 changed, 0 retired, 0 reworded")
    #expect(SnapshotDiff.between(nil, one).text.hasPrefix("nothing → snapshot 1 ("))
  }
}
