import KairosModel

/// The hidden Markov model of one question: which of several answers held when.
///
/// Between observations the answer may change (`lifetimeDays`); each observation makes its own
/// answer likelier. Forward sums give the log-odds of each answer now, the best path gives what
/// held when. Log-probabilities are integers and not normalised: they only shift together.
struct ValueChain {
  /// One piece of evidence at a day.
  struct Step {
    let day: Int64
    /// What it adds to the log-probability of each state.
    let emission: [Int64]
  }

  /// What the fold found; arrays by state unless said otherwise.
  struct Outcome {
    /// Log-odds of each state against all others, before any evidence.
    var prior: [Int64]
    /// What each step changed, by step and state.
    var stepChange: [[Int64]] = []
    /// What the passage of time between the steps changed.
    var timeChange: [Int64]
    /// What the time since the last step changed.
    var timeSinceLast: [Int64]
    /// Log-odds now: the sum of all of the above.
    var margin: [Int64]
    /// Log-probability now, up to one common addend.
    var forward: [Int64] = []
    /// The state that held at each step on the likeliest path.
    var path: [Int] = []
  }

  /// Log-probability of each state before any evidence.
  let prior: [Int64]
  /// `ln` of the number of states that a change may lead to.
  let alternativesQ16: Int64
  let lifetimeDays: Int64

  /// Folds `steps` (in order of days) up to the day `now`.
  func run(_ steps: [Step], now: Int64) -> Outcome {
    var fold = Fold(chain: self)
    var day = steps.first?.day ?? now
    for step in steps {
      fold.pass(days: step.day - day)
      day = max(day, step.day)
      fold.observe(step.emission)
    }
    fold.outcome.timeSinceLast = fold.pass(days: now - day)
    return fold.finish()
  }

  /// The log-odds of each state against the sum of the others.
  static func margins(_ logs: [Int64]) -> [Int64] {
    logs.indices.map { state in
      var others: Int64?
      for (index, value) in logs.enumerated() where index != state {
        others = others.map { FixedPoint.logAdd($0, value) } ?? value
      }
      return others.map { logs[state] - $0 } ?? 0
    }
  }
}

/// The running state of one fold.
private struct Fold {
  let chain: ValueChain
  var outcome: ValueChain.Outcome
  private var forward: [Int64]
  private var best: [Int64]
  private var margins: [Int64]
  /// For every pass of time the best predecessor of each state.
  private var cameFrom: [[Int]] = []
  /// For every step how many passes of time lie before it.
  private var passesBefore: [Int] = []

  init(chain: ValueChain) {
    self.chain = chain
    forward = chain.prior
    best = chain.prior
    margins = ValueChain.margins(chain.prior)
    let zeros = [Int64](repeating: 0, count: chain.prior.count)
    outcome = ValueChain.Outcome(
      prior: margins, timeChange: zeros, timeSinceLast: zeros, margin: margins)
  }

  /// Lets `days` pass; returns what that changed.
  @discardableResult
  mutating func pass(days: Int64) -> [Int64] {
    guard days > 0 else { return [Int64](repeating: 0, count: forward.count) }
    let (same, changed) = FixedPoint.persistence(days: days, lifetimeDays: chain.lifetimeDays)
    let change = changed - chain.alternativesQ16
    let previous = forward
    let total = previous.dropFirst().reduce(previous[0], FixedPoint.logAdd)
    for state in forward.indices {
      // Two states are exact: the other one. More are close to it, as the design measured.
      let source = previous.count == 2 ? previous[1 - state] : total
      forward[state] = FixedPoint.logAdd(previous[state] + same, source + change)
    }
    passBest(same: same, change: change)
    return settle()
  }

  /// Adds one piece of evidence.
  mutating func observe(_ emission: [Int64]) {
    for state in forward.indices {
      forward[state] += emission[state]
      best[state] += emission[state]
    }
    passesBefore.append(cameFrom.count)
    let before = outcome.timeChange
    outcome.stepChange.append(settle())
    outcome.timeChange = before
  }

  /// The last pass is told apart from the others.
  mutating func finish() -> ValueChain.Outcome {
    outcome.forward = forward
    outcome.margin = margins
    for state in margins.indices { outcome.timeChange[state] -= outcome.timeSinceLast[state] }
    outcome.path = path()
    return outcome
  }

  private mutating func passBest(same: Int64, change: Int64) {
    var top = 0
    for state in best.indices where best[state] > best[top] { top = state }
    var next = best
    var source = Array(best.indices)
    for state in best.indices {
      let (stays, moves) = (best[state] + same, best[top] + change)
      next[state] = max(stays, moves)
      if moves > stays { source[state] = top }
    }
    best = next
    cameFrom.append(source)
  }

  /// Recomputes the margins and counts their change as time's.
  private mutating func settle() -> [Int64] {
    let now = ValueChain.margins(forward)
    let change = zip(now, margins).map { $0 - $1 }
    margins = now
    for state in change.indices { outcome.timeChange[state] += change[state] }
    return change
  }

  private func path() -> [Int] {
    var state = 0
    for candidate in best.indices where best[candidate] > best[state] { state = candidate }
    var states = [Int](repeating: state, count: passesBefore.count)
    var pass = cameFrom.count
    for step in passesBefore.indices.reversed() {
      while pass > passesBefore[step] {
        pass -= 1
        state = cameFrom[pass][state]
      }
      states[step] = state
    }
    return states
  }
}
