import KairosModel

/// Joins the events of one session from all files that hold parts or copies of it.
public enum SessionMerge {
  /// Files are taken in the order of their first time, then of their content; an event that came
  /// before is dropped. The result does not depend on the order of `parts`.
  public static func merge(_ parts: [[Event]]) -> [Event] {
    let sorted = parts.filter { !$0.isEmpty }.map(Part.init).sorted(by: Part.precedes)
    var seen: Set<String> = []
    var merged: [Event] = []
    for part in sorted {
      for event in part.events where seen.insert(event.id).inserted { merged.append(event) }
    }
    return merged
  }

  /// The events of one file with what orders it among the others.
  private struct Part {
    let events: [Event]
    let first: Int64
    let ids: [String]

    init(_ events: [Event]) {
      self.events = events
      first = events.compactMap(\.at).min()?.milliseconds ?? Int64.max
      ids = events.map(\.id)
    }

    static func precedes(_ left: Part, _ right: Part) -> Bool {
      if left.first != right.first { return left.first < right.first }
      if left.ids == right.ids { return left.content < right.content }
      // A file that was cut short comes after the one that goes on.
      if left.ids.starts(with: right.ids) { return true }
      if right.ids.starts(with: left.ids) { return false }
      return left.ids.lexicographicallyPrecedes(right.ids)
    }

    /// Tells copies apart that differ in anything but ids.
    private var content: SHA256Digest { SHA256Digest.of(events.flatMap(\.canonicalBytes)) }
  }
}
