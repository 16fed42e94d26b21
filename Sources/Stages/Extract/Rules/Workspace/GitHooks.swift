import KairosJSON
import KairosModel

/// What git runs before a commit or a push: the strongest convention that a repository can state.
struct GitHooks: WorkspaceRule {
  let name = "git-hooks"

  private static let hooks = ["pre-commit", "pre-push", "commit-msg", "prepare-commit-msg"]
  private static let stepsMax = 6
  private static let characters = 240

  /// The steps of one hook with their place.
  private struct Hook {
    let name: String
    let steps: [String]
    let file: Workspace.File
    let line: Int
  }

  func observations(in workspace: Workspace, context: ExtractContext) -> [Observation] {
    let facts = WorkspaceFacts(rule: name, workspace: workspace, context: context)
    let hooks = scripts(workspace) + packageJSON(workspace) + lefthook(workspace)
    return (hooks.compactMap { observation($0, facts) }) + lintStaged(workspace, facts)
      + preCommit(workspace, facts)
  }

  private func observation(_ hook: Hook, _ facts: WorkspaceFacts) -> Observation? {
    var steps: [String] = []
    for step in hook.steps where !steps.contains(step) { steps.append(step) }
    guard !steps.isEmpty else { return nil }
    let list = Self.list(steps.prefix(Self.stepsMax).map { "`\($0)`" })
    let statement = "The \(hook.name) hook runs \(list) (`\(hook.file.path)`)."
    guard statement.count <= Self.characters else { return nil }
    return facts.stated(
      in: hook.file, lines: hook.line...hook.line, kind: .workflow, subject: "hook:" + hook.name,
      predicate: "workflow.hook", value: steps.joined(separator: " && "), statement: statement,
      quote: steps.joined(separator: " && "))
  }

  private static func list(_ items: [String]) -> String {
    items.count < 2
      ? items.joined() : items.dropLast().joined(separator: ", ") + " and " + (items.last ?? "")
  }

  /// Scripts that git runs: `.husky/pre-commit`, `.githooks/pre-push`.
  private func scripts(_ workspace: Workspace) -> [Hook] {
    [".husky", ".githooks"].flatMap { folder in
      Self.hooks.compactMap { name in
        guard let file = workspace.file(folder + "/" + name), let text = file.text else {
          return nil
        }
        return Hook(name: name, steps: Self.steps(text), file: file, line: 1)
      }
    }
  }

  /// Commands of the project, and single programs as they are typed; the shell's own words and
  /// what depends on variables are left out.
  private static func steps(_ script: String) -> [String] {
    ShellLine(script).commands.filter { $0.joint != .pipe && !$0.isDynamic }.compactMap { command in
      if let use = CommandLine.use(of: command.words), use.form == .whole { return use.line }
      let line = command.words.joined(separator: " ")
      guard let program = command.words.first, command.words.count >= 2, line.count <= 60,
        !shellWords.contains(program), program.first?.isLetter == true,
        !line.contains(where: { "\n`~*\"'".contains($0) }), !CommandPrefix.isAssignment(program)
      else { return nil }
      return line
    }
  }

  private static let shellWords: Set<String> = [
    "echo", "if", "then", "else", "elif", "fi", "for", "do", "done", "while", "case", "esac",
    "exit",
    "set", "cd", "export", "source", "printf", "test", "return", "trap", "local", "read", "exec",
    "command", "git", "grep", "cat", "sed", "awk", "rm", "mkdir", "which",
  ]

  /// `simple-git-hooks` and the older forms of Husky in the manifest.
  private func packageJSON(_ workspace: Workspace) -> [Hook] {
    guard let file = workspace.file("package.json"), let text = file.text,
      let root = try? JSONDocument.parse(text).root
    else { return [] }
    let tables = [root["simple-git-hooks"], root["husky"]?["hooks"], root["gitHooks"]]
    return tables.compactMap { $0 }.flatMap { table in
      Self.hooks.compactMap { name in
        guard let script = table[name]?.string else { return nil }
        return Hook(
          name: name, steps: Self.steps(script), file: file,
          line: JSONMembers.line(of: [name], in: text))
      }
    }
  }

  private func lefthook(_ workspace: Workspace) -> [Hook] {
    ["lefthook.yml", "lefthook.yaml"].flatMap { path -> [Hook] in
      guard let file = workspace.file(path), let text = file.text else { return [] }
      let entries = SettingsText.yaml(text)
      return Self.hooks.compactMap { name in
        let own = entries.filter { $0.path.first == name && $0.key == "run" }
        guard let first = own.first else { return nil }
        let steps = own.flatMap { entry in
          // `{staged_files}` stands for what is to be filled in.
          Self.steps(String(entry.value.prefix { $0 != "{" }).trimmed)
        }
        return Hook(name: name, steps: steps, file: file, line: first.line)
      }
    }
  }

  /// What lint-staged runs on the files of a commit.
  private func lintStaged(_ workspace: Workspace, _ facts: WorkspaceFacts) -> [Observation] {
    guard let file = workspace.file("package.json"), let text = file.text,
      let root = try? JSONDocument.parse(text).root
    else { return [] }
    return (root["lint-staged"]?.members ?? []).prefix(Self.stepsMax).compactMap { pattern, value in
      let steps = value.string.map { [$0] } ?? value.elements.compactMap(\.string)
      guard !steps.isEmpty, steps.allSatisfy({ !$0.contains("`") }) else { return nil }
      let line = JSONMembers.line(of: ["lint-staged", pattern], in: text)
      return facts.stated(
        in: file, lines: line...line, kind: .workflow, subject: "hook:lint-staged",
        predicate: "workflow.hook", value: pattern + ": " + steps.joined(separator: " && "),
        statement: "On commit, lint-staged runs \(Self.list(steps.map { "`\($0)`" })) on"
          + " `\(pattern)` (`\(file.path)`).", quote: steps.joined(separator: " "))
    }
  }

  /// The hooks of the `pre-commit` tool by their ids.
  private func preCommit(_ workspace: Workspace, _ facts: WorkspaceFacts) -> [Observation] {
    guard let file = workspace.file(".pre-commit-config.yaml"), let text = file.text else {
      return []
    }
    let entries = SettingsText.yaml(text).filter { $0.key == "id" && $0.path.contains("hooks") }
    guard let first = entries.first else { return [] }
    let ids = entries.map(\.value).prefix(10)
    let more = entries.count > ids.count ? " and others" : ""
    let list = Self.list(ids.map { "`\($0)`" })
    return [
      facts.stated(
        in: file, lines: first.line...first.line, kind: .workflow, subject: "hook:pre-commit",
        predicate: "workflow.hook", value: ids.joined(separator: " "),
        statement: "The pre-commit hook runs \(list)\(more) (`\(file.path)`).",
        quote: ids.joined(separator: " "))
    ]
  }
}
