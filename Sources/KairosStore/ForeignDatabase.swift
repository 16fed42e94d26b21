import GRDB
import KairosModel

/// A database of another program, read through a private copy.
///
/// The original is never opened by SQLite, so nothing is written beside it and no lock of it is
/// taken. What the program has not written back yet is in the copy, because the log is copied too.
public enum ForeignDatabase {
  /// What a database file begins with.
  public static let magic = Array("SQLite format 3\0".utf8)

  /// Copies the database at `path` into a new folder inside `folder`, hands its rows to `body`, and
  /// removes the copy, whatever happens.
  public static func withCopy<T>(
    of path: String, in folder: String, _ body: (any DatabaseRows) throws -> T
  ) throws -> T {
    let copy = try PrivateCopy(of: path, in: folder)
    defer { copy.remove() }
    let queue: DatabaseQueue
    do {
      queue = try DatabaseQueue(path: copy.path, configuration: configuration)
    } catch { throw ForeignDatabaseError(error, path: path) }
    defer { try? queue.close() }
    return try queue.unsafeReentrantRead { database in
      let rows: ForeignRows
      do { rows = try ForeignRows(database) } catch {
        throw ForeignDatabaseError(error, path: path)
      }
      return try body(rows)
    }
  }

  /// Removes copies that a killed process left in `folder`.
  public static func removeLeftovers(in folder: String) { PrivateCopy.removeLeftovers(in: folder) }

  private static var configuration: Configuration {
    var configuration = Configuration()
    configuration.label = "foreign"
    configuration.prepareDatabase { database in
      // The file may be hostile: its schema may call nothing, and pages are checked as they come.
      try database.execute(sql: "PRAGMA trusted_schema = OFF")
      try database.execute(sql: "PRAGMA cell_size_check = ON")
      try database.execute(sql: "PRAGMA mmap_size = 0")
      // What is sorted holds a session at most, and must not lie in a public folder.
      try database.execute(sql: "PRAGMA temp_store = MEMORY")
    }
    return configuration
  }
}

/// Why a database of another program cannot be read; names the path and what to do next.
public enum ForeignDatabaseError: Error, Sendable, Equatable, CustomStringConvertible {
  case unreadable(path: String, reason: String)
  /// It changed each time it was copied.
  case restless(path: String)
  case noRoom(path: String, reason: String)
  case damaged(path: String, code: Int)

  public var description: String {
    switch self {
    case .unreadable(let path, let reason):
      "The database \(path) cannot be read (\(reason)); check its permissions."
    case .restless(let path):
      "The database \(path) is being written all the time; close its program, then try again."
    case .noRoom(let path, let reason):
      "There is no private copy at \(path) (\(reason)); free some space, then try again."
    case .damaged(let path, let code):
      "The database \(path) is damaged or encrypted (code \(code)); nothing of it could be read."
    }
  }

  init(_ error: any Error, path: String) {
    let code = (error as? DatabaseError)?.resultCode.rawValue ?? 1
    self = error as? ForeignDatabaseError ?? .damaged(path: path, code: Int(code))
  }
}

/// The rows of an open copy.
private struct ForeignRows: DatabaseRows {
  private let database: Database
  let tables: [String: Set<String>]

  init(_ database: Database) throws {
    self.database = database
    let names = try String.fetchAll(
      database,
      sql: """
        SELECT name FROM sqlite_master
        WHERE type = 'table' AND sql LIKE 'CREATE TABLE%' AND name NOT LIKE 'sqlite_%'
        """)
    var tables: [String: Set<String>] = [:]
    for name in names {
      let columns = try String.fetchAll(
        database, sql: "SELECT name FROM pragma_table_info(?)", arguments: [name])
      tables[name] = Set(columns)
    }
    self.tables = tables
  }

  func rows(
    _ sql: String, _ arguments: [RowValue], _ body: (DatabaseRow) -> Void
  ) throws(DatabaseDamage) {
    do {
      let cursor = try Row.fetchCursor(
        database, sql: sql, arguments: StatementArguments(arguments.map(Self.argument)))
      while let row = try cursor.next() {
        body(
          DatabaseRow(
            names: Array(row.columnNames),
            values: try (0..<row.count).map { try Self.value(row, $0) }))
      }
    } catch {
      throw DatabaseDamage(code: Int((error as? DatabaseError)?.resultCode.rawValue ?? 1))
    }
  }

  private static func argument(_ value: RowValue) -> DatabaseValue {
    switch value {
    case .null: .null
    case .integer(let number): number.databaseValue
    case .decimal(let text): text.databaseValue
    case .text(let bytes), .blob(let bytes):
      String(decoding: bytes, as: UTF8.self).databaseValue
    }
  }

  /// Texts are taken as bytes: as C strings they would end at their first NUL.
  private static func value(_ row: Row, _ index: Int) throws -> RowValue {
    let stored: DatabaseValue = row[index]
    switch stored.storage {
    case .null: return .null
    case .int64(let number): return .integer(number)
    case .double(let number): return .decimal(String(number))
    case .string:
      return .text(try row.withUnsafeData(atIndex: index) { data in data.map { Array($0) } ?? [] })
    case .blob(let data): return .blob(Array(data))
    }
  }
}
