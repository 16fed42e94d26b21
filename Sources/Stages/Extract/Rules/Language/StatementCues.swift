/// Words that show that a sentence of the assistant is about its work and not about the project.
enum StatementCues {
  /// Headings and leads of what the assistant did, plans or proposes.
  static let ownWork = PhraseTable<Bool>(groups: [
    (
      true,
      [
        "summary", "changes", "changed", "change", "fix", "fixes", "fixed", "done", "next", "plan",
        "phase", "step", "steps", "task", "tasks", "proposal", "proposed", "option", "options",
        "approach", "approaches", "recommendation", "recommendations", "suggestion", "suggestions",
        "suggested", "todo", "implemented", "implementation", "added", "updated", "removed",
        "created", "modified", "refactored", "commit", "commits", "pr", "test plan", "tests added",
        "verification", "results", "result", "status", "completed", "remaining", "issue", "issues",
        "problem", "problems", "bug", "bugs", "findings", "finding", "review", "feedback",
        "root cause", "before", "after", "improvements", "design", "alternative", "alternatives",
        "questions", "question", "concerns", "severity", "i'll", "i will", "we'll", "let me",
        "i've", "will", "should", "could", "need to", "needs to", "example", "scenario",
        "scenarios",
        "diff", "comparison", "old", "pros", "cons", "trade-offs", "tradeoffs", "gap",
        "gaps",
        "missing", "error", "errors", "failure", "failures", "failing", "conflict", "conflicts",
        "comment", "comments", "refactor", "migration", "testing", "tests", "verify", "cleanup",
      ]
    )
  ])

  /// Frames around a finding.
  static let frames = PhraseTable<Bool>(groups: [
    (
      true,
      [
        "note that", "note :", "note", "in short ,", "essentially ,", "specifically ,",
        "key point :",
        "important :", "yes ,", "no ,", "so", "so ,", "ok ,", "okay ,", "right ,", "currently ,",
        "in practice ,", "the key is that", "the answer is that", "internally ,", "importantly ,",
        "yes -", "no -", "and", "but", "however ,", "also ,", "basically ,", "in summary ,",
      ]
    )
  ])

  /// Frames around the cause of a failure.
  static let causes = PhraseTable<Bool>(groups: [
    (
      true,
      [
        "the issue is that", "the problem is that", "the root cause is that", "the reason is that",
        "the root cause :", "root cause :", "the catch is that", "the cause is that",
        "this is because", "that's because", "the key issue is that", "the issue :",
        "the problem :",
        "it turns out that", "turns out", "it turns out", "this happens because",
        "this fails because", "it fails because",
      ]
    )
  ])

  /// Whether the sentence speaks of persons, of the moment, of a state to be changed, or by
  /// comparison with something that stands outside it.
  static func blocked(_ tokens: [Token]) -> Bool {
    let words = tokens.map(\.lower)
    guard words.count >= 4, words.count <= 45 else { return true }
    if words.contains(where: isPerson) || moment.occurs(in: words) { return true }
    // "at line 40" points into a state of a file.
    for (index, word) in words.enumerated() where word == "line" || word == "lines" {
      if index + 1 < words.count, words[index + 1].first?.isNumber == true { return true }
    }
    // Arrows and assignments sketch code.
    return tokens.contains {
      ["->", "=", "=>", "==", "+", "✓", "✅", "❌", "|"].contains($0.text)
    }
  }

  private static func isPerson(_ word: String) -> Bool {
    Lexicon.firstPerson.contains(word) || Lexicon.plural.contains(word)
      || Lexicon.secondPerson.contains(word)
  }

  private static let moment = PhraseTable<Bool>(groups: [
    (
      true,
      [
        "now", "currently", "current", "already", "still", "just", "no longer", "yet", "anymore",
        "previously", "earlier", "recently", "new", "old", "original", "updated",
        "this", "these", "those", "here", "above", "below", "same", "similar", "similarly", "too",
        "likewise", "instead", "again", "too", "correctly", "properly", "successfully",
        "passes", "passing", "as expected", "unused", "duplicate", "duplicated", "duplicates",
        "missing", "broken", "wrong", "incorrect", "incorrectly", "outdated", "stale", "bug",
        "bugs",
        "issue", "issues", "problem", "problems", "fix", "fixes", "fixed", "lint", "linter",
        "dead code", "redundant", "unnecessary", "the change", "the changes", "the test",
        "the tests", "the pr", "the branch", "this branch", "the diff", "the commit", "good",
        "better", "fine", "great", "perfect", "makes sense", "was", "were", "had", "did", "been",
        "reviewer", "comment", "comments", "feedback", "copilot", "cursor", "bugbot", "the user's",
        "mistake", "pre-existing", "flaky", "ci failure", "let", "exactly", "actually", "really",
        "example", "in my", "therefore", "hence", "thus", "the other", "other",
        "another", "as well", "either", "neither", "respectively", "unlike", "the rest",
        "right", "seems", "at least", "in the test", "in tests", "test", "tests",
        "but", "vs", "then", "which means", "not being", "isn't", "it's not", "so that works",
        "keeps",
        "assertion", "assertions", "won't", "never", "purely", "cleaner", "simply", "arguably",
        ", so",
        "edge case", "edge cases", "in this case", "code path", "todo", "refactor", "refactoring",
        "the caller", "session a", "session b", "the first",
        "the second",
      ]
    )
  ])
}
