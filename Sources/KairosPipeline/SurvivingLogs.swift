import KairosArchive
import KairosModel
import KairosStore
import Snapshot

/// Where a source that has no known place any more is entered: a path at which nothing can ever
/// be. The next ingest that meets the source gives it its own.
extension SourceRecord {
  private static let nowhere = "/dev/null/"

  var isPlaceless: Bool { path.hasPrefix(Self.nowhere) }

  /// A source that only a snapshot or the events tell of.
  static func placeless(
    id: String, kind: Kind, format: String, session: String?, bytes: Int64, digest: String?
  ) -> SourceRecord {
    SourceRecord(
      path: nowhere + id, id: id, kind: kind, format: format, session: session, size: bytes,
      modifiedNanoseconds: 0, cursorOffset: bytes, prefixDigest: digest, present: false)
  }

  /// The same source, whose file is gone.
  var absent: SourceRecord {
    SourceRecord(
      path: path, id: id, kind: kind, format: format, session: session, size: size,
      modifiedNanoseconds: modifiedNanoseconds, cursorOffset: cursorOffset,
      prefixDigest: prefixDigest, adapterState: adapterState, records: records,
      skipped: skipped, badLines: badLines, present: false)
  }
}

/// Sessions and sources as event logs, the newest snapshot, and what is left of the old store tell
/// of them.
struct SurvivingLogs {
  private(set) var sessions: [SessionRecord] = []
  private(set) var sources: [SourceRecord] = []
  private(set) var events = 0
  private(set) var lost: [String] = []

  private let folder: MemoryFolder
  private let project: String
  private let matcher: ProjectMatcher
  private let forgotten: ForgottenPlaces
  private let salvage: StoreSalvage
  private let named: [SnapshotSource]

  /// Reads every log. A log of a forgotten session is removed, as its forgetting meant to; one that
  /// cannot be read is moved aside and reported.
  init(
    folder: MemoryFolder, configuration: MemoryConfiguration, forgotten: ForgottenPlaces,
    salvage: StoreSalvage,
    named: [SnapshotSource]
  ) throws {
    self.folder = folder
    project = configuration.project
    matcher = ProjectMatcher(folder, configuration)
    self.forgotten = forgotten
    self.salvage = salvage
    self.named = named.filter { !forgotten.contains(session: $0.session, source: $0.id) }
    for name in EventLog(folder).names { try read(name) }
    let logged = Set(sessions.map(\.key))
    sources += salvage.sources.filter {
      $0.kind == .transcript && !logged.contains($0.session ?? "")
        && ArchivedPath.exists($0.path)
        && !forgotten.contains(session: $0.session, source: $0.id)
    }.map(\.unread)
  }

  /// Keys of all sessions that anything tells of, with or without a log.
  var knownSessions: Set<String> {
    Set(sessions.map(\.key) + named.compactMap(\.session) + sources.compactMap(\.session))
  }

  private mutating func read(_ name: String) throws {
    let path = folder.events + "/" + name
    var events: [Event]
    do { events = try EventLog(folder).events(named: name) } catch let error as any Failure {
      // A file that may not be opened is not damaged.
      guard error.status == .inputOutput, PathStatus.isReadable(path) else { throw error }
      try PathRename.aside(path)
      lost.append("the event log \(path) cannot be read and was moved aside")
      return
    }
    let stem = String(name.dropLast(EventLog.suffix.utf8.count))
    let key = key(named: stem, events)
    guard !forgotten.contains(session: key, source: "") else { return FileRemoval.remove(path) }
    let all = events.count
    events.removeAll { forgotten.contains(session: nil, source: $0.place.source) }
    if events.count < all { _ = try EventLog(folder).write(events, session: key) }
    add(key, events, name)
  }

  /// The key of a log: that of its events, or of the file that holds several sessions.
  private func key(named stem: String, _ events: [Event]) -> String {
    let keys =
      events.prefix(1).map(\.session) + salvage.sources.compactMap(\.session)
      + named.compactMap(\.session)
    return keys.first { FilePath.safeName($0) == stem } ?? stem
  }

  private mutating func add(_ key: String, _ events: [Event], _ name: String) {
    let sources = sources(of: key, events)
    let times = events.compactMap(\.at)
    let format = sources.map(\.format).first { !$0.isEmpty } ?? ""
    sessions.append(
      SessionRecord(
        key: key, format: format, project: owner(of: key, events), firstAt: times.min(),
        lastAt: times.max(),
        events: events.count, logName: name,
        logDigest: SHA256Digest.of(EventLog.bytes(events)).text))
    self.sources += sources
    self.events += events.count
  }

  /// Whose session it is: by the old store; without one, by the folders of the events.
  private func owner(of key: String, _ events: [Event]) -> String {
    if let known = salvage.projects[key] { return known }
    return salvage.projects.isEmpty ? matcher.otherProject(of: events) ?? project : project
  }

  /// Keys of sessions of other projects, which are kept and never read as this one's.
  var otherSessions: Set<String> {
    Set(sessions.filter { $0.project != project }.map(\.key))
      .union(salvage.projects.filter { $0.value != project }.keys)
  }

  /// Every source that the session was read from: by the old store with its place, else by the
  /// snapshot, else by the events. Files that are there are read again from their beginning.
  private func sources(of key: String, _ events: [Event]) -> [SourceRecord] {
    var found = salvage.sources.filter {
      $0.session == key && $0.kind != .observations && !$0.isPlaceless
        && !forgotten.contains(session: nil, source: $0.id)
    }.map { source in
      // A history of a repository has no file of its own.
      if source.kind == .workspace { return source }
      return ArchivedPath.exists(source.path) ? source.unread : source.absent
    }
    var ids = Set(found.map(\.id))
    for source in named where source.session == key && ids.insert(source.id).inserted {
      found.append(
        .placeless(
          id: source.id, kind: SourceRecord.Kind(rawValue: source.kind) ?? .transcript,
          format: source.format, session: key,
          bytes: source.bytes, digest: source.digest))
    }
    let format = found.first?.format ?? ""
    var ends: [String: Int] = [:]
    for event in events where !ids.contains(event.place.source) {
      let end = event.place.bytes?.upperBound ?? 0
      ends[event.place.source] = max(ends[event.place.source] ?? 0, end)
    }
    for (id, end) in ends.sorted(by: { $0.key < $1.key }) {
      found.append(
        .placeless(
          id: id, kind: HistoryRun.isHistory(key) ? .workspace : .transcript, format: format,
          session: key, bytes: Int64(end), digest: nil))
    }
    return found
  }
}
