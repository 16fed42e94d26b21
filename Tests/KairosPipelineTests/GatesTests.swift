import KairosModel
import KairosTestSupport
import Testing

@testable import KairosPipeline

@Suite struct GatesTests {
  static func facts(
    lastDone: Timestamp? = nil, lastScan: Timestamp? = nil, sessions: Int = 0,
    newest: Timestamp? = nil
  ) -> GateFacts {
    GateFacts(
      now: Build.at(day: 1), lastDone: lastDone, lastScan: lastScan, changedSessions: sessions,
      newestChange: newest)
  }

  static let all = PipelineFile.Gates(
    hoursMin: 24, sessionsMin: 5, idleMinutes: 10, scanMinutes: 10)

  @Test func aFirstRunWaitsForSessionsOnly() {
    #expect(Self.all.beforeScan(Self.facts()).map(\.isOpen) == [true])
    let closed = Self.all.afterScan(Self.facts(sessions: 4)).filter { !$0.isOpen }
    #expect(closed.map(\.name) == ["min-sessions"])
    #expect(closed.map(\.reason) == ["4 new or grown sessions, needs 5"])
  }

  @Test(arguments: [
    (Int64(-86_400), true), (Int64(-86_399), false), (Int64(3600), false),
  ])
  func hoursAreCountedFromTheLastDoneRun(seconds: Int64, isOpen: Bool) {
    let facts = Self.facts(lastDone: Build.at(day: 1, seconds: seconds), sessions: 5)
    #expect(Self.all.afterScan(facts).first { $0.name == "min-hours" }?.isOpen == isOpen)
  }

  @Test(arguments: [(Int64(-600), true), (Int64(-599), false)])
  func minutesAreWhole(seconds: Int64, isOpen: Bool) {
    let time = Build.at(day: 1, seconds: seconds)
    #expect(Self.all.beforeScan(Self.facts(lastScan: time)).map(\.isOpen) == [isOpen])
    let idle = Self.all.afterScan(Self.facts(newest: time)).first { $0.name == "idle-minutes" }
    #expect(idle?.isOpen == isOpen)
  }

  @Test func whatIsNotAskedForIsNoGate() {
    let none = PipelineFile.Gates()
    #expect(none.beforeScan(Self.facts()).isEmpty)
    #expect(none.afterScan(Self.facts()).isEmpty)
  }

  @Test func aReceiptComesBackAsItWas() throws {
    let receipt = Receipt(
      pipeline: "nightly", outcome: .blocked, reason: "min-hours", startedAt: Build.at(day: 0),
      endedAt: Build.at(day: 0, seconds: 2), snapshot: nil,
      gates: Self.all.afterScan(Self.facts(sessions: 1)),
      steps: [.init(stage: "ingest", counts: [Count("files", 3)], milliseconds: 12)],
      inputs: [.init(source: "s_1", digest: "sha256:00")])
    #expect(try Receipt(canonicalBytes: receipt.canonicalBytes) == receipt)
  }
}
