import KairosPipeline

/// The long part of a command's help: the story, examples that can be typed, the exit codes.
enum HelpPage {
  /// `examples` are pairs of a command line and what it is for.
  static func text(_ story: String, examples: [(command: String, purpose: String)]) -> String {
    let width = (examples.map(\.command.count).max() ?? 0) + 2
    let lines = examples.map { example in
      let gap = String(repeating: " ", count: width - example.command.count)
      return "  \(example.command)\(gap)\(example.purpose)"
    }
    return """
      \(story)

      EXAMPLES:
      \(lines.joined(separator: "\n"))

      \(exitCodes)
      """
  }

  /// The table of exit codes, the same in every command.
  static var exitCodes: String {
    let rows = ExitStatus.allCases.map { status in
      let code = String(status.rawValue)
      return "  \(String(repeating: " ", count: 3 - code.count))\(code)  \(status.meaning)"
    }
    return (["EXIT CODES:"] + rows).joined(separator: "\n")
  }
}
