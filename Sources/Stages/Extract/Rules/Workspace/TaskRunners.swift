import KairosJSON
import KairosModel

/// Tasks that the project's task runners offer: the commands that people type.
struct TaskRunners: WorkspaceRule {
  let name = "task-runners"

  /// A project with more tasks than this says little by each; the first ones in file order stay.
  private static let tasksMax = 40

  func observations(in workspace: Workspace, context: ExtractContext) -> [Observation] {
    let facts = WorkspaceFacts(rule: name, workspace: workspace, context: context)
    let all = Self.tasks(workspace).filter { !$0.isInternal }
    let families = TaskFamily.families(of: all)
    let members = Set(families.flatMap { $0.tasks.map(\.command) })
    let tasks = all.filter { !members.contains($0.command) }
    return families.map { $0.observation(facts) }
      + tasks.prefix(Self.tasksMax).map { task in
        facts.stated(
          in: task.file, lines: task.line...task.line, kind: .command,
          predicate: "command." + task.role.rawValue, value: task.command,
          statement: task.statement, quote: task.description ?? task.script ?? task.name)
      }
  }

  /// All tasks that the files at the root define, internal ones too.
  static func tasks(_ workspace: Workspace) -> [ProjectTask] {
    let rule = TaskRunners()
    return rule.mise(workspace) + rule.packageScripts(workspace) + rule.makefile(workspace)
      + rule.justfile(workspace) + rule.taskfile(workspace) + rule.python(workspace)
      + rule.other(workspace)
  }

  // MARK: mise

  private func mise(_ workspace: Workspace) -> [ProjectTask] {
    var tasks: [ProjectTask] = []
    for name in ["mise.toml", ".mise.toml", "mise/config.toml", ".config/mise.toml"] {
      guard let file = workspace.file(name), let text = file.text else { continue }
      tasks += tables(
        of: SettingsText.toml(text), in: file, under: ["tasks"], command: "mise run")
    }
    for file in workspace.files where file.path.hasPrefix("mise-tasks/") {
      tasks.append(script(file))
    }
    return tasks
  }

  /// A file under `mise-tasks/`: folders join with a colon, `_default` is the folder's own task.
  private func script(_ file: Workspace.File) -> ProjectTask {
    var parts = file.path.split(separator: "/").dropFirst().map(String.init)
    if parts.last == "_default" { parts.removeLast() }
    if let last = parts.last, let dot = last.lastIndex(of: "."), dot != last.startIndex {
      parts[parts.count - 1] = String(last[..<dot])
    }
    let name = parts.joined(separator: ":")
    let lines = (file.text ?? "").split(separator: "\n")
    let mark = "#MISE description="
    let described = lines.first { $0.filter { $0 != " " }.hasPrefix(mark.filter { $0 != " " }) }
    let description = described.flatMap { line in
      line.firstIndex(of: "=").map { SettingsText.scalar(line[line.index(after: $0)...].trimmed) }
    }
    return ProjectTask(
      file: file, line: 1, name: name, command: "mise run " + name, script: nil,
      description: description)
  }

  /// Tables `[tasks.<name>]` with `run` and `description`, or `<name> = "script"` lines.
  private func tables(
    of entries: [SettingsEntry], in file: Workspace.File, under prefix: [String], command: String
  ) -> [ProjectTask] {
    var names: [String] = []
    var members: [String: [SettingsEntry]] = [:]
    for entry in entries where entry.path.count > prefix.count && entry.path.starts(with: prefix) {
      let name = entry.path[prefix.count]
      if members[name] == nil { names.append(name) }
      members[name, default: []].append(entry)
    }
    return names.compactMap { name in
      let own = members[name] ?? []
      guard let first = own.first else { return nil }
      func value(_ keys: [String]) -> String? {
        own.first { $0.path.count == prefix.count + 2 && keys.contains($0.key) }?.value
      }
      if value(["hide"]) == "true" { return nil }
      let script =
        value(["run", "cmd", "shell", "command"])
        ?? (first.path.count == prefix.count + 1 ? first.value : nil)
      return ProjectTask(
        file: file, line: max(1, first.line - (first.path.count > prefix.count + 1 ? 1 : 0)),
        name: name, command: command + " " + name, script: script,
        description: value(["description", "help", "desc"]))
    }
  }

  // MARK: package.json and kin

  private func packageScripts(_ workspace: Workspace) -> [ProjectTask] {
    var tasks: [ProjectTask] = []
    for (name, key) in [
      ("package.json", "scripts"), ("composer.json", "scripts"), ("deno.json", "tasks"),
    ] {
      guard let file = workspace.file(name), let text = file.text,
        let root = try? JSONDocument.parse(text).root
      else { continue }
      let runner = runner(of: name, workspace)
      for (task, script) in root[key]?.members ?? [] {
        guard let script = script.string ?? script["command"]?.string else { continue }
        tasks.append(
          ProjectTask(
            file: file, line: line(of: "\"\(task)\"", in: text), name: task,
            command: runner(task), script: script,
            description: root["scripts-descriptions"]?[task]?.string))
      }
    }
    return tasks
  }

  /// How people start a script: each package manager has its own short form.
  private func runner(of file: String, _ workspace: Workspace) -> (String) -> String {
    if file == "composer.json" { return { "composer " + $0 } }
    if file == "deno.json" { return { "deno task " + $0 } }
    switch Toolchain.packageManager(workspace) {
    case "pnpm": return { "pnpm " + $0 }
    case "yarn": return { "yarn " + $0 }
    case "bun": return { "bun run " + $0 }
    default: return { ["test", "start"].contains($0) ? "npm " + $0 : "npm run " + $0 }
    }
  }

  private func line(of needle: String, in text: String) -> Int {
    guard let range = text.firstRange(of: needle) else { return 1 }
    return 1 + text[..<range.lowerBound].count { $0 == "\n" }
  }

  // MARK: Makefile, justfile, Taskfile

  private func makefile(_ workspace: Workspace) -> [ProjectTask] {
    guard let file = workspace.file("Makefile") ?? workspace.file("GNUmakefile"),
      let text = file.text
    else { return [] }
    return recipes(in: file, text: text, command: "make", isTarget: MakeText.target)
  }

  private func justfile(_ workspace: Workspace) -> [ProjectTask] {
    guard let file = workspace.file("justfile") ?? workspace.file("Justfile"),
      let text = file.text
    else { return [] }
    return recipes(in: file, text: text, command: "just", isTarget: MakeText.justRecipe)
  }

  /// Targets with the comment above or the `## text` behind them, and their first recipe line.
  private func recipes(
    in file: Workspace.File, text: String, command: String,
    isTarget: (Substring) -> (name: String, comment: String?)?
  ) -> [ProjectTask] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let phony = MakeText.phonyTargets(lines)
    var tasks: [ProjectTask] = []
    for (index, line) in lines.enumerated() {
      guard let target = isTarget(line) else { continue }
      let above = index > 0 && lines[index - 1].hasPrefix("# ") ? lines[index - 1] : nil
      let description = target.comment ?? above.map { $0.dropFirst(2).trimmed }
      // Targets that are files are steps of a build, not commands.
      if command == "make", description == nil, !phony.contains(target.name) { continue }
      let recipe = lines[(index + 1)...].prefix { $0.hasPrefix("\t") || $0.hasPrefix("  ") }
      let script =
        recipe.count == 1 ? recipe.first.map { $0.drop { "\t @-".contains($0) }.trimmed } : nil
      tasks.append(
        ProjectTask(
          file: file, line: index + 1, name: target.name, command: command + " " + target.name,
          script: script.flatMap { $0.contains("$") ? nil : $0 }, description: description))
    }
    return tasks
  }

  private func taskfile(_ workspace: Workspace) -> [ProjectTask] {
    guard let file = workspace.file("Taskfile.yml") ?? workspace.file("Taskfile.yaml"),
      let text = file.text
    else { return [] }
    return tables(
      of: SettingsText.yaml(text), in: file, under: ["tasks"], command: "task")
  }

  // MARK: Python and the rest

  private func python(_ workspace: Workspace) -> [ProjectTask] {
    guard let file = workspace.file("pyproject.toml"), let text = file.text else { return [] }
    let entries = SettingsText.toml(text)
    let isUV = workspace.file("uv.lock") != nil
    let poe = isUV ? "uv run poe" : "poe"
    return tables(of: entries, in: file, under: ["tool", "poe", "tasks"], command: poe)
      + tables(of: entries, in: file, under: ["tool", "pdm", "scripts"], command: "pdm run")
      + tables(of: entries, in: file, under: ["tool", "taskipy", "tasks"], command: "task")
      + tables(
        of: entries, in: file, under: ["tool", "hatch", "envs", "default", "scripts"],
        command: "hatch run")
      + tables(
        of: entries, in: file, under: ["tool", "tox", "env"],
        command: isUV ? "uv run tox run -e" : "tox run -e")
  }

  private func other(_ workspace: Workspace) -> [ProjectTask] {
    var tasks: [ProjectTask] = []
    if let file = workspace.file(".cargo/config.toml"), let text = file.text {
      tasks += tables(of: SettingsText.toml(text), in: file, under: ["alias"], command: "cargo")
    }
    if let file = workspace.file("Rakefile"), let text = file.text {
      tasks += rake(file, text)
    }
    return tasks
  }

  /// `task :name` below a `desc "…"`.
  private func rake(_ file: Workspace.File, _ text: String) -> [ProjectTask] {
    var tasks: [ProjectTask] = []
    var description: String?
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      let trimmed = line.trimmed
      if trimmed.hasPrefix("desc ") {
        description = SettingsText.scalar(trimmed.dropFirst(5).trimmed)
      } else if trimmed.hasPrefix("task "), let about = description {
        let name = trimmed.dropFirst(5).drop { ": \"'".contains($0) }
          .prefix { $0.isLetter || $0.isNumber || "_-".contains($0) }
        if !name.isEmpty, line.first != " " {
          tasks.append(
            ProjectTask(
              file: file, line: index + 1, name: String(name), command: "rake " + name,
              script: nil, description: about))
        }
        description = nil
      }
    }
    return tasks
  }
}
