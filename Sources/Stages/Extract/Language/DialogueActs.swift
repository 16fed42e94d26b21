/// What a clause of a person does in the conversation.
enum DialogueAct: Equatable {
  /// "Always run the linter", "use X instead of Y".
  case directive
  /// "Never amend commits".
  case prohibition
  /// "I prefer …".
  case preference
  /// "We use X", "X lives in Y".
  case statement
  /// Everything else: requests for one task, questions, status, thanks.
  case other
}

/// Tells standing directives from requests for one task.
///
/// A clause stands when its form is that of a rule (imperative, obligation, preference or
/// practice) and a cue says that it holds beyond the task: quantified time (always, never,
/// whenever), a generic condition ("before committing"), a contrast of practices (X instead of Y),
/// or a prohibition that gives a general reason. It does not stand when it points at the moment or
/// the page (now, for now, this, the following).
enum DialogueActs {
  static func read(_ clause: Clause) -> DialogueAct {
    let words = clause.words
    guard !DialogueCues.oneTask.occurs(in: words), !pointsAway(words) else { return .other }
    let (form, rest) = ClauseForm.read(words)
    let standing = DialogueCues.standing.occurs(in: words)
    switch form {
    case .imperative: return imperative(rest, clause: clause, standing: standing)
    case .prohibition:
      return prohibits(rest, clause: clause, standing: standing) ? .prohibition : .other
    case .preference:
      return DialogueCues.vagueObjects.contains(rest.first ?? "") ? .other : .preference
    case .wish:
      return standing || contrasts(rest) ? .preference : .other
    case .practice: return .statement
    case .obligation: return standing || isGenericPlural(words) ? .directive : .other
    case .proposal: return standing || contrasts(rest) ? .directive : .other
    case .location: return .statement
    case .other: return .other
    }
  }

  private static func imperative(
    _ rest: [String], clause: Clause, standing: Bool
  ) -> DialogueAct {
    if standing { return .directive }
    let verb = rest.first ?? ""
    if verb == "avoid" { return .prohibition }
    if verb == "prefer" { return .preference }
    if contrasts(rest), !DialogueCues.editVerbs.contains(verb) { return .directive }
    if ["make", "ensure", "be"].contains(verb), isStative(rest) { return .directive }
    return hasGenericCondition(clause.words) ? .directive : .other
  }

  private static func prohibits(_ rest: [String], clause: Clause, standing: Bool) -> Bool {
    if standing { return true }
    guard let verb = rest.first, !DialogueCues.momentVerbs.contains(verb), rest.count >= 2,
      !DialogueCues.vagueObjects.contains(rest[1])
    else { return false }
    let reasoned =
      !clause.reason.isEmpty
      || rest.contains { ["because", "since", "otherwise", "unless", "instead"].contains($0) }
    return reasoned || hasGenericCondition(clause.words) || contrasts(rest)
  }

  /// "make sure (that) all …", "ensure X is …": a state that must hold, not a deed.
  private static func isStative(_ rest: [String]) -> Bool {
    let states: Set<String> = ["is", "are", "has", "have", "stays", "stay", "remains", "remain"]
    let universal: Set<String> = ["all", "every", "each", "any"]
    guard
      let object = rest.firstIndex(where: {
        !["make", "sure", "ensure", "be", "that"].contains($0)
      })
    else { return false }
    guard !DialogueCues.vagueObjects.contains(rest[object]) else { return false }
    return universal.contains(rest[object])
      || rest[object...].prefix(7).dropFirst().contains(where: states.contains)
  }

  /// "use X instead of Y", "X over Y", "X, not Y", "X rather than Y".
  private static func contrasts(_ words: [String]) -> Bool {
    for (index, word) in words.enumerated() where index > 0 && index + 1 < words.count {
      let next = words[index + 1]
      let vague = DialogueCues.vagueObjects.contains(
        index + 2 < words.count && next == "of" ? words[index + 2] : next)
      if word == "instead", next == "of", !vague { return true }
      if word == "rather", next == "than", !vague { return true }
      if word == "not", words[index - 1] == "," || words[index - 1] == "and", !vague { return true }
    }
    return false
  }

  /// "before committing", "when writing tests", "if you change X": any such time, not one.
  private static func hasGenericCondition(_ words: [String]) -> Bool {
    for (index, word) in words.enumerated() where index + 1 < words.count {
      let next = words[index + 1]
      guard ["before", "after", "when", "while", "if", "unless"].contains(word) else { continue }
      let gerund = next.hasSuffix("ing") && next.count > 5 && !["everything"].contains(next)
      if gerund { return true }
      if next == "you", index + 2 < words.count, Lexicon.baseVerbs.contains(words[index + 2]) {
        return true
      }
      if ["each", "every", "any"].contains(next) { return true }
    }
    return false
  }

  /// A subject that means all of a kind: a plural without article before the modal.
  private static func isGenericPlural(_ words: [String]) -> Bool {
    guard
      let modal = words.firstIndex(where: {
        ["should", "must", "shouldn't", "mustn't"].contains($0)
      }),
      (1...4).contains(modal)
    else { return false }
    let head = words[modal - 1]
    guard head.count > 3, head.hasSuffix("s"), !head.hasSuffix("ss"), !head.hasSuffix("us") else {
      return false
    }
    return !["the", "these", "those", "this", "our", "your", "its", "both"].contains(words[0])
  }

  /// Whether the clause leans on what stands before it or on the page.
  private static func pointsAway(_ words: [String]) -> Bool {
    for (index, word) in words.enumerated() {
      guard ["this", "these", "those", "here"].contains(word) else { continue }
      let next = index + 1 < words.count ? words[index + 1] : ""
      if word == "this", DialogueCues.standingPlaces.contains(next) { continue }
      return true
    }
    return false
  }

  /// Whether a message refutes what the assistant said before: "no, …", "that's wrong".
  static func refutes(_ message: String, answersQuestion: Bool) -> Bool {
    let first = SentenceSplitter.sentences(in: message).prefix(2).map {
      Tokenizer.tokens($0).map(\.lower)
    }
    for words in first {
      let head = Array(words.prefix(12))
      if DialogueCues.refutations.occurs(in: head), words.last != "?" { return true }
      if !answersQuestion, let word = words.first, ["no", "nope", "wrong"].contains(word),
        words.count > 1, [",", ".", "!", "-"].contains(words[1])
      {
        return true
      }
    }
    return false
  }
}
