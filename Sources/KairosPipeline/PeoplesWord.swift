import KairosModel
import KairosStore

/// What people decided about facts, as it stands after the newest decision about each.
///
/// Pins and tombstones have tables of their own in the store; this is the rest.
struct PeoplesWord {
  /// Facts that a person accepted and nobody rejected since.
  private(set) var accepted: Set<String> = []
  /// A person's wording, by fact.
  private(set) var wordings: [String: String] = [:]
  /// The newest decision about each fact.
  private(set) var last: [String: UserDecision] = [:]

  /// `decisions` in the order in which they were made. Whoever words a statement stands behind it,
  /// so that also accepts; `unpin` gives a fact back to the evidence.
  init(_ decisions: [UserDecision]) {
    for entry in decisions {
      let fact = entry.decision.subject
      switch entry.decision.action {
      case .accept: accepted.insert(fact)
      case .reword:
        accepted.insert(fact)
        wordings[fact] = entry.statement
      case .unpin: accepted.remove(fact)
      case .reject, .forget:
        accepted.remove(fact)
        wordings[fact] = nil
      default: break
      }
      last[fact] = entry
    }
  }

  /// Everything that facts depend on, in a fixed order.
  var digestParts: [String] {
    accepted.sorted() + wordings.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] }
  }
}

extension Memory {
  /// Name of the thresholds that the last consolidation used.
  static let thresholdsKey = "thresholds"

  /// Thresholds as a line of `name=value`, sorted.
  static func thresholdsText(_ thresholds: [String: Int]) -> String {
    thresholds.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ",")
  }

  /// Consolidates again with the settings of the last time, so that facts follow a decision at
  /// once. The loss guard does not apply: a person asked for the change, and the next snapshot is
  /// guarded all the same.
  @discardableResult
  func settle(_ settings: RunSettings) async throws -> StageReport {
    var thresholds: [String: Int] = [:]
    for pair in (try store.meta(Self.thresholdsKey) ?? "").split(separator: ",") {
      let parts = pair.split(separator: "=")
      if parts.count == 2 { thresholds[String(parts[0])] = Int(parts[1]) }
    }
    return try await consolidate(
      ConsolidateRequest(allowsLoss: true, thresholds: thresholds), settings)
  }
}
