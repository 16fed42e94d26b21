import KairosModel
import KairosStore
import Snapshot

/// Values that a person asked to forget, in every spelling; told from rejected ones by the reason
/// of their tombstones.
struct ForgottenValues: Sendable {
  private let fingerprints: Set<String>
  private let facts: Set<String>
  private let periods: [ForgottenPeriod]

  init(_ tombstones: [Tombstone], periods: [ForgottenPeriod] = []) {
    self.periods = periods
    let forgotten = tombstones.filter(\.isForgotten)
    fingerprints = Set(forgotten.map(\.fingerprint))
    facts = Set(forgotten.map(\.fact))
  }

  var isEmpty: Bool { fingerprints.isEmpty && periods.isEmpty }

  /// The observations that say nothing forgotten.
  func without(_ observations: [Observation]) -> [Observation] {
    isEmpty ? observations : observations.filter { !contains($0) }
  }

  /// Whether an observation says it, by its value or by its words, or comes from a forgotten time.
  func contains(_ observation: Observation) -> Bool {
    if periods.contains(where: { $0.holds(observation.actor, observation.at) }) { return true }
    return [observation.value, observation.statement].contains {
      fingerprints.contains(Tombstone.fingerprint(slot: observation.slot, value: $0))
    }
  }

  /// Whether a fact says it.
  func contains(_ fact: Fact) -> Bool {
    facts.contains(fact.id)
      || [fact.value, fact.statement].contains {
        fingerprints.contains(Tombstone.fingerprint(slot: fact.slot, value: $0))
      }
  }

  /// Whether a decision is about it.
  func contains(_ decision: Decision) -> Bool {
    facts.contains(decision.subject) || facts.contains(decision.object)
  }
}

/// Sessions and sources that a person asked to forget; they are not read again.
struct ForgottenPlaces: Sendable {
  static let sessionPrefix = "session:"
  static let sourcePrefix = "source:"
  static let periodPrefix = "period:"

  private let subjects: Set<String>
  let periods: [ForgottenPeriod]

  init(_ decisions: [UserDecision]) {
    subjects = Set(
      decisions.filter { $0.decision.action == .forget }.map(\.decision.subject))
    periods = subjects.sorted().compactMap { subject in
      guard subject.hasPrefix(Self.periodPrefix) else { return nil }
      return ForgottenPeriod(text: subject.dropFirst(Self.periodPrefix.count))
    }
  }

  /// The events that happened in no forgotten time.
  func without(_ events: [Event]) -> [Event] {
    periods.isEmpty
      ? events : events.filter { event in !periods.contains { $0.contains(event.at) } }
  }

  /// Whether a piece of evidence comes from a forgotten session, source or time.
  func contains(_ evidence: Evidence) -> Bool {
    contains(session: evidence.session, source: evidence.place.source)
      || periods.contains { $0.holds(evidence.actor, evidence.at) }
  }

  var isEmpty: Bool { subjects.isEmpty }

  /// Whether a file of this session, or this file, was forgotten.
  func contains(session: String?, source: String) -> Bool {
    session.map { subjects.contains(Self.sessionPrefix + $0) } == true
      || subjects.contains(Self.sourcePrefix + source)
  }
}

extension Memory {
  /// What must not be said again, by its content or by its time.
  func forgottenValues() throws -> ForgottenValues {
    ForgottenValues(
      try store.tombstones(), periods: ForgottenPlaces(try store.userDecisions()).periods)
  }

  /// An older state without what was forgotten since.
  func withoutForgotten(_ input: SnapshotInput) throws -> SnapshotInput {
    let values = ForgottenValues(input.tombstones)
    let places = ForgottenPlaces(try store.userDecisions())
    if values.isEmpty, places.isEmpty { return input }
    let facts = input.facts.compactMap { fact -> Fact? in
      guard !values.contains(fact) else { return nil }
      let kept = fact.evidence.filter { !places.contains($0) }
      if kept.count == fact.evidence.count { return fact }
      return kept.isEmpty ? nil : fact.resting(on: kept)
    }
    return SnapshotInput(
      project: input.project, sequence: input.sequence, parent: input.parent,
      newestEvidence: input.newestEvidence, configuration: input.configuration,
      toolVersion: input.toolVersion, facts: facts, tombstones: input.tombstones,
      decisions: input.decisions.filter { $0.action == .forget || !values.contains($0) },
      sources: input.sources.filter { !places.contains(session: $0.session, source: $0.id) },
      isRewritten: input.isRewritten)
  }
}

extension ForgottenPeriod {
  /// Whether what somebody said or did belongs to the time. What stands in files has no time of its
  /// own.
  func holds(_ actor: Actor, _ at: Timestamp?) -> Bool {
    actor != .workspace && actor != .document && contains(at)
  }
}

extension Fact {
  /// The fact with other evidence and, where given, another reason.
  func resting(on evidence: [Evidence], reason: String? = nil) -> Fact {
    Fact(
      id: id, state: state, kind: kind, statement: statement, slot: slot, value: value,
      polarity: polarity, confidencePPM: confidencePPM, support: support, validFrom: validFrom,
      validTo: validTo, firstSeen: firstSeen, lastSeen: lastSeen, verified: verified,
      supersedes: supersedes, supersededBy: supersededBy, pinned: pinned,
      reason: reason ?? self.reason,
      evidence: evidence, disposition: disposition, logOddsQ16: logOddsQ16, weights: weights)
  }
}
