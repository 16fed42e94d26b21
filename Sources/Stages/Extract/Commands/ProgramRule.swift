/// One thing that a program does for a project, and which words change what it does.
///
/// Flags that are in no list make a command one of the moment: nothing is concluded from it.
struct ProgramRule: Sendable {
  let role: CommandRole
  /// The words after the program that choose it; empty when the program has one job.
  var verb: [String] = []
  /// Free words that still mean the whole project. Without any free word it always is, unless
  /// `needsWhole`.
  var whole: Set<String> = []
  var needsWhole = false
  /// The first free word is what it runs; the words after it are that program's.
  var takesTarget = false
  /// Flags that are part of the command, and those with a value.
  var flags: Set<String> = []
  var valueFlags: Set<String> = []
  /// Flags that only shape the report or the speed, and those with a value.
  var quiet: Set<String> = []
  var quietValues: Set<String> = []
  /// Flags that choose one test.
  var chooses: Set<String> = []
  /// Any other free word chooses one test.
  var freeWordChooses = false
  /// How one test is run, with capitals to fill in; without the launcher.
  var single: String?

  /// Flags that no program gives a meaning of its own.
  static let quietAnywhere: Set<String> = [
    "-v", "-vv", "--verbose", "-q", "--quiet", "--silent", "--no-color", "--color", "--colors",
    "--no-progress", "--no-pager", "--progress", "--no-header", "--no-ansi", "--colour",
  ]

  /// Folders that hold a project's code or tests by convention.
  static let sourceFolders: Set<String> = [
    ".", "./", "src", "src/", "./src", "test", "test/", "tests", "tests/", "lib", "lib/", "app",
    "Sources", "Tests", "spec", "packages", "source",
  ]
}

/// A program that runs tasks which the project's files define.
struct TaskRunnerRule: Sendable {
  /// Words before the task (`run`).
  var verbs: Set<String> = []
  /// Whether the task needs one of the verbs.
  var needsVerb = false
  /// The verb that people write, if any.
  var verb: String?
  /// Tasks that are written without the verb.
  var direct: Set<String> = []
  /// The runner's own subcommands, which are no tasks.
  var builtin: Set<String> = []
  /// Several tasks in one call (`mvn clean install`).
  var takesMany = false
  /// Flags that choose one test, and the form of it.
  var chooses: Set<String> = []
  var single: String?
}
