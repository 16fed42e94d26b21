/// Finds what a misspelt name probably means.
enum NearestName {
  /// The candidate with the fewest changed letters, if those are at most a third of the name;
  /// the first in the given order among equals.
  static func of(_ name: String, in candidates: [String]) -> String? {
    let limit = max(1, name.utf8.count / 3)
    let scored = candidates.enumerated().map {
      (distance: distance(Array(name.utf8), Array($0.element.utf8)), order: $0.offset)
    }
    guard let best = scored.min(by: { ($0.distance, $0.order) < ($1.distance, $1.order) }),
      best.distance <= limit
    else { return nil }
    return candidates[best.order]
  }

  /// Levenshtein's distance: the fewest insertions, deletions and replacements.
  private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var row = Array(0...right.count)
    for (i, letter) in left.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, other) in right.enumerated() {
        let replaced = diagonal + (letter == other ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(replaced, min(row[j], row[j + 1]) + 1)
      }
    }
    return row[right.count]
  }
}
