import KairosModel

/// Chooses what a fact shows of its evidence: the strongest witnesses first, of equal ones the
/// newest, each message once.
enum EvidenceChoice {
  /// At most `Fact.evidenceMax` pieces. `proofPath` is the file that proves the value, if any.
  static func evidence(of voices: [Observation], proofPath: String?) -> [Evidence] {
    let ranked = voices.sorted { left, right in
      let (a, b) = (rank(left, proofPath), rank(right, proofPath))
      if a != b { return a < b }
      let (one, two) = (left.at?.milliseconds ?? Int64.max, right.at?.milliseconds ?? Int64.max)
      return one == two ? left.id < right.id : one > two
    }
    var lineages: Set<String> = []
    var chosen: [Evidence] = []
    for observation in ranked where lineages.insert(observation.lineage).inserted {
      chosen.append(observation.evidence)
      if chosen.count == Fact.evidenceMax { break }
    }
    return chosen
  }

  private static func rank(_ observation: Observation, _ proofPath: String?) -> Int {
    switch observation.actor {
    case .workspace: observation.evidence.place.path == proofPath ? 0 : 1
    case .human: observation.isHedged ? 6 : 2
    case .tool: observation.grounded ? 3 : 6
    case .document: 4
    case .assistant: observation.isHedged ? 8 : observation.grounded ? 5 : 7
    case .external, .memory, .harness: 9
    }
  }
}
