import KairosModel

/// Answers that one claim will hold.
struct WordingCluster {
  /// Sorted; the first one's value stands for all.
  let answers: [Answer]
  /// Share of equal words of each further answer with the first, in thousandths.
  let shares: [Int]

  init(answers: [Answer], shares: [Int] = []) {
    self.answers = answers
    self.shares = shares
  }

  /// The claim with the value of the earliest answer and the clearest statement of all.
  func claim(slot: Slot) -> Claim {
    let observations = answers.flatMap(\.observations).sorted(by: Duplicates.isOrdered)
    let clearest = observations.min(by: Self.isClearer) ?? observations[0]
    return Claim(
      slot: slot, kind: clearest.kind, value: answers[0].value, polarity: answers[0].polarity,
      statement: clearest.statement, observations: observations, merges: edges)
  }

  /// One journal entry for every value that joined.
  func decisions(claim: Claim, slot: Slot) -> [Decision] {
    edges.map { edge in
      let from = Claim.id(slot: slot, value: edge.from, polarity: claim.polarity)
      let first = claim.observations.first { $0.value == edge.from }
      return Decision(
        action: .merge, subject: from, object: claim.id, actor: "rule:merge.wording",
        at: first?.at, reason: edge.reason)
    }
  }

  private var edges: [MergeEdge] {
    var edges: [MergeEdge] = []
    for (index, answer) in answers.enumerated() {
      let value = answers[0].value
      edges += answer.spellings.map {
        MergeEdge(from: $0, into: value, reason: "the same value in another spelling")
      }
      guard index > 0 else { continue }
      let share = index <= shares.count ? shares[index - 1] : 0
      edges.append(
        MergeEdge(
          from: answer.value, into: value,
          reason: "the same words but for some added ones (\(share / 10) % agree);"
            + " names, numbers, negation and restrictions are equal"))
    }
    return edges
  }

  /// The clearer of two statements: with a voice and unhedged, from the stronger actor, more
  /// complete (longer within the limit of a statement), then the smaller text.
  private static func isClearer(_ left: Observation, _ right: Observation) -> Bool {
    let (a, b) = (clarity(left), clarity(right))
    if a != b { return a.lexicographicallyPrecedes(b) }
    if left.statement != right.statement { return left.statement < right.statement }
    return left.id < right.id
  }

  private static func clarity(_ observation: Observation) -> [Int] {
    let actors: [Actor] = [.workspace, .human, .document, .tool, .assistant, .external]
    let length = observation.statement.utf8.count
    return [
      observation.silence == nil ? 0 : 1, observation.isHedged ? 1 : 0,
      actors.firstIndex(of: observation.actor) ?? actors.count,
      length <= statementBytesMax ? -length : length,
    ]
  }

  /// A statement is at most 240 characters; longer texts are not clearer.
  private static let statementBytesMax = 240
}
