import GRDB
import KairosModel

/// One session: where its events are kept and what was last extracted from them.
public struct SessionRecord: Sendable, Equatable {
  public let key: String
  public let format: String
  public let project: String
  public let firstAt: Timestamp?
  public let lastAt: Timestamp?
  public let events: Int
  /// File in `.kairos/events/`.
  public let logName: String
  /// Digest of the session's events; changes when events are added.
  public let logDigest: String
  /// Digest of everything that the last extraction depended on (log, rules, settings). A session
  /// whose digest would be the same need not be extracted again; `nil` before the first time.
  public let extractionDigest: String?

  public init(
    key: String, format: String, project: String, firstAt: Timestamp?, lastAt: Timestamp?,
    events: Int, logName: String, logDigest: String, extractionDigest: String? = nil
  ) {
    self.key = key
    self.format = format
    self.project = project
    self.firstAt = firstAt
    self.lastAt = lastAt
    self.events = events
    self.logName = logName
    self.logDigest = logDigest
    self.extractionDigest = extractionDigest
  }

  static let columns =
    "key, format, project, first_at, last_at, events, log_name, log_digest, extraction_digest"

  init(_ row: Row) {
    self.init(
      key: row[0], format: row[1], project: row[2], firstAt: row.time(3), lastAt: row.time(4),
      events: row[5], logName: row[6], logDigest: row[7], extractionDigest: row[8])
  }

  var arguments: StatementArguments {
    [
      key, format, project, firstAt?.milliseconds, lastAt?.milliseconds, events, logName,
      logDigest, extractionDigest,
    ]
  }
}

extension Store {
  /// All sessions, by key.
  public func sessions() throws(StoreError) -> [SessionRecord] {
    try read {
      try Row.fetchAll($0, sql: "SELECT \(SessionRecord.columns) FROM sessions ORDER BY key")
        .map(SessionRecord.init)
    }
  }

  /// The session with this key.
  public func session(key: String) throws(StoreError) -> SessionRecord? {
    try read {
      try Row.fetchOne(
        $0, sql: "SELECT \(SessionRecord.columns) FROM sessions WHERE key = ?", arguments: [key]
      ).map(SessionRecord.init)
    }
  }

  /// Adds or replaces a session together with the cursors of the sources it was read from, so that
  /// a crash can never keep one without the other.
  public func putSession(
    _ session: SessionRecord, sources: [SourceRecord] = []
  ) throws(StoreError) {
    try write { database in
      try Self.put(session, database)
      try Self.put(sources, database)
    }
  }

  static func put(_ session: SessionRecord, _ database: Database) throws {
    try database.execute(
      sql: """
        INSERT OR REPLACE INTO sessions (\(SessionRecord.columns))
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """, arguments: session.arguments)
  }

  /// Forgets that a session was extracted; for a rerun with other rules.
  public func clearExtractionDigests() throws(StoreError) {
    try write { database in
      try database.execute(sql: "UPDATE sessions SET extraction_digest = NULL")
      try database.execute(sql: "UPDATE workspaces SET extraction_digest = NULL")
    }
  }
}
