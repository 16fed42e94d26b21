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

  /// It only looks whether something would change.
  private var isCheck: Bool {
    let words = line.split { " :-".contains($0) }.dropFirst().map(String.init)
    let isByFlag = ["--check", "--verify", "--diff", "--dry-run", "--check-only"].contains { flag in
      line.split(separator: " ").contains { $0 == flag || $0.hasPrefix(flag + "=") }
    }
    return isByFlag || isTask && words.contains { ["check", "verify"].contains($0) }
  }

  /// One sentence for people.
  var statement: String {
    if form == .singleTest { return "Run a single test with `\(line)`." }
    if role == .format, isCheck { return "Check the formatting with `\(line)`." }
    return role == .task
      ? "`\(line)` is a task of the project." : "\(role.phrase) `\(line)`."
  }
}
