import GRDB
import KairosModel

/// One source as it was last read: how far, and what stood there.
public struct SourceRecord: Sendable, Equatable {
  /// What the source is.
  public enum Kind: String, Sendable, CaseIterable { case transcript, workspace, observations }

  /// Absolute path; the key.
  public let path: String
  /// `s_…` of a transcript or feed, `w_…` of a workspace state.
  public let id: String
  public let kind: Kind
  /// Name of the adapter; empty for workspaces.
  public let format: String
  /// Key of the session that the source belongs to, where there is exactly one.
  public let session: String?
  public let size: Int64
  public let modifiedNanoseconds: Int64
  /// Bytes read: the end of the last complete line.
  public let cursorOffset: Int64
  /// `sha256:…` of the bytes before the cursor; a mismatch means that the source was rewritten.
  public let prefixDigest: String?
  /// What the adapter needs to go on from the cursor.
  public let adapterState: String
  public let records: Int
  public let skipped: Int
  public let badLines: Int
  /// Whether the source was there when it was last looked for.
  public let present: Bool

  public init(
    path: String, id: String, kind: Kind, format: String, session: String?, size: Int64,
    modifiedNanoseconds: Int64, cursorOffset: Int64 = 0, prefixDigest: String? = nil,
    adapterState: String = "", records: Int = 0, skipped: Int = 0, badLines: Int = 0,
    present: Bool = true
  ) {
    self.path = path
    self.id = id
    self.kind = kind
    self.format = format
    self.session = session
    self.size = size
    self.modifiedNanoseconds = modifiedNanoseconds
    self.cursorOffset = cursorOffset
    self.prefixDigest = prefixDigest
    self.adapterState = adapterState
    self.records = records
    self.skipped = skipped
    self.badLines = badLines
    self.present = present
  }

  static let columns = """
    path, id, kind, format, session, size, modified_ns, cursor_offset, prefix_digest,
    adapter_state, records, skipped, bad_lines, present
    """

  init(_ row: Row) {
    self.init(
      path: row[0], id: row[1], kind: Kind(rawValue: row[2]) ?? .transcript, format: row[3],
      session: row[4], size: row[5], modifiedNanoseconds: row[6], cursorOffset: row[7],
      prefixDigest: row[8], adapterState: row[9], records: row[10], skipped: row[11],
      badLines: row[12], present: row[13])
  }

  var arguments: StatementArguments {
    [
      path, id, kind.rawValue, format, session, size, modifiedNanoseconds, cursorOffset,
      prefixDigest, adapterState, records, skipped, badLines, present,
    ]
  }
}

extension Store {
  /// All sources, by path.
  public func sources() throws(StoreError) -> [SourceRecord] {
    try read {
      try Row.fetchAll($0, sql: "SELECT \(SourceRecord.columns) FROM sources ORDER BY path")
        .map(SourceRecord.init)
    }
  }

  /// The source at an absolute path.
  public func source(path: String) throws(StoreError) -> SourceRecord? {
    try read {
      try Row.fetchOne(
        $0, sql: "SELECT \(SourceRecord.columns) FROM sources WHERE path = ?", arguments: [path]
      ).map(SourceRecord.init)
    }
  }

  /// Adds or replaces sources in one transaction.
  public func putSources(_ sources: [SourceRecord]) throws(StoreError) {
    try write { try Self.put(sources, $0) }
  }

  static func put(_ sources: [SourceRecord], _ database: Database) throws {
    let statement = try database.cachedStatement(
      sql: """
        INSERT OR REPLACE INTO sources (\(SourceRecord.columns))
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    for source in sources { try statement.execute(arguments: source.arguments) }
  }

  /// Marks sources that were not found any more; what was read from them stays.
  public func markAbsent(paths: [String]) throws(StoreError) {
    try write { database in
      let statement = try database.cachedStatement(
        sql: "UPDATE sources SET present = 0 WHERE path = ?")
      for path in paths { try statement.execute(arguments: [path]) }
    }
  }
}
