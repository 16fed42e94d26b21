import KairosModel

/// Answers whether a task that a command runs is in the files of its task runner.
///
/// Deliberately lenient: the name anywhere in those files counts as there. A wrong "missing" would
/// retire a true fact, a wrong "there" only leaves it as it was.
struct TaskLookup: Sendable {
  /// A program that runs tasks by name.
  struct Runner: Sendable {
    let program: String
    /// Words that announce a task (`run`); empty when the first word is the task.
    let verbs: Set<String>
    /// Words that are tasks without a verb.
    let direct: Set<String>
    /// Names of the files that define tasks, or their endings when they start with `.`.
    let files: [String]
    /// Tasks are keys of a JSON object.
    let isJSON: Bool
  }

  private static let runners: [Runner] = [
    .init(
      program: "npm", verbs: ["run", "run-script"], direct: ["test", "start", "stop", "restart"],
      files: ["package.json"], isJSON: true),
    .init(
      program: "pnpm", verbs: ["run"], direct: ["test", "start"], files: ["package.json"],
      isJSON: true),
    .init(
      program: "yarn", verbs: ["run"], direct: ["test", "start"], files: ["package.json"],
      isJSON: true),
    .init(program: "bun", verbs: ["run"], direct: [], files: ["package.json"], isJSON: true),
    .init(
      program: "composer", verbs: ["run", "run-script"], direct: [], files: ["composer.json"],
      isJSON: true),
    .init(
      program: "deno", verbs: ["task"], direct: [],
      files: ["deno.json", "deno.jsonc", "package.json"], isJSON: true),
    .init(
      program: "make", verbs: [], direct: [],
      files: ["Makefile", "makefile", "GNUmakefile", ".mk"], isJSON: false),
    .init(
      program: "mise", verbs: ["run", "r"], direct: [], files: ["mise.toml", ".mise.toml"],
      isJSON: false),
    .init(
      program: "just", verbs: [], direct: [],
      files: ["justfile", "Justfile", ".justfile", ".just"],
      isJSON: false),
    .init(
      program: "task", verbs: [], direct: [],
      files: ["Taskfile.yml", "Taskfile.yaml", "taskfile.yml", "taskfile.yaml"], isJSON: false),
  ]

  private let index: WorkspaceIndex
  private let filesByName: [String: [Workspace.File]]
  /// Base names of files in folders of tasks (`mise-tasks/lint`, `.mise/tasks/lint.sh`).
  private let taskFiles: Set<String>

  init(_ index: WorkspaceIndex) {
    self.index = index
    var filesByName: [String: [Workspace.File]] = [:]
    var taskFiles: Set<String> = []
    let names = Set(Self.runners.flatMap(\.files))
    for file in index.workspace.files {
      let parts = file.path.split(separator: "/")
      guard let last = parts.last.map(String.init) else { continue }
      let ending = last.lastIndex(of: ".").map { String(last[$0...]) } ?? ""
      for name in Set([last, ending]) where names.contains(name) {
        filesByName[name, default: []].append(file)
      }
      guard parts.dropLast().contains(where: { $0.contains("tasks") }) else { continue }
      taskFiles.insert(String(last.prefix { $0 != "." }))
    }
    self.filesByName = filesByName
    self.taskFiles = taskFiles
  }

  /// Why the command cannot run any more; `nil` when it may.
  func missing(command: String) -> String? {
    guard let (runner, task) = Self.task(of: command) else { return nil }
    let files = runner.files.flatMap { filesByName[$0] ?? [] }
    guard !files.isEmpty else {
      return "it needs a `\(runner.files[0])`, and the newest files have none"
    }
    if let lockfile = index.lockfile(insteadOf: runner.program) {
      return "the project has `\(lockfile)`, which is not of `\(runner.program)`"
    }
    // A namespaced task (`test:unit`) may be a file `unit` in a folder `test`.
    let leaf = task.split(separator: ":").last.map(String.init) ?? task
    guard !taskFiles.contains(leaf), files.allSatisfy({ $0.text != nil }) else { return nil }
    let known = files.contains { Self.has(task: task, in: $0.text ?? "", isJSON: runner.isJSON) }
    return known ? nil : "`\(files[0].path)` has no task `\(task)` any more"
  }

  /// The runner and the task of a plain command; `nil` for everything with flags before the task,
  /// variables, or shell operators, where reading it would be guessing.
  static func task(of command: String) -> (Runner, String)? {
    guard !command.contains(where: { "|;&<>$(`".contains($0) }) else { return nil }
    let words = command.split(separator: " ").map(String.init)
    guard words.count > 1, let runner = runners.first(where: { $0.program == words[0] }) else {
      return nil
    }
    let task: String
    if runner.verbs.isEmpty || runner.direct.contains(words[1]) {
      task = words[1]
    } else if runner.verbs.contains(words[1]), words.count > 2 {
      task = words[2]
    } else {
      return nil
    }
    let odd = task.hasPrefix("-") || task.contains("=") || task.contains("/") || task.contains("*")
    return odd ? nil : (runner, task)
  }

  private static func has(task: String, in text: String, isJSON: Bool) -> Bool {
    let bytes = Array(text.utf8)
    let name = Array((isJSON ? "\"\(task)\"" : task).utf8)
    guard bytes.count >= name.count else { return false }
    for start in 0...(bytes.count - name.count) where bytes[start] == name[0] {
      guard bytes[start..<(start + name.count)].elementsEqual(name) else { continue }
      let end = start + name.count
      let before = start > 0 && !isJSON && isNamePart(bytes[start - 1])
      let after = end < bytes.count && !isJSON && isNamePart(bytes[end])
      if !before && !after { return true }
    }
    return false
  }

  private static func isNamePart(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, UInt8(ascii: "_"), UInt8(ascii: "-"): true
    default: false
    }
  }
}
