import KairosModel

/// What stands behind a claim, counted over observations with a voice that were right when they
/// were made.
struct SupportCount {
  let voices: [Observation]
  let outcomeSessions: Int
  let outcomeDays: Int
  let directiveSessions: Int
  let lookedSessions: Int
  let lookedDays: Int
  let hasPlainDocument: Bool

  /// `newest` stands for unknown times.
  init(_ claim: ReconciledClaim, newest: Timestamp?) {
    let voices = claim.claim.observations.filter {
      $0.silence == nil && claim.labels[$0.id] != .erroneous
    }
    self.voices = voices
    let outcomes = voices.filter(\.isOutcome)
    outcomeSessions = Self.sessions(outcomes)
    outcomeDays = Self.days(outcomes, newest: newest)
    directiveSessions = Self.sessions(voices.filter { $0.actor == .human && !$0.isHedged })
    let looked = voices.filter { $0.actor == .assistant && $0.grounded && !$0.isHedged }
    lookedSessions = Self.sessions(looked)
    lookedDays = Self.days(looked, newest: newest)
    hasPlainDocument = voices.contains { $0.actor == .document && !$0.isHedged }
  }

  /// Independent sessions: an observation without one counts by its message.
  static func sessions(_ observations: [Observation]) -> Int {
    Set(observations.map { $0.session ?? $0.lineage }).count
  }

  static func days(_ observations: [Observation], newest: Timestamp?) -> Int {
    Set(observations.compactMap { ($0.at ?? newest)?.day }).count
  }

  /// The record of a fact; `against` are observations that say something else.
  func record(against: Int, newest: Timestamp?) -> Support {
    Support(
      observations: voices.count, sessions: Set(voices.compactMap(\.session)).count,
      days: Self.days(voices, newest: newest), actors: Set(voices.map(\.actor)).sorted(),
      against: against)
  }
}
