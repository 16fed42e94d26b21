import KairosModel

/// Reconciled claims of one slot → facts with trust states.
///
/// A claim without any voice makes no fact: its observations stay in the store, but a question or
/// an echo is nothing to remember.
public struct PromoteStage: Sendable {
  public let options: PromoteOptions
  public let newestEvidence: Timestamp?
  private let certificates: CertificateTable
  private let pins: Set<String>
  private let accepted: Set<String>
  private let wordings: [String: String]
  private let rejectedFacts: Set<String>
  private let rejectedFingerprints: [String: Tombstone]

  /// `pins`, `accepted` and the keys of `wordings` are ids of facts. A pinned fact is firm
  /// whatever the evidence says; an accepted one is firm where the evidence left it open.
  /// `certificates` say which thresholds were measured.
  public init(
    options: PromoteOptions = PromoteOptions(), tombstones: [Tombstone], pins: Set<String>,
    accepted: Set<String> = [], wordings: [String: String] = [:], newestEvidence: Timestamp?,
    certificates: CertificateTable = CertificateTable()
  ) {
    self.options = options
    self.newestEvidence = newestEvidence
    self.certificates = certificates
    self.pins = pins
    self.accepted = accepted
    self.wordings = wordings
    rejectedFacts = Set(tombstones.map(\.fact))
    var byFingerprint: [String: Tombstone] = [:]
    for tombstone in tombstones.sorted(by: { $0.fact < $1.fact }) {
      byFingerprint[tombstone.fingerprint] = byFingerprint[tombstone.fingerprint] ?? tombstone
    }
    rejectedFingerprints = byFingerprint
  }

  /// `claims` are all of one slot, in any order; facts are sorted by id.
  public func promote(_ claims: [ReconciledClaim]) -> PromoteResult {
    let factIDs = Dictionary(
      claims.map { ($0.claim.id, Self.factID($0.claim)) }, uniquingKeysWith: { first, _ in first })
    var facts: [Fact] = []
    var decisions: [Decision] = []
    for claim in claims {
      let support = SupportCount(claim, newest: newestEvidence)
      guard claim.claim.observations.contains(where: { $0.silence == nil }) else { continue }
      let id = Self.factID(claim.claim)
      let names = decidedNames(of: claim.claim, id: id)
      let isPinned = !pins.isDisjoint(with: names)
      let judgement = judgement(of: claim, id: id, names: names, support: support)
      facts.append(
        FactBuilder(
          claim: claim, id: id, judgement: judgement, support: support,
          against: Self.against(claim, claims), isPinned: isPinned,
          wording: names.compactMap { wordings[$0] }.first, factIDs: factIDs,
          newest: newestEvidence
        ).fact)
      if let decision = judgement.decision(fact: id, claim: claim) { decisions.append(decision) }
    }
    return PromoteResult(
      facts: facts.sorted { $0.id < $1.id }, decisions: decisions.sorted { $0.id < $1.id })
  }

  private static func factID(_ claim: Claim) -> String {
    Fact.id(slot: claim.slot, value: claim.value, polarity: claim.polarity)
  }

  /// The user's word first, then how the slot's conflict ended, then the rules.
  private func judgement(
    of claim: ReconciledClaim, id: String, names: [String], support: SupportCount
  ) -> Judgement {
    if !pins.isDisjoint(with: names) { return .pinned(claim) }
    if let tombstone = tombstone(of: claim.claim, id: id) {
      return Judgement(
        state: .rejected, confidencePPM: 0, reason: "rejected before: " + tombstone, rule: nil,
        isUserDecision: true)
    }
    let judged = Judge(options: options, newest: newestEvidence, certificates: certificates)
      .judgement(of: claim, support: support)
    let isOpen = judged.state == .tentative && !accepted.isDisjoint(with: names)
    return isOpen ? .accepted(claim) : judged
  }

  /// The ids under which a person may have decided about the claim: its own first, then those of
  /// its other wordings, because more evidence can make another wording the clearest.
  private func decidedNames(of claim: Claim, id: String) -> [String] {
    guard !pins.isEmpty || !accepted.isEmpty || !wordings.isEmpty else { return [id] }
    let others = Set(claim.observations.map(\.value)).subtracting([claim.value]).sorted()
    return [id]
      + others.map { Fact.id(slot: claim.slot, value: $0, polarity: claim.polarity) }
  }

  /// The reason of the tombstone that this claim falls under, in any spelling of any of its values.
  /// One for the opposite of the claim does not count.
  private func tombstone(of claim: Claim, id: String) -> String? {
    guard !rejectedFacts.isEmpty else { return nil }
    let opposite = Fact.id(
      slot: claim.slot, value: claim.value,
      polarity: claim.polarity == .affirmed ? .negated : .affirmed)
    let spellings = claim.observations.flatMap { [$0.value, $0.statement] }
    for value in Set(spellings + [claim.value, claim.statement]).sorted() {
      let fingerprint = Tombstone.fingerprint(slot: claim.slot, value: value)
      guard let found = rejectedFingerprints[fingerprint] else { continue }
      if found.fact == opposite, !rejectedFacts.contains(id) { continue }
      return found.reason
    }
    return rejectedFacts.contains(id) ? "the same fact" : nil
  }

  /// Observations with a voice that say something else: another value where one holds at a time,
  /// the opposite of this value elsewhere.
  private static func against(_ claim: ReconciledClaim, _ all: [ReconciledClaim]) -> Int {
    let isOne = Predicate.of(claim.claim.slot.predicate).cardinality == .one
    return all.reduce(0) { sum, other in
      let same = other.claim.value == claim.claim.value
      let opposite = other.claim.polarity != claim.claim.polarity
      let contradicts = same ? opposite : isOne && !opposite
      guard contradicts else { return sum }
      return sum + other.claim.observations.count { $0.silence == nil }
    }
  }
}

/// What promoting one slot gave.
public struct PromoteResult: Sendable, Equatable {
  public let facts: [Fact]
  public let decisions: [Decision]
}
