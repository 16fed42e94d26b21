/// Rewrites the beginning of a person's clause, so that it stands without its speaker.
enum Openings {
  /// Without the words that only open a turn ("yeah, and please …").
  static func withoutPleasantries(_ tokens: [Token]) -> [Token] {
    var tokens = tokens[...]
    while let first = tokens.first {
      let words = tokens.map(\.lower)
      if first.kind == .punctuation, first.text != "(", first.text != "\"" {
        tokens.removeFirst()
      } else if let (length, needsPause) = OpeningCues.pleasantries.match(words, at: 0),
        tokens.count > length,
        !needsPause || [",", ".", "!", "-", ":"].contains(words[length])
      {
        tokens.removeFirst(length)
      } else {
        break
      }
    }
    return Array(tokens)
  }

  /// Without the speaker's stance in front of the main clause ("given X, I think it's better …").
  static func withoutStance(_ tokens: [Token]) -> [Token] {
    let start = mainStart(tokens.map(\.lower))
    guard start > 0, tokens[start - 1].text == "," else { return tokens }
    let main = withoutPleasantries(Array(tokens[start...]))
    return Array(tokens[..<start]) + main
  }

  /// The clause with its person removed ("you should always run" → "Always run", "we use" → "The
  /// project uses"), also after a condition that stands first.
  static func impersonal(_ tokens: [Token]) -> [Token] {
    if tokens.count > 2, tokens[0].lower == "stop",
      let verb = Lexicon.baseByGerund[tokens[1].lower]
    {
      return [Token(word: "Do"), Token(word: "not"), Token(word: verb)] + tokens.dropFirst(2)
    }
    let words = tokens.map(\.lower)
    let start = mainStart(words)
    guard let (length, replacement) = OpeningCues.persons.match(words, at: start) else {
      return practice(tokens, at: start)
    }
    var rest = Array(tokens[(start + length)...])
    if rest.first?.lower == "please" { rest.removeFirst() }
    let again = OpeningCues.persons.match(rest.map(\.lower), at: 0)
    if replacement.isEmpty, again != nil { rest = impersonal(rest) }
    var put = replacement.split(separator: " ").map { Token(word: String($0)) }
    if start > 0, let first = put.first {
      let comma = tokens[start - 1].text == "," ? [] : [Token(.punctuation, ",", spaced: false)]
      put = comma + [Token(word: first.lower)] + put.dropFirst()
    }
    // "we should be using X" → "use X".
    if replacement.isEmpty, rest.count > 1, rest[0].lower == "be",
      let verb = Lexicon.baseByGerund[rest[1].lower]
    {
      rest.replaceSubrange(0...1, with: [Token(word: verb)])
    }
    return Array(tokens[..<start]) + put + rest
  }

  /// "we use X" → "The project uses X".
  private static func practice(_ tokens: [Token], at start: Int) -> [Token] {
    guard start < tokens.count, tokens[start].lower == "we", start + 1 < tokens.count else {
      return tokens
    }
    var rest = Array(tokens[(start + 1)...])
    var head = [Token(word: start == 0 ? "The" : "the"), Token(word: "project")]
    if rest[0].lower == "don't" || (rest[0].lower == "do" && rest.dropFirst().first?.lower == "not")
    {
      rest.removeFirst(rest[0].lower == "don't" ? 1 : 2)
      head += [Token(word: "does"), Token(word: "not")]
    } else {
      if ["only", "also", "always"].contains(rest[0].lower) { head.append(rest.removeFirst()) }
      guard let verb = rest.first else { return tokens }
      if Lexicon.baseVerbs.contains(verb.lower) {
        rest[0] = Token(word: Lexicon.thirdPerson(verb.lower))
      }
    }
    return Array(tokens[..<start]) + head + rest
  }

  /// Where the main clause starts: after the comma of an opening condition, or at the person that
  /// follows it ("for every test I'd like …").
  static func mainStart(_ words: [String]) -> Int {
    guard let first = words.first, FormCues.conditions.contains(first) else { return 0 }
    if let comma = words.firstIndex(of: ","), comma + 1 < words.count { return comma + 1 }
    let persons: Set<String> = ["i", "i'd", "we", "let's", "please", "always", "never", "don't"]
    return words.indices.dropFirst(2).first { persons.contains(words[$0]) && $0 < 14 } ?? 0
  }

  /// After these the verb keeps its base form ("should we use").
  private static let auxiliaries: Set<String> = [
    "should", "do", "does", "did", "can", "could", "would", "will", "must", "shall", "don't", "may",
  ]

  /// Persons inside the clause: "unless I ask" → "unless asked", "our" → "the project's". `nil`
  /// when a person is left that cannot be replaced.
  static func withoutPersons(_ tokens: [Token]) -> [Token]? {
    var out: [Token] = []
    var at = 0
    let words = tokens.map(\.lower)
    while at < tokens.count {
      if let (length, replacement) = OpeningCues.inner.match(words, at: at) {
        out += replacement.split(separator: " ").map { Token(word: String($0)) }
        at += length
      } else if words[at] == "we" {
        out += [Token(word: "the"), Token(word: "project")]
        at += 1
        guard at < tokens.count else { return nil }
        if let auxiliary = out.dropLast(2).last?.lower, auxiliaries.contains(auxiliary) {
          if auxiliary == "do" { out[out.count - 3] = Token(word: "does") }
        } else if words[at] == "don't" {
          out += [Token(word: "does"), Token(word: "not")]
          at += 1
        } else if words[at] == "have" || Lexicon.baseVerbs.contains(words[at]) {
          out.append(Token(word: Lexicon.thirdPerson(words[at])))
          at += 1
        }
      } else {
        let word = words[at]
        if tokens[at].kind == .word,
          Lexicon.firstPerson.contains(word)
            || Lexicon.plural.contains(word) && tokens[at].text != "US"
        {
          return nil
        }
        out.append(tokens[at])
        at += 1
      }
    }
    return out
  }
}

/// Phrases at the beginning of turns and clauses.
enum OpeningCues {
  /// `true`: only before a pause, since the word also opens sentences ("no tests may …").
  static let pleasantries = PhraseTable<Bool>(groups: [
    (
      false,
      [
        "yes", "yeah", "yep", "yup", "nope", "nah", "ok", "okay", "sure", "please", "pls", "also",
        "and", "but", "so", "hmm", "hm", "hmmm", "hmmmm", "mmm", "umm", "um", "uh", "uhm", "oh",
        "well", "actually", "btw",
        "by the way", "note that", "please note that", "please note", "just to be sure",
        "as a reminder", "a reminder", "great", "cool", "perfect", "thanks", "thank you",
        "in that case",
        "one more thing", "additionally", "furthermore", "wait", "hey", "hi", "hello", "ah", "ahh",
        "alright", "all right", "then", "i think", "i feel like", "i guess", "i'd say", "i mean",
        "sorry", "basically", "obviously", "of course", "just",

        "yes please", "one thing",

      ]
    ),
    (
      true,
      [
        "that's wrong", "that is wrong", "that's not right", "that's not correct", "this is wrong",
        "that is not correct", "that's incorrect", "you're wrong", "not true", "not quite",
        "that's not true", "that is incorrect", "you are not correct", "you're not correct",
        "you are wrong", "you are mistaken", "you're mistaken",
      ]
    ),
    (true, ["no", "right", "note", "nice", "good", "again", "wrong", "correct", "stop", "first"]),
  ])

  /// What persons open a clause with, and what stands for it in a statement.
  static let persons = PhraseTable<String>(groups: [
    (
      "Never",
      [
        "never", "you should never", "you must never", "we should never", "we must never",
        "we never", "you never", "don't ever", "do not ever", "let's never", "you don't ever",
        "make sure you never", "make sure to never",
      ]
    ),
    (
      "Always",
      [
        "always", "you should always", "you must always", "we should always", "we always",
        "you always", "let's always", "we must always", "we need to always", "you need to always",
        "make sure you always", "make sure to always",
      ]
    ),
    (
      "Do not",
      [
        "don't", "do not", "you should not", "you shouldn't", "you must not", "you mustn't",
        "we should not", "we shouldn't", "we must not", "let's not", "you don't",
        "we don't want to", "i don't want you to", "you can't", "you cannot", "you may not",
        "try not to", "be careful not to", "make sure not to", "make sure you don't",
        "you are not allowed to", "no need to", "we don't need to", "we cannot",
        "it's better not to", "it is better not to", "it's best not to", "it is best not to",
        "better not to", "it would be better not to", "you'd better not",
      ]
    ),
    (
      "",
      [
        "you should", "you must", "you need to", "you have to", "we should", "we must",
        "we need to", "we have to", "let's", "let us", "i want you to", "i'd like you to",
        "i need you to", "remember to", "don't forget to", "we want to", "remember that",
        "can you", "could you", "would you", "please", "can you please", "could you please",
        "try to", "i would like you to",
      ]
    ),
    (
      "Prefer",
      [
        "it's better to", "it is better to", "it's best to", "it is best to", "better to",
        "we prefer", "i prefer", "i'd prefer", "i would prefer", "we'd prefer", "i really prefer",
        "i strongly prefer", "i always prefer", "i'd like to see", "i would like to see",
        "i'd like to have", "i like", "i'd like", "i want to see", "i want to have", "i want",
        "we want", "i would like", "i'd rather have", "my preference is", "i'd want",
        "i prefer to have", "i'd prefer to have", "i'd prefer if",
      ]
    ),
    (
      "Avoid",
      ["i don't like", "i do not like", "i don't want", "we don't want", "i hate", "i dislike"]
    ),
  ])

  /// Persons inside a clause.
  static let inner = PhraseTable<String>(groups: [
    ("when asked", ["when i ask", "when i ask you", "when i ask for it", "when i ask you to"]),
    ("when told", ["when i tell you", "when i tell you to", "when i say so", "when i say"]),
    ("if asked", ["if i ask", "if i ask you", "if i ask you to", "if i tell you to"]),
    (
      "until asked", ["until i ask", "until i ask you to", "until i tell you to", "until i say so"]
    ),
    (
      "unless asked",
      [
        "unless i ask", "unless i ask you", "unless i ask you to", "unless i tell you",
        "unless i tell you to", "unless i say so", "unless i ask for it", "unless i asked",
        "unless i explicitly ask", "unless i explicitly ask you to", "unless i request it",
      ]
    ),
    ("without asking", ["without asking me", "without asking me first", "without my permission"]),
    ("ask the user", ["ask me"]),
    ("tell the user", ["tell me"]),
    ("the project's", ["our"]),
    ("the project is", ["we're", "we are"]),
    ("the project has", ["we've", "we have"]),
    ("", ["please", "pls", "of course", "obviously", "imho", "imo"]),
    ("the project", ["this repo", "this repository", "this project", "this codebase"]),
  ])
}
