import KairosModel

/// Makes knowledge of a question and its answer: a declarative sentence where the grammar is safe,
/// else the question as the topic of a dated decision.
struct DecisionWriter {
  let writer: StatementWriter
  /// When it was decided, `2026-02-19`.
  let day: String?

  /// The statement; `nil` when none stands alone.
  func statement(_ question: [Token], label: [Token], answer: [Token]) -> String? {
    if let sentence = Self.declarative(question, label), let done = writer.finished(sentence) {
      return done.text
    }
    // The shortest form that fits wins last: with the detail, without it, without asides.
    let asides = Self.withoutAsides(question)
    for (topic, chosen) in [(question, answer), (question, label), (asides, label)] {
      let sentence = Self.opening + ClauseSplitter.trimmed(topic) + Self.dash + chosen
      guard let done = writer.finished(sentence) else { continue }
      // The date is put in last, since a statement's own words must not lean on one.
      let text = "Decided" + (day.map { " \($0)" } ?? "") + done.text.dropFirst("Decided".count)
      if text.count <= StatementWriter.charactersMax { return text }
    }
    return nil
  }

  private static let opening = [
    Token(word: "Decided"), Token(.punctuation, ":", spaced: false),
  ]
  private static let dash = [Token(.punctuation, "-", spaced: true)]

  /// The question without its persons: "should we" asks about the project, "do you want (to use)
  /// for your" about nothing but the choice. `nil` when a person is left, since a rewritten
  /// "are we" is no English.
  static func impersonal(_ question: [Token]) -> [Token]? {
    var tokens = question
    let words = tokens.map(\.lower)
    if let at = words.indices.first(where: { words[$0...].starts(with: ["do", "you", "want"]) }) {
      let asks: Set<String> = ["do", "you", "want", "to", "use"]
      let end = words[at...].firstIndex { !asks.contains($0) } ?? words.count
      tokens.removeSubrange(at..<end)
      if let first = tokens.first?.lower, ["which", "what"].contains(first) {
        tokens.removeFirst()
        if let word = tokens.first, word.kind == .word, let letter = word.text.first {
          tokens[0] = word.reading(letter.uppercased() + word.text.dropFirst())
        }
      }
    }
    for (index, token) in tokens.enumerated() where token.lower == "your" {
      tokens[index] = token.reading("the")
    }
    let rest = tokens.map(\.lower)
    if rest.contains(where: { Lexicon.secondPerson.contains($0) }) { return nil }
    for (index, word) in rest.enumerated() where Lexicon.plural.contains(word) {
      // "should we keep" and "our" can be said of the project; "are we" cannot.
      let before = index > 0 ? rest[index - 1] : ""
      guard word == "our" || word == "we" && ["should", "must", "do", "can"].contains(before) else {
        return nil
      }
    }
    return Openings.withoutPersons(tokens)
  }

  /// Whether the question says of what it is: a name, or two words that are no verb and no
  /// common noun of talk.
  static func isDistinct(_ question: [Token]) -> Bool {
    if question.contains(where: \.isName) { return true }
    let words = StatementKey.value(of: question).split(separator: " ").map { $0.lowercased() }
    let speaking = words.filter { word in
      !Lexicon.baseVerbs.contains(word) && !commonNouns.contains(word)
    }
    return Set(speaking).count >= 2
  }

  private static let commonNouns: Set<String> = [
    "what", "which", "where", "how", "who", "why", "way", "thing", "approach", "option", "design",
    "direction", "question", "area", "one", "more", "other", "new", "happen", "go", "appear", "get",
    "need", "want", "kind", "type", "method", "choice", "decision", "support", "change", "fallback",
    "still", "instead", "able", "prefer", "strategy", "it", "any", "all",
  ]

  /// A sentence that says the decision itself.
  private static func declarative(_ question: [Token], _ label: [Token]) -> [Token]? {
    let words = question.map(\.lower)
    if words.starts(with: ["where", "should"]) { return place(question, words, label) }
    if words.starts(with: ["what", "should", "happen"]), words.count > 5,
      ["when", "if"].contains(words[3])
    {
      // "What should happen when X" + "Y" → "When X: Y".
      return Array(question[3...]) + [Token(.punctuation, ":", spaced: false)] + label
    }
    if words.first == "should" { return obligation(question, words, label) }
    return nil
  }

  /// "Where should X go" + `` `p` `` → "X should go in `p`".
  private static func place(
    _ question: [Token], _ words: [String], _ label: [Token]
  ) -> [Token]? {
    guard label.count == 1, let place = label.first, place.isName else { return nil }
    let verbs: Set<String> = ["go", "live", "reside", "be"]
    guard let verb = words.lastIndex(where: verbs.contains), verb > 2,
      words.count - verb <= (words[verb] == "be" ? 2 : 1)
    else { return nil }
    return Array(question[2..<verb]) + [Token(word: "should")] + Array(question[verb...])
      + [Token(word: "in"), place]
  }

  /// "Should X be A or B" + B → "X should be B, not A"; "yes" and "no" affirm and deny it.
  private static func obligation(
    _ question: [Token], _ words: [String], _ label: [Token]
  ) -> [Token]? {
    let project = words.starts(with: ["should", "the", "project"])
    guard let verb = project ? 3 : words.firstIndex(of: "be"), verb > 1, verb + 1 < words.count,
      !project || Lexicon.baseVerbs.contains(words[verb])
    else { return nil }
    let subject = Array(question[1..<verb]) + [Token(word: "should")]
    let predicate = Array(question[verb...])
    let answers = label.map(\.lower)
    guard let choice = words.lastIndex(of: "or") else {
      if answers == ["yes"] { return subject + predicate }
      if answers == ["no"] { return subject + [Token(word: "not")] + predicate }
      return nil
    }
    guard !project, words.count(where: { $0 == "or" }) == 1 else { return nil }
    let first = withoutAsides(ClauseSplitter.trimmed(Array(question[(verb + 1)..<choice])))
    let second = withoutAsides(Array(question[(choice + 1)...]))
    guard let (chosen, other) = chosen(first, second, label),
      first.count <= 8, second.count <= 8, !second.contains(where: { isVerb($0) })
    else { return nil }
    return subject + [question[verb]] + chosen
      + [Token(.punctuation, ",", spaced: false), Token(word: "not")] + other
  }

  private static func isVerb(_ token: Token) -> Bool {
    ["just", "only", "also", "be", "left", "should", "not"].contains(token.lower)
  }

  /// The alternative that the answer repeats, and the other one; `nil` when it fits both or none.
  private static func chosen(
    _ first: [Token], _ second: [Token], _ label: [Token]
  ) -> (chosen: [Token], other: [Token])? {
    func keys(_ tokens: [Token]) -> Set<String> {
      Set(StatementKey.value(of: tokens).lowercased().split(separator: " ").map(String.init))
    }
    let (left, right, said) = (keys(first), keys(second), keys(label))
    let (inLeft, inRight) = (
      said.intersection(left.subtracting(right)).count,
      said.intersection(right.subtracting(left)).count
    )
    if inLeft > 0, inRight == 0 { return (first, second) }
    if inRight > 0, inLeft == 0 { return (second, first) }
    return nil
  }

  /// Without what stands in parentheses.
  private static func withoutAsides(_ tokens: [Token]) -> [Token] {
    var depth = 0
    return tokens.filter { token in
      if token.text == "(" { depth += 1 }
      defer { if token.text == ")" { depth -= 1 } }
      return depth == 0
    }
  }
}
