import Ingest
import KairosModel
import Testing

/// Copies, parts and forks of one session become one list, whatever their order.
@Suite struct SessionMergeTests {
  private let day1 = read(
    [Claude.user("u1", "one"), Claude.said("a1", "two"), Claude.user("u2", "three")], .claudeCode
  ).events

  @Test func copiesAndCutCopiesAddNothing() {
    #expect(SessionMerge.merge([day1, Array(day1.prefix(2)), day1]) == day1)
    #expect(SessionMerge.merge([Array(day1.prefix(2)), day1]) == day1)
    #expect(SessionMerge.merge([[], day1]) == day1)
  }

  @Test func theOrderOfPartsDoesNotMatter() {
    let fork = read([Claude.user("u1", "one"), Claude.user("u3", "other")], .claudeCode).events
    let late = read(
      [Claude.user("u9", "late").replacing("2026-01-05", with: "2026-01-06")], .claudeCode
    ).events
    let parts = [day1, fork, late]
    let merged = SessionMerge.merge(parts)
    #expect(merged.count == 5)
    #expect(merged.last == late[0])
    for order in [[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
      #expect(SessionMerge.merge(order.map { parts[$0] }) == merged)
    }
  }

  @Test func equalIdsAtOtherPlacesAreSettledByContent() {
    let shifted = read(
      [
        #"{"type":"mode","mode":"x"}"#, Claude.user("u1", "one"), Claude.said("a1", "two"),
        Claude.user("u2", "three"),
      ], .claudeCode
    ).events
    #expect(shifted.map(\.id) == day1.map(\.id))
    #expect(SessionMerge.merge([day1, shifted]) == SessionMerge.merge([shifted, day1]))
  }
}
