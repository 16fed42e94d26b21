import KairosModel
import KairosTestSupport
import Snapshot
import Testing

/// A quarter may go, more may not.
@Suite struct LossGuardTests {
  private func facts(_ count: Int, lost: Int = 0, as state: FactState? = .stale) -> [Fact] {
    (0..<count).compactMap { index in
      guard index < lost else { return Build.fact("v\(index)") }
      return state.map { Build.fact("v\(index)", state: $0) }
    }
  }

  @Test(
    arguments: [
      (4, 1, true), (4, 2, false), (100, 25, true), (100, 26, false), (3, 1, false), (1, 1, false),
      (7, 1, true), (0, 0, true),
    ], [FactState.stale, .superseded, .rejected, .tentative, nil])
  func theLimitItselfIsAllowed(
    case pair: (firm: Int, lost: Int, isAllowed: Bool), state: FactState?
  ) {
    let verdict = LossGuard.check(
      previous: facts(pair.firm), next: facts(pair.firm, lost: pair.lost, as: state))
    #expect(verdict.isAllowed == pair.isAllowed)
    #expect(verdict.lost.count == pair.lost)
    #expect(verdict.lost.allSatisfy { $0.state == state })
    #expect(verdict.description.contains("\(pair.lost) of \(pair.firm)"))
  }

  @Test func onlyFirmFactsCountAndNotWhatPeopleTookAway() {
    let before = facts(4) + (0..<9).map { Build.fact("t\($0)", state: .tentative) }
    let after = facts(4, lost: 2)
    let lost = LossGuard.check(previous: before, next: after)
    #expect(!lost.isAllowed)
    #expect(lost.lost.map(\.fact.id) == [Build.fact("v0").id, Build.fact("v1").id].sorted())
    #expect(LossGuard.check(previous: before, next: after, limitPercent: 50).isAllowed)
    let decided = LossGuard.check(
      previous: before, next: after, decided: [Build.fact("v0").id, Build.fact("v1").id])
    #expect(decided.isAllowed)
    #expect(decided.lost == [])
  }

  @Test func growthIsNoLoss() {
    #expect(LossGuard.check(previous: [], next: facts(5)).isAllowed)
    #expect(LossGuard.check(previous: facts(2), next: facts(9)).lost == [])
  }
}
