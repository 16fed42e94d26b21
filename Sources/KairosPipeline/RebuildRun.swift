import KairosModel
import KairosSources
import KairosStore
import Snapshot

extension Memory {
  /// Makes the store of `folder` anew, whatever state it is in: the old database is set aside,
  /// sessions come from the event log, decisions from their own log, and everything that is made
  /// from them is made again. The caller holds the lock; no store is open.
  public static func rebuild(
    _ folder: MemoryFolder, _ request: RebuildRequest, _ settings: RunSettings
  ) async throws -> RebuildReport {
    let run = try RebuildRun(folder: folder, request: request)
    return try await run.run(settings)
  }
}

/// The steps of a rebuild. Everything up to the new store is read first; then the old database is
/// renamed and the new one appears whole; the stages after that go on after a kill like any other.
struct RebuildRun {
  private let folder: MemoryFolder
  private let request: RebuildRequest
  private let snapshot: OpenSnapshot?
  private let salvage: StoreSalvage
  private let decisions: SurvivingDecisions
  private let logs: SurvivingLogs
  private var lost: [String] = []

  init(folder: MemoryFolder, request: RebuildRequest) throws {
    self.folder = folder
    self.request = request
    let configuration = try MemoryConfiguration.read(folder.configuration)
    snapshot = try SnapshotShelf(folder).newest()
    salvage = try Self.salvage(folder)
    decisions = try Store.decisions(folder: folder.path, salvaged: salvage.decisions)
    logs = try SurvivingLogs(
      folder: folder, configuration: configuration,
      forgotten: ForgottenPlaces(decisions.entries), salvage: salvage,
      named: snapshot?.contents.sources ?? [])
    lost = logs.lost
    if decisions.lost > 0 {
      lost.append("\(decisions.lost) decisions in decisions.jsonl cannot be read")
    }
  }

  /// The database, or the newest one that was set aside when it is missing or tells nothing.
  private static func salvage(_ folder: MemoryFolder) throws(StoreError) -> StoreSalvage {
    for path in [folder.database] + Store.damaged(folder: folder.path) {
      let found = try StoreSalvage.read(path, imports: ImportRun.originPrefix) {
        PathStatus.of(WorkspacePlace($0).path) == nil
      }
      if let found, found.isWhole || !found.sources.isEmpty { return found }
    }
    return StoreSalvage()
  }

  func run(_ settings: RunSettings) async throws -> RebuildReport {
    let aside = try Store.setAside(folder: folder.path)
    try Store.make(folder: folder.path, beginning(), decisions: decisions)
    let memory = try Memory.open(folder)
    var lost = lost
    var stages: [StageReport] = []
    func read(_ request: IngestRequest) async throws {
      do { stages.append(try await memory.ingest(request, settings)) } catch {
        // A path that does not hold any more what it held is no reason to stop.
        switch error {
        case let error as MemoryFailure: lost.append(error.sentence)
        case let error as SourceError: lost.append(error.sentence)
        default: throw error
        }
      }
    }
    for request in requests { try await read(request) }
    for request in try commitRequests(memory) { try await read(request) }
    stages.append(try await memory.extract(settings))
    stages.append(try await memory.settle(settings))
    let compared = try memory.comparison(with: snapshot)
    lost += try losses(memory, compared)
    return RebuildReport(
      setAside: aside, sessions: logs.sessions.count, events: logs.events,
      absentSources: try memory.store.sources().count { !$0.present },
      decisions: decisions.entries.count, lost: lost, stages: stages, comparison: compared)
  }

  /// What cannot be made from events and files.
  private func beginning() -> StoreBeginning {
    let forgotten = ForgottenPlaces(decisions.entries)
    let old = snapshot?.contents.tombstones ?? []
    let values = ForgottenValues(
      old + salvage.tombstones + decisions.entries.compactMap(\.tombstone))
    var beginning = StoreBeginning()
    beginning.sessions =
      logs.sessions + salvage.feeds.filter { !forgotten.contains(session: $0.key, source: $0.key) }
    beginning.sources = logs.sources + otherSources(forgotten)
    beginning.workspaces = salvage.workspaces
    beginning.observations = salvage.observations
      .filter { !forgotten.contains(session: $0.key, source: $0.key) }
      .mapValues { values.without($0) }
    beginning.tombstones = old + salvage.tombstones
    beginning.settings = salvage.settings.filter {
      [Memory.settingsKey, Memory.thresholdsKey].contains($0.key)
    }
    beginning.receipts = salvage.receipts.filter { (try? Receipt(canonicalBytes: $0.json)) != nil }
    return beginning
  }

  /// Feeds, and states of workspaces that cannot be scanned again.
  private func otherSources(_ forgotten: ForgottenPlaces) -> [SourceRecord] {
    let kept = Set(salvage.workspaces.map(\.id))
    return salvage.sources.compactMap { source in
      guard !forgotten.contains(session: source.session, source: source.id) else { return nil }
      switch source.kind {
      case .transcript: return nil
      case .observations:
        return ArchivedPath.exists(source.path) ? source.unread : source.absent
      // With a session it is the history of a repository, which its log brings back.
      case .workspace: return source.session == nil && kept.contains(source.id) ? source : nil
      }
    }
  }

  // MARK: - What is read again

  private var requests: [IngestRequest] {
    let others = logs.otherSessions
    func there(_ kind: SourceRecord.Kind) -> [(place: String, source: SourceRecord)] {
      let known = kind == .transcript ? logs.sources : salvage.sources
      return known.filter { $0.kind == kind && !($0.session.map(others.contains) ?? false) }
        .map { (ArchivedPath.split($0.path)?.archive ?? WorkspacePlace($0.path).path, $0) }
        .filter { PathStatus.of($0.0) != nil && PathStatus.isReadable($0.0) }
    }
    var requests: [IngestRequest] = []
    let files = Set(there(.transcript).map(\.place)).sorted()
    var transcripts = IngestRequest(paths: files, agents: request.agents, form: .transcripts)
    transcripts.sessionsOfHomes = logs.knownSessions.subtracting(others)
    if !files.isEmpty || request.agents != nil { requests.append(transcripts) }
    let feeds = Set(there(.observations).map(\.place)).sorted()
    if !feeds.isEmpty { requests.append(IngestRequest(paths: feeds, form: .observations)) }
    for (place, source) in there(.workspace) where source.session == nil {
      requests.append(
        IngestRequest(
          paths: [place], form: .workspace, commit: WorkspacePlace(source.path).commit,
          at: salvage.workspaceTimes[source.id]))
    }
    if !salvage.sources.contains(where: { $0.kind == .workspace && $0.session == nil }),
      hadWorkspace
    {
      requests.append(IngestRequest(paths: [folder.projectRoot], form: .workspace))
    }
    if !request.paths.isEmpty { requests.append(IngestRequest(paths: request.paths)) }
    return requests
  }

  /// States of the project at commits that the snapshot knows and nothing brought back yet: where
  /// they were read from is lost, and the project's own repository has them.
  private func commitRequests(_ memory: Memory) throws -> [IngestRequest] {
    let known = Set(try memory.store.workspaces().map(\.id))
    let missing = (snapshot?.contents.sources ?? []).filter {
      $0.kind == SourceRecord.Kind.workspace.rawValue && $0.session == nil
        && !known.contains($0.id)
    }
    return Set(missing.compactMap(\.commit)).sorted().map {
      IngestRequest(paths: [folder.projectRoot], form: .workspace, commit: $0)
    }
  }

  /// Whether files were read before, as far as anybody can tell.
  private var hadWorkspace: Bool {
    snapshot?.contents.sources.contains { $0.kind == SourceRecord.Kind.workspace.rawValue } ?? false
  }

  // MARK: - What did not come back

  private func losses(_ memory: Memory, _ compared: RebuildReport.Comparison?) throws -> [String] {
    let sessions = Set(try memory.store.sessions().map(\.key))
    var lost = logs.knownSessions.subtracting(sessions).sorted().map {
      "session \($0) has neither its event log nor its file any more"
    }
    if !salvage.isWhole {
      lost.append("what is left of the old database was not whole: imports and receipts may miss")
    }
    let values = try memory.forgottenValues()
    let before = Dictionary(
      (snapshot?.contents.facts ?? []).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let missing = (compared?.changes ?? []).filter { change in
      change.to == nil && before[change.fact].map { !values.contains($0) } == true
    }
    if !missing.isEmpty {
      lost.append("\(missing.count) facts of the last snapshot were not found again")
    }
    return lost
  }
}

/// The path of a workspace's source: a folder, or a repository at a commit (`PATH@COMMIT`).
struct WorkspacePlace {
  let path: String
  let commit: String?

  init(_ text: String) {
    guard PathStatus.of(text) == nil, let at = text.lastIndex(of: "@"),
      text[at...].dropFirst().allSatisfy(\.isHexDigit)
    else {
      (path, commit) = (text, nil)
      return
    }
    path = String(text[..<at])
    commit = String(text[text.index(after: at)...])
  }
}

extension Memory {
  /// How the facts of the store stand to those of a snapshot.
  fileprivate func comparison(with old: OpenSnapshot?) throws -> RebuildReport.Comparison? {
    guard let old else { return nil }
    let facts = try store.facts()
    let changes = SnapshotDiff.changes(from: old.contents.facts, to: facts)
    let changed = Set(changes.map(\.fact))
    return RebuildReport.Comparison(
      sequence: old.entry.manifest.sequence, same: facts.count { !changed.contains($0.id) },
      changes: changes, isEqual: try !isSnapshotDue())
  }
}
