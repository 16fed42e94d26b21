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
  /// The newest snapshot.
  public let snapshot: SnapshotManifest?
  /// Sentences that name the command which does the pending work.
  public let pending: [String]
  public let lock: LockHolder?
  public let lastReceipt: Receipt?
  /// The last pipeline run that did its work.
  public let lastDone: Receipt?
}

extension Memory {
  /// The state of this memory; reads only.
  public func status() throws -> MemoryStatus {
    let sources = try store.sources()
    let sessions = try store.sessions().filter { !$0.isFeed }
    return MemoryStatus(
      project: configuration.project, folder: folder.path, aliases: aliases,
      sources: sources.count,
      absentSources: sources.count { !$0.present },
      sessions: sessions.count { $0.project == configuration.project },
      otherSessions: sessions.count { $0.project != configuration.project },
      workspaces: try store.workspaces().count, observations: try store.observationCount(),
      facts: try store.factCounts(), snapshot: try newestSnapshot()?.manifest,
      pending: try pending(sources: sources.count), lock: RunLock.holder(folder.lock),
      lastReceipt: try receipts(limit: 1).first,
      lastDone: try receipts(limit: 500).first { $0.outcome == .done })
  }

  private func pending(sources: Int) throws -> [String] {
    if sources == 0 { return ["nothing has been read yet: kairos ingest"] }
    var steps: [String] = []
    let waiting = try ExtractRun(memory: self).pending(everything: false).count
    if waiting > 0 {
      steps.append("\(waiting) sessions or workspaces to extract from: kairos extract")
    }
    let run = try ConsolidateRun(memory: self, request: ConsolidateRequest())
    let slots = try store.touchedSlots(context: run.context).count
    if slots > 0 { steps.append("\(slots) slots to consolidate: kairos consolidate") }
    if steps.isEmpty, try isSnapshotDue() {
      steps.append("facts have changed since the newest snapshot: kairos snapshot")
    }
    return steps
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
