import KairosModel

/// Stops a run that would take too much of the memory away: a lost source, a broken rule or a
/// foreign workspace looks like many facts that ended at once.
public enum LossGuard {
  /// Product rule: more than a quarter is refused unless a person allows it.
  public static let defaultLimitPercent = 25

  /// A firm fact that is not firm any more.
  public struct Lost: Sendable, Equatable {
    /// As it was.
    public let fact: Fact
    /// What became of it; `nil` when it is gone.
    public let state: FactState?
    /// Why, in the words of the new fact.
    public let reason: String?
  }

  /// The answer with the numbers behind it.
  public struct Verdict: Sendable, Equatable {
    public let isAllowed: Bool
    public let firmBefore: Int
    public let limitPercent: Int
    /// By id.
    public let lost: [Lost]

    /// One sentence; the caller lists the facts.
    public var description: String {
      let numbers = "\(lost.count) of \(firmBefore) firm facts would no longer be firm"
      return isAllowed
        ? "\(numbers), which the limit of \(limitPercent) % allows."
        : "\(numbers), more than the limit of \(limitPercent) %; "
          + "look at them, then run again with `--allow-loss` if they are right to go."
    }
  }

  /// Compares the facts of the previous snapshot with the next ones. Facts in `decided` (rejected
  /// or forgotten by people) are no loss. Exactly the limit is allowed.
  public static func check(
    previous: [Fact], next: [Fact], limitPercent: Int = defaultLimitPercent,
    decided: Set<String> = []
  ) -> Verdict {
    let after = Dictionary(next.map { ($0.id, $0) }) { first, _ in first }
    let firm = previous.filter { $0.state == .firm && !decided.contains($0.id) }
    let lost = firm.filter { after[$0.id]?.state != .firm }.sorted { $0.id < $1.id }
    return Verdict(
      isAllowed: lost.count * 100 <= firm.count * limitPercent, firmBefore: firm.count,
      limitPercent: limitPercent,
      lost: lost.map { Lost(fact: $0, state: after[$0.id]?.state, reason: after[$0.id]?.reason) })
  }
}
