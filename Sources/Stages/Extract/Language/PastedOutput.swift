/// The part of a person's message that is speech: what programs printed ends it.
///
/// People announce output ("in the console: …", "I got: …") or paste it behind their words. From
/// there on nothing is their voice, whatever it says; code blocks and quotes do not count, since
/// readers skip them anyway.
enum PastedOutput {
  /// The text up to the first output.
  static func speech(of text: String) -> String {
    var fenced = false
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      let trimmed = line.trimmingSpaces()
      if trimmed.hasPrefix("```") || trimmed.hasPrefix("~~~") {
        fenced.toggle()
        continue
      }
      guard !fenced, !trimmed.hasPrefix(">") else { continue }
      if let cut = start(of: line) { return String(text[..<cut]) }
    }
    return text
  }

  /// Where output starts in a line; `nil` when it holds none.
  private static func start(of line: Substring) -> Substring.Index? {
    let words = line.split(separator: " ")
    for (index, word) in words.enumerated() {
      if isLog(words, at: index) { return word.startIndex }
      if word.hasSuffix(":"), introduces(words, at: index) { return word.endIndex }
    }
    return nil
  }

  /// "the console:", "I got:", "logs:".
  private static func introduces(_ words: [Substring], at index: Int) -> Bool {
    let word = words[index].dropLast().lowercased()
    if outputs.contains(word) { return true }
    let before = words[max(0, index - 2)..<index].map { $0.lowercased() }
    return receipts.contains(word) && before.contains { $0 == "i" || $0 == "it" || $0 == "we" }
      || word == "this" && before.contains(where: receipts.contains)
  }

  /// A token that only programs write.
  private static func isLog(_ words: [Substring], at index: Int) -> Bool {
    let word = words[index]
    let next = index + 1 < words.count ? words[index + 1] : ""
    if levels.contains(word) || word == "Traceback" || word.hasPrefix("\u{1b}[") { return true }
    if word.hasSuffix(":"), let name = word.dropLast().split(separator: ".").last,
      name.allSatisfy(\.isLetter), word.first?.isUppercase == true,
      name.hasSuffix("Error") || name.hasSuffix("Exception") || name == "Warning"
    {
      return true
    }
    if word == "at", index + 2 < words.count, words[index + 2].hasPrefix("("),
      position(words[index + 2])
    {
      return true
    }
    return position(word) || isTag(word, at: index) && !next.isEmpty
  }

  /// `file:12:5`, as compilers and stack traces point.
  private static func position(_ word: Substring) -> Bool {
    let parts = word.split { ":()".contains($0) }
    guard parts.count >= 3 else { return false }
    return parts.suffix(2).allSatisfy { $0.allSatisfy(\.isNumber) }
      && parts[0].contains { $0.isLetter }
  }

  /// `[vite]` at the start of a line; agents mark attachments so, too.
  private static func isTag(_ word: Substring, at index: Int) -> Bool {
    guard index == 0, word.hasPrefix("["), word.hasSuffix("]"), word.count > 3 else { return false }
    let name = word.dropFirst().dropLast()
    return name.allSatisfy { $0.isLetter || $0.isNumber || "-_.:/".contains($0) }
      && !["Image", "Pasted", "Request", "File"].contains(String(name))
  }

  private static let outputs: Set<String> = [
    "console", "log", "logs", "error", "errors", "output", "terminal", "stderr", "stdout", "trace",
    "stacktrace", "backtrace", "traceback", "exception", "warning", "warnings", "arning",
  ]
  private static let receipts: Set<String> = [
    "got", "get", "getting", "see", "seeing", "says", "said", "shows", "prints", "printed",
    "returns", "returned", "fails", "failed", "gives",
  ]
  private static let levels: Set<Substring> = ["INFO", "WARN", "ERROR", "DEBUG", "FATAL", "ERR!"]
}
