/// A run of lines of a prompt without an empty line, or a part of one that was split because its
/// look changes.
struct PromptParagraph {
  var lines: [Substring]
  var isPasted: Bool
  /// It goes on in the line after the paragraph before it.
  var isContinued = false

  var text: String { lines.joined(separator: "\n") }
  var byteCount: Int { lines.reduce(0) { $0 + $1.utf8.count + 1 } }

  /// Paragraphs and fenced blocks, split where the look of the lines changes.
  static func split(_ text: String) -> [PromptParagraph] {
    var found: [PromptParagraph] = []
    var current: [Substring] = []
    var isInFence = false
    func flush(isFence: Bool) {
      if !current.isEmpty {
        found += isFence ? [PromptParagraph(lines: current, isPasted: true)] : parts(of: current)
      }
      current = []
    }
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let start = line.drop { $0 == " " || $0 == "\t" }
      if start.hasBytesPrefix("```") || start.hasBytesPrefix("~~~") {
        if !isInFence { flush(isFence: false) }
        current.append(line)
        if isInFence { flush(isFence: true) }
        isInFence.toggle()
      } else if start.isEmpty || start == "\r", !isInFence {
        flush(isFence: false)
      } else {
        current.append(line)
      }
    }
    flush(isFence: isInFence)
    return found
  }

  /// The part from the first to the last line that looks pasted is pasted, when enough lines in it
  /// do; what stands before and after is judged for itself.
  private static func parts(of paragraph: [Substring]) -> [PromptParagraph] {
    let lines = paragraph.flatMap(PromptLine.parts)
    let looks = lines.map(PromptLine.look)
    guard let first = looks.firstIndex(where: { $0 != .prose }),
      let last = looks.lastIndex(where: { $0 != .prose }), hasPaste(looks[first...last])
    else {
      if isTerminalProse(lines) { return [PromptParagraph(lines: lines, isPasted: true)] }
      return afterAnnouncements(lines)
    }
    var parts = afterAnnouncements(Array(lines[..<first]))
    parts.append(
      PromptParagraph(lines: Array(lines[first...last]), isPasted: true, isContinued: first > 0))
    if last + 1 < lines.count {
      var rest = PromptParagraph(
        lines: Array(lines[(last + 1)...]), isPasted: false, isContinued: true)
      rest.isPasted = PromptLine.goesOn(lines[last]) && !rest.isConversational
      parts.append(rest)
    }
    return parts
  }

  private static func hasPaste(_ looks: ArraySlice<PromptLine.Look>) -> Bool {
    if looks.contains(.certain) { return true }
    let likely = looks.count { $0 == .likely }
    return likely >= 2 && likely * 10 >= looks.count * 6
      || likely >= 4 && likely * 10 >= looks.count * 4
  }

  /// Prose, cut after a line that announces something else.
  private static func afterAnnouncements(_ lines: [Substring]) -> [PromptParagraph] {
    var parts: [PromptParagraph] = []
    for (index, line) in lines.enumerated() {
      let isCut = index == 0 || parts.last?.announces == true
      if isCut {
        parts.append(PromptParagraph(lines: [line], isPasted: false, isContinued: index > 0))
      } else {
        parts[parts.count - 1].lines.append(line)
      }
    }
    return parts
  }

  /// Prose that was copied off a screen keeps the screen's indent and its wrapped lines.
  private static func isTerminalProse(_ lines: [Substring]) -> Bool {
    lines.count >= 2 && lines.allSatisfy { $0.hasPrefix("  ") }
      && !lines.contains { PromptLine.isListItem($0) }
  }

  /// Every line is indented.
  var isIndented: Bool { lines.allSatisfy { $0.hasPrefix("  ") || $0.hasPrefix("\t") } }

  var isHeading: Bool {
    guard let first = lines.first, first.hasPrefix("#") else { return false }
    return first.drop { $0 == "#" }.hasPrefix(" ")
  }

  var hasList: Bool { lines.contains { PromptLine.isListItem($0) } }

  var beginsSmall: Bool { lines.first?.trimmedWhitespace.first?.isLowercase == true }

  /// Speaks as a person to someone: in the first person, or asks.
  var isConversational: Bool {
    let said = withoutQuotes
    if !isPasted, said.hasBytes("? ") || said.trimmedWhitespace.hasSuffix("?") { return true }
    let words = said.lowercased().split { !($0.isLetter || $0 == "'" || $0 == "’") }
    if words.contains(where: { Self.persons.contains($0.filter { $0 != "'" && $0 != "’" }) }) {
      return true
    }
    return zip(words, words.dropFirst()).contains { Self.requests.contains($0) && $1 == "you" }
  }

  /// What stands in quotes or backticks is said by someone else.
  private var withoutQuotes: String {
    var kept = ""
    var closing: Character?
    for character in text {
      if character == closing || character == "\n" {
        closing = nil
      } else if closing == nil {
        switch character {
        case "\"", "`": closing = character
        case "“": closing = "”"
        default: break
        }
      }
      if closing == nil { kept.append(character) }
    }
    return kept
  }

  private static let persons: Set<String> = [
    "i", "im", "ive", "id", "ill", "we", "weve", "wed", "my", "our", "me", "us", "lets", "please",
    "pls", "hmm", "yeah", "btw",
  ]
  private static let requests: Set<Substring> = ["can", "could", "would", "will", "do", "did"]

  /// Announces a text of other origin: ends in a colon and names such a text.
  var announces: Bool { announcesOutput || announcement.contains { Self.writings.contains($0) } }

  /// Announces what a program printed.
  var announcesOutput: Bool { announcement.contains { Self.outputs.contains($0) } }

  private var announcement: [Substring] {
    guard !isPasted, let last = lines.last?.trimmedWhitespace, last.hasSuffix(":"),
      last.utf8.count < 240
    else { return [] }
    return last.lowercased().split { !$0.isLetter }.map { $0 }
  }

  private static let writings: Set<Substring> = [
    "feedback", "comment", "comments", "review", "reviewer", "message", "response", "reply",
    "transcript", "said", "wrote", "suggested", "copilot", "bot", "finding", "findings", "snippet",
    "quote", "email", "ticket",
  ]
  private static let outputs: Set<Substring> = [
    "error", "errors", "warning", "warnings", "output", "log", "logs", "trace", "stacktrace",
    "traceback", "says", "result", "results", "failing", "fails", "prints", "printed",
  ]

  /// Long enough for something printed.
  var isBlock: Bool { !isConversational && !hasList && byteCount >= 40 }

  /// Whole sentences of some length that speak to nobody.
  var isFormal: Bool {
    guard !isPasted, byteCount >= 80, let first = lines.first?.first,
      first.isUppercase || first == "*"
    else { return false }
    return !isConversational && !announces
  }

  /// Formal prose with the phrases that reviewers and review programs use.
  var isReview: Bool {
    if lines.contains(where: { PromptLine.isReviewBadge($0) }) { return true }
    guard isFormal else { return false }
    let all = text
    return all.hasBytesPrefix("Consider ") || all.hasBytes(". Consider ")
      || all.hasBytes(", consider ")
      || all.hasBytes("\nConsider ") || all.hasBytes("suggestion:") || all.hasBytes("nitpick")
  }
}
