import KairosModel

/// How a sentence is meant: as a fact, a guess, a question, a plan.
struct ModalityReading: Equatable {
  let modality: Modality
  /// 0 (plain) … 3 (wild guess): the strongest cue of the sentence.
  let hedge: Int
  let polarity: Polarity
}

/// Reads modality, hedge and polarity off the words of a sentence. Code spans are masked in the
/// words, so `maybe_retry` hedges nothing.
enum ModalityReader {
  static func read(_ tokens: [Token], actor: Actor) -> ModalityReading {
    let words = tokens.map(\.lower)
    let hedge = hedge(words, actor: actor)
    return ModalityReading(
      modality: modality(words, hedge: hedge, actor: actor), hedge: hedge,
      polarity: polarity(words))
  }

  private static func modality(_ words: [String], hedge: Int, actor: Actor) -> Modality {
    if isQuestion(words) { return .question }
    if ModalityCues.reports.occurs(in: words) { return .reported }
    if hedge >= 1 { return .hedged }
    if ModalityCues.plans.occurs(in: words) { return .planned }
    if let first = words.first, ["if", "unless", "suppose", "imagine", "assuming"].contains(first) {
      return .conditional
    }
    if ModalityCues.hypotheticals.occurs(in: words) { return .hypothetical }
    if actor == .human, ModalityCues.obligations.occurs(in: words) { return .obligation }
    return .asserted
  }

  /// Whether the words ask: by a question mark, by inversion, or by a question word and inversion.
  static func isQuestion(_ words: [String]) -> Bool {
    let last = words.last { $0 != "\"" && $0 != "'" && $0 != ")" }
    if last == "?" { return true }
    if ModalityCues.questionOpeners.match(words, at: 0) != nil { return true }
    guard words.count >= 2 else { return false }
    let wh: Set<String> = ["what", "why", "how", "who", "where", "which", "when", "whose"]
    let start = wh.contains(words[0]) ? 1 : 0
    guard start + 1 < words.count || start == 1 else { return false }
    let auxiliaries: Set<String> = [
      "is", "are", "was", "were", "do", "does", "did", "can", "could", "should", "would", "will",
      "has", "have", "am", "isn't", "aren't", "doesn't", "don't", "can't", "couldn't", "shouldn't",
      "wouldn't", "didn't", "won't", "shall",
    ]
    guard auxiliaries.contains(words[start]) else { return false }
    if start == 1 { return true }
    let subjects: Set<String> = [
      "i", "you", "we", "it", "this", "that", "these", "those", "there", "they", "he", "she", "the",
      "any", "anyone",
    ]
    // "Have the tests …" may command; "do the …" does.
    if ["do", "have", "don't"].contains(words[0]), ["the", "this", "that", "it"].contains(words[1])
    {
      return false
    }
    return subjects.contains(words[1])
  }

  /// The strongest hedge of the sentence.
  static func hedge(_ words: [String], actor: Actor) -> Int {
    var level = 0
    for (at, length, value) in ModalityCues.hedges.matches(words) {
      level = max(level, strength(value, words, at: at, end: at + length, actor: actor))
    }
    if words.last == "?" { level = max(level, 2) }
    return level
  }

  /// What a cue weighs where it stands.
  private static func strength(
    _ cue: ModalityCues.Hedge, _ words: [String], at: Int, end: Int, actor: Actor
  ) -> Int {
    let before = at > 0 ? words[at - 1] : ""
    let next = end < words.count ? words[end] : ""
    let persons: Set<String> = ["i", "we", "i'd", "i'm", "we'd"]
    switch cue {
    case .level(let level): return level
    case .firstPerson(let level):
      let near = words[max(0, at - 3)..<at].contains { persons.contains($0) }
      return near ? level : 0
    case .opening(let level): return at == 0 || [",", ";", ":", "-"].contains(before) ? level : 0
    case .may:
      // Permission ("may use", "may be null") is a fact; a guess is not.
      if ModalityCues.permitted.contains(next) { return 0 }
      let after = end + 1 < words.count ? words[end + 1] : ""
      return next == "be" && ModalityCues.permittedStates.contains(after) ? 0 : 2
    case .could:
      if next == "not" { return 0 }
      return 2
    case .appears: return ["to", "that", ",", "as"].contains(next) || before == "it" ? 2 : 0
    case .should:
      return actor == .human ? 0 : 1
    }
  }

  /// Open clauses that depend on the main one.
  private static let dependents: Set<String> = [
    "because", "since", "unless", "which", "otherwise", "if", "when", "so", "until", "where", ";",
  ]

  /// Negated when the main clause is: what depends on it does not count.
  static func polarity(_ words: [String]) -> Polarity {
    for (index, word) in words.enumerated() {
      if index > 0, Self.dependents.contains(word) {
        break
      }
      if word == "(" || word == "-", index > 2 { break }
      guard Lexicon.negators.contains(word), word != "without", word != "nothing" else { continue }
      let next = index + 1 < words.count ? words[index + 1] : ""
      if next == "only" || next == "just" || next == "necessarily" { continue }
      // "no longer" and "no" before a noun negate; "no, …" answers.
      if word == "no", next == "," { continue }
      return .negated
    }
    return .affirmed
  }
}

/// The cue lists of modality: epistemic verbs, adverbs and modals as in published hedge lexicons,
/// without the words that developers use as facts (should, must, several, usually).
enum ModalityCues {
  /// How a cue is weighed where it occurs.
  enum Hedge: Sendable, Equatable {
    case level(Int)
    /// Only with a first person close before it ("I think"; not "the parser thinks").
    case firstPerson(Int)
    /// Only where a clause opens ("Untested: …").
    case opening(Int)
    case may, could, appears, should
  }

  static let hedges = PhraseTable<Hedge>(groups: [
    (
      .level(1),
      [
        "likely", "most likely", "unlikely", "ought to", "implies", "imply", "suggests",
        "suggest that", "mostly", "more or less", "kind of", "sort of", "somewhat", "in principle",
        "should be fine", "roughly", "reportedly", "allegedly",
      ]
    ),
    (
      .level(2),
      [
        "probably", "perhaps", "maybe", "possibly", "apparently", "presumably", "supposedly",
        "seemingly", "conceivably", "potentially", "hopefully", "tentatively", "theoretically",
        "in theory", "arguably", "might", "seem", "seems", "seemed", "seeming", "looks like",
        "look like", "sounds like", "feels like", "smells like", "it is possible", "it's possible",
        "is possible that", "a chance", "one possibility", "would suggest", "would imply",
        "would indicate", "as far as", "afaik", "iirc", "if i remember", "if memory", "may have",
        "suspected", "plausible", "plausibly", "i'd guess", "i would guess", "i would expect",
        "i'd expect", "must have been", "could have been", "looks to be", "or something",
      ]
    ),
    (
      .level(3),
      [
        "not sure", "i'm not sure", "unsure", "unclear", "not certain", "uncertain", "not clear",
        "my guess", "i guess", "let me guess", "wild guess", "no idea", "don't know", "vaguely",
        "haven't verified", "haven't checked", "have not verified", "couldn't confirm",
        "couldn't verify", "could not confirm", "could not verify", "can't confirm", "can't tell",
        "who knows", "hard to say", "not verified", "unverified", "wondering", "wonder",
      ]
    ),
    (
      .firstPerson(2),
      [
        "think", "believe", "assume", "suppose", "suspect", "reckon", "imagine", "figure", "expect",
        "presume", "recall", "feel like", "assumed", "thought",
      ]
    ),
    (.opening(2), ["assuming", "untested :", "guess :", "theory :", "hypothesis :"]),
    (.may, ["may"]),
    (.could, ["could", "could be", "could also be"]),
    (.appears, ["appears", "appear", "appeared"]),
    (.should, ["should"]),
  ])

  /// After "may": what somebody is allowed to do.
  static let permitted: Set<String> = [
    "use", "choose", "omit", "skip", "contain", "include", "not", "only", "override", "set", "pass",
    "specify", "call", "add", "also", "either", "return",
  ]
  /// After "may be": what a value is allowed to be.
  static let permittedStates: Set<String> = [
    "null", "nil", "none", "empty", "omitted", "absent", "used", "set", "passed", "given", "called",
    "unset", "undefined", "negative", "zero", "overridden", "repeated", "combined", "either",
  ]

  static let questionOpeners = PhraseTable<Bool>(groups: [
    (
      true,
      [
        "wondering", "i wonder", "i'm wondering", "how about", "what about", "why not", "how come",
        "any way", "any idea", "any chance", "any reason", "are there", "is there", "q", "question",
        "what if", "what happens", "what else", "or is", "or are", "can you", "could you",
        "would you", "can we", "could we", "should we", "shall we", "do we", "do you", "did you",
        "did we", "is it", "have you", "have we", "will this", "does this", "does that", "does it",
        "and what", "and how", "and why", "so what", "so why", "so how", "but why", "but what",
        "but how", "want me", "would it",
      ]
    )
  ])

  static let reports = PhraseTable<Bool>(groups: [
    (
      true,
      [
        "according to", "he said", "she said", "they said", "claims that", "claim that",
        "claimed that", "the reviewer", "reviewers", "copilot says", "says that", "said that",
        "the docs say", "docs say", "documentation says", "documentation states", "bot says",
        "feedback says", "i was told", "was told", "i heard", "suggested that", "argues that",
        "the comment says", "comment says", "the error says", "the user said", "you said",
        "you mentioned", "you asked", "you're right", "you are right",
      ]
    )
  ])

  static let plans = PhraseTable<Bool>(groups: [
    (
      true,
      [
        "i'll", "i will", "we'll", "we will", "let me", "let's", "going to", "gonna", "i'm going",
        "plan to", "planning to", "plans to", "next step", "next steps", "will be", "i need to",
        "we need to", "need to be", "needs to be", "i want to", "we want to", "i'd like to",
        "i can", "we can", "we could", "we should", "i should", "todo", "will need", "about to",
        "intend to", "in the future", "eventually", "would like to", "remains to", "time to",
      ]
    )
  ])

  static let hypotheticals = PhraseTable<Bool>(groups: [
    (
      true,
      [
        "would", "wouldn't", "would've", "what if", "suppose", "imagine", "as if", "could have",
        "should have", "might have", "if we", "if i", "if you", "hypothetically", "were to",
        "for example", "e.g", "let's say", "say you", "ideally", "alternatively",
      ]
    )
  ])

  static let obligations = PhraseTable<Bool>(groups: [
    (
      true,
      [
        "must", "should", "shouldn't", "mustn't", "have to", "has to", "need to", "needs to",
        "shall", "ought to", "always", "never", "don't", "do not", "make sure", "ensure", "avoid",
        "prefer", "only", "required", "not allowed", "may not",
      ]
    )
  ])
}
