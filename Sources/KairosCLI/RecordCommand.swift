import ArgumentParser
import KairosModel
import KairosPipeline

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// `kairos record`: a command in a terminal → a recording that `kairos ingest` reads.
struct RecordCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "record",
    abstract: "Run a command and keep what it printed.",
    discussion: HelpPage.text(
      """
      Runs COMMAND in a terminal of its own, shows its output as it comes, and keeps the text with \
      the exit code as a recording in the memory (asciicast, .kairos/recordings), which `kairos \
      ingest` reads like a session. Secrets are taken out before anything is written; keys are \
      never kept. Works without a terminal as well: in CI, in a pipe. The exit code is COMMAND's; \
      126 and 127 mean that it could not be started.
      """,
      examples: [
        ("kairos record -- make test", "how the tests ended is evidence"),
        ("kairos record -- sh -c 'make && make install'", "several commands"),
      ]))

  @OptionGroup var global: GlobalOptions

  @Argument(
    parsing: .postTerminator,
    help: ArgumentHelp("After `--`: the command with its arguments.", valueName: "command"))
  var command: [String] = []

  func validate() throws {
    if command.isEmpty {
      throw ValidationError("Name the command after `--`: kairos record -- make test")
    }
  }

  func run() async throws {
    try await Invocation.run("record", global) { invocation in
      let folder = try invocation.folder()
      let size = TerminalSession.size()
      let startedAt = Surroundings.now()
      var recording = TerminalRecording(
        .init(
          arguments: command, folder: invocation.surroundings.workingFolder,
          columns: size.columns, rows: size.rows, startedAt: startedAt))
      let clock = ContinuousClock.now
      func elapsed() -> Int64 { ContinuousClock.now.milliseconds(since: clock) }
      let code: Int32
      do throws(TerminalSession.CannotStart) {
        var session = try TerminalSession(
          command, environment: invocation.surroundings.environment)
        code = session.run { recording.print($0, after: elapsed()) }
      } catch {
        invocation.talk.fail(
          "`\(command[0])` cannot be started: \(String(cString: strerror(error.code)))",
          hint: "check its name and that it may be run; nothing was recorded")
        throw ExitCode(error.code == ENOENT ? 127 : 126)
      }
      let path = try folder.keep(
        recording, exitCode: code, after: elapsed(), startedAt: startedAt,
        process: invocation.surroundings.processID)
      invocation.talk.say("recorded in \(path); `kairos ingest` reads it")
      if code != 0 { throw ExitCode(code) }
      return .done
    }
  }
}

extension ContinuousClock.Instant {
  /// Whole milliseconds between two moments.
  fileprivate func milliseconds(since start: ContinuousClock.Instant) -> Int64 {
    let time = (self - start).components
    return time.seconds * 1000 + time.attoseconds / 1_000_000_000_000_000
  }
}
