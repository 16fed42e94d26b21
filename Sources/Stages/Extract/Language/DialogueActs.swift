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
    let opened = StandingOpenings.removed(from: clause.words)
    let words = opened.words
    guard !words.isEmpty, !DialogueCues.oneTask.occurs(in: words), !Generality.pointsAway(words)
    else { return .other }
    let (form, rest) = ClauseForm.read(words)
    let verb = rest.first ?? ""
    let standing =
      opened.standing || DialogueCues.standing.occurs(in: words)
      || Generality.deniesForever(words)
      || words.suffix(3) == ["in", "the", "future"]
      || Generality.distributes(words) && DialogueCues.practiceVerbs.contains(verb)
        && !Generality.isDefinite(rest)
    // "always show …" asks for a behaviour of the program.
    if DialogueCues.displayVerbs.contains(verb), form == .imperative { return .other }
    let evidence = Evidence(rest: rest, clause: clause, words: words, standing: standing)
    switch form {
    case .imperative: return imperative(evidence)
    case .proposal: return proposes(evidence) ? .directive : .other
    case .prohibition: return prohibits(evidence) ? .prohibition : .other
    case .preference: return Generality.isVague(rest) ? .other : .preference
    case .dislike: return Generality.isDefinite(rest) ? .other : .preference
    case .wish:
      // "the X to be called Y" names one thing, once.
      let christens = rest.contains { ["called", "named", "renamed"].contains($0) }
      return DialogueCues.standing.occurs(in: words) || Generality.contrasts(rest) && !christens
        ? .preference : .other
    case .obligation:
      return standing || Generality.hasGenericSubject(words) ? .directive : .other
    case .practice, .location: return .statement
    case .other:
      let supposes = words.contains { ["can", "could", "might", "may", "would"].contains($0) }
      return opened.remember && rest.count >= 4 && !supposes ? .statement : .other
    }
  }

  /// What is known about a clause when its act is decided.
  private struct Evidence {
    /// Words from the main verb on.
    let rest: [String]
    let clause: Clause
    let words: [String]
    let standing: Bool

    var verb: String { rest.first ?? "" }
  }

  private static func imperative(_ evidence: Evidence) -> DialogueAct {
    let rest = evidence.rest
    switch evidence.verb {
    case "avoid": return Generality.isVague(Array(rest.dropFirst())) ? .other : .prohibition
    case "prefer": return .preference
    case "make", "ensure", "be":
      return evidence.standing || Generality.isStative(rest) ? .directive : .other
    default: break
    }
    if evidence.standing { return .directive }
    if Generality.contrasts(rest), !DialogueCues.editVerbs.contains(evidence.verb) {
      return .directive
    }
    let inspects = DialogueCues.inspectionVerbs.contains(evidence.verb)
    let general =
      Generality.hasGenericCondition(evidence.words) && !inspects || Generality.keepsSomewhere(rest)
      || Generality.usesInGeneral(rest, evidence.clause.tokens)
    return general ? .directive : .other
  }

  private static func proposes(_ evidence: Evidence) -> Bool {
    if evidence.standing { return true }
    if evidence.verb == "avoid" { return !Generality.isDefinite(Array(evidence.rest.dropFirst())) }
    let edits = DialogueCues.editVerbs.contains(evidence.verb)
    return Generality.contrasts(evidence.rest) && !edits
      || Generality.keepsSomewhere(evidence.rest)
      || Generality.usesInGeneral(evidence.rest, evidence.clause.tokens)
  }

  private static func prohibits(_ evidence: Evidence) -> Bool {
    if evidence.standing { return true }
    let rest = evidence.rest
    if Generality.hasModeCondition(evidence.words), rest.count >= 4 { return true }
    guard rest.count >= 2, !DialogueCues.vagueObjects.contains(rest[1]) else { return false }
    if Generality.guards(evidence.clause.tokens, verb: evidence.verb) { return true }
    if Generality.namesMeans(rest) { return true }
    if Generality.hasGenericCondition(evidence.words) || Generality.contrasts(rest) { return true }
    guard !DialogueCues.momentVerbs.contains(evidence.verb) else { return false }
    let reasoned =
      !evidence.clause.reason.isEmpty
      || rest.contains { ["because", "since", "otherwise", "unless"].contains($0) }
    let universal = rest.dropFirst().contains { ["all", "every", "each", "any"].contains($0) }
    let plural = rest.dropFirst().contains { Generality.isPlural($0) && !$0.contains("_") }
    return reasoned || universal || plural && !Generality.isDefinite(rest) && !rest.contains("if")
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
