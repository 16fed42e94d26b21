import KairosModel

/// `MEMORY.md`: the firm facts for people who open the archive, by kind, best supported first.
enum MemoryPage {
  // The markers of exports: a page that an agent reads back is recognised as kairos's own words.
  private static let begin = "<!-- kairos:begin -->"
  private static let end = "<!-- kairos:end -->"

  static func bytes(_ facts: [Fact], _ input: SnapshotInput) -> [UInt8] {
    let firm = facts.filter { $0.state == .firm }
    var lines = [begin, "# Memory of \(oneLine(input.project))", "", summary(facts, input)]
    for kind in FactKind.allCases {
      let part = firm.filter { $0.kind == kind }.sorted(by: precedes)
      guard !part.isEmpty else { continue }
      lines += ["", "## \(kind.title)", ""]
      lines += part.map { "- \(oneLine($0.statement)) (\(support($0)))" }
    }
    lines += [end, ""]
    return Array(lines.joined(separator: "\n").utf8)
  }

  private static func summary(_ facts: [Fact], _ input: SnapshotInput) -> String {
    let newest = input.newestEvidence.map { "newest evidence of \($0.dateText)" }
    let counts = SnapshotMember.allCases.filter { !$0.states.isEmpty }.map { member in
      let count = facts.count { member.states.contains($0.state) }
      return "\(count) \(member == .firm ? "firm" : member == .tentative ? "tentative" : "retired")"
    }
    return "Snapshot \(input.sequence) by kairos \(input.toolVersion): "
      + counts.joined(separator: ", ") + " facts; " + (newest ?? "no dated evidence") + "."
  }

  private static func support(_ fact: Fact) -> String {
    var parts = [fact.id]
    if let path = fact.verified?.path { parts.append("verified in \(oneLine(path))") }
    let sessions = fact.support.sessions
    if sessions > 0 { parts.append(sessions == 1 ? "1 session" : "\(sessions) sessions") }
    if let seen = fact.lastSeen { parts.append("last seen \(seen.dateText)") }
    if fact.pinned { parts.append("pinned") }
    return parts.joined(separator: ", ")
  }

  private static func precedes(_ left: Fact, _ right: Fact) -> Bool {
    if left.pinned != right.pinned { return left.pinned }
    if left.confidencePPM != right.confidencePPM {
      return left.confidencePPM > right.confidencePPM
    }
    if left.lastSeen != right.lastSeen {
      return (left.lastSeen?.milliseconds ?? .min) > (right.lastSeen?.milliseconds ?? .min)
    }
    return left.id < right.id
  }

  /// Control characters would break the list; a statement has none, other agents' values may.
  private static func oneLine(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { scalars.append(scalar.value < 0x20 ? " " : scalar) }
    return String(scalars)
  }
}
