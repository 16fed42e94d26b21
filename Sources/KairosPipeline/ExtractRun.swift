import Extract
import KairosArchive
import KairosModel
import KairosStore

extension Memory {
  /// Event log and workspaces → observations, for every session and workspace state whose result
  /// would differ; for all of them with `everything`.
  public func extract(everything: Bool = false, _ settings: RunSettings) async throws -> StageReport
  {
    let started = settings.now()
    var report = try await ExtractRun(memory: self).run(everything: everything, settings)
    report.milliseconds = settings.now().milliseconds - started.milliseconds
    return report
  }
}

/// Runs the rules over what has changed.
///
/// An extraction depends on the session's log, on the newest workspace (names are resolved against
/// it) and on the rules' version; the digest of the three is kept with the session, in the same
/// transaction as the observations.
struct ExtractRun: Sendable {
  /// One piece of work.
  enum Origin: Sendable {
    case session(SessionRecord)
    case workspace(WorkspaceRecord)
  }

  let store: Store
  let folder: MemoryFolder
  let project: String
  let stage: ExtractStage
  let newestWorkspace: String
  let forgotten: ForgottenValues

  init(memory: Memory) throws {
    store = memory.store
    folder = memory.folder
    project = memory.configuration.project
    let workspace = try store.newestWorkspace()
    newestWorkspace = workspace?.id ?? ""
    forgotten = try memory.forgottenValues()
    stage = ExtractStage(
      context: ExtractContext(
        scope: memory.scope, index: workspace.map { WorkspaceIndex($0) }))
  }

  func run(everything: Bool, _ settings: RunSettings) async throws -> StageReport {
    let origins = try pending(everything: everything)
    var done = 0
    var observations = 0
    try await BoundedWork.run(origins, limit: settings.workers) { origin in
      try self.extract(origin)
    } done: { count in
      done += 1
      observations += count
      settings.progress(Progress(stage: "extract", done: done, total: origins.count))
    }
    let sessions = origins.count { if case .session = $0 { true } else { false } }
    return StageReport(
      stage: "extract",
      counts: [
        Count("observations", observations), Count("sessions", sessions),
        Count("workspaces", origins.count - sessions),
      ])
  }

  /// What an extraction would work on.
  func pending(everything: Bool) throws -> [Origin] {
    // Other projects' sessions are kept, and nothing is taken from them.
    let sessions = try store.sessions().filter {
      !$0.isFeed && $0.project == project
        && (everything || $0.extractionDigest != digest(of: $0.logDigest))
    }
    let workspaces = try store.workspaces().filter {
      everything || $0.extractionDigest != digest(of: $0.id)
    }
    return workspaces.map(Origin.workspace) + sessions.map(Origin.session)
  }

  private func digest(of content: String) -> String {
    SHA256Digest.of(
      [content, newestWorkspace, KairosVersion.text].joined(separator: "\u{1f}")
    ).text
  }

  /// Extracts one origin and stores the result; returns how many observations it gave.
  private func extract(_ origin: Origin) throws -> Int {
    let found: [Observation]
    switch origin {
    case .session(let session):
      found = forgotten.without(
        stage.observations(events: try EventLog(folder).events(of: session)))
      try store.replaceObservations(
        origin: session.key, with: found, extractionDigest: digest(of: session.logDigest))
    case .workspace(let record):
      guard let workspace = try store.workspace(id: record.id) else { return 0 }
      found = forgotten.without(stage.observations(workspace: workspace))
      try store.replaceObservations(
        origin: record.id, with: found, extractionDigest: digest(of: record.id))
    }
    return found.count
  }
}

extension SessionRecord {
  /// Feeds have observations but no events; they are kept as sessions so that their times count.
  var isFeed: Bool { logName.isEmpty }
}
