import KairosModel
import KairosStore
import Snapshot

/// Values that a person asked to forget, in every spelling; told from rejected ones by the reason
/// of their tombstones.
struct ForgottenValues: Sendable {
  private let fingerprints: Set<String>
  private let facts: Set<String>

  init(_ tombstones: [Tombstone]) {
    let forgotten = tombstones.filter(\.isForgotten)
    fingerprints = Set(forgotten.map(\.fingerprint))
    facts = Set(forgotten.map(\.fact))
  }

  var isEmpty: Bool { fingerprints.isEmpty }

  /// The observations that say nothing forgotten.
  func without(_ observations: [Observation]) -> [Observation] {
    isEmpty ? observations : observations.filter { !contains($0) }
  }

  /// Whether an observation says it, by its value or by its words.
  func contains(_ observation: Observation) -> Bool {
    [observation.value, observation.statement].contains {
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

  private let subjects: Set<String>

  init(_ decisions: [UserDecision]) {
    subjects = Set(
      decisions.filter { $0.decision.action == .forget }.map(\.decision.subject))
  }

  var isEmpty: Bool { subjects.isEmpty }

  /// Whether a file of this session, or this file, was forgotten.
  func contains(session: String?, source: String) -> Bool {
    session.map { subjects.contains(Self.sessionPrefix + $0) } == true
      || subjects.contains(Self.sourcePrefix + source)
  }
}

extension Memory {
  /// An older state without what was forgotten since.
  func withoutForgotten(_ input: SnapshotInput) throws -> SnapshotInput {
    let values = ForgottenValues(input.tombstones)
    let places = ForgottenPlaces(try store.userDecisions())
    if values.isEmpty, places.isEmpty { return input }
    let facts = input.facts.compactMap { fact -> Fact? in
      guard !values.contains(fact) else { return nil }
      let kept = fact.evidence.filter {
        !places.contains(session: $0.session, source: $0.place.source)
      }
      if kept.count == fact.evidence.count { return fact }
      return kept.isEmpty ? nil : fact.resting(on: kept)
    }
    return SnapshotInput(
      project: input.project, sequence: input.sequence, parent: input.parent,
      newestEvidence: input.newestEvidence, configuration: input.configuration,
      toolVersion: input.toolVersion, facts: facts, tombstones: input.tombstones,
      decisions: input.decisions.filter { $0.action == .forget || !values.contains($0) },
      sources: input.sources.filter { !places.contains(session: $0.session, source: $0.id) })
  }
}

extension Fact {
  /// The fact with other evidence.
  func resting(on evidence: [Evidence]) -> Fact {
    Fact(
      id: id, state: state, kind: kind, statement: statement, slot: slot, value: value,
      polarity: polarity, confidencePPM: confidencePPM, support: support, validFrom: validFrom,
      validTo: validTo, firstSeen: firstSeen, lastSeen: lastSeen, verified: verified,
      supersedes: supersedes, supersededBy: supersededBy, pinned: pinned, reason: reason,
      evidence: evidence, disposition: disposition, logOddsQ16: logOddsQ16, weights: weights)
  }
}
