import KairosModel

/// Rules that a linter's settings enforce with a message of the project's own.
struct LinterMessages: WorkspaceRule {
  let name = "linter-messages"

  func observations(in workspace: Workspace, context: ExtractContext) -> [Observation] {
    let facts = WorkspaceFacts(rule: name, workspace: workspace, context: context)
    var found: [Observation] = []
    for file in workspace.files where file.path.hasPrefix(".golangci.") {
      for entry in SettingsText.yaml(file.text ?? "")
      where entry.key == "msg" && entry.path.contains("forbid") {
        found.append(rule(entry.value, line: entry.line, linter: "golangci-lint", file, facts))
      }
    }
    for file in workspace.files where file.path.contains("eslint") && !file.path.contains("/") {
      for (index, line) in (file.text ?? "").split(separator: "\n").enumerated() {
        guard let key = line.firstRange(of: "message:"),
          let quote = line[key.upperBound...].first(where: { "'\"`".contains($0) })
        else { continue }
        let parts = line[key.upperBound...].split(separator: quote)
        guard parts.count >= 2 else { continue }
        found.append(rule(String(parts[1]), line: index + 1, linter: "ESLint", file, facts))
      }
    }
    return found
  }

  private func rule(
    _ message: String, line: Int, linter: String, _ file: Workspace.File, _ facts: WorkspaceFacts
  ) -> Observation {
    let text = message.hasSuffix(".") ? String(message.dropLast()) : message
    return facts.stated(
      in: file, lines: line...line, kind: .convention, subject: "path:" + file.path,
      predicate: "rule", value: StatementKey.value(ofSentence: text),
      statement: "\(text) (enforced by \(linter) in `\(file.path)`).", quote: text)
  }
}
