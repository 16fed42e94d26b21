import KairosModel

/// A claim's trust state with its reason.
struct Judgement {
  let state: FactState
  let confidencePPM: Int
  /// A sentence for people.
  let reason: String
  /// The rule that made it firm.
  let rule: PromotionRule?
  var isUserDecision = false

  /// A pin holds whatever the evidence says; the reason tells when the evidence disagrees.
  static func pinned(_ claim: ReconciledClaim) -> Judgement {
    let disagrees = claim.disposition != .none && claim.disposition != .keepBoth
    let note = disagrees ? "; the evidence disagrees: \(claim.reason)" : ""
    return Judgement(
      state: .firm, confidencePPM: PromotionRule.fileProof.confidenceCapPPM,
      reason: "pinned by the user" + note, rule: nil, isUserDecision: true)
  }

  /// A person's answer where the evidence left the question open. Later evidence that ends the
  /// fact (a file that says otherwise, a newer answer) still does.
  static func accepted(_ claim: ReconciledClaim) -> Judgement {
    let note = claim.disposition == .needsReview ? "; it needed review: \(claim.reason)" : ""
    return Judgement(
      state: .firm, confidencePPM: PromotionRule.directive.confidenceCapPPM,
      reason: "accepted by the user" + note, rule: nil, isUserDecision: true)
  }

  /// The journal entry of a change that this stage decided. Its text has no counts, so that more
  /// evidence of the same kind makes no new entry.
  func decision(fact: String, claim: ReconciledClaim) -> Decision? {
    switch state {
    case .firm:
      guard let rule else { return nil }
      return Decision(
        action: .promote, subject: fact, object: "", actor: "rule:promote.\(rule.rawValue)",
        at: claim.validFrom, reason: rule.requirement)
    case .stale:
      return Decision(
        action: .expire, subject: fact, object: "", actor: "rule:promote.stale",
        at: claim.validTo, reason: reason)
    case .rejected where isUserDecision:
      return Decision(
        action: .reject, subject: fact, object: "", actor: "rule:promote.tombstone", at: nil,
        reason: reason)
    case .rejected, .superseded, .tentative: return nil
    }
  }
}

/// Applies dispositions and promotion rules to one claim.
struct Judge {
  let options: PromoteOptions
  let newest: Timestamp?
  let certificates: CertificateTable

  /// Refuted claims end as stale when a thing that they name is gone, as superseded when they were
  /// true once (a file listed it, a tool showed it, a person decided it), else as rejected.
  func judgement(of claim: ReconciledClaim, support: SupportCount) -> Judgement {
    switch claim.disposition {
    case .supersede: return retired(.superseded, claim)
    case .reject: return retired(.rejected, claim)
    case .refutedByWorkspace:
      if claim.named == .gone, claim.claim.observations.allSatisfy({ $0.actor != .workspace }) {
        return retired(.stale, claim)
      }
      let wasTrue = support.voices.contains {
        $0.actor == .workspace || $0.isOutcome || ($0.actor == .human && !$0.isHedged)
      }
      return retired(wasTrue ? .superseded : .rejected, claim)
    case .needsReview:
      return tentative(claim, "needs review: " + claim.reason)
    case .none, .keepBoth:
      return weighed(claim, support: support)
    }
  }

  private func weighed(_ claim: ReconciledClaim, support: SupportCount) -> Judgement {
    let certificate = certificates.certificate(Stratum(of: claim.claim))
    var (firm, band) = (options.firmQ16, options.bandQ16)
    if case .certified(let threshold) = certificate { (firm, band) = (threshold, 0) }
    guard let rule = PromotionRule.met(by: claim, support: support, options: options) else {
      return tentative(claim, Reasons.tentative(claim, support: support))
    }
    // What a file of the newest state says needs no promise and does not expire.
    let isProven = rule == .fileProof
    if isProven { firm = options.firmQ16 }
    guard claim.lastEvidenceLogOddsQ16 >= firm else {
      return tentative(claim, Reasons.tentative(claim, support: support))
    }
    if !isProven, certificate == .unattainable {
      return tentative(claim, Reasons.unattainable)
    }
    if !isProven, claim.logOddsQ16 < firm - band {
      return Judgement(
        state: .stale, confidencePPM: confidence(claim, cap: options.tentativePPM),
        reason: Reasons.expired(support, newest: newest), rule: nil)
    }
    let logOdds = isProven ? claim.lastEvidenceLogOddsQ16 : claim.logOddsQ16
    let shown = min(FixedPoint.logisticPPM(logOdds), rule.confidenceCapPPM)
    return Judgement(
      state: .firm, confidencePPM: shown,
      reason: Reasons.firm(rule, claim, support: support), rule: rule)
  }

  private func tentative(_ claim: ReconciledClaim, _ reason: String) -> Judgement {
    Judgement(
      state: .tentative, confidencePPM: confidence(claim, cap: options.tentativePPM),
      reason: reason, rule: nil)
  }

  private func retired(_ state: FactState, _ claim: ReconciledClaim) -> Judgement {
    Judgement(
      state: state, confidencePPM: confidence(claim, cap: options.retiredPPM),
      reason: claim.reason, rule: nil)
  }

  private func confidence(_ claim: ReconciledClaim, cap: Int) -> Int {
    min(FixedPoint.logisticPPM(claim.logOddsQ16), cap)
  }
}
