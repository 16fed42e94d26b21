import KairosModel
import KairosTestSupport
import Merge
import Promote
import Reconcile
import Testing

/// Thresholds with a guarantee, and none where it cannot be given.
@Suite struct CertificateTests {
  private let looked = Stratum(predicate: "version", isGrounded: true)

  /// `count` beliefs of each strength; the share of right ones per thousand follows.
  private func samples(
    _ stratum: Stratum, _ strengths: [(logOdds: Int64, count: Int, right: Int)]
  ) -> [CalibrationSample] {
    strengths.flatMap { logOdds, count, right in
      (0..<count).map {
        CalibrationSample(stratum: stratum, logOddsQ16: logOdds, isRight: $0 < right)
      }
    }
  }

  @Test func tooFewSamplesPromiseNothing() {
    let table = CertificateTable(samples(looked, [(200_000, 93, 93)]))
    #expect(table.certificate(looked) == .tooFew(missing: 1))
    let none = CertificateTable()
    #expect(none.certificate(looked) == .tooFew(missing: CertificateTable.samplesMin))
    #expect(CertificateTable.samplesMin == 94)
  }

  @Test func theLowestThresholdThatPassesIsTaken() {
    let table = CertificateTable(
      samples(looked, [(300_000, 150, 150), (200_000, 150, 149), (100_000, 300, 200)]))
    #expect(table.certificate(looked) == .certified(thresholdQ16: 200_000))
  }

  @Test func whereTooManyAreWrongItAbstains() {
    let table = CertificateTable(samples(looked, [(300_000, 300, 264), (100_000, 300, 250)]))
    #expect(table.certificate(looked) == .unattainable)
  }

  @Test func smallStrataShareWithTheirKindOfEvidence() {
    let other = Stratum(predicate: "setting", isGrounded: true)
    let recalled = Stratum(predicate: "setting", isGrounded: false)
    let table = CertificateTable(
      samples(looked, [(200_000, 200, 200)]) + samples(other, [(200_000, 5, 5)])
        + samples(recalled, [(200_000, 5, 5)]))
    #expect(table.certificate(other) == .certified(thresholdQ16: 200_000))
    #expect(table.certificate(recalled) == .tooFew(missing: 89))
    let unseen = Stratum(predicate: "rule", isGrounded: true)
    #expect(!table.certificate(unseen).isCertified)
  }

  @Test(arguments: [150_000, 180_000, 400_000] as [Int64])
  func theMeasuredThresholdReplacesTheDocumentedOne(threshold: Int64) {
    let runs = [1, 2].map {
      Build.observation(
        Build.asking("version.go"), "1.25", .tool, day: 90 + $0, session: "s\($0)", grounded: true)
    }
    let newest = Build.at(day: 93)
    let claims = MergeStage().claims(slot: runs[0].slot, observations: runs).claims
    let reconciled = ReconcileStage(workspace: nil, newestEvidence: newest).reconcile(claims).claims
    let table = CertificateTable(samples(looked, [(threshold, 200, 200)]))
    let fact = PromoteStage(
      tombstones: [], pins: [], newestEvidence: newest, certificates: table
    ).promote(reconciled).facts.first
    #expect(fact?.state == (reconciled[0].logOddsQ16 >= threshold ? .firm : .tentative))
    let never = CertificateTable(samples(looked, [(threshold, 200, 100)]))
    let doubted = PromoteStage(
      tombstones: [], pins: [], newestEvidence: newest, certificates: never
    ).promote(reconciled).facts.first
    #expect(doubted?.state == .tentative)
  }
}
