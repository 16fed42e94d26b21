import KairosModel

/// How a section introduces itself, and how it groups and writes its facts.
struct SectionStyle: Sendable {
  /// A list of the section; those of lower rank come first. Without a title it has no heading.
  struct Group: Hashable, Sendable {
    let rank: Int
    let title: String?
  }

  var title = "## Project memory"
  var introduction =
    "Written by `kairos export` from evidence in sessions and files; changes between the markers "
    + "are overwritten. [file:line] was checked there, a date is when it was last seen."
  /// Lines between the introduction and the facts.
  var lead: [String] = []
  var group: @Sendable (Fact) -> Group = { Group(rank: $0.kind.order, title: $0.kind.title) }
  /// Where the fact was checked, or when it was last seen.
  var mark: @Sendable (Fact) -> String? = { $0.checkedPlace ?? $0.lastSeen?.dateText }

  /// All facts in one list.
  static let oneList: @Sendable (Fact) -> Group = { _ in Group(rank: 0, title: nil) }
}

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
  init(
    facts: [Fact], snapshot: SnapshotManifest, budget: ExportOptions,
    style: SectionStyle = SectionStyle()
  ) {
    let frame = Self.frame(snapshot, style)
    var room = Room(budget)
    room.spend(frame.head + frame.tail)
    var taken: [Fact] = []
    var omitted: [Omission] = []
    var groups: [SectionStyle.Group: [String]] = [:]
    for fact in facts {
      let group = style.group(fact)
      let text = (groups[group] == nil ? Self.heading(group) : []) + [Self.bullet(fact, style)]
      if let reason = room.reasonAgainst(text) {
        omitted.append(.init(fact: fact.id, statement: fact.statement, reason: reason))
      } else {
        room.spend(text)
        taken.append(fact)
        groups[group, default: []] += text
      }
    }
    let body = groups.sorted { left, right in
      (left.key.rank, left.key.title ?? "") < (right.key.rank, right.key.title ?? "")
    }.flatMap(\.value)
    let nothing = ["", "There is no firm fact yet."]
    lines = frame.head + (facts.isEmpty ? nothing : body) + frame.tail
    included = taken
    self.omitted = omitted
    byteCount = lines.reduce(0) { $0 + $1.utf8.count + 1 }
  }

  /// A section without facts whose text never changes, and so names no snapshot.
  init(fixed style: SectionStyle) {
    lines =
      ["\(MarkedFile.begin) -->", style.title, "", style.introduction] + style.lead
      + [MarkedFile.end]
    included = []
    omitted = []
    byteCount = lines.reduce(0) { $0 + $1.utf8.count + 1 }
  }

  /// What is written whatever the facts are.
  private static func frame(
    _ snapshot: SnapshotManifest, _ style: SectionStyle
  ) -> (head: [String], tail: [String]) {
    let newest = snapshot.newestEvidence.map { " newest-evidence=\($0.dateText)" } ?? ""
    return (
      [
        "\(MarkedFile.begin) snapshot=\(snapshot.shortID)\(newest) -->",
        style.title,
        "",
        style.introduction,
      ] + style.lead,
      [MarkedFile.end]
    )
  }

  private static func heading(_ group: SectionStyle.Group) -> [String] {
    group.title.map { ["", "### \($0)", ""] } ?? [""]
  }

  private static func bullet(_ fact: Fact, _ style: SectionStyle) -> String {
    let mark = style.mark(fact).map { " [\(MarkdownText.line($0))]" } ?? ""
    return "- \(MarkdownText.line(fact.statement))" + mark
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
  /// The place of the kind in documents.
  var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
