/// Finds the longest phrase of a list at a position in a row of words. Lists are data; the search
/// looks at the first word only, so a long list costs nothing.
struct PhraseTable<Value: Sendable>: Sendable {
  private let byFirst: [String: [(words: [String], value: Value)]]

  /// Phrases with what they mean; words separated by a space.
  init(_ entries: [(String, Value)]) {
    var byFirst: [String: [(words: [String], value: Value)]] = [:]
    for (phrase, value) in entries {
      let words = phrase.split(separator: " ").map(String.init)
      byFirst[words[0], default: []].append((words, value))
    }
    self.byFirst = byFirst.mapValues { $0.sorted { $0.words.count > $1.words.count } }
  }

  /// Phrases of several classes, each a list of phrases.
  init(groups: [(Value, [String])]) {
    self.init(groups.flatMap { value, phrases in phrases.map { ($0, value) } })
  }

  /// The longest phrase that starts at `at`.
  func match(_ words: [String], at: Int) -> (length: Int, value: Value)? {
    guard at < words.count else { return nil }
    for (phrase, value) in byFirst[words[at]] ?? [] where at + phrase.count <= words.count {
      if (1..<phrase.count).allSatisfy({ words[at + $0] == phrase[$0] }) {
        return (phrase.count, value)
      }
    }
    return nil
  }

  /// Every phrase in `words` in order, none inside another.
  func matches(_ words: [String]) -> [(at: Int, length: Int, value: Value)] {
    var found: [(at: Int, length: Int, value: Value)] = []
    var at = 0
    while at < words.count {
      if let (length, value) = match(words, at: at) {
        found.append((at, length, value))
        at += length
      } else {
        at += 1
      }
    }
    return found
  }

  /// Whether any phrase occurs.
  func occurs(in words: [String]) -> Bool {
    words.indices.contains { match(words, at: $0) != nil }
  }
}
