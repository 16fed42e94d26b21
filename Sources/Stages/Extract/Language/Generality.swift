/// Whether what a clause says holds for all of a kind, by its grammar: bare plurals and generic
/// conditions speak of all, articles and demonstratives of one.
enum Generality {
  /// "make sure (that) all …", "ensure X is …": a state that must hold, not a deed.
  static func isStative(_ rest: [String]) -> Bool {
    let states: Set<String> = ["is", "are", "has", "have", "stays", "stay", "remains", "remain"]
    let universal: Set<String> = ["all", "every", "each", "any"]
    let openers: Set<String> = ["make", "sure", "ensure", "be", "that", "to"]
    guard let object = rest.firstIndex(where: { !openers.contains($0) }),
      !DialogueCues.vagueObjects.contains(rest[object])
    else { return false }
    // A state of one thing ("the flag is off") is set once; of a described matter it must stay.
    return universal.contains(rest[object])
      || rest[object...].prefix(8).dropFirst(3).contains(where: states.contains)
        && rest[object] != "the"
  }

  /// "should not be updated ever", "nothing may ever …": a denial for all time.
  static func deniesForever(_ words: [String]) -> Bool {
    guard let ever = words.firstIndex(of: "ever") else { return false }
    return words[..<ever].contains { Lexicon.negators.contains($0) }
  }

  /// "don't push migrations through by executing them by hand": the way is refused, not the deed.
  static func namesMeans(_ words: [String]) -> Bool {
    zip(words, words.dropFirst()).enumerated().contains { at, pair in
      at >= 2 && pair.0 == "by" && Lexicon.baseByGerund[pair.1] != nil
    }
  }

  /// "in cloud mode", "on production": a state of the product in which a rule always holds.
  static func hasModeCondition(_ words: [String]) -> Bool {
    guard let first = words.first, ["in", "on", "for", "when", "under"].contains(first),
      let mode = words.firstIndex(where: { modes.contains($0) }), (1...4).contains(mode),
      !isDefinite(Array(words[1..<mode]))
    else { return false }
    return true
  }

  private static let modes: Set<String> = [
    "mode", "modes", "environment", "environments", "production", "prod", "staging", "development",
    "ci", "builds", "platforms", "windows", "linux", "macos",
  ]

  /// "every new function", "each commit", "all tests": over all pieces of a developer's work.
  static func distributes(_ words: [String]) -> Bool {
    for (index, word) in words.enumerated()
    where ["each", "every", "all", "any"].contains(word) {
      let near = words[(index + 1)...].prefix(3)
      // "all the tests" are those at hand.
      if word == "all", ["the", "these", "those"].contains(near.first ?? "") { continue }
      if near.contains(where: { DialogueCues.artefacts.contains(StatementKey.singular($0)) }) {
        return true
      }
    }
    return false
  }

  /// "keep X in Y": a state, and where.
  static func keepsSomewhere(_ rest: [String]) -> Bool {
    guard rest.count >= 4, rest[0] == "keep", !DialogueCues.vagueObjects.contains(rest[1]) else {
      return false
    }
    return rest.dropFirst(2).contains { ["in", "under", "out", "inside"].contains($0) }
      && !rest.contains("mind")
  }

  /// "use snake_case for columns", "use conventional commits", "write docs in English": the means
  /// and the matter are kinds, not things at hand.
  static func usesInGeneral(_ rest: [String], _ tokens: [Token]) -> Bool {
    guard let verb = rest.first, ["use", "write", "name", "stick", "follow"].contains(verb),
      rest.count >= 3, !isDefinite(rest), !DialogueCues.vagueObjects.contains(rest[1]),
      !["a", "an"].contains(rest[1])
    else { return false }
    let links = tokens.indices.dropFirst(2).dropLast().contains {
      ["for", "in", "as", "when"].contains(tokens[$0].lower) && tokens[$0 + 1].kind == .word
        && !["a", "an"].contains(tokens[$0 + 1].lower)
    }
    if links { return true }
    return verb == "use" && rest.count <= 5 && isPlural(rest[rest.count - 1])
  }

  /// "don't touch `vendor/`", "don't edit generated files": verbs of change with a name or a kind.
  static func guards(_ tokens: [Token], verb: String) -> Bool {
    guard ["touch", "edit", "modify", "delete", "remove", "add", "use", "import"].contains(verb),
      let at = tokens.firstIndex(where: {
        $0.lower == verb || Lexicon.baseByGerund[$0.lower] == verb
      }), at + 1 < tokens.count
    else { return false }
    let object = tokens[at + 1]
    if ["touch", "edit", "modify", "delete"].contains(verb), object.isName {
      return object.kind == .path || Names.isPath(Substring(object.text))
    }
    if verb == "use", object.isName, at + 3 < tokens.count {
      return ["for", "in", "as"].contains(tokens[at + 2].lower) && tokens[at + 3].kind == .word
    }
    return !isDefinite(tokens[at...].map(\.lower)) && tokens.count - at >= 3
      && tokens[(at + 1)...].contains { $0.kind == .word && isPlural($0.lower) }
  }

  /// "use X instead of Y", "X, not Y", "X rather than Y".
  static func contrasts(_ words: [String]) -> Bool {
    for (index, word) in words.enumerated() where index > 0 && index + 1 < words.count {
      let next = words[index + 1]
      let rejected = index + 2 < words.count && next != "only" ? words[index + 2] : next
      let other = ["instead", "rather", "but"].contains(word) ? rejected : next
      let vague = other == "the" || DialogueCues.vagueObjects.contains(other)
      if word == "instead", next == "of", !vague { return true }
      if word == "but", next == "instead" || next == "rather", !vague { return true }
      if word == "rather", next == "than", !vague { return true }
      if word == "not", words[index - 1] == "," || words[index - 1] == "and", !vague { return true }
    }
    return false
  }

  /// "before committing", "when writing tests", "if you change X": any such time, not one.
  static func hasGenericCondition(_ words: [String]) -> Bool {
    for (index, word) in words.enumerated() where index + 1 < words.count {
      let next = words[index + 1]
      guard ["before", "after", "when", "while", "if", "unless"].contains(word) else { continue }
      let after = index + 2 < words.count ? words[index + 2] : ""
      if DialogueCues.activities.contains(next), !DialogueCues.vagueObjects.contains(after) {
        return true
      }
      // "if you find something …" speaks of what the task may bring up.
      let object = index + 3 < words.count ? words[index + 3] : ""
      let isAtHand = word == "if" && ["something", "anything", "it", "that"].contains(object)
      if next == "you", Lexicon.baseVerbs.contains(after), !isAtHand { return true }
    }
    return false
  }

  /// A subject that means all of a kind: a plural without article, or "every X", before the modal.
  static func hasGenericSubject(_ words: [String]) -> Bool {
    guard let modal = words.firstIndex(where: { FormCues.modals.contains($0) }),
      (1...5).contains(modal)
    else { return false }
    let definite: Set<String> = ["the", "these", "those", "this", "our", "your", "its", "both"]
    if ["every", "each", "all", "any"].contains(words[0]) { return true }
    let head = words[modal - 1]
    return isPlural(head) && !head.contains("_") && !definite.contains(words[0])
  }

  /// Whether the clause leans on what stands before it or on the page.
  static func pointsAway(_ words: [String]) -> Bool {
    for (index, word) in words.enumerated() {
      guard ["this", "these", "those", "here"].contains(word) else { continue }
      let next = index + 1 < words.count ? words[index + 1] : ""
      if word == "this", DialogueCues.standingPlaces.contains(next) { continue }
      return true
    }
    return false
  }

  /// Whether words point at things at hand.
  static func isDefinite(_ words: [String]) -> Bool {
    words.contains {
      [
        "the", "this", "that", "these", "those", "it", "them", "they", "your", "his", "her", "same",
        "other", "its", "one", "i",
      ].contains($0)
    }
  }

  /// Whether the first word says nothing alone.
  static func isVague(_ words: [String]) -> Bool {
    DialogueCues.vagueObjects.contains(words.first ?? "it")
  }

  /// A plural by its ending.
  static func isPlural(_ word: String) -> Bool {
    word.count > 3 && word.hasSuffix("s") && !word.hasSuffix("ss") && !word.hasSuffix("us")
      && !word.hasSuffix("sis") && word != "this"
  }
}

/// Words before a clause that say by themselves that it holds from now on.
enum StandingOpenings {
  /// The clause without them; whether there were any, and whether one asks to remember a fact.
  static func removed(
    from words: [String]
  ) -> (words: [String], standing: Bool, remember: Bool) {
    var rest = words[...]
    var standing = false
    var remember = false
    while let (length, isMemory) = table.match(Array(rest), at: 0), rest.count > length {
      rest = rest.dropFirst(length)
      // "remember to …" orders; "remember: …" and "remember that …" tell.
      remember = remember || isMemory && rest.first != "to"
      rest = rest.drop { [",", ":", "-", "please", "that", "to"].contains($0) }
      standing = true
    }
    if let (length, _) = places.match(Array(rest), at: 0), rest.count > length {
      rest = rest.dropFirst(length).drop { $0 == "," }
    }
    return (Array(rest), standing, remember)
  }

  /// The same on tokens.
  static func removed(from tokens: [Token]) -> [Token] {
    let kept = removed(from: tokens.map(\.lower)).words.count
    return Array(tokens.suffix(kept))
  }

  /// Places that mean the whole project; what follows may still be one task.
  private static let places = PhraseTable<Bool>(
    ["in this repo", "in this repository", "in this project", "in this codebase"].map { ($0, true) }
  )

  private static let table = PhraseTable<Bool>(groups: [
    (
      false,
      [
        "from now on", "going forward", "moving forward", "in future", "in the future",
        "in general", "generally", "as a rule", "as a general rule", "by convention", "guideline",
        "rule", "important", "one rule", "general rule", "for the future", "for future reference",
      ]
    ),
    (
      true,
      [
        "remember", "please remember", "keep in mind", "always remember", "don't forget",
        "have in mind", "bear in mind", "fyi", "for the record", "note for the future",
      ]
    ),
  ])
}
