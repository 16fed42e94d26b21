import KairosModel
import KairosTestSupport
import Merge
import Reconcile
import Testing

/// Reliabilities counted where files tell the truth.
@Suite struct AnchorTests {
  private let stage = ReconcileStage(workspace: nil, newestEvidence: Build.at(day: 100))

  /// The claims of the `number`-th slot, in which files say `1.25` on the given days.
  private func claims(
    _ number: Int, files: [Int64] = [10, 50], _ said: [(Actor, String, Int64)]
  ) -> [Claim] {
    let slot = Build.asking("version.tool\(number)")
    let listed = files.map {
      Build.listing(slot, "1.25", state: "w\($0)", day: $0, digest: "sha256:\($0)")
    }
    let others = said.enumerated().map { index, entry in
      Build.observation(
        slot, entry.1, entry.0, day: entry.2, session: "s\(index)", grounded: entry.0 == .tool)
    }
    return MergeStage().claims(slot: slot, observations: listed + others).claims
  }

  /// Numbers of slots that count reliabilities, or that calibrate.
  private func slots(counting: Bool) -> [Int] {
    (0..<40).filter { number in
      let found = stage.anchors(of: claims(number, [(.human, "1.25", 12)]))
      return found.isEmpty != counting
    }
  }

  @Test func filesOfTheTimeConfirmAndRefute() throws {
    let number = try #require(slots(counting: true).first)
    let found = stage.anchors(
      of: claims(
        number,
        [
          (.human, "1.25", 12), (.human, "1.24", 8), (.assistant, "1.25", 30), (.tool, "1.26", 80),
        ]))
    // Near the first look; between two equal looks; long after the last one nobody knows.
    #expect(
      found.map { "\($0.key.witness) \($0.isRight)" }.sorted()
        == ["assistant true", "human false", "human true"])
  }

  @Test func aSlotCountsOrCalibratesNeverBoth() {
    let (counting, calibrating) = (slots(counting: true), slots(counting: false))
    #expect(counting.count > 8 && calibrating.count > 8)
    for number in 0..<40 {
      let sample = stage.calibrationSample(of: claims(number, [(.human, "1.25", 12)]))
      #expect((sample == nil) == counting.contains(number))
    }
  }

  @Test func aSampleIsTheBeliefBeforeTheFilesWereSeen() throws {
    let number = try #require(slots(counting: false).first)
    let right = stage.calibrationSample(of: claims(number, [(.tool, "1.25", 40)]))
    let wrong = stage.calibrationSample(
      of: claims(number, [(.assistant, "1.24", 40), (.assistant, "1.25", 60)]))
    #expect(right?.isRight == true && right?.stratum.isGrounded == true)
    #expect(wrong?.isRight == false && wrong?.stratum.isGrounded == false)
    #expect(stage.calibrationSample(of: claims(number, [(.tool, "1.25", 60)])) == nil)
  }

  @Test func countsMoveTheWeightsAndAreListed() throws {
    var options = ReconcileOptions()
    for number in slots(counting: true) {
      for comparison in stage.anchors(of: claims(number, [(.human, "1.24", 12)])) {
        options.anchors.add(comparison)
      }
    }
    let slot = Build.asking("version.tool0")
    let said = [
      Build.observation(slot, "1.24", .human, day: 90, session: "a"),
      Build.observation(slot, "1.25", .assistant, day: 90, session: "b"),
    ]
    let unmeasured = try #require(reconciled(said).current)
    let measured = try #require(reconciled(said, options: options).current)
    #expect(unmeasured.claim.claim.value == "1.24" && measured.claim.claim.value == "1.25")
    #expect(measured.claim.weights.reduce(0) { $0 + $1.weightQ16 } == measured.claim.logOddsQ16)
    let notes = measured.claim.weights.map(\.discount)
    #expect(notes.contains { $0.contains("such were right 0 of") })
  }

  @Test func theOrderOfComparisonsDoesNotMatter() {
    let all = (0..<40).flatMap { number in
      stage.anchors(of: claims(number, [(.human, "1.24", 12), (.tool, "1.25", 30)]))
    }
    var generator = SeededGenerator(seed: 5)
    let tables = (0..<5).map { _ in
      var table = AnchorTable()
      for comparison in all.shuffled(using: &generator) { table.add(comparison) }
      return table
    }
    #expect(Set(tables.map(\.canonicalText)).count == 1 && tables[0] == tables[4])
  }
}
