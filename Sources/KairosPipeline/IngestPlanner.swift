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
  var unrecognised: [String] = []
  var findings: [Finding] = []
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

  func work() throws -> IngestWork {
    let discovery = SourceDiscovery(isTranscript: Self.isTranscript)
    let form: SourceDiscovery.Form? =
      switch request.form {
      case .workspace: .workspace
      case .transcripts, .observations: .files
      case nil: request.commit == nil ? nil : .workspace
      }
    let named = try discovery.expand(request.paths, as: form)
    let homes = try discovery.expand(request.homes, as: .files)
    let filter = ProjectFilter(memory: memory)
    var work = IngestWork()
    work.workspaces = named.workspaces
    work.findings = named.findings + homes.findings.filter { $0.code == "unreadable-file" }
    var tasks: [TranscriptTask] = []
    let known = try knownFiles()
    for (files, isNamed) in [(named.files, true), (homes.files, false)] {
      for file in files {
        work.files.append(file)
        if isUnchanged(file, known[file.path]) {
          work.unchanged.append(file)
          continue
        }
        let head = try FileChunks().head(file.path, bytes: SourceDiscovery.headBytes)
        if ArchiveStream.recognises(head) {
          try addMembers(of: file, isNamed, known, filter, to: &tasks, &work)
        } else if isNamed || filter.isOurs(file) {
          try add(file, head, isNamed: isNamed, to: &tasks, &work)
        }
      }
    }
    work.sessions = Dictionary(grouping: tasks, by: \.session).map { key, tasks in
      SessionTask(session: key, changed: tasks.sorted { $0.file.path < $1.file.path })
    }.sorted { $0.session < $1.session }
    let hasAny = !work.sessions.isEmpty || !work.unchanged.isEmpty || !request.paths.isEmpty
    if !hasAny { work.missing = [noSessions] }
    return work
  }

  private var noSessions: Finding {
    let places =
      request.homes.isEmpty
      ? "No agent home was found" : "No agent home has a session of this project"
    return Finding(
      severity: .warning, code: "no-sessions",
      message: "\(places). Name transcripts: `kairos ingest PATH…`; or add the project's other "
        + "folders and remotes to `aliases` in config.yaml.")
  }

  /// The transcripts in an archive. What was read before it breaks is kept; of one that unpacks to
  /// more than a reader can bear, nothing is.
  private func addMembers(
    of archive: SourceFile, _ isNamed: Bool, _ known: [String: SourceRecord],
    _ filter: ProjectFilter, to tasks: inout [TranscriptTask], _ work: inout IngestWork
  ) throws {
    let before = (tasks, work)
    var others = 0
    let isFeed = request.form == .observations && isNamed
    do {
      try ArchivedSources.visit(archive) { member in
        let path = member.file.path
        if isUnchanged(member.file, known[path]) {
          work.unchanged.append(member.file)
        } else if !isFeed, IngestStage.detect(head: member.head, path: path) == nil {
          others += 1
        } else if isNamed || filter.isOurs(member.head) {
          work.archived[path] = work.archived.count
          try add(member.file, member.head, isNamed: isNamed, to: &tasks, &work)
        }
        return true
      }
    } catch let error as ArchiveError {
      if case .tooLarge = error { (tasks, work) = before }
      work.findings.append(
        Finding(
          severity: .warning, code: "bad-archive", message: error.description, path: archive.path))
    }
    guard isNamed else { return }
    if others > 0 { work.findings.append(Self.others(others, archive.path)) }
    let isEmpty = tasks.count == before.0.count && work.feeds.count == before.1.feeds.count
    if isEmpty, work.unchanged.count == before.1.unchanged.count {
      work.unrecognised.append(archive.path)
    }
  }

  private static func others(_ count: Int, _ path: String) -> Finding {
    Finding(
      severity: .note, code: "no-transcript",
      message: "\(count) files in this archive are no transcripts and were left out.", path: path)
  }

  private func add(
    _ file: SourceFile, _ head: [UInt8], isNamed: Bool, to tasks: inout [TranscriptTask],
    _ work: inout IngestWork
  ) throws {
    let detection = IngestStage.detect(head: head, path: file.path)
    let format = request.form == .observations && isNamed ? .observations : detection?.format
    guard let format else {
      if isNamed { work.unrecognised.append(file.path) }
      return
    }
    let identity = SourceIdentity(
      id: SourceIdentity.id(format: format, head: head), path: file.path)
    let task = TranscriptTask(
      file: file, format: format, identity: identity, session: detection?.session ?? identity.id)
    if !isNamed, request.sessionsOfHomes?.contains(task.session) == false { return }
    if forgotten.contains(session: task.session, source: identity.id) {
      work.forgotten.append(file.path)
      work.findings.append(
        Finding(
          severity: isNamed ? .warning : .note, code: "forgotten",
          message: "It was forgotten (`kairos forget`) and is not read again.", path: file.path))
      return
    }
    if format == .observations { work.feeds.append(task) } else { tasks.append(task) }
  }

  private func knownFiles() throws -> [String: SourceRecord] {
    var known: [String: SourceRecord] = [:]
    for source in try memory.store.sources() where source.kind != .workspace {
      known[source.path] = source
    }
    return known
  }

  /// Size and time are as they were when the file was read, and what was read is still kept.
  private func isUnchanged(_ file: SourceFile, _ record: SourceRecord?) -> Bool {
    guard let record, record.size == file.size, record.modifiedNanoseconds == file.modified,
      record.present
    else { return false }
    return record.session.map { EventLog(memory.folder).hasLog(of: $0) } ?? true
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
    return IngestPlan(items: items.sorted { $0.path < $1.path }, findings: work.findings)
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
