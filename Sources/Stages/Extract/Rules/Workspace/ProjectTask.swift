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
    self.description = description.flatMap { $0.isEmpty || $0.count > 160 ? nil : $0 }
  }

  var role: CommandRole { CommandRole(taskName: name) }

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
