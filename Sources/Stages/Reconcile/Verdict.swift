import KairosModel

/// A claim on its way through the reconciling of its slot.
struct Verdict {
  let claim: Claim
  var disposition: Disposition = .none
  var trace = Trace()
  /// What the time since the slot's last evidence changed.
  var sinceLastEvidence: Int64 = 0
  var labels: [String: ObservationLabel] = [:]
  var validFrom: Timestamp?
  var validTo: Timestamp?
  var supersedes: [String] = []
  var supersededBy: String?
  var verified: Verification?
  var named: NamedThings = .unchecked
  var reason = ""

  init(_ claim: Claim) { self.claim = claim }

  /// Whether anything with a voice stands behind it.
  var hasVoice: Bool { claim.observations.contains { $0.silence == nil } }

  /// The newest observation that may support it.
  var newestVoice: Observation? {
    claim.observations.filter { $0.silence == nil }.max {
      ($0.at?.milliseconds ?? Int64.max, $0.id) < ($1.at?.milliseconds ?? Int64.max, $1.id)
    }
  }

  /// The finished record.
  func reconciled(options: ReconcileOptions) -> ReconciledClaim {
    ReconciledClaim(
      claim: claim, disposition: disposition, logOddsQ16: trace.total,
      weights: trace.weights(limit: options.tracedMax), labels: labels, validFrom: validFrom,
      validTo: validTo, supersedes: supersedes.sorted(), supersededBy: supersededBy,
      verified: verified, named: named, lastEvidenceLogOddsQ16: trace.total - sinceLastEvidence,
      reason: reason)
  }
}
