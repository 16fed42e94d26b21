import Extract
import KairosModel
import KairosRedaction
import KairosStore

/// What a person says about one fact.
public enum ReviewDecision: Sendable, Equatable {
  /// No decision: the fact stays as the evidence leaves it.
  case keep
  /// Firm where the evidence left it open.
  case accept
  /// Gone, in every spelling, for good.
  case reject
  /// Firm whatever the evidence says.
  case pin
  /// Takes pin and acceptance back: the evidence decides again.
  case unpin
  /// Accepted in these words.
  case reword(String)

  /// The longest statement that observations have, so that people's fit the same exports.
  static let wordingMax = 240

  var action: Decision.Action? {
    switch self {
    case .keep: nil
    case .accept: .accept
    case .reject: .reject
    case .pin: .pin
    case .unpin: .unpin
    case .reword: .reword
    }
  }
}

/// What a decision did.
public struct ReviewOutcome: Sendable, Equatable {
  public let fact: String
  /// As it stood before the decision.
  public let statement: String
  /// The word of `Decision.Action`.
  public let action: String
  /// False when the same had been decided before.
  public let isNew: Bool
}

/// A decision that cannot be taken.
enum ReviewFailure: Failure, Equatable {
  case retired(fact: String, state: FactState)
  case badFile(path: String, mistakes: [String])

  var status: ExitStatus {
    switch self {
    case .retired: .refused
    case .badFile: .badData
    }
  }

  var sentence: String {
    switch self {
    case .retired(let fact, let state):
      "\(fact) is \(state.rawValue); only a fact that is open or firm can be accepted"
    case .badFile(let path, let mistakes):
      "\(path) has \(mistakes.count == 1 ? "a mistake" : "\(mistakes.count) mistakes"); "
        + "nothing was applied:\n" + mistakes.map { "  \($0)" }.joined(separator: "\n")
    }
  }

  var hint: String? {
    switch self {
    case .retired: "`kairos review pin FACT` makes it firm whatever the evidence says"
    case .badFile: "correct these lines and run the same command again"
    }
  }
}

extension Memory {
  /// Takes one decision about the fact that `query` names and lets the facts follow. The caller
  /// holds the lock.
  public func review(
    _ decision: ReviewDecision, _ query: String, reason: String?, _ settings: RunSettings
  ) async throws -> ReviewOutcome {
    let fact = try oneFact(query)
    if decision == .accept, !fact.state.isOpen {
      throw ReviewFailure.retired(fact: fact.id, state: fact.state)
    }
    let outcome = try decide(decision, fact, reason: reason)
    if outcome.isNew { try await settle(settings) }
    return outcome
  }

  /// Keeps a decision in the log and the store, unless it was the last word already.
  func decide(
    _ decision: ReviewDecision, _ fact: Fact, reason: String?
  ) throws -> ReviewOutcome {
    let redactor = Redactor(key: configuration.project)
    guard let action = decision.action else {
      return ReviewOutcome(
        fact: fact.id, statement: fact.statement, action: "keep", isNew: false)
    }
    var wording: String?
    if case .reword(let text) = decision { wording = redactor.redact(text) }
    let last = PeoplesWord(try store.userDecisions()).last[fact.id]
    let isNew = last?.decision.action != action || last?.statement != wording
    if isNew {
      let given = reason.map { redactor.redact(OneLine.of($0)) }
      let entry = Decision(
        action: action, subject: fact.id, object: "", actor: "user", at: fact.lastSeen,
        reason: Self.reason(action, given, fact))
      if action == .reject {
        try reject(fact, entry, reason: given ?? "by the user")
      } else {
        try store.addUserDecision(entry, statement: wording)
      }
    }
    return ReviewOutcome(
      fact: fact.id, statement: fact.statement, action: action.rawValue, isNew: isNew)
  }

  /// What the journal says; for a rewording with the wording that it replaces.
  private static func reason(_ action: Decision.Action, _ given: String?, _ fact: Fact) -> String {
    guard action == .reword else { return given ?? "by the user" }
    return (given.map { $0 + "; " } ?? "") + "it said before: " + fact.statement
  }

  /// One tombstone for every wording that was merged into the fact: without them a wording could
  /// come back alone when the others are gone.
  private func reject(_ fact: Fact, _ entry: Decision, reason: String) throws {
    for (id, value) in try wordings(of: fact) {
      let decision =
        id == fact.id
        ? entry
        : Decision(
          action: .reject, subject: id, object: fact.id, actor: "user", at: fact.lastSeen,
          reason: "another wording of \(fact.id)")
      try store.addUserDecision(
        decision,
        tombstone: Tombstone(
          fact: id, fingerprint: Tombstone.fingerprint(slot: fact.slot, value: value),
          reason: reason))
    }
    for claim in try statedWordings(of: fact) {
      try store.addUserDecision(
        Decision(
          action: .reject, subject: claim.id, object: fact.id, actor: "user", at: fact.lastSeen,
          reason: "\(fact.id) as a memory file states it"),
        tombstone: Tombstone(fact: claim.id, fingerprint: claim.fingerprint, reason: reason))
    }
  }

  /// The claims that memory files would make in the fact's words, where they answer another
  /// question than the fact.
  func statedWordings(of fact: Fact) throws -> [(id: String, fingerprint: String)] {
    let texts = try observations(behind: fact).map(\.statement) + [fact.statement]
    return Set(texts).sorted().compactMap { text in
      let claim = StatedClaim.of(text)
      guard claim.predicate != fact.slot.predicate else { return nil }
      let slot = Slot(
        scope: Scope(project: fact.slot.scope.project), subject: claim.subject,
        predicate: claim.predicate)
      return (
        Fact.id(slot: slot, value: claim.value, polarity: claim.polarity),
        Tombstone.fingerprint(slot: slot, value: text)
      )
    }
  }

  /// The values and statements that were merged into a fact, each with the id that it would have
  /// alone; the fact's own value first. A statement counts because its value may depend on
  /// spelling: code marks tell a command from a word.
  func wordings(of fact: Fact) throws -> [(id: String, value: String)] {
    var values: Set<String> = []
    for observation in try observations(behind: fact) {
      values.formUnion([observation.value, observation.statement])
    }
    values.insert(fact.statement)
    values.remove(fact.value)
    return [(fact.id, fact.value)]
      + values.sorted().map {
        (Fact.id(slot: fact.slot, value: $0, polarity: fact.polarity), $0)
      }
  }

  /// The observations that speak for a fact.
  func observations(behind fact: Fact) throws -> [Observation] {
    var found: [Observation] = []
    for weight in fact.weights where weight.weightQ16 > 0 && !weight.observation.isEmpty {
      guard let observation = try store.observation(id: weight.observation),
        observation.slot == fact.slot, observation.polarity == fact.polarity
      else { continue }
      found.append(observation)
    }
    return found
  }
}

extension FactState {
  /// Whether the evidence has not ended the fact.
  var isOpen: Bool { self == .firm || self == .tentative }
}

/// Text as one line: line ends and other controls become spaces.
enum OneLine {
  static func of(_ text: String) -> String {
    var out = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      out.append(scalar.properties.generalCategory == .control ? " " : scalar)
    }
    return String(out)
  }
}
