import KairosModel

/// Claims of one slot → claims with dispositions: which answer holds now, which held before, which
/// never did.
///
/// A one-valued slot is one chain over its values; in a many-valued slot every value has a chain of
/// its own (it holds, it does not). Then the newest files have their say, and names that were
/// replaced.
public struct ReconcileStage: Sendable {
  public let options: ReconcileOptions
  public let newestEvidence: Timestamp?
  private let files: NewestFiles?

  public init(
    options: ReconcileOptions = ReconcileOptions(), workspace: WorkspaceIndex?,
    newestEvidence: Timestamp?
  ) {
    self.options = options
    self.newestEvidence = newestEvidence
    files = workspace.map { NewestFiles(index: $0, newest: newestEvidence) }
  }

  /// `claims` are all claims of one slot, in any order; the result is sorted by claim id.
  public func reconcile(_ claims: [Claim]) -> ReconcileResult {
    let sorted = claims.sorted { $0.id < $1.id }
    guard let slot = sorted.first?.slot else { return ReconcileResult(claims: [], decisions: []) }
    var verdicts = SlotQuestion(
      claims: sorted, predicate: Predicate.of(slot.predicate), options: options, files: files,
      newest: newest(of: sorted)
    ).verdicts()
    WordingConflicts(options: options).apply(to: &verdicts)
    applyRenames(to: &verdicts)
    let reconciled = verdicts.map { $0.reconciled(options: options) }
    return ReconcileResult(
      claims: reconciled,
      decisions: reconciled.compactMap(Self.decision).sorted { $0.id < $1.id })
  }

  func newest(of claims: [Claim]) -> Timestamp {
    if let newestEvidence { return newestEvidence }
    let times = claims.lazy.flatMap(\.observations).compactMap(\.at)
    return times.max() ?? Timestamp(milliseconds: 0)
  }

  /// A claim that names what was renamed speaks of the past, unless the files still have the name.
  private func applyRenames(to verdicts: inout [Verdict]) {
    guard !options.renames.isEmpty else { return }
    for index in verdicts.indices where verdicts[index].disposition == .none {
      let claim = verdicts[index].claim
      guard verdicts[index].verified?.extent != .value, verdicts[index].named != .exist,
        let rename = options.renames.rename(in: claim)
      else { continue }
      verdicts[index].disposition = .supersede
      verdicts[index].validTo = rename.at
      verdicts[index].trace.add(named: "the name was replaced", -options.newestFilesQ16)
      verdicts[index].reason = "superseded: `\(rename.old)` was renamed to `\(rename.new)`"
    }
  }

  private static func decision(_ claim: ReconciledClaim) -> Decision? {
    let action: Decision.Action
    switch claim.disposition {
    case .none: return nil
    case .supersede: action = .supersede
    case .keepBoth: action = .keepBoth
    case .reject: action = .reject
    case .refutedByWorkspace: action = .refute
    case .needsReview: action = .needsReview
    }
    return Decision(
      action: action, subject: claim.claim.id, object: claim.supersededBy ?? "",
      actor: "rule:reconcile.\(action.rawValue)", at: claim.validTo, reason: claim.reason)
  }
}

/// What reconciling one slot gave.
public struct ReconcileResult: Sendable, Equatable {
  public let claims: [ReconciledClaim]
  public let decisions: [Decision]

  /// The answer that a one-valued slot has now, with its probability in parts per million: the
  /// likeliest affirmed claim, whatever its trust. `nil` when nothing was claimed.
  public var current: (claim: ReconciledClaim, confidencePPM: Int)? {
    let affirmed = claims.filter { $0.claim.polarity == .affirmed }
    let best = affirmed.max {
      ($0.logOddsQ16, $1.claim.value) < ($1.logOddsQ16, $0.claim.value)
    }
    return best.map { ($0, FixedPoint.logisticPPM($0.logOddsQ16)) }
  }
}
