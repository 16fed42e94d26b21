import KairosModel

/// The memory as a document for people: by kind, with how certain and how new each fact is, and
/// where files prove it. Markers enclose it, so that kairos does not read its own words when it
/// meets the document in a workspace.
struct MemoryReport {
  let text: String

  /// `facts` are firm and sorted, strongest first.
  init(facts: [Fact], snapshot: SnapshotManifest) {
    var lines = Self.head(facts, snapshot)
    for kind in FactKind.allCases {
      let group = facts.filter { $0.kind == kind }
      guard !group.isEmpty else { continue }
      lines += ["", "## \(kind.title)"]
      for fact in group { lines += [""] + Self.entry(fact) }
    }
    lines.append(MarkedFile.end)
    text = lines.joined(separator: "\n") + "\n"
  }

  private static func head(_ facts: [Fact], _ snapshot: SnapshotManifest) -> [String] {
    let newest = snapshot.newestEvidence.map { ", evidence up to \($0.dateText)" } ?? ""
    return [
      "\(MarkedFile.begin) snapshot=\(snapshot.shortID) -->",
      "# Memory of \(snapshot.project)",
      "",
      "\(facts.count) firm facts of snapshot \(snapshot.sequence) (`\(snapshot.shortID)`)"
        + "\(newest).",
    ]
  }

  private static func entry(_ fact: Fact) -> [String] {
    var marks = ["confidence \(percent(fact.confidencePPM))"]
    if let seen = fact.lastSeen { marks.append("last seen \(seen.dateText)") }
    if fact.support.sessions > 0 { marks.append("sessions: \(fact.support.sessions)") }
    if fact.support.against > 0 { marks.append("observations against it: \(fact.support.against)") }
    if fact.pinned { marks.append("pinned") }
    return [
      "- \(MarkdownText.line(fact.statement))",
      "  \(marks.joined(separator: " · "))",
      "  \(proof(fact.verified)) · `\(fact.id)`",
    ]
  }

  private static func proof(_ verified: Verification?) -> String {
    guard let verified else { return "not checked against files" }
    let lines = verified.lines.map {
      $0.lowerBound == $0.upperBound ? ":\($0.lowerBound)" : ":\($0.lowerBound)–\($0.upperBound)"
    }
    let commit = verified.commit.map { " at commit `\($0.prefix(12))`" } ?? ""
    let dirty = verified.dirty ? " with uncommitted changes" : ""
    switch verified.extent {
    case .value: return "verified in `\(verified.path)\(lines ?? "")`\(commit)\(dirty)"
    case .mentions: return "what it names exists (`\(verified.path)`)\(commit)\(dirty)"
    }
  }

  /// Parts per million as a percentage with one decimal, cut and not rounded: 99.9 % is never
  /// shown as certainty.
  static func percent(_ partsPerMillion: Int) -> String {
    "\(partsPerMillion / 10_000).\(partsPerMillion / 1000 % 10) %"
  }
}
