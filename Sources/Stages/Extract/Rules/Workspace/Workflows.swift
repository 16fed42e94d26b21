import KairosModel

/// What CI does: which workflow runs which of the project's commands, and when.
struct Workflows: WorkspaceRule {
  let name = "workflows"

  private static let commandsMax = 4

  func observations(in workspace: Workspace, context: ExtractContext) -> [Observation] {
    let facts = WorkspaceFacts(rule: name, workspace: workspace, context: context)
    return workspace.files.filter {
      $0.path.hasPrefix(".github/workflows/")
        && ($0.path.hasSuffix(".yml") || $0.path.hasSuffix(".yaml"))
    }.compactMap { file in
      guard let text = file.text else { return nil }
      return observation(SettingsText.yaml(text), text, in: file, facts)
    }
  }

  private func observation(
    _ entries: [SettingsEntry], _ text: String, in file: Workspace.File, _ facts: WorkspaceFacts
  ) -> Observation? {
    let runs = commands(entries.filter { $0.key == "run" }.map(\.value))
    let actions = entries.filter { $0.key == "uses" }.compactMap { notable($0.value) }
    var parts: [String] = []
    for part in runs.map({ "`\($0)`" }) + actions where !parts.contains(part) { parts.append(part) }
    guard !parts.isEmpty else { return nil }
    let when = triggers(entries, text)
    let what = parts.prefix(Self.commandsMax).joined(separator: ", ")
    let isRelease = entries.contains { $0.path.starts(with: ["on", "push", "tags"]) }
    let start = isRelease ? "Releases are made by" : "CI workflow"
    let verb = isRelease ? "with" : "runs"
    let statement =
      "\(start) `\(file.path)` \(verb) \(what)\(when.isEmpty ? "" : " on " + when)."
    guard statement.count <= 240 else { return nil }
    return facts.stated(
      in: file, lines: nil, kind: .workflow, subject: "path:" + file.path,
      predicate: "workflow.ci", value: parts.joined(separator: " "), statement: statement,
      quote: statement)
  }

  /// The project's commands of all scripts, without what prepares the machine.
  private func commands(_ scripts: [String]) -> [String] {
    let uses = scripts.flatMap { ShellLine($0).commands }
      .filter { $0.joint != .pipe && !$0.isDynamic }
      .compactMap { CommandLine.use(of: $0.words) }.filter { $0.form == .whole }
    let work = uses.filter { $0.role != .install }
    return (work.isEmpty ? uses : work).map(\.line)
  }

  /// Actions that stand for a tool people know.
  private func notable(_ action: String) -> String? {
    let name = action.split(separator: "@").first.map(String.init) ?? action
    let known = [
      "goreleaser/goreleaser-action": "GoReleaser",
      "golangci/golangci-lint-action": "golangci-lint",
      "pypa/gh-action-pypi-publish": "PyPI publishing", "changesets/action": "Changesets",
      "actions/deploy-pages": "GitHub Pages deployment",
      "docker/build-push-action": "a Docker build",
      "googleapis/release-please-action": "release-please", "codecov/codecov-action": "Codecov",
    ]
    return known[name]
  }

  private func triggers(_ entries: [SettingsEntry], _ text: String) -> String {
    var names: [String] = []
    for entry in entries where entry.path.first == "on" {
      let name =
        entry.path.count == 1 || Int(entry.path[1]) != nil ? entry.value : entry.path[1]
      if !names.contains(name) { names.append(name) }
    }
    // Triggers without settings are keys with nothing behind them.
    for line in text.split(separator: "\n") {
      let name = line.trimmed
      if line.hasPrefix("  "), name.hasSuffix(":"),
        ["push:", "pull_request:", "workflow_dispatch:", "merge_group:"].contains(name),
        !names.contains(String(name.dropLast()))
      {
        names.append(String(name.dropLast()))
      }
    }
    let tags = entries.filter { $0.path.starts(with: ["on", "push", "tags"]) }.map(\.value)
    let branches = entries.filter { $0.path.starts(with: ["on", "push", "branches"]) }.map(\.value)
    let pushed = branches.prefix(3).map { "`\($0)`" }.joined(separator: ", ")
    return names.map { name in
      switch name {
      case "push" where !tags.isEmpty: "tags " + tags.map { "`\($0)`" }.joined(separator: ", ")
      case "push": pushed.isEmpty ? "pushes" : "pushes to " + pushed
      case "pull_request": "pull requests"
      case "workflow_dispatch": "manual start"
      case "schedule": "a schedule"
      default: "`\(name)`"
      }
    }.sorted().joined(separator: ", ")
  }
}
