import ArgumentParser

/// Options that every command takes.
struct GlobalOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The memory to use. (default: the nearest .kairos upward, or KAIROS_STORE)",
      valueName: "dir"), completion: .directory)
  var store: String?

  @Flag(name: .shortAndLong, help: "Print errors only.")
  var quiet = false

  @Flag(name: .shortAndLong, help: "Print details of what is done.")
  var verbose = false

  @Flag(name: .customLong("no-color"), help: "Never use colour. (NO_COLOR does the same)")
  var noColor = false
}

/// How data is printed.
struct FormatOptions: ParsableArguments {
  /// The forms that every data-printing command knows.
  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  @Option(help: "How data is printed: text, or json with a schema in it.")
  var format = Format.text
}

/// How many sessions are worked on at a time.
struct WorkerOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Sessions worked on at a time; the result never depends on it. (default: all cores)",
      valueName: "n"))
  var workers: Int?

  func validate() throws {
    if let workers, !(1...256).contains(workers) {
      throw ValidationError("--workers must be from 1 to 256.")
    }
  }
}
