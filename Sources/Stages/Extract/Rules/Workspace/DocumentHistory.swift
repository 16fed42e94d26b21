import KairosModel

/// Tells documents that record plans and work from those that describe the project.
///
/// What was planned or done at some time is true of that time only.
enum DocumentHistory {
  /// Whether the document is of one day, one phase or one piece of work, by its path or its front
  /// matter.
  static func isHistory(_ file: Workspace.File) -> Bool {
    let parts = file.path.lowercased().split(separator: "/").map(String.init)
    guard let name = parts.last else { return false }
    if parts.dropLast().contains(where: { isHidden($0) || folders.contains($0) }) { return true }
    let isRecord = parts.contains { records.contains($0) }
    if !isRecord, parts.contains(where: hasDate) || parts.dropLast().contains(where: isSerial) {
      return true
    }
    let stem = name.prefix { $0 != "." }
    let words = stem.split { "-_ ".contains($0) }.map(String.init)
    return words.contains(where: names.contains) || hasStatus(file.text ?? "")
  }

  /// Folders of decisions, which are numbered and stay true.
  private static let records: Set<String> = ["adr", "adrs", "decisions", "rfcs", "rfc"]

  private static let folders: Set<String> = [
    "plans", "planning", "phases", "sprints", "notes", "logs", "worklog", "retros", "archive",
    "history", "learnings", "sessions", "journal", "handoffs", "reports", "meetings",
  ]

  private static let names: Set<String> = [
    "plan", "plans", "summary", "research", "verification", "uat", "notes", "worklog", "log",
    "retro", "retrospective", "postmortem", "todo", "todos", "progress", "handoff", "sprint",
    "phase", "milestone", "backlog", "status", "report", "proposal", "implementation",
  ]

  private static func isHidden(_ folder: String) -> Bool {
    folder.hasPrefix(".") && folder.count > 1 && folder != ".github"
  }

  /// `2026-02-07-…` or `20260207`.
  private static func hasDate(_ part: String) -> Bool {
    let digits = part.split { !$0.isNumber }.map(String.init)
    return zip(digits, digits.dropFirst()).contains { year, month in
      year.count == 4 && year.hasPrefix("20") && month.count == 2 && Int(month) ?? 13 <= 12
    } || digits.contains { $0.count == 8 && $0.hasPrefix("20") }
  }

  /// `06-folders`: one of a series of folders.
  private static func isSerial(_ folder: String) -> Bool {
    let digits = folder.prefix { $0.isNumber }
    return digits.count == 2 && folder.dropFirst(2).first.map { "-_.".contains($0) } ?? false
  }

  /// Front matter of documents that a process moves along.
  private static func hasStatus(_ text: String) -> Bool {
    guard text.hasPrefix("---\n") else { return false }
    return text.split(separator: "\n", maxSplits: 30).dropFirst().prefix { $0 != "---" }
      .contains { line in
        ["status:", "phase:", "completed:"].contains { line.hasPrefix($0) }
      }
  }

  /// Whether a description says what was changed or is to be done rather than what a thing is.
  static func isStatus(_ description: String) -> Bool {
    let lower = description.lowercased()
    let words = lower.split { !$0.isLetter && !$0.isNumber && $0 != "(" }.map(String.init)
    guard let first = words.first else { return false }
    if editing.contains(first) { return true }
    if first == "lines" || first == "line", words.dropFirst().first?.first?.isNumber == true {
      return true
    }
    return lower.contains("(new)") || lower.contains("(modified)")
      || zip(words, words.dropFirst()).contains { number, unit in
        ["lines", "tests", "loc"].contains(unit)
          && number.drop { $0 == "(" }.allSatisfy(\.isNumber) && number.last?.isNumber == true
      }
  }

  private static let editing: Set<String> = [
    "added", "updated", "changed", "converted", "extended", "removed", "fixed", "moved", "split",
    "rewrote", "renamed", "refactored", "modified", "created", "deleted", "replaced", "now",
    "current", "currently", "new", "needs", "missing", "done", "todo", "include", "show",
    "implemented", "verified", "wired", "integrated", "migrated", "improved",
  ]
}
