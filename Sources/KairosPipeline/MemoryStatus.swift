import KairosModel
import KairosStore

/// What a memory holds and what is pending.
public struct MemoryStatus: Sendable {
  public let project: String
  public let folder: String
  /// The project's other names.
  public let aliases: AliasTable
  public let sources: Int
  public let absentSources: Int
  public let sessions: Int
  /// Sessions of other projects that were read with them.
  public let otherSessions: Int
  public let workspaces: Int
  public let observations: Int
  public let facts: [(state: FactState, count: Int)]
  /// Firm facts of each kind that has any.
  public let firmKinds: [(kind: FactKind, count: Int)]
  /// Tentative facts whose conflict waits for a person.
  public let needsReview: Int
  public let snapshots: Int
  /// The newest snapshot.
  public let snapshot: SnapshotManifest?
  public let work: PendingWork
  public let lock: LockHolder?
  public let lastReceipt: Receipt?
  /// The last pipeline run that did its work.
  public let lastDone: Receipt?
  /// Every pipeline that has run here, by name.
  public let pipelines: [PipelineHistory]
  /// What the last consolidation could promise; `nil` before the first one.
  public let calibration: CalibrationReport?
}

/// What the stages have not done yet.
public struct PendingWork: Sendable, Equatable {
  public let hasSources: Bool
  /// Sessions and workspaces to extract from.
  public let origins: Int
  /// Slots to consolidate.
  public let slots: Int
  /// Whether facts have changed since the newest snapshot; only asked when nothing else waits.
  public let isSnapshotDue: Bool

  /// Sentences that name the command which does it.
  public var sentences: [String] {
    guard hasSources else { return ["nothing has been read yet: kairos ingest"] }
    var steps: [String] = []
    if origins > 0 {
      steps.append("\(origins) sessions or workspaces to extract from: kairos extract")
    }
    if slots > 0 { steps.append("\(slots) slots to consolidate: kairos consolidate") }
    if isSnapshotDue {
      steps.append("facts have changed since the newest snapshot: kairos snapshot")
    }
    return steps
  }
}

/// How one pipeline went lately.
public struct PipelineHistory: Sendable, Equatable {
  public let name: String
  public let lastRun: Receipt
  /// The last run that did its work; a blocked or failed one does not count.
  public let lastDone: Receipt?
}

extension Memory {
  /// The state of this memory; reads only.
  public func status() throws -> MemoryStatus {
    let sources = try store.sources()
    let sessions = try store.sessions().filter { !$0.isFeed && !HistoryRun.isHistory($0.key) }
    let shelf = SnapshotShelf(folder)
    let past = try receipts(limit: 500)
    return MemoryStatus(
      project: configuration.project, folder: folder.path, aliases: aliases,
      sources: sources.count,
      absentSources: sources.count { !$0.present },
      sessions: sessions.count { $0.project == configuration.project },
      otherSessions: sessions.count { $0.project != configuration.project },
      workspaces: try store.workspaces().count, observations: try store.observationCount(),
      facts: try store.factCounts(), firmKinds: try store.firmKindCounts(),
      needsReview: try store.facts(FactQuery(states: [.tentative]))
        .count { $0.disposition == .needsReview },
      snapshots: shelf.names.count, snapshot: try newestSnapshot()?.manifest,
      work: try pendingWork(hasSources: !sources.isEmpty), lock: RunLock.holder(folder.lock),
      lastReceipt: past.first, lastDone: past.first { $0.outcome == .done },
      pipelines: Self.histories(past), calibration: try calibration())
  }

  private static func histories(_ receipts: [Receipt]) -> [PipelineHistory] {
    Dictionary(grouping: receipts, by: \.pipeline).compactMap { name, past in
      past.first.map { newest in
        PipelineHistory(
          name: name, lastRun: newest, lastDone: past.first { $0.outcome == .done })
      }
    }.sorted { $0.name < $1.name }
  }

  private func pendingWork(hasSources: Bool) throws -> PendingWork {
    guard hasSources else {
      return PendingWork(hasSources: false, origins: 0, slots: 0, isSnapshotDue: false)
    }
    let origins = try ExtractRun(memory: self).pending(everything: false).count
    let run = try ConsolidateRun(memory: self, request: ConsolidateRequest())
    let slots = try store.touchedSlots(context: run.context).count
    let isDue = try origins == 0 && slots == 0 && isSnapshotDue()
    return PendingWork(hasSources: true, origins: origins, slots: slots, isSnapshotDue: isDue)
  }

  /// Receipts of pipeline runs, newest first.
  public func receipts(limit: Int = 20) throws -> [Receipt] {
    try store.receipts(limit: limit).compactMap { try? Receipt(canonicalBytes: $0.json) }
  }

  /// When this pipeline last ended well, and when it last looked at its sources.
  func pastRuns(of pipeline: String) throws -> (lastDone: Timestamp?, lastScan: Timestamp?) {
    let past = try receipts(limit: 500).filter { $0.pipeline == pipeline }
    let done = past.first { $0.outcome == .done }?.endedAt
    // A run that the throttle itself stopped has not looked.
    let scan = past.first { receipt in
      !receipt.gates.contains { $0.name == "scan-minutes" && !$0.isOpen }
    }?.startedAt
    return (done, scan)
  }
}

extension Store {
  /// Keeps the receipt of a run.
  func addReceipt(_ receipt: Receipt) throws {
    try addReceipt(outcome: receipt.outcome.rawValue, json: receipt.canonicalBytes)
  }
}
