import KairosModel

/// Joins the events of one session from all files that hold parts or copies of it.
public enum SessionMerge {
  /// Files are taken in the order of their first time, then of their content; an event that came
  /// before is dropped. The result does not depend on the order of `parts`.
  public static func merge(_ parts: [[Event]]) -> [Event] {
    let keyed = parts.filter { !$0.isEmpty }.map { part in
      (first: part.compactMap(\.at).min()?.milliseconds ?? Int64.max, ids: part.map(\.id), part)
    }
    let sorted = keyed.sorted { left, right in
      if left.first != right.first { return left.first < right.first }
      // A file that was cut short comes after the one that goes on.
      if left.ids.starts(with: right.ids) { return left.ids.count > right.ids.count }
      if right.ids.starts(with: left.ids) { return false }
      return left.ids.lexicographicallyPrecedes(right.ids)
    }
    var seen: Set<String> = []
    var merged: [Event] = []
    for (_, _, part) in sorted {
      for event in part where seen.insert(event.id).inserted { merged.append(event) }
    }
    return merged
  }
}
