/// One simple command of a shell line, without what only shapes its output or environment.
struct CommandLine: Equatable {
  /// The command as people would type it.
  let text: String
  let words: [String]
  /// The role by program, subcommand or task name; `nil` when the program is no project tool.
  let role: CommandRole?
  /// The task's name for a task runner.
  let task: String?
  /// The command works on the whole project: no paths to single files, no test filters, nothing
  /// of one machine.
  let isWhole: Bool
  /// Another command reads its output, so its exit code is not the line's.
  let isPiped: Bool

  /// The simple commands of a line in order, without `cd`, assignments and redirections.
  static func parse(_ line: String) -> [CommandLine] {
    ShellLine.commands(line).compactMap { CommandLine(words: $0.words, isPiped: $0.isPiped) }
  }

  private init?(words: [String], isPiped: Bool) {
    guard let program = words.first else { return nil }
    self.words = words
    self.isPiped = isPiped
    text = words.joined(separator: " ")
    let reading = Self.read(words, ProgramTable.programs[program])
    role = reading.role
    task = reading.task
    isWhole = !words.dropFirst().contains(where: Self.isParticular)
  }

  /// Role and task of the words after the program.
  private static func read(
    _ words: [String], _ program: ProgramTable.Program?
  ) -> (role: CommandRole?, task: String?) {
    guard let program else { return (nil, nil) }
    var rest = words.dropFirst().filter { !$0.hasPrefix("-") }[...]
    var isExplicit = false
    while let word = rest.first, program.runnerWords.contains(word) {
      rest = rest.dropFirst()
      isExplicit = true
    }
    guard let name = rest.first else { return (program.role, nil) }
    if !program.isTaskRunner || !isExplicit, let role = program.roles[name] {
      return (role, program.isTaskRunner ? name : nil)
    }
    if program.isTaskRunner { return (CommandRole(taskName: name), name) }
    // `uv run pytest`, `poetry run mypy`: the inner program decides.
    if isExplicit, let inner = ProgramTable.programs[name] { return read(Array(rest), inner) }
    return (program.role, nil)
  }

  /// Words that make a command one of the moment.
  private static func isParticular(_ word: String) -> Bool {
    if ["-run", "-k", "-t", "--filter", "--grep", "-m", "--testNamePattern"].contains(word) {
      return true
    }
    if word.hasPrefix("--filter=") || word.hasPrefix("-run=") || word.contains("::") { return true }
    if word.hasPrefix("/") || word.hasPrefix("~") || word.contains("$") || word.contains("*") {
      return true
    }
    let name = word.split(separator: "/").last ?? ""
    let ext = name.contains(".") ? name.split(separator: ".").last : nil
    let isFile = ext.map { $0.count <= 5 && $0.allSatisfy(\.isLetter) } ?? false
    return isFile && !word.hasPrefix("-") && !word.hasSuffix("...")
  }
}
