import KairosModel

/// One task of a task runner: how people start it, what it runs, what its author says about it.
struct ProjectTask {
  let file: Workspace.File
  let line: Int
  let name: String
  /// The command line that starts it.
  let command: String
  /// The script when it is a single short line.
  let script: String?
  let description: String?

  private static let scriptCharactersMax = 80

  init(
    file: Workspace.File, line: Int, name: String, command: String, script: String?,
    description: String?
  ) {
    self.file = file
    self.line = line
    self.name = name
    self.command = command
    let isShort =
      script.map { !$0.contains("\n") && $0.count <= Self.scriptCharactersMax && !$0.contains("`") }
      ?? false
    self.script = isShort ? script : nil
    self.description = description.flatMap { text in
      let tokens = Tokenizer.tokens(text)
      let isPlain = CommandRole(taskName: name).isPlain(name)
      let says = isPlain || LabelNovelty.says(tokens, about: name, words: 1) || tokens.count > 4
      return text.isEmpty || text.count > 160 || !says ? nil : text
    }
  }

  /// What its script does tells more than a name like `dev`.
  var role: CommandRole {
    let named = CommandRole(taskName: name)
    guard named == .run, let words = script.map({ ShellLine($0).commands })?.first?.words else {
      return named
    }
    return CommandLine.use(of: words, asTyped: true)?.role == .test ? .test : named
  }

  /// Names of the runner's own life cycle, or private ones.
  var isInternal: Bool {
    name.hasPrefix("_") || name.hasPrefix(".")
      || name.hasPrefix("pre")
        && [
          "prepare", "prepublish", "prepublishOnly", "prepack", "preinstall", "pretest", "prebuild",
        ]
        .contains(name)
      || name.hasPrefix("post") && name != "post" && !name.contains("-")
  }

  var statement: String {
    let what = script.map { " (`\($0)`)" } ?? ""
    guard let description, !role.isPlain(name) else {
      if role == .task || !role.isPlain(name) {
        return script.map { "`\(command)` runs `\($0)`." }
          ?? "`\(command)` is a task of the project."
      }
      let more = description.map { Self.says($0, more: role) ? ": \(Self.lowered($0))" : "" } ?? ""
      return "\(role.phrase) `\(command)`\(what)\(more)."
    }
    let text = Self.withoutPeriod(description)
    return Self.isImperative(text)
      ? "Use `\(command)` to \(Self.lowered(text))\(what)." : "`\(command)`: \(text)\(what)."
  }

  /// A description that only repeats the role adds nothing.
  private static func says(_ description: String, more role: CommandRole) -> Bool {
    description.split(separator: " ").count > 4
  }

  private static func withoutPeriod(_ text: String) -> String {
    text.hasSuffix(".") ? String(text.dropLast()) : text
  }

  private static func lowered(_ text: String) -> String {
    let text = withoutPeriod(text)
    guard let first = text.first, text.dropFirst().first?.isLowercase == true else { return text }
    return first.lowercased() + text.dropFirst()
  }

  private static let verbs: Set<String> = [
    "run", "build", "check", "format", "lint", "generate", "start", "stop", "install", "create",
    "test", "deploy", "publish", "clean", "remove", "update", "upgrade", "compile", "execute",
    "print", "show", "list", "open", "watch", "serve", "verify", "validate", "fix", "apply",
    "migrate", "reset", "seed", "bundle", "release", "download", "sync", "set", "setup", "perform",
    "measure", "bump", "tag", "push", "pull", "launch", "regenerate", "rebuild", "initialize",
    "bootstrap", "package", "export", "import", "dump", "load", "sort", "scan",
  ]

  private static func isImperative(_ text: String) -> Bool {
    guard let word = text.split(separator: " ").first else { return false }
    return verbs.contains(word.lowercased())
  }
}

/// Tasks whose names differ in their last part only (`build:bin:linux`, `build:bin:macos`).
struct TaskFamily {
  let prefix: String
  let tasks: [ProjectTask]

  private static let tasksMin = 2
  private static let namesMax = 8

  /// Families of tasks that say nothing by themselves, neither by a description nor by a script.
  static func families(of tasks: [ProjectTask]) -> [TaskFamily] {
    var groups: [(prefix: String, tasks: [ProjectTask])] = []
    for task in tasks where task.description == nil {
      guard let colon = task.name.lastIndex(of: ":"),
        task.name[..<colon].contains(":") || task.script == nil
      else { continue }
      let prefix = String(task.command.dropLast(task.name[colon...].count)) + ":"
      if let at = groups.firstIndex(where: { $0.prefix == prefix }) {
        groups[at].tasks.append(task)
      } else {
        groups.append((prefix, [task]))
      }
    }
    return groups.filter { $0.tasks.count >= tasksMin }
      .map { TaskFamily(prefix: $0.prefix, tasks: $0.tasks) }
  }

  /// One fact for all of them.
  func observation(_ facts: WorkspaceFacts) -> Observation {
    let first = tasks[0]
    let names = tasks.map { $0.command.dropFirst(prefix.count) }
    let shown = names.prefix(Self.namesMax).map { "`\($0)`" }.joined(separator: ", ")
    let more = names.count > Self.namesMax ? " and \(names.count - Self.namesMax) more" : ""
    return facts.stated(
      in: first.file, lines: first.line...first.line, kind: .command,
      predicate: "command." + first.role.rawValue, value: prefix + "*",
      statement: "`\(prefix)*` are tasks of the project: \(shown)\(more).",
      quote: tasks.map(\.name).joined(separator: " "))
  }
}
