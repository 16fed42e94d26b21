import KairosModel

/// How a call ended, from the flags of its record and the sentences that agents put around an
/// output.
struct ToolOutcome: Equatable {
  let status: ToolResult.Status
  let exitCode: Int?

  /// `isError` is `nil` when the format does not tell.
  init(
    _ output: String, isError: Bool?, exitCode known: Int? = nil,
    status told: ToolResult.Status? = nil
  ) {
    let code = known ?? Self.exitCode(in: output)
    exitCode = code
    if let told {
      status = told
    } else if Self.isDenial(output), isError != false, code == nil {
      status = .denied
    } else if let code {
      status = code == 0 ? .succeeded : code == 124 ? .timedOut : .failed
    } else if let isError {
      status = isError ? .failed : .succeeded
    } else {
      status = .unknown
    }
  }

  /// The words before a code at the start or the end of an output: Codex and Droid `Exit code: 1`,
  /// Gemini `Exit Code: 1`, pi `Command exited with code 1`, Copilot `<exited with exit code 1>`,
  /// Droid `[Process exited with code 1]`.
  private static let marks = [
    "exit code: ", "exit code ", "exited with code ", "exited with exit code ",
  ]
  private static let edgeBytes = 200

  private static func exitCode(in output: String) -> Int? {
    let last = output.tail(bytes: edgeBytes).split(separator: "\n").suffix(6).reversed()
    for line in output.head(bytes: edgeBytes).split(separator: "\n").prefix(2) + last {
      if let code = code(String(line).lowercased()) { return code }
    }
    return nil
  }

  /// The number of a line that says nothing else.
  private static func code(_ line: String) -> Int? {
    let text = line.trimmingPrefix { "[<( ".contains($0) }
    let starts = ["exit", "command exit", "process exit", "exited"]
    guard starts.contains(where: { text.hasPrefix($0) }) else { return nil }
    for mark in marks {
      guard let place = text.firstRange(of: mark) else { continue }
      let digits = text[place.upperBound...].prefix { $0.isASCII && ($0.isNumber || $0 == "-") }
      let rest = text[digits.endIndex...]
      if let code = Int(digits), rest.allSatisfy({ "]>). ".contains($0) }) { return code }
    }
    return nil
  }

  /// How agents report that a person did not let a call happen.
  private static func isDenial(_ output: String) -> Bool {
    let refusals: [StaticString] = [
      "The user doesn't want to proceed", "The user rejected", "User rejected",
      "Tool use was rejected", "Permission denied and could not request permission",
      "The tool call required approval from the user, but the user rejected it",
      "Request cancelled by user", "user denied permission", "User denied permission",
      "[Operation Cancelled] Reason: User",
    ]
    return refusals.contains { output.hasBytesPrefix($0) }
  }
}
