import KairosModel

/// Reads the verdicts of a one-valued slot out of its folded chain.
struct OneValuedResult {
  private let question: OneValued
  private let outcome: ValueChain.Outcome
  private let standing: Standing
  /// The state that holds now; `nil` when every value is refuted or only denied.
  private let best: Int?
  /// The state that comes near to the best one.
  private let rival: Int?
  /// By state that the best one replaced by a later word: when it did.
  private let outdated: [Int: Timestamp]

  init(question: OneValued, outcome: ValueChain.Outcome) {
    self.question = question
    self.outcome = outcome
    standing = question.standing
    let standing = question.standing
    let candidates = question.states.indices.filter { state in
      question.affirmed[state].map { !standing.isRefuted[$0] } ?? false
    }
    let ranked = candidates.sorted {
      let (a, b) = (outcome.forward[$0], outcome.forward[$1])
      return a == b ? $0 < $1 : a > b
    }
    let best = ranked.first
    self.best = best
    let words = question.states.indices.map { Self.plainWords(question, state: $0) }
    var outdated: [Int: Timestamp] = [:]
    for state in question.states.indices where best != nil && state != best {
      outdated[state] = best.flatMap { words[state]?.replaced(by: words[$0]) }
    }
    self.outdated = outdated
    let voiced = Set(question.steps.map { standing.claims[standing.votes[$0].claim].value })
    rival = ranked.dropFirst().first { state in
      guard let top = ranked.first else { return false }
      let near = outcome.forward[top] - outcome.forward[state] < standing.options.rivalQ16
      return near && outdated[state] == nil && voiced.contains(question.states[state])
        && !question.holds(question.states[state], in: top)
    }
  }

  /// The verdict of the claim at `index`.
  func verdict(_ index: Int) -> Verdict {
    let claim = standing.claims[index]
    var verdict = Verdict(claim)
    let state = question.stateOf[claim.value] ?? question.states.count
    trace(claim: index, state: state, into: &verdict)
    label(claim: index, into: &verdict)
    verdict.validFrom = firstVote(of: index, onPath: state)
    if claim.polarity == .negated {
      judgeDenial(state: state, verdict: &verdict)
    } else if state == question.states.count {
      if verdict.hasVoice { reject(&verdict) }
    } else {
      judge(claim: index, state: state, verdict: &verdict)
    }
    return verdict
  }

  // MARK: - Later words

  /// What people, tools and files plainly said for one answer.
  private struct PlainWords {
    var first: Timestamp
    var last: Timestamp
    var witness: Reliability.Witness
    /// The last time that anyone said it without reservation.
    var lastVoice: Timestamp

    /// When a later word of at least as strong a witness replaced these; `nil` when none did. Who
    /// says something else later has seen a change or has changed their mind: of two answers that
    /// are about equally likely the later one is the answer, not a riddle.
    func replaced(by other: PlainWords?) -> Timestamp? {
      guard let other, other.witness >= witness, other.first > last, other.first > lastVoice
      else { return nil }
      return other.first
    }
  }

  private static func plainWords(_ question: OneValued, state: Int) -> PlainWords? {
    guard let claim = question.affirmed[state] else { return nil }
    var words: PlainWords?
    var lastVoice = Timestamp(milliseconds: .min)
    for index in question.steps {
      let vote = question.standing.votes[index]
      guard vote.claim == claim, !vote.observation.isHedged else { continue }
      lastVoice = max(lastVoice, vote.at)
      let witness = vote.reliability.witness
      guard witness >= .human else { continue }
      words = PlainWords(
        first: words?.first ?? vote.at, last: vote.at,
        witness: max(words?.witness ?? witness, witness), lastVoice: vote.at)
    }
    words?.lastVoice = lastVoice
    return words
  }

  // MARK: - Standing of one claim

  private func judge(claim: Int, state: Int, verdict: inout Verdict) {
    guard verdict.hasVoice, let best else { return }
    if state == best {
      verdict.supersedes = supersededByBest(best)
      guard let rival, !standing.isListed[claim] else { return }
      review(&verdict, "about as much speaks for `\(question.states[rival])`")
    } else if question.holds(question.states[state], in: best) {
      verdict.disposition = .keepBoth
      verdict.reason = "a less exact form of `\(question.states[best])`"
      verdict.trace.add(
        named: "it holds because the exact form does",
        max(outcome.margin[best] - outcome.margin[state], 0))
    } else if standing.isListed[claim] {
      review(&verdict, "the newest files disagree: others say `\(question.states[best])`")
    } else if state == rival, question.affirmed[best].map({ !standing.isListed[$0] }) ?? true {
      review(&verdict, "about as much speaks for `\(question.states[best])`")
    } else if let replaced = outdated[state], endOnPath(state) == nil {
      verdict.disposition = .supersede
      verdict.validTo = replaced
      verdict.supersededBy = question.affirmed[best].map { standing.claims[$0].id }
      verdict.reason = "superseded by `\(question.states[best])`, said on \(replaced.dateText)"
    } else if let end = endOnPath(state) {
      verdict.disposition = .supersede
      verdict.validTo = standing.votes[question.steps[end]].at
      let next = successor(after: end, best: best)
      verdict.supersededBy = question.affirmed[next].map { standing.claims[$0].id }
      verdict.reason =
        "superseded by `\(question.states[next])` since \(verdict.validTo?.dateText ?? "later")"
    } else {
      reject(&verdict)
    }
  }

  private func judgeDenial(state: Int, verdict: inout Verdict) {
    guard verdict.hasVoice, state == best else { return }
    reject(&verdict)
  }

  private func review(_ verdict: inout Verdict, _ reason: String) {
    verdict.disposition = .needsReview
    verdict.reason = reason
  }

  private func reject(_ verdict: inout Verdict) {
    verdict.disposition = .reject
    let winner = best.map { ": `\(question.states[$0])` has stronger evidence" } ?? ""
    verdict.reason = "outweighed" + winner
  }

  // MARK: - The likeliest path

  /// The step at which the path left `state` for good; `nil` when it was never there or still is.
  private func endOnPath(_ state: Int) -> Int? {
    guard let last = outcome.path.lastIndex(of: state), last + 1 < outcome.path.count else {
      return nil
    }
    return last + 1
  }

  /// The value that the path took at `step`; the current one when that is a rare value.
  private func successor(after step: Int, best: Int) -> Int {
    let next = outcome.path[step]
    return next < question.states.count && question.affirmed[next] != nil ? next : best
  }

  /// Claims whose time ended with the beginning of the best state's.
  private func supersededByBest(_ best: Int) -> [String] {
    question.states.indices.compactMap { state in
      guard state != best, state != rival, let claim = question.affirmed[state],
        !question.holds(question.states[state], in: best), !standing.isListed[claim]
      else { return nil }
      if let end = endOnPath(state) {
        guard successor(after: end, best: best) == best else { return nil }
      } else if outdated[state] == nil {
        return nil
      }
      return standing.claims[claim].id
    }
  }

  /// When the claim's last time on the path began; else when it was first said.
  private func firstVote(of claim: Int, onPath state: Int) -> Timestamp? {
    let own = question.steps.indices.filter { standing.votes[question.steps[$0]].claim == claim }
    guard var begin = outcome.path.lastIndex(of: state) else {
      return own.first.map { standing.votes[question.steps[$0]].at }
    }
    while begin > 0, outcome.path[begin - 1] == state { begin -= 1 }
    let inRun = own.first { $0 >= begin && outcome.path[$0] == state } ?? own.first
    return inRun.map { standing.votes[question.steps[$0]].at }
  }

  // MARK: - Trace and labels

  private func trace(claim: Int, state: Int, into verdict: inout Verdict) {
    let sign: Int64 = standing.claims[claim].polarity == .affirmed ? 1 : -1
    for (position, index) in question.steps.enumerated() {
      let vote = standing.votes[index]
      let notes = [vote.claim == claim ? "" : "says something else", vote.discount]
      verdict.trace.add(
        vote.observation.id, sign * outcome.stepChange[position][state],
        note: notes.filter { !$0.isEmpty }.joined(separator: "; "))
    }
    for vote in standing.votes where vote.claim == claim && vote.share == 0 {
      verdict.trace.add(vote.observation.id, 0, note: vote.discount)
    }
    verdict.trace.add(named: "before any evidence", sign * outcome.prior[state])
    verdict.trace.add(named: "time between the evidence", sign * outcome.timeChange[state])
    verdict.trace.add(named: "time since the last evidence", sign * outcome.timeSinceLast[state])
    verdict.sinceLastEvidence = sign * outcome.timeSinceLast[state]
    if state == question.states.count {
      verdict.trace.add(
        named: "one of several rare values", -FixedPoint.lnQ16(UInt64(question.wrongValues)))
    }
  }

  private func label(claim: Int, into verdict: inout Verdict) {
    let value = standing.claims[claim].value
    let denies = standing.claims[claim].polarity == .negated
    for vote in standing.votes where vote.claim == claim {
      let held = standing.step(at: vote, in: question.steps).map { outcome.path[$0] } ?? best
      let right = held.map { question.holds(value, in: $0) != denies } ?? false
      let now = best.map { question.holds(value, in: $0) != denies } ?? false
      verdict.labels[vote.observation.id] = right ? (now ? .valid : .superseded) : .erroneous
    }
  }
}
