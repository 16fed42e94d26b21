import KairosModel

/// Puts a fact together from a claim and its judgement.
struct FactBuilder {
  let claim: ReconciledClaim
  let id: String
  let judgement: Judgement
  let support: SupportCount
  let against: Int
  let isPinned: Bool
  /// A person's wording of the statement.
  let wording: String?
  /// Fact ids of the slot's claims, by claim id.
  let factIDs: [String: String]
  let newest: Timestamp?

  var fact: Fact {
    let times = seen
    return Fact(
      id: id, state: judgement.state, kind: claim.claim.kind,
      statement: wording ?? claim.claim.statement,
      slot: claim.claim.slot, value: claim.claim.value, polarity: claim.claim.polarity,
      confidencePPM: judgement.confidencePPM,
      support: support.record(against: against, newest: newest), validFrom: claim.validFrom,
      validTo: claim.validTo, firstSeen: times.min(), lastSeen: times.max(),
      verified: claim.verified,
      supersedes: claim.supersedes.compactMap { factIDs[$0] }.sorted(),
      supersededBy: claim.supersededBy.flatMap { factIDs[$0] }, pinned: isPinned,
      reason: judgement.reason,
      evidence: EvidenceChoice.evidence(
        of: voices, proofPath: claim.verified.flatMap { $0.extent == .value ? $0.path : nil }),
      disposition: claim.disposition, logOddsQ16: claim.logOddsQ16, weights: claim.weights)
  }

  /// All observations with a voice, also the wrong ones: a retired fact shows what it rested on.
  private var voices: [Observation] {
    claim.claim.observations.filter { $0.silence == nil }
  }

  /// Times of evidence; a file state without one is as new as the newest evidence.
  private var seen: [Timestamp] { voices.compactMap { $0.at ?? newest } }
}
