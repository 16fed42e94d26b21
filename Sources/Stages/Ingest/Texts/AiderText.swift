import KairosModel

/// The sentences that Aider itself writes, and the commands that people give it.
enum AiderText {
  /// What stands behind a line of the user role.
  enum Prompt: Equatable {
    case typed(String)
    /// A command that the person had run.
    case command(String)
    /// A command to the program, or a text that it sent in the person's place.
    case program
  }

  /// The lines without their mark and without the spaces that Aider puts at their ends.
  static func unquoted(_ lines: [Substring], mark: Substring) -> String {
    lines.map { line -> Substring in
      let bare = line.hasSuffix("  ") ? line.dropLast(2) : line
      guard bare.hasPrefix(mark) else { return bare }
      let rest = bare.dropFirst(mark.count)
      return rest.hasPrefix(" ") ? rest.dropFirst() : rest
    }.joined(separator: "\n")
  }

  /// `/ask`, `/code`, `/architect` and `/context` send a prompt in another mode.
  private static let modes = ["/ask ", "/code ", "/architect ", "/context "]
  private static let sent: [StaticString] = [
    "# Fix any errors below, if possible.", "I ran this command:", "# Fix any linting errors",
    "The LLM did not conform", "Here are the errors:",
  ]

  static func prompt(_ text: String) -> Prompt {
    let text = text.trimmedWhitespace
    for mark in ["/run ", "/test ", "/git ", "!"] where text.hasPrefix(mark) {
      let rest = text.dropFirst(mark.count).trimmedWhitespace
      return .command(mark == "/git " ? "git " + rest : rest)
    }
    for mode in modes where text.hasPrefix(mode) {
      return .typed(text.dropFirst(mode.count).trimmedWhitespace)
    }
    if sent.contains(where: { text.hasBytesPrefix($0) }) { return .program }
    // The program's own word for an empty line.
    return text == "<blank>" || isCommand(text) ? .program : .typed(text)
  }

  /// `/add file`, `/undo`: a word of small letters after the slash, and no path.
  private static func isCommand(_ text: String) -> Bool {
    guard text.hasPrefix("/"), !text.contains("\n") else { return false }
    let word = text.dropFirst().prefix { $0 != " " }
    return !word.isEmpty && word.allSatisfy { $0.isLowercase || $0 == "-" }
  }

  /// `Applied edit to path`.
  static func applied(_ line: Substring) -> String? {
    let mark = "Applied edit to "
    return line.hasPrefix(mark) ? line.dropFirst(mark.count).trimmedWhitespace : nil
  }

  /// A question with the answer after its choices: `… [Y/n] y`, `… (Y)es/(N)o [Yes]: n`,
  /// `… (y/n/instructions): do it so`.
  static func approval(_ line: Substring) -> Approval? {
    guard let mark = line.bytesRange(of: "? ") else { return nil }
    let choices = line[mark.upperBound...]
    let answer: Substring
    if choices.hasPrefix("[Y/n]") || choices.hasPrefix("[y/N]") {
      answer = choices.dropFirst(5)
    } else if choices.hasPrefix("(Y)es/(N)o") || choices.hasPrefix("(y/n"),
      let end = choices.bytesRange(of: ": ")
    {
      answer = choices[end.upperBound...]
    } else {
      return nil
    }
    let word = answer.trimmedWhitespace
    let verdict: Approval.Verdict =
      switch word.lowercased() {
      case "y", "yes", "a", "all", "": .approved
      case "n", "no", "s", "skip", "d", "don't": .denied
      default: .answered
      }
    return Approval(
      call: nil, question: line[..<mark.lowerBound].trimmedWhitespace + "?", verdict: verdict,
      answer: word)
  }
}
