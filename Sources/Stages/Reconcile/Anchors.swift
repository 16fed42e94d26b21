import KairosModel

/// The places of one one-valued slot where files tell the truth about what others said.
///
/// Each slot serves one purpose only, by the parity of a hash of its key: to count how often
/// witnesses are right, or to check beliefs that were formed with those counts.
struct Anchors {
  /// What the files said when, sorted by time; the undated newest tree is as new as `newest`.
  private let truths: [(at: Timestamp, value: String)]
  private let claims: [Claim]
  private let newest: Timestamp

  /// How far from a look at the files something may have been said to be compared with it.
  private static let nearMilliseconds: Int64 = 7 * 86_400_000

  /// `nil` when the slot has several values side by side, or no files have a say in it.
  init?(_ claims: [Claim], newest: Timestamp) {
    guard let slot = claims.first?.slot, Predicate.of(slot.predicate).cardinality == .one else {
      return nil
    }
    var truths: [(at: Timestamp, value: String)] = []
    for claim in claims where claim.polarity == .affirmed {
      for observation in claim.observations
      where observation.actor == .workspace && observation.silence == nil {
        truths.append((observation.at ?? newest, claim.value))
      }
    }
    guard !truths.isEmpty else { return nil }
    self.truths = truths.sorted { ($0.at.milliseconds, $0.value) < ($1.at.milliseconds, $1.value) }
    self.claims = claims
    self.newest = newest
  }

  /// Whether the slot is one of those that count reliabilities; the others calibrate.
  static func countsReliability(_ slot: Slot) -> Bool {
    (SHA256Digest.of(slot.key).bytes.first ?? 0) & 1 == 0
  }

  /// Every message once for its answer, and every session; sorted by claim, time, id.
  func comparisons(options: ReconcileOptions) -> [AnchorTable.Comparison] {
    var found: [AnchorTable.Comparison] = []
    for claim in claims.sorted(by: { $0.id < $1.id }) {
      var voices: Set<String> = []
      for observation in claim.observations
      where observation.actor != .workspace && observation.silence == nil {
        guard let at = observation.at, let isRight = isRight(claim, at: at),
          voices.insert(observation.session ?? observation.lineage).inserted
        else { continue }
        let key = Reliability.key(of: observation, namesExist: false)
        found.append(AnchorTable.Comparison(key: key, isRight: isRight))
      }
    }
    return found
  }

  /// What the files say about the answer at its time: those seen within days of it, else the value
  /// that they had both before and after. `nil` when they do not tell.
  private func isRight(_ claim: Claim, at: Timestamp) -> Bool? {
    let near = truths.filter { abs($0.at.milliseconds - at.milliseconds) <= Self.nearMilliseconds }
    let affirms = claim.polarity == .affirmed
    if !near.isEmpty { return near.contains { fits(claim, $0.value) } == affirms }
    guard let before = truths.last(where: { $0.at <= at }),
      let after = truths.first(where: { $0.at > at }), before.value == after.value
    else { return nil }
    return fits(claim, before.value) == affirms
  }

  /// The same value, or a less exact form of it.
  private func fits(_ claim: Claim, _ truth: String) -> Bool {
    claim.value == truth
      || Predicate.of(claim.slot.predicate).base == "version"
        && OneValued.refines(truth, claim.value)
  }

  /// The last look at the files before which others had said something, and what they had said.
  /// Only one for a slot: several would not be independent.
  var lastTest: (at: Timestamp, earlier: [Claim])? {
    for truth in truths.reversed() {
      let earlier = claims.compactMap { claim in
        let observations = claim.observations.filter { observation in
          guard let at = observation.at else { return false }
          return observation.actor != .workspace && at < truth.at
        }
        return observations.isEmpty ? nil : claim.with(observations)
      }
      if earlier.contains(where: { $0.observations.contains { $0.silence == nil } }) {
        return (truth.at, earlier)
      }
    }
    return nil
  }

  /// Whether `claim` is what the files said at `at`.
  func confirms(_ claim: Claim, at: Timestamp) -> Bool {
    truths.contains { $0.at == at && fits(claim, $0.value) }
  }
}

extension Claim {
  /// The same answer resting on some of its observations.
  fileprivate func with(_ observations: [Observation]) -> Claim {
    Claim(
      slot: slot, kind: kind, value: value, polarity: polarity, statement: statement,
      observations: observations, merges: merges)
  }
}

extension ReconcileStage {
  /// How answers of one slot compare with the files of their time; empty for slots that calibrate.
  public func anchors(of claims: [Claim]) -> [AnchorTable.Comparison] {
    guard let slot = claims.first?.slot, Anchors.countsReliability(slot) else { return [] }
    return Anchors(claims, newest: newest(of: claims))?.comparisons(options: options) ?? []
  }

  /// What was believed about one slot before files told; `nil` for slots that count reliabilities,
  /// and where nothing was believed before.
  public func calibrationSample(of claims: [Claim]) -> CalibrationSample? {
    guard let slot = claims.first?.slot, !Anchors.countsReliability(slot),
      let anchors = Anchors(claims, newest: newest(of: claims)), let test = anchors.lastTest
    else { return nil }
    let before = ReconcileStage(options: options, workspace: nil, newestEvidence: test.at)
    guard let believed = before.reconcile(test.earlier).current else { return nil }
    return CalibrationSample(
      stratum: Stratum(of: believed.claim.claim), logOddsQ16: believed.claim.logOddsQ16,
      isRight: anchors.confirms(believed.claim.claim, at: test.at))
  }
}
