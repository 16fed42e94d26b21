import KairosModel

/// Normal forms of sentences: what makes two wordings the same answer, and what makes two texts
/// the same text.
enum StatementKey {
  /// The value of a statement: its content words in order, small and singular; no stop words, no
  /// negation (that is polarity), names exact.
  static func value(of tokens: some Sequence<Token>) -> String {
    var words: [String] = []
    for token in tokens {
      switch token.kind {
      case .punctuation: continue
      case .word:
        let lower = token.lower
        guard !Lexicon.stopWords.contains(lower), !Lexicon.negators.contains(lower) else {
          continue
        }
        words.append(singular(lower))
      default: words.append(token.text)
      }
    }
    return words.joined(separator: " ")
  }

  /// The value of a sentence.
  static func value(ofSentence sentence: String) -> String {
    value(of: Tokenizer.tokens(Typography.folded(sentence)))
  }

  /// Main words of a statement, for subjects that are no named thing: at most four.
  static func topic(of tokens: some Sequence<Token>) -> String {
    let words = value(of: tokens).split(separator: " ").filter { $0.contains(where: \.isLetter) }
    return "topic:" + words.prefix(4).joined(separator: " ").lowercased()
  }

  /// The same text, whatever its punctuation and case; for machinery.
  static func exact(_ sentence: String) -> String {
    let words = sentence.lowercased().split { !$0.isLetter && !$0.isNumber }
    return ContentID.make("t", words.joined(separator: " "))
  }

  /// Plurals and third persons without their ending. Keeps words readable, since values are shown.
  static func singular(_ word: String) -> String {
    guard word.count > 3, word.hasSuffix("s"), !word.hasSuffix("ss"), !word.hasSuffix("us"),
      !word.hasSuffix("is")
    else { return word }
    if word.hasSuffix("ies"), word.count > 4 { return word.dropLast(3) + "y" }
    for ending in ["sses", "shes", "ches", "xes", "zzes"] where word.hasSuffix(ending) {
      return String(word.dropLast(2))
    }
    return String(word.dropLast())
  }
}
