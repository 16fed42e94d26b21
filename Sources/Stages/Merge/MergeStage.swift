import KairosModel

/// Observations of one slot → claims, one for each answer.
///
/// The result depends on the set of observations only, never on their order: what is compared is
/// sorted first, and a claim's value is its earliest spelling.
public struct MergeStage: Sendable {
  public let options: MergeOptions

  public init(options: MergeOptions = MergeOptions()) { self.options = options }

  /// The claims, sorted by id, with a decision for every value that joined another.
  public func claims(slot: Slot, observations: [Observation]) -> MergeResult {
    let answers = Answer.grouped(Duplicates.dropped(observations), slot: slot)
    let clusters: [WordingCluster]
    if Self.isFreeText(slot.predicate) {
      clusters = WordingClusters(options: options).clusters(answers)
    } else {
      clusters = answers.map { WordingCluster(answers: [$0]) }
    }
    var claims: [Claim] = []
    var decisions: [Decision] = []
    for cluster in clusters {
      let claim = cluster.claim(slot: slot)
      claims.append(claim)
      decisions += cluster.decisions(claim: claim, slot: slot)
    }
    return MergeResult(
      claims: claims.sorted { $0.id < $1.id }, decisions: decisions.sorted { $0.id < $1.id })
  }

  /// Predicates whose values are sentences; all others have values that a rule normalised.
  static func isFreeText(_ predicate: String) -> Bool {
    ["rule", "statement", "purpose", "fix"].contains(Predicate.of(predicate).base)
  }
}

/// What merging one slot gave.
public struct MergeResult: Sendable, Equatable {
  public let claims: [Claim]
  public let decisions: [Decision]
}
