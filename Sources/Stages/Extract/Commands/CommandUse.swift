/// What a command is for the project, in the form that people write down.
struct CommandUse: Equatable {
  /// Whether it concerns the project as a whole.
  enum Form: Equatable {
    case whole
    /// A template for one test; `line` has words in capitals to fill in.
    case singleTest
  }

  let role: CommandRole
  /// The normalised command line.
  let line: String
  let form: Form
  /// It runs a task that a file of the project defines.
  var isTask = false

  /// The qualifier of the predicate `command`.
  var qualifier: String { form == .singleTest ? "single-test" : role.rawValue }

  /// One sentence for people.
  var statement: String {
    if form == .singleTest { return "Run a single test with `\(line)`." }
    return role == .task
      ? "`\(line)` is a task of the project." : "\(role.phrase) `\(line)`."
  }
}
