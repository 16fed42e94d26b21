import KairosModel
import KairosStore
import Merge
import Promote
import Reconcile
import Snapshot

/// What a consolidation is asked to do.
public struct ConsolidateRequest: Sendable {
  /// The last stage that runs.
  public let until: ConsolidateRun.Stage
  /// Whether the facts of the store are replaced by the result.
  public let storesFacts: Bool
  /// Works on every slot again instead of those that have changed.
  public let everything: Bool
  /// Goes on when more firm facts are retired than the guard allows.
  public let allowsLoss: Bool
  public let lossPercentMax: Int
  public let thresholds: [String: Int]

  public init(
    until: ConsolidateRun.Stage = .promote, storesFacts: Bool = true, everything: Bool = false,
    allowsLoss: Bool = false, lossPercentMax: Int = 25, thresholds: [String: Int] = [:]
  ) {
    self.until = until
    self.storesFacts = storesFacts
    self.everything = everything
    self.allowsLoss = allowsLoss
    self.lossPercentMax = lossPercentMax
    self.thresholds = thresholds
  }
}

extension Memory {
  /// Observations → facts. `line` gets one record per claim or fact as canonical JSON, in slot
  /// order, when the run does not store facts.
  public func consolidate(
    _ request: ConsolidateRequest, _ settings: RunSettings,
    line: ([UInt8]) throws -> Void = { _ in }
  ) async throws -> StageReport {
    let started = settings.now()
    let run = try ConsolidateRun(memory: self, request: request)
    var report =
      request.storesFacts
      ? try await run.replaceFacts(settings) : try run.list(settings, line: line)
    report.milliseconds = settings.now().milliseconds - started.milliseconds
    return report
  }
}

/// Merge, reconcile, promote, slot by slot.
///
/// The three stages are pure per slot. A slot's result is kept with the digest of its observations
/// and of its context (settings, newest workspace, newest evidence, tombstones, pins, renames, what
/// files have checked), so only slots whose digests differ are computed again, and the result is
/// the same as computing all.
public struct ConsolidateRun: Sendable {
  /// Where a consolidation may stop.
  public enum Stage: String, Sendable, CaseIterable { case merge, reconcile, promote }

  let store: Store
  let request: ConsolidateRequest
  let merge: MergeStage
  let reconcile: ReconcileStage
  let promote: PromoteStage
  /// What was checked on files and what that allows to promise.
  let certificates: CertificateTable
  /// Digest of everything that results depend on besides the observations.
  let context: String
  /// Digest of the settings alone, as snapshots name it.
  let settingsDigest: String

  init(memory: Memory, request: ConsolidateRequest) throws {
    store = memory.store
    self.request = request
    let newest = try memory.newestEvidence()
    let workspace = try store.newestWorkspace()
    let tombstones = try store.tombstones()
    let pins = try store.pins()
    let word = PeoplesWord(try store.userDecisions())
    var options = ConsolidateOptions(thresholds: request.thresholds)
    settingsDigest = SHA256Digest.of(options.canonicalText).text
    merge = MergeStage(options: options.merge)
    let checked = try CalibrationRun(merge: merge, options: options.reconcile, newest: newest)
      .result(of: store)
    options.reconcile.anchors = checked.anchors
    certificates = checked.certificates
    promote = PromoteStage(
      options: options.promote, tombstones: tombstones, pins: pins, accepted: word.accepted,
      wordings: word.wordings, newestEvidence: newest, certificates: checked.certificates)
    let index = workspace.map { WorkspaceIndex($0) }
    let renames = try RenameCollector(
      merge: merge,
      reconcile: ReconcileStage(
        options: options.reconcile, workspace: index, newestEvidence: newest),
      promote: promote
    ).renames(in: store)
    options.reconcile.renames = RenameMap(renames)
    reconcile = ReconcileStage(
      options: options.reconcile, workspace: index, newestEvidence: newest)
    let parts =
      [
        KairosVersion.text, options.canonicalText, workspace?.id ?? "", newest?.rfc3339 ?? "",
      ]
      + tombstones.map { $0.fact + $0.fingerprint + $0.reason } + ["pins"] + pins.sorted()
      + ["word"] + word.digestParts
      + ["anchors", checked.anchors.canonicalText, checked.certificates.canonicalText]
      + ["renames"] + renames.flatMap { [$0.old, $0.new, $0.at?.rfc3339 ?? ""] }
    context = SHA256Digest.of(parts.joined(separator: "\u{1f}")).text
  }

  /// Computes what has changed and replaces facts and journal in one transaction.
  func replaceFacts(_ settings: RunSettings) async throws -> StageReport {
    let touched = try await computeTouched(settings)
    try store.deleteOrphanedSlotResults()
    var facts: [Fact] = []
    var decisions: [Decision] = []
    try store.forEachSlotResult {
      facts += $0.facts
      decisions += $0.decisions
    }
    try guardLoss(facts)
    try store.replaceFacts(facts, journal: decisions)
    try store.setMeta(Memory.settingsKey, settingsDigest)
    try store.setMeta(
      Memory.calibrationKey,
      String(decoding: CalibrationReport(certificates).canonicalBytes, as: UTF8.self))
    try store.setMeta(Memory.thresholdsKey, Memory.thresholdsText(request.thresholds))
    let states = FactState.allCases.map { state in
      Count(state.rawValue, facts.count { $0.state == state })
    }
    return StageReport(
      stage: "consolidate",
      counts: [Count("facts", facts.count)] + states
        + [Count("decisions", decisions.count), Count("touched-slots", touched)])
  }

  private func computeTouched(_ settings: RunSettings) async throws -> Int {
    var touched: [SlotSummary] = []
    if request.everything {
      try store.forEachSlotSummary { touched.append($0) }
    } else {
      touched = try store.touchedSlots(context: context)
    }
    // Enough slots for one transaction, few enough to keep memory flat.
    let batch = 256
    let batches = stride(from: 0, to: touched.count, by: batch).map {
      Array(touched[$0..<min($0 + batch, touched.count)])
    }
    var done = 0
    try await BoundedWork.run(batches, limit: settings.workers) { summaries in
      try summaries.map { try self.result(of: $0) }
    } done: { results in
      try store.putSlotResults(results)
      done += results.count
      settings.progress(Progress(stage: "consolidate", done: done, total: touched.count))
    }
    return touched.count
  }

  private func result(of summary: SlotSummary) throws -> SlotResult {
    let observations = try store.observations(slot: summary.key)
    guard let slot = observations.first?.slot else {
      return SlotResult(
        slot: summary.key, inputDigest: summary.digest, contextDigest: context, facts: [],
        decisions: [])
    }
    let merged = merge.claims(slot: slot, observations: observations)
    let reconciled = reconcile.reconcile(merged.claims)
    let promoted = promote.promote(reconciled.claims)
    return SlotResult(
      slot: summary.key, inputDigest: summary.digest, contextDigest: context,
      facts: promoted.facts,
      decisions: merged.decisions + reconciled.decisions + promoted.decisions)
  }

  private func guardLoss(_ next: [Fact]) throws {
    guard !request.allowsLoss else { return }
    let previous = try store.facts(FactQuery(states: [.firm]))
    try LossCheck.run(
      previous: previous, next: next, decided: Set(try store.tombstones().map(\.fact)),
      limitPercent: request.lossPercentMax)
  }
}
