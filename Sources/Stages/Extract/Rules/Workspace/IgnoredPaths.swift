import KairosModel

/// Folders of the project's own tree that git ignores although their neighbours are tracked:
/// things that people write and do not commit.
struct IgnoredPaths: WorkspaceRule {
  let name = "ignored-paths"

  func observations(in workspace: Workspace, context: ExtractContext) -> [Observation] {
    guard let file = workspace.file(".gitignore"), let text = file.text else { return [] }
    let facts = WorkspaceFacts(rule: name, workspace: workspace, context: context)
    var groups: [String: [(path: String, line: Int)]] = [:]
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      let entry = line.trimmed.split(separator: "/").map(String.init)
      guard entry.count >= 2, let first = entry.first, !line.contains("*"), !line.hasPrefix("#"),
        !line.hasPrefix("!"), !line.hasPrefix("."), workspace.hasFolder(first)
      else { continue }
      groups[first, default: []].append((entry.joined(separator: "/"), index + 1))
    }
    return groups.sorted { $0.key < $1.key }.map { folder, entries in
      let paths = entries.map(\.path).sorted()
      let names = paths.map { "`\($0)`" }.joined(separator: ", ")
      let verb = paths.count == 1 ? "is" : "are"
      return facts.stated(
        in: file, lines: entries[0].line...entries[entries.count - 1].line, kind: .convention,
        subject: "path:" + folder, predicate: "layout.ignored", value: paths.joined(separator: " "),
        statement: "\(names) \(verb) ignored by git (`.gitignore`): do not commit files there.",
        quote: paths.joined(separator: " "))
    }
  }
}
