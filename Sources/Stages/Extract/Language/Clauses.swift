/// A part of a sentence that can be said alone, with the reason that was given for it.
struct Clause: Equatable {
  var tokens: [Token]
  /// What follows it as its reason ("it breaks the build"); empty when none does.
  var reason: [Token] = []

  var words: [String] { tokens.map(\.lower) }
}

/// Cuts sentences into clauses.
enum ClauseSplitter {
  /// The clauses of a sentence in order, without the punctuation between them.
  static func clauses(_ tokens: [Token]) -> [Clause] {
    var parts: [[Token]] = [[]]
    var depth = 0
    let words = tokens.map(\.lower)
    for (index, token) in tokens.enumerated() {
      if token.kind == .punctuation {
        if token.text == "(" { depth += 1 }
        if token.text == ")" { depth = max(0, depth - 1) }
      }
      if depth == 0, cuts(words, at: index, after: parts[parts.count - 1]) {
        parts.append(isJoint(words[index]) ? [] : [token])
      } else {
        parts[parts.count - 1].append(token)
      }
    }
    return joined(parts.map(trimmed).filter { !$0.isEmpty })
  }

  /// Signs and words that only join.
  private static func isJoint(_ word: String) -> Bool {
    [";", "-", "--", "->", ":", ",", "but", "and", "so", "then"].contains(word)
  }

  private static func cuts(_ words: [String], at index: Int, after part: [Token]) -> Bool {
    guard index > 0, index + 1 < words.count else { return false }
    switch words[index] {
    case ";", "-", "--": return true
    case "but": return !goesOn(words, at: index)
    case "as": return ClauseCues.asReason(words, at: index)
    case ":":
      // "Rule: never …" opens; "use the format: …" goes on.
      return part.count <= 4 && !part.contains { Lexicon.verbs.contains($0.lower) }
    case ",":
      // The comma behind a condition belongs to its clause.
      let first = part.first?.lower ?? ""
      if FormCues.conditions.contains(first), !part.contains(where: { $0.text == "," }) {
        return false
      }
      return ClauseCues.openers.match(words, at: index + 1) != nil
    case "and", "so", "then":
      let next = index + 1
      let skip = ["and", "so", "then", "please"].contains(words[next]) ? next + 1 : next
      return ClauseCues.openers.match(words, at: skip) != nil
    default: return false
    }
  }

  /// Whether "but" names what stands for the denied ("not A but B", "…, but instead B").
  private static func goesOn(_ words: [String], at index: Int) -> Bool {
    if ["instead", "rather"].contains(words[index + 1]) { return true }
    return words[..<index].suffix(5).contains("not")
      && ["with", "in", "by", "as", "from", "the", "a", "an", "only"].contains(words[index + 1])
  }

  /// Reasons joined to what they explain.
  private static func joined(_ parts: [[Token]]) -> [Clause] {
    var clauses: [Clause] = []
    for part in parts {
      let first = part.first?.lower ?? ""
      if ClauseCues.reasonOpeners.contains(first), var last = clauses.popLast() {
        if last.reason.isEmpty { last.reason = part }
        clauses.append(last)
      } else {
        clauses.append(Clause(tokens: part))
      }
    }
    return clauses
  }

  /// Without punctuation at the ends that belongs to the cut.
  static func trimmed(_ tokens: [Token]) -> [Token] {
    var tokens = tokens[...]
    let ends: Set<String> = [",", ";", ":", "-", "--", ".", "!", "...", "->"]
    while let first = tokens.first, first.kind == .punctuation, ends.contains(first.text) {
      tokens.removeFirst()
    }
    while let last = tokens.last, last.kind == .punctuation, ends.contains(last.text) {
      tokens.removeLast()
    }
    return Array(tokens)
  }
}

/// Words that open clauses.
enum ClauseCues {
  /// Open a directive in the middle of a sentence.
  static let openers = PhraseTable<Bool>(groups: [
    (
      true,
      [
        "make sure", "be sure", "always", "don't", "do not", "remember to", "please don't",
        "please do not", "please always", "please never", "please make sure", "let's always",
        "let's never", "let's not", "let's make sure", "let's avoid", "let's use", "we should",
        "we must", "you should", "you must", "we always", "we never", "we don't", "we use",
        "i prefer",
        "i'd prefer", "please avoid", "please ensure",
      ]
    )
  ])

  static let reasonOpeners: Set<String> = [
    "because", "since", "otherwise", "it", "they", "that's", "too", "as", "it's",
  ]

  /// "as we handle that", "as it breaks": a reason; "as you said" refers.
  static func asReason(_ words: [String], at index: Int) -> Bool {
    guard index >= 3, index + 2 < words.count else { return false }
    let speech: Set<String> = [
      "said", "discussed", "agreed", "mentioned", "planned", "did", "see", "know", "want", "like",
      "go", "wish",
    ]
    return ["we", "it", "i", "they", "that"].contains(words[index + 1])
      && !speech.contains(words[index + 2]) && words[index - 1] != "same"
  }
}
