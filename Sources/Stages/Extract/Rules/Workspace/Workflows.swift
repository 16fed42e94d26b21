import KairosModel

/// What CI does: which workflow runs which of the project's commands, and when.
struct Workflows: WorkspaceRule {
  let name = "workflows"

  private static let commandsMax = 4

  func observations(in workspace: Workspace, context: ExtractContext) -> [Observation] {
    let facts = WorkspaceFacts(rule: name, workspace: workspace, context: context)
    let files = workspace.files.filter {
      $0.path.hasPrefix(".github/workflows/")
        && ($0.path.hasSuffix(".yml") || $0.path.hasSuffix(".yaml")) && !Self.isService($0.path)
    }
    return files.flatMap { file -> [Observation] in
      guard let text = file.text else { return [] }
      let entries = SettingsText.yaml(text)
      return [observation(entries, text, in: file, facts), secrets(text, in: file, facts)]
        .compactMap { $0 } + commands(of: entries, in: file, facts)
    }
  }

  /// Names of the secrets that a workflow needs; everyone has GitHub's own token.
  private func secrets(
    _ text: String, in file: Workspace.File, _ facts: WorkspaceFacts
  ) -> Observation? {
    var names: [String] = []
    for part in text.split(separator: "secrets.").dropFirst() {
      let name = String(part.prefix { $0.isLetter || $0.isNumber || $0 == "_" })
      if name.count > 2, name != "GITHUB_TOKEN", name == name.uppercased(), !names.contains(name) {
        names.append(name)
      }
    }
    let list = names.sorted().map { "`\($0)`" }.joined(separator: ", ")
    let statement =
      "CI workflow `\(file.path)` needs the repository's secrets \(list)."
    guard !names.isEmpty, statement.count <= 240 else { return nil }
    return facts.stated(
      in: file, lines: nil, kind: .environment, subject: "path:" + file.path,
      predicate: "setting.secrets", value: names.sorted().joined(separator: " "),
      statement: statement, quote: list)
  }

  /// Workflows of services around the code, not of the project's work.
  private static func isService(_ path: String) -> Bool {
    let name = path.split(separator: "/").last.map { $0.lowercased() } ?? ""
    return ["codeql", "stale", "label", "scorecard", "dependency-review", "triage", "welcome"]
      .contains { name.hasPrefix($0) }
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
    let runs = Self.ranked(work.isEmpty ? all : work).map(\.line)
    let actions = entries.filter { $0.key == "uses" }.compactMap { notable($0.value) }
    var parts: [String] = []
    for part in runs.map({ "`\($0)`" }) + actions where !parts.contains(part) { parts.append(part) }
    guard !parts.isEmpty else { return nil }
    let when = triggers(entries, text)
    let what = parts.prefix(Self.commandsMax).joined(separator: ", ")
    let start =
      Self.deploys(file.path)
      ? "Deployments are made by"
      : Self.releases(entries, all, actions, path: file.path) ? "Releases are made by" : nil
    let verb = start == nil ? "runs" : "with"
    let condition = when.isEmpty ? "" : " on " + when
    let statement =
      "\(start ?? "CI workflow") `\(file.path)` \(verb) \(what)\(condition)."
    guard statement.count <= 240 else { return nil }
    return facts.stated(
      in: file, lines: nil, kind: .workflow, subject: "path:" + file.path,
      predicate: "workflow.ci", value: parts.joined(separator: " "), statement: statement,
      quote: statement)
  }

  private static func deploys(_ path: String) -> Bool {
    path.split(separator: "/").last?.lowercased().contains("deploy") ?? false
  }

  /// A release starts by tags alone (or by hand), and something is published. What also runs on
  /// branches or pull requests is CI.
  private static func releases(
    _ entries: [SettingsEntry], _ uses: [CommandUse], _ actions: [String], path: String
  ) -> Bool {
    let triggers = Set(
      entries.filter { $0.path.first == "on" }.map { entry in
        entry.path.count == 1 || Int(entry.path[1]) != nil ? entry.value : entry.path[1]
      })
    let isByTag =
      !tags(entries).isEmpty
      && !entries.contains { $0.path.starts(with: ["on", "push", "branches"]) }
    guard isByTag || triggers.contains("release"), !triggers.contains("pull_request") else {
      return false
    }
    let name = path.split(separator: "/").last?.lowercased() ?? ""
    return ["release", "publish"].contains { name.contains($0) }
      || uses.contains { $0.role == .release } || !actions.isEmpty
      || entries.contains { entry in
        entry.key == "uses" && ["release", "publish"].contains { entry.value.contains($0) }
          || entry.key == "run" && entry.value.contains("gh release")
      }
  }

  /// Patterns of tags that start the workflow; one with `!` excludes.
  private static func tags(_ entries: [SettingsEntry]) -> [String] {
    entries.filter { $0.path.starts(with: ["on", "push", "tags"]) }.map(\.value)
      .filter { !$0.hasPrefix("!") }
  }

  /// Tests and checks before the rest; otherwise as the file has them.
  private static func ranked(_ uses: [CommandUse]) -> [CommandUse] {
    func rank(_ role: CommandRole) -> Int {
      switch role {
      case .test: 0
      case .lint, .typecheck, .format, .check: 1
      case .build: 2
      default: 3
      }
    }
    guard uses.count > commandsMax else { return uses }
    return uses.enumerated().sorted { one, other in
      (rank(one.element.role), one.offset) < (rank(other.element.role), other.offset)
    }.map(\.element)
  }

  /// The project's commands of all scripts.
  private func uses(_ scripts: [String]) -> [CommandUse] {
    scripts.flatMap { ShellLine($0).commands }.filter { $0.joint != .pipe }
      .compactMap { command in
        CommandLine.use(of: command.isDynamic ? Self.fixedWords(command.words) : command.words)
      }.filter { $0.form == .whole }
  }

  /// The words before the first that an expression fills in; a flag that waits for it goes, too.
  private static func fixedWords(_ words: [String]) -> [String] {
    guard let at = words.firstIndex(where: { $0.contains("$") || $0.contains("`") }) else {
      return []
    }
    var head = Array(words[..<at])
    while let last = head.last, last.hasPrefix("-"), !last.hasPrefix("--") { head.removeLast() }
    return head.count >= 2 ? head : []
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
    let tags = Self.tags(entries)
    let branches = entries.filter { $0.path.starts(with: ["on", "push", "branches"]) }.map(\.value)
    let pushed = branches.prefix(3).map { "`\($0)`" }.joined(separator: ", ")
    return names.map { name in
      switch name {
      case "push" where !tags.isEmpty && !branches.isEmpty:
        "pushes to \(pushed), tags " + tags.map { "`\($0)`" }.joined(separator: ", ")
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
