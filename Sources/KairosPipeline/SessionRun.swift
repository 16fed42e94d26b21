import Ingest
import KairosModel
import KairosRedaction
import KairosSources
import KairosStore

/// Reads one session from all of its sources and keeps it.
struct SessionRun: Sendable {
  private let memory: Memory
  private let store: Store
  private let log: EventLog
  private let databases: DatabaseFiles
  private let project: String
  private let redactor: Redactor
  private let options: IngestOptions
  private let isStrict: Bool
  /// Everything that was read before, as it was when this ingest began.
  private let known: [String: SourceRecord]
  private let knownBySession: [String: [SourceRecord]]
  private let forgotten: ForgottenPlaces

  init(memory: Memory, isStrict: Bool) throws {
    self.memory = memory
    store = memory.store
    log = EventLog(memory.folder)
    databases = DatabaseFiles(memory.folder)
    project = memory.configuration.project
    redactor = Redactor(key: project)
    options = IngestOptions(project: project)
    self.isStrict = isStrict
    forgotten = ForgottenPlaces(try store.userDecisions())
    let sources = try store.sources().filter { $0.kind != .workspace }
    known = Dictionary(uniqueKeysWithValues: sources.map { ($0.path, $0) })
    knownBySession = Dictionary(grouping: sources) { $0.session ?? "" }
  }

  /// One source after reading.
  private struct Part {
    let task: TranscriptTask
    let result: SourceResult
    let events: [Event]
    /// Whether sessions of other projects were left out of a database that a person named.
    var isMixed = false
  }

  /// Reads what has changed and writes log and rows. Under `strict` a session with bad data is
  /// left as it was.
  func read(_ task: SessionTask, _ bytes: SourceBytes) throws -> IngestResult {
    let siblings = siblings(of: task)
    let (parts, read) =
      try grown(task, siblings, bytes) ?? rebuilt(task, siblings, bytes)
    let events = forgotten.without(read)
    var outcome = IngestResult(kind: .session)
    for part in parts {
      outcome.add(part.result, part.task.identity)
      if part.isMixed { outcome.findings.append(DatabaseFiles.mixed(part.task.file.path)) }
    }
    outcome.events = events.count
    outcome.isOthers = events.isEmpty && task.changed.allSatisfy(\.isShared)
    guard !isStrict || outcome.badLines == 0 else { return outcome }
    let written = try log.write(events, session: task.session)
    let times = events.compactMap(\.at)
    try store.putSession(
      SessionRecord(
        key: task.session, format: parts.first?.task.format.rawValue ?? "",
        project: task.changed.contains { $0.project == nil }
          ? project : task.changed.compactMap(\.project).first ?? project,
        firstAt: times.min(), lastAt: times.max(), events: events.count, logName: written.name,
        logDigest: written.digest,
        // The digest covers the log, so an unchanged log need not be extracted again.
        extractionDigest: try store.session(key: task.session)?.extractionDigest),
      sources: parts.map { Self.record($0.task, $0.result, session: task.session) })
    return outcome
  }

  /// Reads a feed of observations whole; they replace what it said before.
  func readFeed(_ task: TranscriptTask) throws -> IngestResult {
    let result = try read(task, SourceBytes())
    var outcome = IngestResult(kind: .feed)
    outcome.add(result, task.identity)
    outcome.observations = result.observations.count
    guard !isStrict || result.findings.allSatisfy({ $0.severity == .note }) else { return outcome }
    let times = result.observations.compactMap(\.at)
    let forgotten = try memory.forgottenValues()
    try store.replaceObservations(
      origin: task.identity.id, with: forgotten.without(result.observations))
    try store.putSession(
      SessionRecord(
        key: task.identity.id, format: task.format.rawValue, project: project,
        firstAt: times.min(), lastAt: times.max(), events: 0, logName: "",
        logDigest: result.cursor.prefixDigest),
      sources: [Self.record(task, result, session: nil)])
    return outcome
  }

  /// Stored sources of the same session that have not changed themselves.
  private func siblings(of task: SessionTask) -> [SourceRecord] {
    let changed = Set(task.changed.map(\.file.path))
    return (knownBySession[task.session] ?? []).filter { !changed.contains($0.path) }
  }

  /// Goes on from the cursor when the session has one source, which has only grown; `nil` when it
  /// must be read whole.
  private func grown(
    _ task: SessionTask, _ siblings: [SourceRecord], _ bytes: SourceBytes
  ) throws -> (parts: [Part], events: [Event])? {
    guard siblings.isEmpty, task.changed.count == 1, let source = task.changed.first,
      source.format.isDatabase || !source.isShared, let record = known[source.file.path],
      record.session == task.session,
      record.format == source.format.rawValue, record.id == source.identity.id,
      source.format.isDatabase || record.size < source.file.size, log.hasLog(of: task.session),
      let digest = record.prefixDigest
    else { return nil }
    let cursor = SourceCursor(
      format: source.format, offset: Int(record.cursorOffset), prefixDigest: digest,
      state: record.adapterState)
    if source.format.isDatabase {
      let read = try databases.read(source, options, redactor, resume: cursor)
      let known = try log.known(session: task.session)
      let fresh = part(source, read.result, known: known)
      let events = read.merged(fresh.events, with: known)
      return ([fresh], events)
    }
    let result = try read(source, bytes, resume: cursor)
    guard !result.rewritten else { return nil }
    // The last line may have been read before it was complete, so its events can come twice.
    let events = SessionMerge.merge([try log.known(session: task.session) + result.events])
    return ([Part(task: source, result: result, events: result.events)], events)
  }

  /// Reads every source that is still there; what came from vanished ones is taken from the log.
  private func rebuilt(
    _ task: SessionTask, _ siblings: [SourceRecord], _ bytes: SourceBytes
  ) throws -> (parts: [Part], events: [Event]) {
    var parts: [Part] = []
    for source in task.changed { parts.append(try part(source, bytes)) }
    var vanished: Set<String> = []
    for record in siblings {
      if let source = try Self.task(of: record) {
        parts.append(try part(source, bytes))
      } else {
        vanished.insert(record.id)
      }
    }
    vanished.subtract(parts.map(\.task.identity.id))
    var pieces = parts.map(\.events)
    if !vanished.isEmpty {
      pieces.append(
        try log.known(session: task.session).filter { vanished.contains($0.place.source) })
    }
    return (parts, SessionMerge.merge(pieces))
  }

  /// One source, read whole; of a file that several projects share, what is ours.
  private func part(_ task: TranscriptTask, _ bytes: SourceBytes) throws -> Part {
    part(task, try read(task, bytes))
  }

  /// Of a database that a person named, what is ours too when some of it is; when nothing is, the
  /// person knows why it was named. `known` are the events that were kept of it before.
  private func part(
    _ task: TranscriptTask, _ result: SourceResult, known: [Event] = []
  ) -> Part {
    guard task.isShared || task.format.isDatabase && task.project == nil else {
      return Part(task: task, result: result, events: result.events)
    }
    let matcher = ProjectMatcher(memory: memory)
    let ours = matcher.ours(result.events)
    if task.isShared { return Part(task: task, result: result, events: ours) }
    if ours.isEmpty, matcher.ours(known).isEmpty {
      return Part(task: task, result: result, events: result.events)
    }
    return Part(
      task: task, result: result, events: ours, isMixed: ours.count < result.events.count)
  }

  private func read(
    _ task: TranscriptTask, _ bytes: SourceBytes, resume: SourceCursor? = nil
  ) throws -> SourceResult {
    if task.format.isDatabase {
      return try databases.read(task, options, redactor, resume: resume).result
    }
    var reader = SourceReader(
      format: task.format, source: task.identity, options: options, redactor: redactor,
      resume: resume)
    try bytes.read(task.file.path, isFolder: task.format == .openCodeFiles) { reader.consume($0) }
    return reader.finish()
  }

  /// A stored source as something to read; `nil` when it is gone.
  private static func task(of record: SourceRecord) throws -> TranscriptTask? {
    guard let format = SourceFormat(rawValue: record.format),
      let file = try SourceBytes.file(record.path)
    else { return nil }
    return TranscriptTask(
      file: file,
      format: format, identity: SourceIdentity(id: record.id, path: record.path),
      session: record.session ?? record.id)
  }

  private static func record(
    _ task: TranscriptTask, _ result: SourceResult, session: String?
  ) -> SourceRecord {
    SourceRecord(
      path: task.file.path, id: task.identity.id,
      kind: task.format == .observations ? .observations : .transcript,
      format: task.format.rawValue, session: session, size: Int64(task.file.size),
      modifiedNanoseconds: task.file.modified, cursorOffset: Int64(result.cursor.offset),
      prefixDigest: result.cursor.prefixDigest, adapterState: result.cursor.state,
      records: result.counts.records, skipped: result.counts.skipped,
      badLines: result.counts.badLines)
  }
}

extension IngestResult {
  /// Adds what one source gave.
  mutating func add(_ result: SourceResult, _ identity: SourceIdentity) {
    files += 1
    skipped += result.counts.skipped
    unknown += result.counts.unknown
    badLines += result.counts.badLines
    findings += result.findings
    inputs.append(Receipt.Input(source: identity.id, digest: result.cursor.prefixDigest))
  }
}
