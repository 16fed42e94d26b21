import Ingest
import KairosModel
import KairosRedaction
import KairosSources
import KairosStore

extension Memory {
  /// Sources → event log, feeds and workspaces. The caller holds the lock.
  public func ingest(
    _ request: IngestRequest, _ settings: RunSettings
  ) async throws -> StageReport {
    let started = settings.now()
    var report = try await IngestRun(memory: self, request: request).run(settings)
    report.milliseconds = settings.now().milliseconds - started.milliseconds
    return report
  }

  /// Time of the newest evidence: the latest event, observation of a feed, or commit.
  func newestEvidence() throws -> Timestamp? {
    let sessions = try store.sessions().filter { $0.project == configuration.project }
      .compactMap(\.lastAt)
    return (sessions + (try store.workspaces().compactMap(\.at))).max()
  }
}

/// Reads what has changed, session by session.
///
/// A session's events are written to its log before the row that refers to it, and each row is
/// written together with the cursors of its sources, so a run killed anywhere is made whole by the
/// next one: what is not in the store yet is simply read again.
struct IngestRun {
  let memory: Memory
  let request: IngestRequest

  func run(_ settings: RunSettings) async throws -> StageReport {
    let work = try IngestPlanner(memory: memory, request: request).work()
    try checkInputs(work)
    try memory.aliases.remember(work.seenFolders, in: memory.folder)
    var tally = IngestTally(work: work)
    let reader = try SessionRun(memory: memory, isStrict: request.isStrict)
    let total = work.sessions.count + work.feeds.count + work.workspaces.count
    var done = 0
    func step() {
      done += 1
      settings.progress(Progress(stage: "ingest", done: done, total: total))
    }
    var window = MemberWindow(order: work.archived)
    let batches = window.batches(work.sessions.filter(work.isArchived))
    for batch in [work.sessions.filter { !work.isArchived($0) }] + batches {
      let bytes = try window.fetch(batch)
      try await BoundedWork.run(batch, limit: settings.workers) { task in
        try reader.read(task, bytes)
      } done: { result in
        tally.add(result)
        step()
      }
    }
    try await BoundedWork.run(work.feeds, limit: settings.workers) { task in
      try reader.readFeed(task)
    } done: { result in
      tally.add(result)
      step()
    }
    for path in work.workspaces {
      tally.add(try WorkspaceRun(memory: memory, request: request).scan(path))
      step()
    }
    try markAbsent()
    if request.isStrict, !tally.bad.isEmpty { throw MemoryFailure.badData(places: tally.bad) }
    var report = tally.report
    report.agents = work.agents
    return report
  }

  /// Refuses requests that name nothing readable.
  private func checkInputs(_ work: IngestWork) throws {
    let hasAny =
      !work.sessions.isEmpty || !work.feeds.isEmpty || !work.workspaces.isEmpty
      || !work.unchanged.isEmpty || !work.forgotten.isEmpty
    if !work.unrecognised.isEmpty, !hasAny || request.isStrict {
      throw MemoryFailure.notATranscript(
        paths: work.unrecognised.map(\.path),
        near: work.unrecognised.count == 1 ? work.unrecognised[0].near : [])
    }
    if !hasAny, let path = request.paths.first { throw MemoryFailure.nothingToRead(path: path) }
  }

  /// Notes which sources have gone; what was read from them stays.
  private func markAbsent() throws {
    let gone = try memory.store.sources().filter {
      $0.present && $0.kind != .workspace && !ArchivedPath.exists($0.path)
    }
    if !gone.isEmpty { try memory.store.markAbsent(paths: gone.map(\.path)) }
    let found = try memory.store.sources().filter { !$0.isPlaceless }.map(\.id)
    let stale = try memory.store.sources().filter { $0.isPlaceless && found.contains($0.id) }
    if !stale.isEmpty { try memory.store.removeSources(paths: stale.map(\.path)) }
  }
}

/// What reading one session, feed or workspace gave.
struct IngestResult: Sendable {
  /// What was read.
  enum Kind: Sendable { case session, feed, workspace }

  let kind: Kind
  var files = 0
  var events = 0
  var observations = 0
  var skipped = 0
  var unknown = 0
  var badLines = 0
  var findings: [Finding] = []
  var inputs: [Receipt.Input] = []
  /// Edits of sessions, and those that are in the end state of a history.
  var edits = 0
  var keptEdits = 0
  /// Nothing of this project was in a file that several projects share.
  var isOthers = false
}

/// Adds up the results of an ingest; the sums and sorted lists do not depend on their order.
struct IngestTally {
  private let unchanged: Int
  private var findings: [Finding]
  private var results = IngestResult(kind: .session)
  private var sessions = 0
  private var workspaces = 0

  init(work: IngestWork) {
    unchanged = work.unchanged.count
    findings =
      work.findings + work.missing
      + work.unrecognised.map {
        Finding(
          severity: .warning, code: "unknown-format",
          message: "The file is no transcript that kairos knows"
            + UnknownFile.likeness($0.near) + " and was left out.", path: $0.path)
      }
  }

  mutating func add(_ result: IngestResult) {
    sessions += result.kind == .session && !result.isOthers ? 1 : 0
    workspaces += result.kind == .workspace ? 1 : 0
    results.files += result.files
    results.events += result.events
    results.observations += result.observations
    results.skipped += result.skipped
    results.unknown += result.unknown
    results.badLines += result.badLines
    results.inputs += result.inputs
    results.edits += result.edits
    results.keptEdits += result.keptEdits
    findings += result.findings
  }

  /// Places of bad input data.
  var bad: [String] {
    sortedFindings.filter { ["bad-line", "bad-observation", "unknown-format"].contains($0.code) }
      .map { [$0.path, $0.location].compactMap { $0 }.joined(separator: ", ") }
  }

  private var sortedFindings: [Finding] {
    findings.sorted {
      ($0.path ?? "", $0.location ?? "", $0.code, $0.message)
        < ($1.path ?? "", $1.location ?? "", $1.code, $1.message)
    }
  }

  var report: StageReport {
    StageReport(
      stage: "ingest",
      counts: [
        Count("files", results.files), Count("unchanged", unchanged), Count("sessions", sessions),
        Count("events", results.events), Count("observations", results.observations),
        Count("workspaces", workspaces), Count("bad-lines", results.badLines),
        Count("unknown-records", results.unknown),
      ]
        + (results.edits > 0
          ? [Count("edits", results.edits), Count("kept-edits", results.keptEdits)] : []),
      findings: sortedFindings,
      inputs: results.inputs.sorted { ($0.source, $0.digest) < ($1.source, $1.digest) })
  }
}
