import Ingest
import KairosArchive
import KairosModel
import KairosSources
import KairosStore

/// One file that is read, with what its head tells.
struct TranscriptTask: Sendable {
  let file: SourceFile
  let format: SourceFormat
  let identity: SourceIdentity
  /// Key of the session; the source's own id when the head does not name one.
  let session: String
  /// Whose session it is; `nil` for the memory's own project.
  var project: String?
  /// The file was found in an agent's home and holds sessions of several projects.
  var isShared = false
}

extension TranscriptTask {
  /// A file as its first bytes show it.
  init(_ file: SourceFile, _ detection: IngestStage.Detection, _ head: [UInt8]) {
    let id = SourceIdentity.id(format: detection.format, head: head)
    self.init(
      file: file, format: detection.format, identity: SourceIdentity(id: id, path: file.path),
      session: detection.session ?? id)
  }
}

/// All files of one session that have to be looked at together.
struct SessionTask: Sendable {
  let session: String
  /// Sorted by path.
  let changed: [TranscriptTask]
}

/// What an ingest has to do, before anything is read whole.
struct IngestWork: Sendable {
  var sessions: [SessionTask] = []
  var feeds: [TranscriptTask] = []
  /// Members of archives, with their place among all.
  var archived: [String: Int] = [:]
  var workspaces: [String] = []
  var unchanged: [SourceFile] = []
  var files: [SourceFile] = []
  /// Files of sessions and sources that a person asked to forget.
  var forgotten: [String] = []
  /// Files that a person named and that are nothing known.
  var unrecognised: [UnknownFile] = []
  var findings: [Finding] = []
  /// What the homes of agents hold, when they were searched.
  var agents: [AgentListing] = []
  /// Checkouts of the project that were met.
  var seenFolders: [String] = []
  /// Set when agents' homes were searched and nothing of this project is there.
  var missing: [Finding] = []

  /// Whether a changed file of the session lies in an archive.
  func isArchived(_ session: SessionTask) -> Bool {
    session.changed.contains { archived[$0.file.path] != nil }
  }
}

/// Finds the sources of a request and tells the changed ones from those that were read before.
struct IngestPlanner {
  let memory: Memory
  let request: IngestRequest
  private let forgotten: ForgottenPlaces

  init(memory: Memory, request: IngestRequest) throws {
    self.memory = memory
    self.request = request
    forgotten = ForgottenPlaces(try memory.store.userDecisions())
  }

  /// Whether a file is a transcript or a feed by its first bytes, or an archive of some.
  @Sendable static func isTranscript(_ head: [UInt8], _ path: String) -> Bool {
    ArchiveStream.recognises(head)
      ? ArchivedSources.hasTranscript(path) : IngestStage.detect(head: head, path: path) != nil
  }

  private static func isArchive(_ path: String) throws -> Bool {
    guard PathStatus.of(path)?.isFolder == false else { return false }
    return ArchiveStream.recognises(try FileChunks().head(path, bytes: 512))
  }

  func work() throws -> IngestWork {
    let databases = DatabaseFiles(memory.folder)
    let discovery = SourceDiscovery { head, path in
      databases.isTranscript(head, path) ?? Self.isTranscript(head, path)
    }
    let form: SourceDiscovery.Form? =
      switch request.form {
      case .workspace: .workspace
      case .transcripts, .observations: .files
      case nil: request.commit == nil && request.history == nil ? nil : .workspace
      }
    let archives = form == .workspace ? try request.paths.filter(Self.isArchive) : []
    let named = try discovery.expand(
      request.paths.filter { !archives.contains($0) }, as: form)
    var work = IngestWork()
    work.workspaces = Set(named.workspaces + archives.compactMap(PathStatus.resolved)).sorted()
    work.findings = named.findings
    var tasks: [TranscriptTask] = []
    let known = try KnownSources(memory: memory)
    for file in named.files.map(SourceCompanions().whole) {
      work.files.append(file)
      if known.isUnchanged(file) {
        work.unchanged.append(file)
        continue
      }
      let head = try FileChunks().head(file.path, bytes: SourceDiscovery.headBytes)
      if ArchiveStream.recognises(head) {
        try addMembers(of: file, known, to: &tasks, &work)
      } else if DatabaseFiles.isDatabase(head) {
        if let task = database(file, databases, known, &work) {
          add(task, isNamed: true, to: &tasks, &work)
        }
      } else if let task = task(file, head, &work) {
        add(task, isNamed: true, to: &tasks, &work)
      }
    }
    if let agents = request.agents { search(agents, known, to: &tasks, &work) }
    work.sessions = Dictionary(grouping: tasks, by: \.session).map { key, tasks in
      SessionTask(session: key, changed: tasks.sorted { $0.file.path < $1.file.path })
    }.sorted { $0.session < $1.session }
    let hasAny = !work.sessions.isEmpty || !work.unchanged.isEmpty || !request.paths.isEmpty
    if !hasAny, request.sessionsOfHomes == nil { work.missing = [noSessions] }
    return work
  }

  /// What the homes of agents have of this project.
  private func search(
    _ agents: AgentSearch, _ known: KnownSources, to tasks: inout [TranscriptTask],
    _ work: inout IngestWork
  ) {
    var scan = AgentScan(memory: memory, search: agents, known: known)
    scan.run()
    work.unchanged += scan.unchanged
    work.findings += scan.findings
    work.agents = scan.listings
    work.seenFolders = scan.seenFolders
    work.files += scan.unchanged + scan.found.map(\.task.file)
    for found in scan.found
    where request.sessionsOfHomes?.contains(found.task.session) ?? true {
      if found.isMember { work.archived[found.task.file.path] = work.archived.count }
      add(found.task, isNamed: false, to: &tasks, &work)
    }
  }

  private var noSessions: Finding {
    Finding(
      severity: .warning, code: "no-sessions",
      message: "No agent home has a session of this project. Name transcripts: "
        + "`kairos ingest PATH…`; or add the project's other folders and remotes to the memory's "
        + "`aliases` file.")
  }

  /// The transcripts in an archive. What was read before it breaks is kept; of one that unpacks to
  /// more than a reader can bear, nothing is.
  private func addMembers(
    of archive: SourceFile, _ known: KnownSources, to tasks: inout [TranscriptTask],
    _ work: inout IngestWork
  ) throws {
    let before = (tasks, work)
    var others = 0
    let isFeed = request.form == .observations
    do {
      try ArchivedSources.visit(archive) { member in
        let path = member.file.path
        if known.isUnchanged(member.file) {
          work.unchanged.append(member.file)
        } else if !isFeed, IngestStage.detect(head: member.head, path: path) == nil {
          others += 1
        } else if let task = task(member.file, member.head, &work) {
          work.archived[path] = work.archived.count
          add(task, isNamed: true, to: &tasks, &work)
        }
        return true
      }
    } catch let error as ArchiveError {
      if case .tooLarge = error { (tasks, work) = before }
      work.findings.append(
        Finding(
          severity: .warning, code: "bad-archive", message: error.description, path: archive.path))
    }
    if others > 0 { work.findings.append(Self.others(others, archive.path)) }
    let isEmpty = tasks.count == before.0.count && work.feeds.count == before.1.feeds.count
    if isEmpty, work.unchanged.count == before.1.unchanged.count {
      work.unrecognised.append(UnknownFile(path: archive.path, near: []))
    }
  }

  private static func others(_ count: Int, _ path: String) -> Finding {
    Finding(
      severity: .note, code: "no-transcript",
      message: "\(count) files in this archive are no transcripts and were left out.", path: path)
  }

  /// A file that a person named as something to read; what is nothing known is noted.
  private func task(
    _ file: SourceFile, _ head: [UInt8], _ work: inout IngestWork
  ) -> TranscriptTask? {
    let detection = IngestStage.detect(head: head, path: file.path)
    let format = request.form == .observations ? .observations : detection?.format
    guard let format else {
      let near = IngestStage.nearest(head: head).map(\.rawValue)
      work.unrecognised.append(UnknownFile(path: file.path, near: near))
      return nil
    }
    return TranscriptTask(file, .init(format: format, session: detection?.session), head)
  }

  /// A database that a person named; what is none of an agent, or cannot be read, is noted.
  private func database(
    _ file: SourceFile, _ databases: DatabaseFiles, _ known: KnownSources,
    _ work: inout IngestWork
  ) -> TranscriptTask? {
    do {
      if let task = try databases.task(file, known) { return task }
    } catch {
      work.findings.append(DatabaseFiles.finding(error, file.path))
    }
    work.unrecognised.append(UnknownFile(path: file.path, near: []))
    return nil
  }

  private func add(
    _ task: TranscriptTask, isNamed: Bool, to tasks: inout [TranscriptTask],
    _ work: inout IngestWork
  ) {
    let path = task.file.path
    if forgotten.contains(session: task.session, source: task.identity.id) {
      work.forgotten.append(path)
      work.findings.append(
        Finding(
          severity: isNamed ? .warning : .note, code: "forgotten",
          message: "It was forgotten (`kairos forget`) and is not read again.", path: path))
      return
    }
    if task.format == .observations { work.feeds.append(task) } else { tasks.append(task) }
  }
}

extension Memory {
  /// What an ingest would do; reads heads of files only.
  public func plan(_ request: IngestRequest) throws -> IngestPlan {
    let work = try IngestPlanner(memory: self, request: request).work()
    let known = Set(try store.sources().map(\.path))
    let changed = work.sessions.flatMap(\.changed) + work.feeds
    let items =
      changed.map {
        IngestPlan.Item(
          path: $0.file.path, action: known.contains($0.file.path) ? .update : .read)
      }
      + work.unchanged.map { IngestPlan.Item(path: $0.path, action: .unchanged) }
      + work.workspaces.map { IngestPlan.Item(path: $0, action: .scan) }
    return IngestPlan(
      items: items.sorted { $0.path < $1.path }, findings: work.findings, agents: work.agents)
  }

  /// How many sessions have changed since they were read, and when the newest change was.
  func change(_ requests: [IngestRequest]) throws -> (sessions: Int, newest: Timestamp?) {
    var sessions: Set<String> = []
    var newest: Int64?
    for request in requests where request.form != .workspace {
      let work = try IngestPlanner(memory: self, request: request).work()
      sessions.formUnion(work.sessions.map(\.session))
      newest = ([newest] + work.files.map { $0.modified }).compactMap { $0 }.max()
    }
    return (sessions.count, newest.map { Timestamp(milliseconds: $0 / 1_000_000) })
  }
}
