/// Whether a description of labelled things says more than their names: "`Stop`: stopped" and
/// "`go.mod`: module dependencies" teach nobody anything.
enum LabelNovelty {
  /// At least one name, or two words that are neither generic nor in the labels.
  ///
  /// Labels are the names before the first colon: "`Load()` / `Save()`: …" has two.
  static func says(_ tokens: [Token]) -> Bool {
    let labels = tokens.prefix { $0.text != ":" }.filter(\.isName)
    guard !labels.isEmpty else { return true }
    return says(
      tokens.drop { $0.text != ":" }, about: labels.map(\.text).joined(separator: " "), words: 2)
  }

  /// Whether a description tells more about a thing than its name does: a name, or as many new
  /// words as asked for.
  static func says(_ description: some Sequence<Token>, about name: String, words: Int) -> Bool {
    let known = name.lowercased()
    var fresh: Set<String> = []
    for token in description where token.kind != .punctuation {
      guard token.kind == .word else {
        if known.contains(token.text.lowercased()) { continue }
        return true
      }
      // "Auto-commit" is in `auto_commit.go`, part by part.
      for part in token.lower.split(separator: "-") {
        let word = StatementKey.singular(String(part))
        guard word.count > 3, !Lexicon.stopWords.contains(word), !generic.contains(word),
          !known.contains(word.prefix(5))
        else { continue }
        fresh.insert(word)
      }
    }
    return fresh.count >= words
  }

  /// Whether a page about `topic` describes the part that a thing has in the topic rather than the
  /// thing: "`auto_commit.go`: auto-commit logging" on the page `logging.md`.
  static func isPart(_ tokens: [Token], of topic: String) -> Bool {
    guard topic.count > 4 else { return false }
    let stem = topic.prefix(5).lowercased()
    let label = tokens.prefix { $0.text != ":" }
    let description = tokens.drop { $0.text != ":" }
    return !label.contains { $0.text.lowercased().contains(stem) }
      && description.contains { $0.lower.hasPrefix(stem) }
  }

  private static let generic: Set<String> = [
    "module", "file", "type", "definition", "utility", "helper", "function", "class", "share",
    "shared", "common", "management", "manager", "handler", "support", "component", "logic",
    "operation", "system", "related", "various", "implementation", "main", "package", "code",
    "explicitly", "this", "that", "with", "data", "list", "retrieve", "return", "create", "perform",
    "provide", "contain", "define", "handle", "retrieves", "returns", "creates", "performs",
    "provides", "contains", "defines", "handles",
  ]
}
