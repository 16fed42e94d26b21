import GRDB
import KairosModel

/// What can still be read of a store that may be damaged: everything that neither an event log nor
/// the decision log holds. Reading changes nothing; each table is read up to its first bad page.
public struct StoreSalvage: Sendable {
  public private(set) var sources: [SourceRecord] = []
  /// Feeds: their observations are all that is kept of them.
  public private(set) var feeds: [SessionRecord] = []
  /// Whose each session is, by its key.
  public private(set) var projects: [String: String] = [:]
  /// When the states of folders without a commit were, by id.
  public private(set) var workspaceTimes: [String: Timestamp] = [:]
  /// States whose files cannot be scanned again.
  public private(set) var workspaces: [Workspace] = []
  /// Observations of feeds and imports, by origin.
  public private(set) var observations: [String: [Observation]] = [:]
  public private(set) var tombstones: [Tombstone] = []
  /// From the first one on, without a gap.
  public private(set) var decisions: [UserDecision] = []
  public private(set) var settings: [String: String] = [:]
  /// Outcome and JSON of each run, oldest first.
  public private(set) var receipts: [(outcome: String, json: [UInt8])] = []
  /// Whether every table could be read to its end.
  public private(set) var isWhole = true

  /// Nothing.
  public init() {}

  /// Reads the database at `path`; `nil` when there is none. `isGone` says of a workspace's path
  /// that its files must come from here; origins that begin with `imports` are bundles. A store of
  /// a newer schema is sound, so it is an error.
  public static func read(
    _ path: String, imports: String, isGone: (String) -> Bool
  ) throws(StoreError) -> StoreSalvage? {
    guard StoreFiles.size(path) ?? 0 > 0 else { return nil }
    var configuration = Configuration()
    configuration.label = "kairos-salvage"
    configuration.readonly = true
    configuration.busyMode = .timeout(10)
    var found = StoreSalvage()
    do {
      try DatabaseQueue(path: path, configuration: configuration).read { database in
        try Migrations.refuseNewer(database, path: path)
        found.collect(database, imports: imports, isGone: isGone)
      }
    } catch {
      if case .newerSchema = StoreError.wrapping(error, path: path) {
        throw StoreError(error, path: path)
      }
      found.isWhole = false
    }
    return found
  }

  private mutating func collect(
    _ database: Database, imports: String, isGone: (String) -> Bool
  ) {
    read(database, "SELECT \(SourceRecord.columns) FROM sources ORDER BY path") {
      if let source = SourceRecord(salvaged: $1) { $0.sources.append(source) }
    }
    read(database, "SELECT \(SessionRecord.columns) FROM sessions WHERE log_name = ''") {
      if let feed = SessionRecord(salvagedFeed: $1) { $0.feeds.append(feed) }
    }
    read(database, "SELECT key, project FROM sessions") {
      if let key = $1.text(0), let project = $1.text(1) { $0.projects[key] = project }
    }
    read(database, "SELECT id, at FROM workspaces WHERE commit_id IS NULL") {
      if let id = $1.text(0), let at = $1.number(1) {
        $0.workspaceTimes[id] = Timestamp(milliseconds: at)
      }
    }
    read(database, "SELECT key, value FROM meta") {
      if let key = $1.text(0), let value = $1.text(1) { $0.settings[key] = value }
    }
    read(database, "SELECT outcome, record FROM receipts ORDER BY sequence") {
      if let outcome = $1.text(0) { $0.receipts.append((outcome, try $1.bytes(1))) }
    }
    read(database, "SELECT record FROM tombstones ORDER BY fact") {
      $0.tombstones.append(try $1.record(0))
    }
    read(database, "SELECT position, record FROM user_decisions ORDER BY position") {
      if $1.number(0) == Int64($0.decisions.count) + 1 { $0.decisions.append(try $1.record(1)) }
    }
    readObservations(database, imports: imports)
    for source in sources where source.kind == .workspace && isGone(source.path) {
      do {
        if let workspace = try Store.workspace(source.id, database) { workspaces.append(workspace) }
      } catch { isWhole = false }
    }
  }

  private mutating func readObservations(_ database: Database, imports: String) {
    let feeds = Set(feeds.map(\.key))
    var origins: [String] = []
    read(database, "SELECT DISTINCT origin FROM observations ORDER BY origin") {
      if let origin = $1.text(0), origin.hasPrefix(imports) || feeds.contains(origin) {
        origins.append(origin)
      }
      _ = $0
    }
    for origin in origins {
      read(
        database, "SELECT record FROM observations WHERE origin = ? ORDER BY id", [origin]
      ) { $0.observations[origin, default: []].append(try $1.record(0)) }
    }
  }

  /// Hands out rows up to the first that cannot be read.
  private mutating func read(
    _ database: Database, _ sql: String, _ arguments: StatementArguments = [],
    _ take: (inout StoreSalvage, Row) throws -> Void
  ) {
    do {
      let rows = try Row.fetchCursor(database, sql: sql, arguments: arguments)
      while let row = try rows.next() { try take(&self, row) }
    } catch { isWhole = false }
  }
}

extension Row {
  /// A column that should hold text; `nil` when damage made it something else.
  fileprivate func text(_ index: Int) -> String? {
    String.fromDatabaseValue(self[index] as DatabaseValue)
  }

  /// A column that should hold a number.
  fileprivate func number(_ index: Int) -> Int64? {
    Int64.fromDatabaseValue(self[index] as DatabaseValue)
  }
}

extension SourceRecord {
  /// `nil` when a column that must be there is not.
  fileprivate init?(salvaged row: Row) {
    guard let path = row.text(0), path.hasPrefix("/"), let id = row.text(1),
      let kind = row.text(2).flatMap(Kind.init(rawValue:)), let format = row.text(3),
      let size = row.number(5), let modified = row.number(6), let offset = row.number(7)
    else { return nil }
    self.init(
      path: path, id: id, kind: kind, format: format, session: row.text(4), size: size,
      modifiedNanoseconds: modified, cursorOffset: offset, prefixDigest: row.text(8),
      adapterState: row.text(9) ?? "", records: Int(row.number(10) ?? 0),
      skipped: Int(row.number(11) ?? 0), badLines: Int(row.number(12) ?? 0),
      present: row.number(13) != 0)
  }
}

extension SessionRecord {
  /// `nil` when a column that must be there is not.
  fileprivate init?(salvagedFeed row: Row) {
    guard let key = row.text(0), let format = row.text(1), let project = row.text(2),
      let digest = row.text(7)
    else { return nil }
    self.init(
      key: key, format: format, project: project,
      firstAt: row.number(3).map { Timestamp(milliseconds: $0) },
      lastAt: row.number(4).map { Timestamp(milliseconds: $0) }, events: 0, logName: "",
      logDigest: digest)
  }
}
