import KairosModel

/// A slot whose values stand side by side: each value holds or does not, whatever the others do.
struct ManyValued {
  private let standing: Standing

  init(_ standing: Standing) { self.standing = standing }

  /// One verdict for each claim, in their order.
  func verdicts() -> [Verdict] {
    var verdicts = standing.claims.map { Verdict($0) }
    var byValue: [String: [Int]] = [:]
    for (index, claim) in standing.claims.enumerated() {
      byValue[claim.value, default: []].append(index)
    }
    var votesOf: [[Int]] = Array(repeating: [], count: standing.claims.count)
    for (index, vote) in standing.votes.enumerated() { votesOf[vote.claim].append(index) }
    for members in byValue.values {
      judge(members, votes: members.flatMap { votesOf[$0] }.sorted(), verdicts: &verdicts)
    }
    return verdicts
  }

  /// Judges the affirmed and the negated claim of one value together.
  private func judge(_ members: [Int], votes: [Int], verdicts: inout [Verdict]) {
    let steps = votes.filter { standing.votes[$0].share != 0 }
    let chain = ValueChain(
      prior: [0, 0], alternativesQ16: 0,
      lifetimeDays: standing.options.lifetimeDays(of: standing.predicate))
    let outcome = chain.run(
      steps.map { step(standing.votes[$0]) }, now: standing.newestDay)
    for member in members {
      let state = standing.claims[member].polarity == .affirmed ? 0 : 1
      record(outcome, state: state, votes: votes, steps: steps, into: &verdicts[member])
    }
    if members.count == 2 {
      settle(members, outcome: outcome, steps: steps, verdicts: &verdicts)
    }
  }

  private func step(_ vote: Vote) -> ValueChain.Step {
    let (hit, miss) = standing.emission(vote, wrongValues: 1)
    let affirms = vote.observation.polarity == .affirmed
    return ValueChain.Step(day: vote.at.day, emission: affirms ? [hit, miss] : [miss, hit])
  }

  private func record(
    _ outcome: ValueChain.Outcome, state: Int, votes: [Int], steps: [Int],
    into verdict: inout Verdict
  ) {
    let current = outcome.margin[0] >= outcome.margin[1] ? 0 : 1
    for (position, index) in steps.enumerated() {
      let vote = standing.votes[index]
      verdict.trace.add(
        vote.observation.id, outcome.stepChange[position][state], note: vote.discount)
    }
    for index in votes {
      let vote = standing.votes[index]
      let own = vote.observation.polarity == .affirmed ? 0 : 1
      guard own == state else { continue }
      if vote.share == 0 { verdict.trace.add(vote.observation.id, 0, note: vote.discount) }
      let held = standing.step(at: vote, in: steps).map { outcome.path[$0] } ?? own
      verdict.labels[vote.observation.id] =
        held != own ? .erroneous : own == current ? .valid : .superseded
    }
    verdict.trace.add(named: "time between the evidence", outcome.timeChange[state])
    verdict.trace.add(named: "time since the last evidence", outcome.timeSinceLast[state])
    verdict.sinceLastEvidence = outcome.timeSinceLast[state]
    let own = steps.filter { standing.votes[$0].observation.polarity == verdict.claim.polarity }
    verdict.validFrom = own.first.map { standing.votes[$0].at }
  }

  /// Ends the conflict between "it holds" and "it does not".
  private func settle(
    _ members: [Int], outcome: ValueChain.Outcome, steps: [Int], verdicts: inout [Verdict]
  ) {
    let polarities = Set(steps.map { standing.votes[$0].observation.polarity })
    guard polarities.count == 2 else { return }
    if abs(outcome.margin[0]) < standing.options.rivalQ16 {
      for member in members {
        verdicts[member].disposition = .needsReview
        verdicts[member].reason = "affirmed and denied with about equal weight"
      }
      return
    }
    let winning: Polarity = outcome.margin[0] > 0 ? .affirmed : .negated
    guard let winner = members.first(where: { standing.claims[$0].polarity == winning }),
      let loser = members.first(where: { standing.claims[$0].polarity != winning })
    else { return }
    let lostState = winning == .affirmed ? 1 : 0
    if let last = outcome.path.lastIndex(of: lostState), last + 1 < steps.count {
      verdicts[loser].disposition = .supersede
      verdicts[loser].supersededBy = standing.claims[winner].id
      verdicts[loser].validTo = standing.votes[steps[last + 1]].at
      verdicts[loser].reason = "superseded: later evidence says the opposite"
      verdicts[winner].supersedes.append(standing.claims[loser].id)
      verdicts[winner].validFrom = verdicts[loser].validTo
    } else {
      verdicts[loser].disposition = .reject
      verdicts[loser].reason = "outweighed: stronger evidence says the opposite"
    }
  }
}
