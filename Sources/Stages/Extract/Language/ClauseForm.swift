/// The grammatical form of a person's clause, found by its first words.
enum ClauseForm: Equatable {
  /// "run the tests", "always run …", "when committing, run …".
  case imperative
  /// "don't …", "never …", "you must not …".
  case prohibition
  /// "I prefer …", "we prefer …".
  case preference
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
      return (form, rest)
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
    guard let first = words.first, FormCues.conditions.contains(first) else { return words }
    guard let comma = words.firstIndex(of: ","), comma + 1 < words.count else { return words }
    let rest = Array(words[(comma + 1)...])
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
        "make sure you don't", "make sure you never", "be careful not to",
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
        "i don't like", "i do not like", "i don't want", "we want",
      ]
    ),
    (.practice, ["we", "the team", "our team", "this project", "this repo", "the project"]),
    (
      .obligation,
      [
        "you should", "you must", "you need to", "you have to", "you always", "you should always",
        "you must always", "we must", "we must always", "we should always", "we always",
        "we have to", "we need to always",
      ]
    ),
    (.proposal, ["let's", "we should", "we need to", "we want to", "let us"]),
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

  static let modals: Set<String> = ["should", "must", "shouldn't", "mustn't", "shall"]

  static let conditions: Set<String> = [
    "when", "whenever", "if", "before", "after", "for", "in", "unless", "while", "once", "during",
    "on", "with",
  ]

  /// Verbs that tell how a team works.
  static let practiceVerbs: Set<String> = [
    "use", "uses", "keep", "keeps", "store", "stores", "put", "deploy", "deploys", "release",
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
        "is defined in", "are defined in", "is kept in", "are kept in", "resides in",
        "is the source of truth", "is our source of truth", "is the single source of truth",
        "should live in", "must live in", "should be stored in", "is generated by",
        "are generated by", "is generated from", "are generated from", "should be source of truth",
      ]
    )
  ])
}

/// Words that decide whether a clause stands beyond its task.
enum DialogueCues {
  static let standing = PhraseTable<Bool>(groups: [
    (
      true,
      [
        "always", "never", "from now on", "going forward", "in future", "in the future",
        "in general", "as a rule", "every time", "each time", "whenever", "at all times",
        "don't ever", "do not ever", "remember to", "remember that", "don't forget to",
        "everywhere", "throughout", "across the codebase", "across the project", "across the repo",
        "across the board", "in this repo", "in this repository", "in this project",
        "in this codebase", "under no circumstances", "no matter what", "without exception",
        "without asking", "unless i", "unless asked", "unless told", "unless explicitly",
        "only when i", "only if i", "only when asked", "without being told", "without being asked",
        "without my", "by convention", "as a convention", "for every", "for each", "for all",
        "in all",
        "in every", "must not", "mustn't", "must never", "should never", "should always",
        "must always", "every commit", "every pr", "each commit", "each pr", "all commits",
        "all tests must", "all tests should", "wherever possible", "where possible",
        "whenever possible", "at the very least", "first-class", "is not allowed",
        "specifically be told",
        "each pr review", "each pr comment", "each review", "every test", "explicitly asked",
      ]
    )
  ])

  static let oneTask = PhraseTable<Bool>(groups: [
    (
      true,
      [
        "now", "right now", "for now", "this time", "first", "first of all", "yet", "today",
        "tonight", "tomorrow", "yesterday", "again", "next", "once you're done", "when you're done",
        "when done", "after that", "later", "at the moment", "currently", "temporarily",
        "for the moment", "in a minute", "in a bit", "just the", "let me know", "let's discuss",
        "let's continue", "let's see", "let's start", "the following", "above", "below", "anymore",
        "worry", "bother", "mind", "instead of that", "keep going", "go ahead", "the issue",
        "the bug", "the error", "the plan", "the pr", "the branch", "your changes", "the changes",
        "the change", "these changes", "my changes", "the fix", "last commit", "the commit",
        "this file", "option", "another", "already", "still", "never mind", "nevermind",
        "so far", "the diff", "the review", "the feedback", "just do", "just fix", "is failing",
        "are failing", "fails with", "is broken", "doesn't work", "not working", "as discussed",
        "you did", "you just", "just saw", "i see", "i saw", "i got", "i just", "i think we",
      ]
    )
  ])

  /// After "this": names the project as a whole, which a rule may point at.
  static let standingPlaces: Set<String> = [
    "repo", "repository", "project", "codebase", "workspace",
  ]

  /// Objects that say nothing alone.
  static let vagueObjects: Set<String> = [
    "it", "that", "this", "them", "these", "those", "anything", "something", "everything", "one",
    "ones", "to", "so", "more", "either", "?", "yet", "too", "b",
  ]

  /// Deeds of the moment: forbidding or asking them concerns one step unless a cue says more.
  static let momentVerbs: Set<String> = [
    "run", "commit", "push", "fix", "change", "implement", "touch", "add", "do", "start", "write",
    "delete", "stash", "stop", "forget", "be", "worry", "make", "try", "get", "go", "edit", "look",
    "create", "remove", "update", "move", "revert", "merge", "wait", "think", "need", "include",
    "show", "print", "set", "let", "call", "open", "close", "tell", "give", "want", "know", "see",
  ]

  /// Verbs of editing: "rename X to Y instead of Z" edits once.
  static let editVerbs: Set<String> = [
    "change", "rename", "replace", "update", "fix", "add", "remove", "move", "revert", "show",
    "print", "display", "make", "create", "write", "implement", "refactor", "return", "delete",
    "convert", "commit", "switch", "call", "go", "put", "do", "let", "create", "open", "pass",
    "say",
  ]

  static let refutations = PhraseTable<Bool>(groups: [
    (
      true,
      [
        "that's wrong", "that is wrong", "this is wrong", "that's not right", "that is not right",
        "that's not correct", "that is not correct", "that's incorrect", "that is incorrect",
        "that's not true", "that is not true", "not true", "you are wrong", "you're wrong",
        "you are not correct", "you're not correct", "you are mistaken", "you're mistaken",
        "this is not correct", "this is incorrect", "is not correct", "isn't correct",
        "is incorrect",
        "that's not how", "that isn't right", "that isn't true", "not quite right", "incorrect",
        "i disagree", "you misunderstood", "you got that wrong", "that's a wrong",
        "wrong assumption",
      ]
    )
  ])
}
