import KairosModel

/// Copies of one observation: resumed, forked and re-read sessions say the same again.
enum Duplicates {
  /// Each observation id once, sorted. Of several copies the earliest stays, then the one of the
  /// smallest session, so that the choice is the same for any order of arrival.
  static func dropped(_ observations: [Observation]) -> [Observation] {
    var kept: [String: Observation] = [:]
    kept.reserveCapacity(observations.count)
    for observation in observations {
      if let other = kept[observation.id], !comesFirst(observation, other) { continue }
      kept[observation.id] = observation
    }
    return kept.values.sorted(by: isOrdered)
  }

  /// By time, unknown times last (a tree without a commit is the newest state), then by id.
  static func isOrdered(_ left: Observation, _ right: Observation) -> Bool {
    let (a, b) = (time(left), time(right))
    return a == b ? left.id < right.id : a < b
  }

  private static func comesFirst(_ left: Observation, _ right: Observation) -> Bool {
    let (a, b) = (time(left), time(right))
    if a != b { return a < b }
    let (one, two) = (left.session ?? "", right.session ?? "")
    if one != two { return one < two }
    return left != right && left.canonicalBytes.lexicographicallyPrecedes(right.canonicalBytes)
  }

  private static func time(_ observation: Observation) -> Int64 {
    observation.at?.milliseconds ?? Int64.max
  }
}
