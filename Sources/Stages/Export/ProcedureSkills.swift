import KairosModel

/// Agent Skills from what is proven to work: commands that ran or that a file of the project
/// defines, workflows, and fixes.
///
/// Three skills with fixed names, since an agent loads the names and descriptions of all skills at
/// the start of every session.
struct ProcedureSkills {
  /// `facts` are firm and sorted, strongest first.
  static func content(
    facts: [Fact], snapshot: SnapshotManifest, options: ExportOptions
  ) -> FolderContent {
    let label = ProjectLabel(project: snapshot.project).name
    var files: [FolderFile] = []
    for skill in Skill.allCases {
      let own = facts.filter { skill.kinds.contains($0.kind) && isProven($0) }
      guard !own.isEmpty else { continue }
      let section = MemorySection(
        facts: own, snapshot: snapshot, budget: options, style: skill.style(label))
      files.append(
        FolderFile(path: skill.name + "/SKILL.md", head: skill.head(label), section: section))
    }
    let taken = Set(files.flatMap { $0.section.included.map(\.id) })
    let unproven = facts.filter { Skill.takes($0.kind) && !isProven($0) }.map {
      Omission(fact: $0.id, statement: $0.statement, reason: .unproven)
    }
    return FolderContent(
      files: files, included: facts.filter { taken.contains($0.id) },
      omitted: files.flatMap(\.section.omitted) + unproven,
      foreign: facts.count { !Skill.takes($0.kind) })
  }

  /// Whether a path below the target's folder is that of a skill.
  static func isSkill(_ path: String) -> Bool {
    Skill.allCases.contains { path == $0.name + "/SKILL.md" }
  }

  /// A tool printed its outcome, or a file of the project says it.
  static func isProven(_ fact: Fact) -> Bool {
    fact.verified?.extent == .value || fact.support.actors.contains(.tool)
      || fact.support.actors.contains(.workspace) || fact.kind != .command
  }

  /// The outcome in figures: how often it was seen, when last, and where it stands.
  static func outcome(_ fact: Fact) -> String? {
    var marks: [String] = []
    if fact.support.sessions > 0 {
      marks.append(
        "seen in \(fact.support.sessions) session" + (fact.support.sessions == 1 ? "" : "s"))
    }
    if let seen = fact.lastSeen { marks.append("last \(seen.dateText)") }
    if let place = fact.checkedPlace { marks.append(place) }
    return marks.isEmpty ? nil : marks.joined(separator: ", ")
  }
}

/// One of the skills.
private enum Skill: String, CaseIterable {
  case commands, workflows, fixes

  /// Also its folder, as the specification demands.
  var name: String { "kairos-" + rawValue }

  var kinds: [FactKind] {
    switch self {
    case .commands: [.command]
    case .workflows: [.workflow]
    case .fixes: [.fix]
    }
  }

  static func takes(_ kind: FactKind) -> Bool { allCases.contains { $0.kinds.contains(kind) } }

  func head(_ label: String) -> String {
    FrontMatter(members: [("name", name), ("description", description(label))]).text
  }

  /// What it holds and when to use it, without characters that YAML reads as syntax.
  private func description(_ label: String) -> String {
    switch self {
    case .commands:
      "Commands of \(label) that ran in sessions or stand in its files. Use before building, "
        + "running, testing, linting or formatting \(label)."
    case .workflows:
      "How work is done in \(label), step by step. Use before committing, releasing, changing CI "
        + "or answering a review in \(label)."
    case .fixes:
      "Errors that were seen in \(label) and what made them go away. Use when a command or test "
        + "of \(label) fails."
    }
  }

  func style(_ label: String) -> SectionStyle {
    var style = SectionStyle()
    style.title = "# \(rawValue.prefix(1).uppercased())\(rawValue.dropFirst()) of \(label)"
    style.introduction =
      "Written by `kairos export`; changes between the markers are overwritten. Strongest first; "
      + "in brackets: how often it was seen, when last, and the file that says it."
    style.group = self == .commands ? Self.role : SectionStyle.oneList
    style.mark = ProcedureSkills.outcome
    return style
  }

  /// `command.test` → Test; the order is that of a working day.
  private static let role: @Sendable (Fact) -> SectionStyle.Group = { fact in
    let roles = ["install", "build", "generate", "run", "test", "check", "lint", "format"]
    let parts = fact.slot.predicate.split(separator: ".", maxSplits: 1)
    let role = parts.count == 2 ? String(parts[1]) : "other"
    let title = role.prefix(1).uppercased() + MarkdownText.line(String(role.dropFirst()))
    return .init(rank: roles.firstIndex(of: role) ?? roles.count, title: title)
  }
}
