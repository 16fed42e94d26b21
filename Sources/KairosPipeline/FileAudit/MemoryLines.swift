import Extract
import KairosRedaction

/// Secrets in memory files; the words are never shown.
enum SecretsInMemory {
  static func findings(in file: AuditedFile, _ redactor: Redactor) -> [AuditFinding] {
    if file.form == .bundle {
      return file.statements.enumerated().flatMap { index, text in
        redactor.secrets(in: text).map { finding($0.rule, redactor.redact(text), file, index + 1) }
      }
    }
    let lines = file.lines
    var starts: [Int] = []
    var at = 0
    for line in lines {
      starts.append(at)
      at += line.utf8.count + 1
    }
    return redactor.secrets(in: file.text).map { hit in
      let line = (starts.lastIndex { $0 <= hit.range.lowerBound } ?? 0) + 1
      return finding(hit.rule, redactor.redact(String(lines[line - 1])), file, line)
    }
  }

  private static func finding(
    _ rule: String, _ line: String, _ file: AuditedFile, _ number: Int
  ) -> AuditFinding {
    AuditFinding(.secret, file.place(number), "The line holds a secret (\(rule)).", evidence: line)
  }
}

/// Lines of a memory file in the author's own words: outside of code, quotes and comments.
struct ProseLines: Sequence {
  private let lines: [(number: Int, text: String, own: String)]

  init(_ file: AuditedFile) {
    var fence: Substring?
    var isInComment = false
    let body = file.body.split(separator: "\n", omittingEmptySubsequences: false)
    lines = body.enumerated().compactMap { index, line in
      let trimmed = line.drop { $0 == " " || $0 == "\t" }
      if let mark = fence {
        if trimmed.hasPrefix(mark) { fence = nil }
        return nil
      }
      if trimmed.hasPrefix("```") || trimmed.hasPrefix("~~~") {
        fence = trimmed.prefix { $0 == trimmed.first }
        return nil
      }
      if isInComment || trimmed.hasPrefix("<!--") {
        isInComment = !trimmed.contains("-->")
        return nil
      }
      guard !trimmed.hasPrefix(">") else { return nil }
      return (index + 1, String(trimmed), MemoryText.ownWords(ofLine: String(trimmed)))
    }
  }

  func makeIterator() -> IndexingIterator<[(number: Int, text: String, own: String)]> {
    lines.makeIterator()
  }
}

/// Finds phrases of several words in a line; a part may have alternatives.
struct PhraseList: Sendable {
  private let phrases: [[Set<String>]]

  /// One phrase a line: words by spaces, alternatives by `|`; `#` is any number.
  init(_ text: String) {
    phrases = text.split(separator: "\n").map { line in
      line.split(separator: " ").map { Set($0.split(separator: "|").map(String.init)) }
    }
  }

  /// The first phrase in the line, as it stands there.
  func first(in line: String) -> String? {
    let words = line.split { !$0.isLetter && !$0.isNumber && $0 != "'" && $0 != "." && $0 != "-" }
      .map { word in String(word.reversed().drop { $0 == "." || $0 == "-" }.reversed()) }
      .filter { !$0.isEmpty }
    let lower = words.map { $0.lowercased() }
    for start in lower.indices {
      for phrase in phrases where fits(phrase, lower[start...]) {
        return words[start..<(start + phrase.count)].joined(separator: " ")
      }
    }
    return nil
  }

  private func fits(_ phrase: [Set<String>], _ words: ArraySlice<String>) -> Bool {
    guard phrase.count <= words.count else { return false }
    return zip(phrase, words).allSatisfy { part, word in
      part.contains(word) || part.contains("#") && word.allSatisfy(\.isNumber)
    }
  }
}

/// Dates that depend on the day of reading.
enum RelativeDates {
  private static let phrases = PhraseList(
    """
    yesterday|yesterday's|tomorrow|tomorrow's|tonight
    last week|month|quarter|year|sprint|monday|tuesday|wednesday|thursday|friday|weekend
    this morning|afternoon
    a|an|one|two|three|four|five|six|#|few|couple day|days|week|weeks|month|months|year|years ago
    couple of days|weeks|months ago
    earlier today
    as of today|now
    today's date
    the other day
    """)

  /// What calendars in a product are about, too; a date only in a sentence about the project.
  private static let plans = PhraseList(
    """
    next week|month|quarter|year|sprint|monday|tuesday|wednesday|thursday|friday
    this week|month|quarter|sprint
    """)
  private static let newsWords: Set<String> = [
    "will", "we", "we're", "we'll", "our", "planned", "scheduled", "currently", "until", "by",
    "due", "was", "were", "freeze", "release", "migrating", "migrated",
  ]

  static func findings(in file: AuditedFile) -> [AuditFinding] {
    guard file.form == .markdown else {
      return AuditStatement.all(in: file).compactMap {
        finding(MemoryText.ownWords(ofLine: $0.text), $0.text, file, $0.lines.lowerBound)
      }
    }
    return ProseLines(file).compactMap { finding($0.own, $0.text, file, $0.number) }
  }

  private static func finding(
    _ own: String, _ line: String, _ file: AuditedFile, _ number: Int
  ) -> AuditFinding? {
    let spoken = own.lowercased().split { !$0.isLetter && $0 != "'" }.map(String.init)
    let isNews = !newsWords.isDisjoint(with: spoken)
    guard let phrase = phrases.first(in: own) ?? (isNews ? plans.first(in: own) : nil) else {
      return nil
    }
    return AuditFinding(
      .relativeDate, file.place(number), "“\(phrase)” means another time at the next reading.",
      evidence: line)
  }
}

/// Text that a memory gave and that was written down as if it were new.
enum RecallPhrases {
  private static let phrases = PhraseList(
    """
    memory|memories says|say|states|notes|mentions|indicates|suggests|recalls|tells
    memory file says|states|notes|mentions|indicates
    memory.md|claude.md|agents.md says|states|notes|mentions|indicates
    according to memory|memory.md
    according to the|my|your|our|its|project memory|memories
    from|in my|your|previous memory|memories
    as i remember|recall|remembered
    i remember|recall that
    as previously remembered|noted
    """)
  private static let introduction = "Written by `kairos export` from evidence"

  static func findings(in file: AuditedFile) -> [AuditFinding] {
    guard file.form == .markdown else {
      return AuditStatement.all(in: file).compactMap {
        finding(MemoryText.ownWords(ofLine: $0.text), $0.text, file, $0.lines.lowerBound)
      }
    }
    let exported = ExportedLines(file)
    let stray = exported.stray.map { line in
      AuditFinding(
        .recallLoop, file.place(line),
        "A marker of `kairos export` stands without its section; the next export cannot own it.",
        evidence: String(file.lines[line - 1]))
    }
    return stray
      + ProseLines(file).compactMap { line in
        if exported.section?.contains(line.number) == true { return nil }
        if line.text.contains(introduction), exported.stray.isEmpty {
          return AuditFinding(
            .recallLoop, file.place(line.number),
            "Text of `kairos export` was copied without its markers.", evidence: line.text)
        }
        return finding(line.own, line.text, file, line.number)
      }
  }

  private static func finding(
    _ own: String, _ line: String, _ file: AuditedFile, _ number: Int
  ) -> AuditFinding? {
    guard let phrase = phrases.first(in: own) else { return nil }
    return AuditFinding(
      .recallLoop, file.place(number), "“\(phrase)” quotes a memory instead of a source.",
      evidence: line)
  }
}
