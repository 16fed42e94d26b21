/// The grammatical form of a person's clause, found by its first words.
enum ClauseForm: Equatable {
  /// "run the tests", "always run …", "when committing, run …".
  case imperative
  /// "don't …", "never …", "you must not …".
  case prohibition
  /// "I prefer …", "we prefer …".
  case preference
  /// "I don't like …".
  case dislike
  /// "I want …", "I'd like …".
  case wish
  /// "we use …", "our build needs …".
  case practice
  /// "you should …", "tests must …".
  case obligation
  /// "let's …", "we should …".
  case proposal
  /// "X lives in Y".
  case location
  case other

  /// The form, and the words from the main verb on.
  static func read(_ words: [String]) -> (form: ClauseForm, rest: [String]) {
    let words = mainClause(words)
    guard let first = words.first else { return (.other, []) }
    if let (length, form) = FormCues.openings.match(words, at: 0) {
      let rest = Array(words.dropFirst(length))
      if form == .practice { return practice(rest, words) }
      if form == .imperative || form == .proposal, ["not", "never", "don't"].contains(rest.first) {
        return (.prohibition, Array(rest.dropFirst()))
      }
      if form == .imperative { return imperative(rest) }
      // "never called", "never shown" report; "never call" forbids.
      if first == "never", !Lexicon.verbs.contains(rest.first ?? "") { return (.other, words) }
      return (form, rest)
    }
    if first == "stop", words.count > 2, let verb = Lexicon.baseByGerund[words[1]] {
      return (.prohibition, [verb] + words.dropFirst(2))
    }
    if first == "no", words.count >= 4, Generality.isPlural(words[1]),
      ["in", "for", "on", "inside", "without"].contains(words[2])
    {
      // "no emojis in commit messages"
      return (.prohibition, ["use"] + words.dropFirst())
    }
    if first == "our", words.count <= 8, let verb = words.firstIndex(of: "is"), verb >= 2,
      !DialogueCues.conditionWords.contains(words[words.count - 1])
    {
      return (.location, Array(words[verb...]))
    }
    if Lexicon.verbs.contains(first) || first == "always" || first == "only" {
      return imperative(words)
    }
    if let location = location(words) { return (.location, location) }
    if let modal = words.firstIndex(where: { FormCues.modals.contains($0) }),
      (1...8).contains(modal),
      !words[..<modal].contains(where: { Lexicon.subordinators.contains($0) && $0 != "of" }),
      !Lexicon.firstPerson.contains(first), !Lexicon.plural.contains(first),
      !["it", "that", "this", "they", "there", "what", "which"].contains(first)
    {
      return (.obligation, Array(words[modal...]))
    }
    return (.other, words)
  }

  private static func imperative(_ words: [String]) -> (form: ClauseForm, rest: [String]) {
    let rest = words.drop { ["always", "only", "just", "also", "to"].contains($0) }
    guard let verb = rest.first, Lexicon.verbs.contains(verb) else { return (.other, words) }
    // "use" is a verb before a noun phrase; "test coverage is low" has another verb.
    if rest.count >= 2,
      ["is", "are", "was", "were", "of", "has"].contains(rest[rest.startIndex + 1])
    {
      return (.other, words)
    }
    return (.imperative, Array(rest))
  }

  /// "we use X": only verbs of practice, in the present, without a report of trouble.
  private static func practice(
    _ rest: [String], _ words: [String]
  ) -> (form: ClauseForm, rest: [String]) {
    var rest = rest[...]
    if ["don't", "never", "always", "only", "also"].contains(rest.first) {
      rest = rest.dropFirst()
    }
    guard let verb = rest.first, FormCues.practiceVerbs.contains(verb), rest.count >= 2,
      !DialogueCues.vagueObjects.contains(rest[rest.startIndex + 1])
    else { return (.other, words) }
    return (.practice, Array(rest))
  }

  /// "X lives in Y", "X belongs in Y".
  private static func location(_ words: [String]) -> [String]? {
    guard !["it", "this", "that", "they", "there", "what", "i", "we", "you"].contains(words[0])
    else { return nil }
    for (index, _) in words.enumerated().prefix(8) where index >= 1 {
      if FormCues.locations.match(words, at: index) != nil {
        return Array(words[index...])
      }
    }
    return nil
  }

  /// What follows a condition that opens the clause ("when committing, run …").
  private static func mainClause(_ words: [String]) -> [String] {
    let rest = Array(words[Openings.mainStart(words)...])
    return rest.first == "then" || rest.first == "please" ? Array(rest.dropFirst()) : rest
  }
}

/// Words that decide forms.
enum FormCues {
  static let openings = PhraseTable<ClauseForm>(groups: [
    (
      .prohibition,
      [
        "don't", "do not", "never", "don't ever", "do not ever", "you don't", "you never",
        "you should never", "you must not", "you should not", "you shouldn't", "you mustn't",
        "you cannot", "you can't", "you may not", "you are not allowed to", "you must never",
        "we never", "we should never", "we must never", "we must not", "we should not",
        "we shouldn't", "let's not", "let's never", "i don't want you to", "no need to",
        "we don't want to", "try not to", "make sure not to", "make sure to never",
        "make sure you don't", "make sure you never", "be careful not to", "it's better not to",
        "it is better not to", "it's best not to", "it is best not to", "better not to",
        "it would be better not to", "you'd better not",
      ]
    ),
    (
      .preference,
      [
        "i prefer", "i'd prefer", "i would prefer", "we prefer", "we'd prefer", "i really prefer",
        "i strongly prefer", "i always prefer", "my preference is", "i'd rather have",
      ]
    ),
    (
      .wish,
      [
        "i want", "i want to have", "i want to see", "i'd like", "i'd like to see",
        "i'd like to have", "i would like", "i would like to see", "i like", "i'd want",
        "we want",
      ]
    ),
    (.dislike, ["i don't like", "i do not like", "i hate", "i dislike"]),
    (
      .practice,
      ["we", "we're", "we are", "the team", "our team", "this project", "this repo", "the project"]
    ),
    (
      .obligation,
      [
        "you should", "you must", "you need to", "you have to", "you always", "you should always",
        "you must always", "we must", "we must always", "we should always", "we always",
        "we have to", "we need to always",
      ]
    ),
    (
      .proposal,
      [
        "let's", "we should", "we need to", "we want to", "let us", "it's better to",
        "it is better to", "it's best to", "it is best to", "better to",
      ]
    ),
    (
      .imperative,
      [
        "please", "remember to", "remember that", "don't forget to", "make sure you always",
        "i want you to", "i'd like you to", "i need you to", "can you please always",
        "can you always", "could you always", "would you always", "try to", "from now on",
        "from now on please", "going forward", "in future", "in the future", "in general",
        "as a rule", "from now on always",
      ]
    ),
  ])

  static let modals: Set<String> = [
    "should", "must", "shouldn't", "mustn't", "shall", "needs", "need", "requires", "require",
  ]

  static let conditions: Set<String> = [
    "when", "whenever", "if", "before", "after", "for", "in", "unless", "while", "once", "during",
    "on", "with", "given", "considering",
  ]

  /// Verbs that tell how a team works.
  static let practiceVerbs: Set<String> = [
    "using", "use", "uses", "keep", "keeps", "store", "stores", "put", "deploy", "deploys",
    "release",
    "target", "targets", "support", "supports", "require", "requires", "follow", "follows",
    "prefer",
    "avoid", "rely", "track", "publish", "host", "write", "document", "squash", "rebase", "merge",
    "name", "format", "lint", "version", "pin", "vendor", "ship", "run", "build", "switched",
    "moved", "migrated", "renamed", "replaced", "dropped", "removed", "standardized", "commit",
    "generate", "test", "mock", "log",
  ]

  static let locations = PhraseTable<Bool>(groups: [
    (
      true,
      [
        "lives in", "live in", "lives under", "live under", "is stored in", "are stored in",
        "is located in", "are located in", "belongs in", "belong in", "goes in", "goes into",
        "is kept in", "are kept in", "resides in",
        "is the source of truth", "is our source of truth", "is the single source of truth",
        "should live in", "must live in", "should be stored in", "is generated by",
        "are generated by", "is generated from", "are generated from", "should be source of truth",
        "listens on", "runs on", "is hosted on", "is deployed to", "are deployed to", "deploys to",
        "is written in", "are written in", "is called", "points to", "goes through",
      ]
    )
  ])
}
