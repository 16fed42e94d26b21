import KairosJSON
import KairosModel
import KairosRedaction

/// Reads the sessions of one database that have changed since they were read.
public struct DatabaseReader {
  /// What a database is.
  public struct Detection: Sendable, Equatable {
    public let format: SourceFormat
    /// The id of the source: the same on every machine and while the database grows.
    public let source: String
  }

  private let format: SourceFormat
  private let source: DatabaseSource
  private let options: IngestOptions
  private let redactor: Redactor

  /// `folder`: the one that files beside the database name, for sessions that name none.
  public init(
    format: SourceFormat, source: SourceIdentity, options: IngestOptions, redactor: Redactor,
    folder: String? = nil
  ) {
    self.format = format
    self.source = DatabaseSource(id: source.id, path: source.path, folder: folder)
    self.options = options
    self.redactor = redactor
  }

  /// Judges by tables and columns; `nil` when no adapter knows them, or nothing is in them.
  public static func detect(_ database: any DatabaseRows) -> Detection? {
    guard let type = DatabaseFormats.all.first(where: { $0.recognises(database.tables) })
    else { return nil }
    var adapter = type.init()
    let sessions = try? adapter.sessions(in: database)
    if type.mustHaveSessions, sessions?.isEmpty ?? false { return nil }
    let first = sessions?.first?.id ?? ""
    let format = type.row.format
    return Detection(format: format, source: ContentID.make("s", format.rawValue, first))
  }

  /// Reads what has changed since `resume`; all sessions without it.
  public func read(_ database: any DatabaseRows, resume: SourceCursor? = nil) -> DatabaseResult {
    var sink = EventSink(options: options, redactor: redactor, path: source.path)
    guard let type = DatabaseFormats.adapter(of: format) else {
      return DatabaseResult(result: result([], sink), order: [], read: [])
    }
    var adapter = type.init()
    var sessions: [DatabaseSession] = []
    do { sessions = try adapter.sessions(in: database) } catch { note(error, into: &sink) }
    let order = sessions.map(\.id)
    let known = resume?.format == format ? DatabaseState(resume?.state ?? "").fingerprints : [:]
    var changed = sessions.filter { known[$0.id] != $0.fingerprint }
    if type.isWhole, !changed.isEmpty { changed = sessions }
    var whole = Set(changed.map(\.id))
    for session in changed {
      let start = sink.events.count
      do {
        try adapter.read(session, in: database, of: source, into: &sink)
      } catch {
        // What was known of it stays, and it is read again next time.
        whole.remove(session.id)
        sessions.removeAll { $0.id == session.id }
        note(error, into: &sink)
      }
      takeExports(from: start, into: &sink)
    }
    return DatabaseResult(
      result: result(sessions, sink), order: order,
      read: type.isWhole && whole.count == order.count ? nil : whole)
  }

  private func note(_ damage: DatabaseDamage, into sink: inout EventSink) {
    sink.counts.badLines += 1
    guard sink.counts.badLines <= IngestFinding.placesMax else { return }
    sink.findings.append(IngestFinding.damagedDatabase(path: source.path, code: damage.code))
  }

  /// A memory that kairos wrote is an echo wherever it comes back.
  private func takeExports(from start: Int, into sink: inout EventSink) {
    for event in sink.events[start...] {
      guard event.provenance != .memory, case .message(let text) = event.body,
        AgentMemory.hasExport(text)
      else { continue }
      let frame = EventSink.Frame(
        key: event.id, session: event.session, at: event.at, place: event.place, cwd: event.cwd,
        branch: event.branch)
      for (index, export) in AgentMemory.split(text).exports.enumerated() {
        sink.message(
          frame, part: "export.\(index)", actor: .memory, provenance: .memory, text: export)
      }
    }
  }

  private func result(_ sessions: [DatabaseSession], _ sink: EventSink) -> SourceResult {
    var sink = sink
    if sink.counts.unknown > 0 {
      sink.findings.append(
        IngestFinding.unknownRecords(path: source.path, count: sink.counts.unknown))
    }
    let state = DatabaseState(
      fingerprints: Dictionary(sessions.map { ($0.id, $0.fingerprint) }) { $1 })
    return SourceResult(
      events: sink.events, observations: [], session: nil,
      cursor: SourceCursor(
        format: format, offset: 0, prefixDigest: SHA256Digest.of(Array(state.text.utf8)).text,
        state: state.text),
      counts: sink.counts, findings: sink.findings, rewritten: false)
  }
}

/// What a reading of a database gave: events of the sessions that were read, in `result`.
public struct DatabaseResult: Sendable {
  public let result: SourceResult
  /// All sessions that the database has, in order.
  let order: [String]
  /// The sessions that were read; `nil` when that were all, also those that rows do not name.
  let read: Set<String>?

  /// The events of the whole source: what was `known`, with those of the sessions that were read
  /// again (`fresh`, all or some of the result's) in place of what they said before. What has gone
  /// from the database stays known. The order is that of one reading from the start.
  public func merged(_ fresh: [Event], with known: [Event]) -> [Event] {
    guard let read else { return SessionMerge.merge([fresh]) }
    let place = Dictionary(order.enumerated().map { ($1, $0) }) { first, _ in first }
    let kept = known.filter { !read.contains($0.session) }
    let sorted = (kept + fresh).enumerated().sorted {
      (place[$0.element.session] ?? -1, $0.offset) < (place[$1.element.session] ?? -1, $1.offset)
    }
    return SessionMerge.merge([sorted.map(\.element)])
  }
}

/// What is kept between two readings of a database: a fingerprint of every session.
private struct DatabaseState {
  let fingerprints: [String: String]

  init(fingerprints: [String: String]) { self.fingerprints = fingerprints }

  init(_ text: String) {
    let members = (try? JSONDocument.parse(text).root["sessions"]?.members) ?? []
    fingerprints = Dictionary(members.map { ($0.key, $0.value.string ?? "") }) { $1 }
  }

  var text: String {
    CanonicalJSON.object {
      $0.member("sessions") {
        for (id, print) in fingerprints.sorted(by: { $0.key < $1.key }) { $0.member(id, print) }
      }
    }.text
  }
}
