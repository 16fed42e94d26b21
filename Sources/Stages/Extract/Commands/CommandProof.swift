import KairosModel

/// How sure it is that one command of a line worked.
enum CommandProof: Equatable {
  case succeeded
  /// It ran; nothing tells how it ended.
  case unproven
  /// The task it names does not exist.
  case missing
  /// It failed, or was refused, or nobody knows whether it ran.
  case none

  /// What the result of a line says about the command at `position`.
  ///
  /// An exit code speaks for the commands that are joined by `&&` to the end only; a pipeline's is
  /// its last command's. Then the output decides, if it is of a kind that test and lint programs
  /// print. Red tests are work in progress and prove nothing.
  static func of(_ position: Int, in line: ShellLine, result: ToolResult) -> CommandProof {
    switch result.status {
    case .denied, .interrupted, .timedOut: return .none
    case .failed:
      return line.commands.count == 1 && OutputReading.saysMissing(result.output) ? .missing : .none
    case .succeeded, .unknown: break
    }
    if OutputReading.isBackground(result.output) { return .none }
    if OutputReading.saysMissing(result.output) {
      return line.commands.count(where: { $0.joint != .pipe }) == 1 ? .missing : .none
    }
    if result.status == .succeeded, isCovered(position, in: line) { return .succeeded }
    if OutputReading.saysFailure(result.output) { return .none }
    return OutputReading.saysSuccess(result.output) ? .succeeded : .unproven
  }

  /// Whether the line's exit code is zero only when this command's is.
  private static func isCovered(_ position: Int, in line: ShellLine) -> Bool {
    let rest = line.commands[(position + 1)...]
    guard let next = rest.first else { return true }
    if next.joint == .pipe, !line.setsPipefail { return false }
    return rest.allSatisfy { $0.joint == .and || $0.joint == .pipe }
  }
}

/// Reads outputs of test, lint and build programs.
enum OutputReading {
  private static let lineMarksOfFailure = [
    "FAIL", "--- FAIL", "FAILED", "Failed", "error:", "Error:", "ERROR", "error[", "panic:",
    "Traceback (most recent", "npm ERR!", "not ok ", "✗", "✖", "BUILD FAILED", "fatal:",
    "make: ***", "E   ", "FAILURE", "Segmentation fault", "zsh:", "bash:", "sh:",
  ]
  private static let marksOfFailure = [
    " failed,", " failed ", " FAILED", ": error:", ": error TS", "command not found",
    "No such file or directory", "exit status 1", "exit code 1", "Exit code 1",
  ]
  private static let lineMarksOfSuccess = [
    "ok  \t", "ok \t", "PASS", "test result: ok", "Build complete!", "BUILD SUCCESSFUL",
    "Success: no issues found", "All checks passed", "OK (", "Compiled successfully",
    "All matched files use", "0 issues", "Finished ", "0 errors", "# pass",
  ]
  private static let marksOfSuccess = [" passed", " passing", "0 failures", "0 problems"]

  private static let missing = [
    "Missing script:", "No rule to make target", "no such task", "no task named",
    "does not contain recipe", "Task not found", "no tasks ", "Couldn't find a script named",
    "Script not found", "Don't know how to build task", "not found in root project",
  ]

  static func saysMissing(_ output: String) -> Bool {
    let head = output.utf8.count > 4000 ? String(output.suffix(4000)) : output
    return missing.contains { head.contains($0) }
  }

  static func isBackground(_ output: String) -> Bool {
    let head = output.prefix(200)
    return head.contains("running in background") || head.contains("running in the background")
  }

  static func saysFailure(_ output: String) -> Bool {
    lines(output).contains { line in
      lineMarksOfFailure.contains { line.hasPrefix($0) }
        || marksOfFailure.contains { line.contains($0) } && !line.contains(" 0 failed")
    }
  }

  static func saysSuccess(_ output: String) -> Bool {
    lines(output).contains { line in
      lineMarksOfSuccess.contains { line.hasPrefix($0) }
        || marksOfSuccess.contains { line.contains($0) }
    }
  }

  private static func lines(_ output: String) -> [Substring] {
    output.split(separator: "\n").map { $0.drop { $0 == " " || $0 == "=" } }
  }
}
