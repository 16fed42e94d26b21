import KairosModel

/// The text between the markers: the strongest facts that fit the budget, grouped by kind.
struct MemorySection {
  /// All lines, from the begin marker to the end marker.
  let lines: [String]
  /// Strongest first.
  let included: [Fact]
  let omitted: [Omission]
  /// With one byte for each line end.
  let byteCount: Int

  /// `facts` are firm and sorted, strongest first. A fact that does not fit is passed over, and
  /// shorter ones after it may still be taken.
  init(facts: [Fact], snapshot: SnapshotManifest, budget: ExportOptions) {
    let frame = Self.frame(snapshot)
    var room = Room(budget)
    room.spend(frame.head + frame.tail)
    var taken: [Fact] = []
    var omitted: [Omission] = []
    var kinds: Set<FactKind> = []
    for fact in facts {
      let heading = kinds.contains(fact.kind) ? [] : Self.heading(fact.kind)
      let text = heading + [Self.bullet(fact)]
      if let reason = room.reasonAgainst(text) {
        omitted.append(.init(fact: fact.id, statement: fact.statement, reason: reason))
      } else {
        room.spend(text)
        taken.append(fact)
        kinds.insert(fact.kind)
      }
    }
    let body = FactKind.allCases.flatMap { kind in
      kinds.contains(kind)
        ? Self.heading(kind) + taken.filter { $0.kind == kind }.map(Self.bullet) : []
    }
    let nothing = ["", "There is no firm fact yet."]
    lines = frame.head + (facts.isEmpty ? nothing : body) + frame.tail
    included = taken
    self.omitted = omitted
    byteCount = lines.reduce(0) { $0 + $1.utf8.count + 1 }
  }

  /// What is written whatever the facts are.
  private static func frame(_ snapshot: SnapshotManifest) -> (head: [String], tail: [String]) {
    let newest = snapshot.newestEvidence.map { " newest-evidence=\($0.dateText)" } ?? ""
    return (
      [
        "\(MarkedFile.begin) snapshot=\(snapshot.shortID)\(newest) -->",
        "## Project memory",
        "",
        "Written by `kairos export` from evidence in sessions and files; changes between the "
          + "markers are overwritten. [file:line] was checked there, a date is when it was last "
          + "seen.",
      ],
      [MarkedFile.end]
    )
  }

  private static func heading(_ kind: FactKind) -> [String] { ["", "### \(kind.title)", ""] }

  /// One line: the sentence, and where it was checked or when it was last seen.
  private static func bullet(_ fact: Fact) -> String {
    let mark = fact.checkedPlace ?? fact.lastSeen?.dateText
    return "- \(MarkdownText.line(fact.statement))" + (mark.map { " [\($0)]" } ?? "")
  }

  /// What is left of the budget.
  private struct Room {
    var lines: Int
    var bytes: Int

    init(_ budget: ExportOptions) {
      lines = budget.linesMax
      bytes = budget.bytesMax
    }

    func reasonAgainst(_ text: [String]) -> Omission.Reason? {
      if text.count > lines { return .lines }
      return Self.size(text) > bytes ? .bytes : nil
    }

    mutating func spend(_ text: [String]) {
      lines -= text.count
      bytes -= Self.size(text)
    }

    private static func size(_ text: [String]) -> Int {
      text.reduce(0) { $0 + $1.utf8.count + 1 }
    }
  }
}

extension Fact {
  /// `path:line` where a file says exactly this fact.
  var checkedPlace: String? {
    guard let verified, verified.extent == .value else { return nil }
    return verified.path + (verified.lines.map { ":\($0.lowerBound)" } ?? "")
  }
}

extension FactKind {
  /// The kind as the heading of a list.
  var title: String {
    switch self {
    case .command: "Commands"
    case .tool: "Tools"
    case .version: "Versions"
    case .dependency: "Dependencies"
    case .layout: "Layout"
    case .purpose: "What things are for"
    case .convention: "Conventions"
    case .preference: "Preferences"
    case .decision: "Decisions"
    case .fix: "Fixes"
    case .gotcha: "Traps"
    case .environment: "Environment"
    case .workflow: "Workflows"
    }
  }
}
