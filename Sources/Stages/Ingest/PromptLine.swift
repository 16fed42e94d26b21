/// Judges one line of a prompt by its look.
enum PromptLine {
  /// How much a line looks like something copied.
  enum Look { case prose, likely, certain }

  /// A line in two when a copied screen or record begins in it: `the transcript: ❯ make test`.
  static func parts(_ line: Substring) -> [Substring] {
    let screen = line.indices.first { "❯⏺⎿".contains(line[$0]) }
    guard let mark = screen ?? line.bytesRange(of: "{\"")?.lowerBound,
      line[..<mark].hasSuffix(": ") || screen != nil && line[..<mark].hasSuffix(" "),
      line[..<mark].contains(where: \.isLetter)
    else { return [line] }
    return [line[..<mark], line[mark...]]
  }

  static func look(_ line: Substring) -> Look {
    let text = line.drop { $0 == " " || $0 == "\t" }
    guard let first = text.unicodeScalars.first else { return .prose }
    if isCertain(text, first) || isPadded(line) { return .certain }
    return isLikely(line, text, first) ? .likely : .prose
  }

  /// Marks that people do not type at the beginning of a line.
  private static func isCertain(_ text: Substring, _ first: Unicode.Scalar) -> Bool {
    if (0x2500...0x259F).contains(first.value) || "❯⏺⎿✓✔✗✘●▶".unicodeScalars.contains(first) {
      return true
    }
    if text.hasBytesPrefix("{\"") || text.hasBytesPrefix("> ") || text.hasBytesPrefix("$ ")
      || text.hasBytesPrefix("diff --git ")
      || text.hasBytesPrefix("@@ ") || text.hasBytesPrefix("Traceback (")
      || text.hasBytesPrefix("=== ")
      || text.hasBytesPrefix("--- ") || text.hasBytesPrefix("+++ ")
    {
      return true
    }
    return hasTimestamp(text) || isStackFrame(text)
  }

  /// Whether plain lines after this one belong to it: the output of a command, the error that a
  /// stack ends with.
  static func goesOn(_ line: Substring) -> Bool {
    let text = line.drop { $0 == " " || $0 == "\t" }
    return text.hasPrefix("❯") || text.hasBytesPrefix("$ ") || isStackFrame(text)
  }

  /// Filled up with spaces to the width of a screen.
  private static func isPadded(_ line: Substring) -> Bool {
    var spaces = 0
    for byte in line.utf8.reversed() {
      guard byte == 0x20 else { break }
      spaces += 1
    }
    return spaces >= 8
  }

  /// `2026-01-05T13:02`, `2026/01/05 13:02`, `[13:02:11]`, `Feb  9 09:56:27`: a time with seconds
  /// or a date near the beginning.
  private static func hasTimestamp(_ text: Substring) -> Bool {
    let head = Array(text.utf8.prefix(28))
    func isDigit(_ at: Int) -> Bool { at < head.count && (0x30...0x39).contains(head[at]) }
    for at in 0..<min(head.count, 20) where isDigit(at) && isDigit(at + 1) {
      let isTime =
        at + 7 < head.count && head[at + 2] == UInt8(ascii: ":") && isDigit(at + 3)
        && head[at + 5] == UInt8(ascii: ":") && isDigit(at + 6)
      if isTime { return true }
    }
    return false
  }

  /// `at Name(file:1)`, `File "x.py", line 3`.
  private static func isStackFrame(_ text: Substring) -> Bool {
    text.hasBytesPrefix("at ") && text.hasSuffix(")") && text.contains(":")
      || text.hasBytesPrefix("File \"") && text.hasBytes("\", line ")
  }

  private static func isLikely(
    _ line: Substring, _ text: Substring, _ first: Unicode.Scalar
  ) -> Bool {
    if isListItem(line) { return false }
    if line.hasPrefix("    ") || line.hasPrefix("\t") { return true }
    if "+@|%*}])".unicodeScalars.contains(first), !text.hasPrefix("**") { return true }
    if let tail = text.unicodeScalars.last, "{};\\".unicodeScalars.contains(tail) { return true }
    if isNumbered(text) || hasPlaceHead(text) || hasColumns(text) || hasLevelHead(text) {
      return true
    }
    let letters = text.unicodeScalars.count { $0.properties.isAlphabetic || $0 == " " }
    let all = text.unicodeScalars.count
    return all >= 16 && letters * 3 < all * 2
  }

  /// `- x`, `* x`, `1. x`, `1) x`, `a) x`: lists are typed as often as they are pasted.
  static func isListItem(_ line: Substring) -> Bool {
    let text = line.drop { $0 == " " || $0 == "\t" }
    if text.hasPrefix("- ") || text.hasPrefix("* ") || text.hasPrefix("• ") { return true }
    let mark = text.prefix { $0.isASCII && ($0.isNumber || $0.isLetter) }
    guard (1...2).contains(mark.utf8.count) else { return false }
    let after = text[mark.endIndex...]
    return after.hasPrefix(". ") || after.hasPrefix(") ")
  }

  /// `12 +new line`, `12 →line`: a line of a shown file or diff.
  private static func isNumbered(_ text: Substring) -> Bool {
    let after = text.drop { $0.isASCII && $0.isNumber }
    guard after.startIndex > text.startIndex else { return false }
    return after.hasPrefix(" +") || after.hasPrefix(" -") || after.hasPrefix("→")
      || after.hasPrefix(" │")
  }

  /// `path/file.go:12:3: …`, `Error: path:12`.
  private static func hasPlaceHead(_ text: Substring) -> Bool {
    let head = text.prefix { $0 != " " }
    let parts = head.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count >= 2, parts[0].contains(".") || parts[0].contains("/") else { return false }
    return !parts[1].isEmpty && parts[1].allSatisfy { $0.isASCII && $0.isNumber }
  }

  /// Two gaps of three spaces or more between words: a table.
  private static func hasColumns(_ text: Substring) -> Bool {
    var gaps = 0
    var run = 0
    for byte in text.utf8 {
      if byte == 0x20 {
        run += 1
      } else {
        if run >= 3 { gaps += 1 }
        run = 0
      }
    }
    return gaps >= 2
  }

  private static func hasLevelHead(_ text: Substring) -> Bool {
    let heads: [StaticString] = [
      "ERROR", "WARN", "INFO", "DEBUG", "FATAL", "FAIL", "PASS", "error:", "Error:", "warning:",
      "fatal:", "remote:", "npm ERR", "panic:", "Caused by:", "Exception in ",
    ]
    return heads.contains { text.hasBytesPrefix($0) }
  }

  /// The line with which review programs grade a comment (`Low Severity`, `_⚠️ Potential issue_`).
  static func isReviewBadge(_ line: Substring) -> Bool {
    let text = line.trimmedWhitespace
    guard text.utf8.count < 120 else { return false }
    let grades: [StaticString] = [
      "Low Severity", "Medium Severity", "High Severity", "Critical Severity",
    ]
    return grades.contains { text.hasBytesPrefix($0) } || text.hasBytes("Potential issue_")
      || text.hasBytes("Prompt for AI Agents") || text.hasBytes("Committable suggestion")
      || text.hasBytesPrefix("**<sub>") || text.hasBytesPrefix("![medium]")
      || text.hasBytesPrefix("![high]") || text.hasBytesPrefix("![critical]")
  }
}
