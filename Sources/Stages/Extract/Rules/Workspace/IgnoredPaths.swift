import KairosModel

/// Places that git ignores although people write there: plans, notes, reviews, local settings.
/// Build output and editor files are ignored everywhere and teach nothing.
struct IgnoredPaths: WorkspaceRule {
  let name = "ignored-paths"

  /// Folders of text that people or agents write.
  private static let written: Set<String> = [
    "docs", "doc", "plans", "plan", "notes", "specs", "spec", "rfcs", "reviews", "requirements",
    "drafts", "scratch", "journal", "research", "prompts", "tasks", "todo", "todos", "worktrees",
  ]

  func observations(in workspace: Workspace, context: ExtractContext) -> [Observation] {
    guard let file = workspace.file(".gitignore"), let text = file.text else { return [] }
    let facts = WorkspaceFacts(rule: name, workspace: workspace, context: context)
    var groups: [String: [(path: String, line: Int)]] = [:]
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      let entry = line.trimmed
      guard !entry.hasPrefix("#"), !entry.hasPrefix("!"),
        !entry.contains(where: { "*?[".contains($0) })
      else { continue }
      let parts = entry.split(separator: "/").map(String.init)
      guard let first = parts.first, let last = parts.last, Self.isWritten(parts, last) else {
        continue
      }
      groups[first, default: []].append((parts.joined(separator: "/"), index + 1))
    }
    return groups.sorted { $0.key < $1.key }.map { folder, entries in
      let paths = entries.map(\.path).sorted()
      let names = paths.map { "`\($0)`" }.joined(separator: ", ")
      let verb = paths.count == 1 ? "is" : "are"
      return facts.stated(
        in: file, lines: entries[0].line...entries[entries.count - 1].line, kind: .convention,
        subject: "path:" + folder, predicate: "layout.ignored", value: paths.joined(separator: " "),
        statement: "\(names) \(verb) ignored by git (`.gitignore`): files there are not committed.",
        quote: paths.joined(separator: " "))
    }
  }

  private static func isWritten(_ parts: [String], _ last: String) -> Bool {
    let isOutput =
      last.hasPrefix("_") || last.dropFirst().contains(".")
      || ["build", "dist", "site", "api", "generated", "public", "output", "out", "html"]
        .contains(last)
    return !isOutput
      && parts.contains { written.contains($0.drop { $0 == "." }.lowercased()) }
  }
}
