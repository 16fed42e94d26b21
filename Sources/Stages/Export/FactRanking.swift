import KairosModel

/// Which firm facts come first when there is no room for all.
///
/// Pinned facts stand before all others. The rest is sorted by a sum of integers: what kind of
/// knowledge it is (what an agent cannot find out by reading a file counts most), whether files
/// prove it, how certain it is, how new, and in how many sessions it was seen. Ties go to the
/// newer fact, then to the id, so that the order is total.
public struct FactRanking: Sendable {
  public let newestEvidence: Timestamp?

  public init(newestEvidence: Timestamp?) { self.newestEvidence = newestEvidence }

  /// The facts, strongest first.
  public func sorted(_ facts: [Fact]) -> [Fact] {
    facts.map { (fact: $0, score: score($0)) }
      .sorted { left, right in
        if left.fact.pinned != right.fact.pinned { return left.fact.pinned }
        if left.score != right.score { return left.score > right.score }
        let leftSeen = left.fact.lastSeen?.milliseconds ?? .min
        let rightSeen = right.fact.lastSeen?.milliseconds ?? .min
        return (rightSeen, left.fact.id) < (leftSeen, right.fact.id)
      }
      .map(\.fact)
  }

  /// 0 to about 250; a bigger number is stronger.
  public func score(_ fact: Fact) -> Int {
    Self.weight(of: fact.kind) + Self.proof(fact.verified) + certainty(fact) + recency(fact)
      + support(fact)
  }

  /// An agent that lacks a command, a rule of the team or a known trap does harm; one that lacks
  /// a dependency reads the manifest.
  static func weight(of kind: FactKind) -> Int {
    switch kind {
    case .command: 100
    case .convention, .preference, .gotcha: 90
    case .decision: 80
    case .fix, .workflow: 70
    case .tool: 65
    case .version: 60
    case .environment: 50
    case .layout, .purpose: 40
    case .dependency: 10
    }
  }

  private static func proof(_ verified: Verification?) -> Int {
    switch verified?.extent {
    case .value: 40
    case .mentions: 15
    case nil: 0
    }
  }

  /// 0 at even odds, 50 at certainty.
  private func certainty(_ fact: Fact) -> Int { max(0, fact.confidencePPM - 500_000) / 10_000 }

  /// 30 for the newest evidence, one less for every three days.
  private func recency(_ fact: Fact) -> Int {
    guard let seen = fact.lastSeen, let newest = newestEvidence else { return 0 }
    return max(0, 30 - Int((newest.day - seen.day) / 3))
  }

  /// 8 for every doubling of the sessions, at most 40.
  private func support(_ fact: Fact) -> Int {
    let doublings = Int.bitWidth - (fact.support.sessions + 1).leadingZeroBitCount - 1
    return min(40, 8 * doublings)
  }
}
