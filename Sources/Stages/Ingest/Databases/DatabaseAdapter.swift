import KairosJSON
import KairosModel

/// Turns the rows of one program's database into events.
protocol DatabaseAdapter: DeclaredFormat {
  /// Whether a database has the tables of this format, by the columns that tell it from others.
  static func recognises(_ tables: [String: Set<String>]) -> Bool
  /// Whether all sessions are read again when one has changed: their rows tell none apart.
  static var isWhole: Bool { get }
  /// Whether a database without sessions is none of this format: others have such tables too.
  static var mustHaveSessions: Bool { get }
  init()
  /// The sessions in the order of their beginning.
  mutating func sessions(
    in database: any DatabaseRows
  ) throws(DatabaseDamage) -> [DatabaseSession]
  mutating func read(
    _ session: DatabaseSession, in database: any DatabaseRows, of source: DatabaseSource,
    into sink: inout EventSink
  ) throws(DatabaseDamage)
}

extension DatabaseAdapter {
  static var isWhole: Bool { false }
  static var mustHaveSessions: Bool { false }
}

/// One session of a database.
struct DatabaseSession {
  /// The program's own id; the key of the session.
  let id: String
  /// Differs when anything in the session has changed.
  let fingerprint: String
  /// The row that describes the session, as far as there is one.
  var row: DatabaseRow = DatabaseRow(names: [], values: [])
  /// An agent started it: nothing in it is a person's.
  var isDelegated = false
}

/// The database that rows come from: makes places for them.
struct DatabaseSource {
  let id: String
  let path: String
  /// The folder that files beside the database name.
  var folder: String?

  /// Where a value stands. A row has no offset in its file, which the program may rewrite at any
  /// time; so the place is the value itself, and its digest finds it again.
  func place(_ value: [UInt8]) -> Place {
    Place(source: id, bytes: 0..<value.count, digest: SHA256Digest.of(value).text)
  }

  /// The folder around the program's own folder: `/home/ada/lamp` of
  /// `/home/ada/lamp/.crush/crush.db`.
  func folder(around name: String) -> String? {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count > 2, parts[parts.count - 2] == name else { return nil }
    let folder = parts.dropLast(2).joined(separator: "/")
    return folder.isEmpty ? nil : folder
  }
}

/// Writes queries that work with every version of a table.
enum DatabaseQuery {
  /// The columns of a table for a `SELECT`; those that this version does not have are null.
  static func columns(
    _ names: [String], of table: String, in database: any DatabaseRows, as alias: String? = nil
  ) -> String {
    let known = database.tables[table] ?? []
    return names.map { name in
      known.contains(name) ? "\(alias ?? table).\(name) AS \(name)" : "NULL AS \(name)"
    }.joined(separator: ", ")
  }
}
