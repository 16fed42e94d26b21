import KairosModel

/// A slot that holds one value at a time: one chain over its values tells what holds now, what held
/// before and what never did.
struct OneValued {
  let standing: Standing
  /// The values told apart, sorted; all rarer ones share the state after them.
  let states: [String]
  let stateOf: [String: Int]
  let wrongValues: Int64
  /// By state: the affirmed claim of its value.
  let affirmed: [Int?]
  /// Positions of the votes that count.
  let steps: [Int]

  init(_ standing: Standing) {
    self.standing = standing
    let states = Self.states(standing)
    self.states = states
    stateOf = Dictionary(uniqueKeysWithValues: states.enumerated().map { ($1, $0) })
    wrongValues = min(max(standing.options.wrongValues, Int64(states.count)), 64)
    affirmed = states.map { value in
      standing.claims.firstIndex { $0.value == value && $0.polarity == .affirmed }
    }
    steps = standing.counting { _ in true }
  }

  /// One verdict for each claim, in their order.
  func verdicts() -> [Verdict] {
    let outcome = chain().run(
      steps.map { step(standing.votes[$0]) }, now: standing.newestDay)
    let result = OneValuedResult(question: self, outcome: outcome)
    return standing.claims.indices.map { result.verdict($0) }
  }

  private func chain() -> ValueChain {
    let all = wrongValues + 1
    let rest = max(all - Int64(states.count), 1)
    let prior = states.map { _ in FixedPoint.lnQ16(1, over: all) }
    return ValueChain(
      prior: prior + [FixedPoint.lnQ16(rest, over: all)],
      alternativesQ16: FixedPoint.lnQ16(UInt64(wrongValues)),
      lifetimeDays: standing.options.lifetimeDays(of: standing.predicate))
  }

  private func step(_ vote: Vote) -> ValueChain.Step {
    let value = standing.claims[vote.claim].value
    let other = states.count
    var emission = [Int64](repeating: 0, count: other + 1)
    if vote.observation.polarity == .negated {
      let right = vote.reliability.permille
      let denied = FixedPoint.lnQ16(1000 - right, over: right) * vote.share / FixedPoint.one
      for state in states.indices where holds(value, in: state) { emission[state] = denied }
    } else {
      let (hit, miss) = standing.emission(vote, wrongValues: wrongValues)
      for state in emission.indices { emission[state] = holds(value, in: state) ? hit : miss }
    }
    return ValueChain.Step(day: vote.at.day, emission: emission)
  }

  /// Whether `value` is right when the slot is in `state`: the same value, a less exact form of it
  /// (`1.26` of `1.26.1`), or one of the rare ones.
  func holds(_ value: String, in state: Int) -> Bool {
    guard state < states.count else { return stateOf[value] == nil }
    return states[state] == value
      || standing.predicate.base == "version" && Self.refines(states[state], value)
  }

  /// Whether version `exact` is `rough` with more parts.
  static func refines(_ exact: String, _ rough: String) -> Bool {
    rough.contains { $0.isNumber } && exact.hasPrefix(rough + ".")
  }

  /// The values with the most weight, listed ones first, sorted by value.
  private static func states(_ standing: Standing) -> [String] {
    var weight: [String: Int64] = [:]
    for (index, claim) in standing.claims.enumerated() {
      weight[claim.value, default: 0] += standing.isListed[index] ? 1 << 50 : 0
    }
    for vote in standing.votes {
      weight[standing.claims[vote.claim].value, default: 0] +=
        vote.share * vote.reliability.permille
    }
    let ranked = weight.sorted { $0.value == $1.value ? $0.key < $1.key : $0.value > $1.value }
    return ranked.prefix(standing.options.valuesMax).map(\.key).sorted()
  }
}
