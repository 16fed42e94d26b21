import KairosModel

/// What CI does: which workflow runs which of the project's commands, and when.
struct Workflows: WorkspaceRule {
  let name = "workflows"

  private static let commandsMax = 4

  func observations(in workspace: Workspace, context: ExtractContext) -> [Observation] {
    let facts = WorkspaceFacts(rule: name, workspace: workspace, context: context)
    let files = workspace.files.filter {
      $0.path.hasPrefix(".github/workflows/")
        && ($0.path.hasSuffix(".yml") || $0.path.hasSuffix(".yaml"))
    }
    return files.flatMap { file -> [Observation] in
      guard let text = file.text else { return [] }
      let entries = SettingsText.yaml(text)
      return [observation(entries, text, in: file, facts)].compactMap { $0 }
        + commands(of: entries, in: file, facts)
    }
  }

  /// What CI runs at the root works for everybody: the commands of the project by their roles.
  private func commands(
    of entries: [SettingsEntry], in file: Workspace.File, _ facts: WorkspaceFacts
  ) -> [Observation] {
    var seen: Set<String> = []
    return entries.filter { $0.key == "run" && !isElsewhere($0, entries) }.flatMap { entry in
      uses([entry.value]).compactMap { use in
        guard Self.roles.contains(use.role), seen.insert(use.line).inserted else { return nil }
        return facts.stated(
          in: file, lines: entry.line...entry.line, kind: .command,
          predicate: "command." + use.qualifier, value: use.line, statement: use.statement,
          quote: entry.value)
      }
    }
  }

  private static let roles: Set<CommandRole> = [
    .test, .lint, .format, .build, .typecheck, .check, .coverage, .docs, .generate,
  ]

  /// A step in a folder of its own.
  private func isElsewhere(_ run: SettingsEntry, _ entries: [SettingsEntry]) -> Bool {
    run.value.hasPrefix("cd ") || run.value.contains("\ncd ")
      || entries.contains {
        $0.key == "working-directory" && $0.path.dropLast() == run.path.dropLast()
      }
  }

  private func observation(
    _ entries: [SettingsEntry], _ text: String, in file: Workspace.File, _ facts: WorkspaceFacts
  ) -> Observation? {
    let all = uses(entries.filter { $0.key == "run" }.map(\.value))
    let work = all.filter { $0.role != .install }
    let runs = (work.isEmpty ? all : work).map(\.line)
    let actions = entries.filter { $0.key == "uses" }.compactMap { notable($0.value) }
    var parts: [String] = []
    for part in runs.map({ "`\($0)`" }) + actions where !parts.contains(part) { parts.append(part) }
    guard !parts.isEmpty else { return nil }
    let when = triggers(entries, text)
    let what = parts.prefix(Self.commandsMax).joined(separator: ", ")
    let isRelease =
      entries.contains { $0.path.starts(with: ["on", "push", "tags"]) }
      && !when.contains("pull requests")
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

  /// The project's commands of all scripts.
  private func uses(_ scripts: [String]) -> [CommandUse] {
    scripts.flatMap { ShellLine($0).commands }.filter { $0.joint != .pipe && !$0.isDynamic }
      .compactMap { CommandLine.use(of: $0.words) }.filter { $0.form == .whole }
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
