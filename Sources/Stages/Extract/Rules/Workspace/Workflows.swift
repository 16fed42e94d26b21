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
    let runs = entries.filter { $0.key == "run" }.flatMap { commands($0.value) }
    let actions = entries.filter { $0.key == "uses" }.compactMap { notable($0.value) }
    var parts: [String] = []
    for part in runs.map({ "`\($0)`" }) + actions where !parts.contains(part) { parts.append(part) }
    guard !parts.isEmpty else { return nil }
    let when = triggers(entries, text)
    let what = parts.prefix(Self.commandsMax).joined(separator: ", ")
    let statement = "CI workflow `\(file.path)` runs \(what)\(when.isEmpty ? "" : " on " + when)."
    guard statement.count <= 240 else { return nil }
    return facts.stated(
      in: file, lines: nil, kind: .workflow, subject: "path:" + file.path,
      predicate: "workflow.ci", value: parts.joined(separator: " "), statement: statement,
      quote: statement)
  }

  /// Lines that start one of the project's tasks or a well-known tool.
  private func commands(_ script: String) -> [String] {
    script.split(separator: "\n").compactMap { line in
      let text = line.trimmed
      guard let program = text.split(separator: " ").first.map(String.init), text.count <= 80,
        Self.programs.contains(program), !text.contains("$"), !text.contains("`")
      else { return nil }
      return text
    }
  }

  private static let programs: Set<String> = [
    "mise", "make", "just", "task", "npm", "pnpm", "yarn", "bun", "go", "cargo", "swift", "uv",
    "poetry", "pytest", "tox", "nox", "ruff", "mypy", "gradle", "./gradlew", "mvn", "bundle",
    "rake", "composer", "mix", "dotnet", "cmake", "ctest", "golangci-lint", "deno", "hatch",
  ]

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
    return names.map { name in
      switch name {
      case "push" where !tags.isEmpty: "tags " + tags.map { "`\($0)`" }.joined(separator: ", ")
      case "push": "pushes"
      case "pull_request": "pull requests"
      case "workflow_dispatch": "manual start"
      case "schedule": "a schedule"
      default: "`\(name)`"
      }
    }.joined(separator: ", ")
  }
}
