import GRDB
import KairosModel

/// The database of one project's memory: `.kairos/kairos.db` and, beside it, `decisions.jsonl`.
///
/// What it promises:
/// - Every write is one transaction; a process killed at any instant leaves the state before or
///   after it, never between.
/// - Every reading comes in a total order that depends on content only (`BINARY` collation, ids as
///   the last key), so that what is made from it has the same bytes everywhere.
/// - The folder is 0700 and the files are 0600, whatever the umask.
/// - Several threads may use one store; several processes may read while one writes. Which process
///   may write is decided by the pipeline's lock, not here.
///
/// No type of the database library appears in the interface. The operations are grouped by table:
/// `SourceTable`, `SessionTable`, `WorkspaceTable`, `ObservationTable`, `SlotResultTable`,
/// `FactTable`, `DecisionTable`, `RunTable`.
public final class Store: Sendable {
  /// The `.kairos` folder.
  public let folder: String
  let pool: DatabasePool
  let decisionLog: DecisionLog

  public static let databaseName = "kairos.db"
  public static let decisionLogName = "decisions.jsonl"

  private init(folder: String, pool: DatabasePool) {
    self.folder = folder
    self.pool = pool
    decisionLog = DecisionLog(path: folder + "/" + Self.decisionLogName)
  }

  public var databasePath: String { folder + "/" + Self.databaseName }

  /// Opens the store in `folder` (the `.kairos` folder itself) and brings its schema up to date.
  /// With `create`, makes what is missing; without, a missing store is an error.
  public static func open(folder: String, create: Bool) throws(StoreError) -> Store {
    let path = folder + "/" + databaseName
    if create {
      try StoreFiles.makePrivateFolder(folder)
      try StoreFiles.makePrivateFile(path)
    } else if !StoreFiles.exists(path) {
      throw .missing(path: path)
    }
    do {
      let pool = try DatabasePool(path: path, configuration: configuration)
      try Migrations.run(pool, path: path)
      let store = Store(folder: folder, pool: pool)
      try store.adoptDecisionLog()
      return store
    } catch { throw StoreError(error, path: path) }
  }

  static var configuration: Configuration {
    var configuration = Configuration()
    configuration.label = "kairos"
    configuration.busyMode = .timeout(10)
    configuration.prepareDatabase { database in
      // A commit survives a crash of the process; a power cut may lose the newest commits, which
      // the next run makes again. Decisions of people do not rely on this (`DecisionLog`).
      try database.execute(sql: "PRAGMA synchronous = NORMAL")
      // Forgotten values are overwritten where it costs no extra I/O.
      try database.execute(sql: "PRAGMA secure_delete = FAST")
      try database.execute(sql: "PRAGMA trusted_schema = OFF")
    }
    return configuration
  }

  /// What is wrong with the store, one sentence each; empty when it is sound. Reads every page.
  public func problems() -> [String] {
    var found = StoreFiles.looseModes(folder: folder, files: [Self.databaseName])
    do {
      let answers = try pool.read { try String.fetchAll($0, sql: "PRAGMA integrity_check(10)") }
      let damage = answers.filter { $0 != "ok" }.map { "\(databasePath): \($0)" }
      if !damage.isEmpty { found += damage + [StoreError.corrupt(path: databasePath).description] }
    } catch { found.append(StoreError(error, path: databasePath).description) }
    return found
  }

  /// Runs `body` on a consistent view of the database; only errors of the store come out.
  func read<T>(_ body: (Database) throws -> T) throws(StoreError) -> T {
    do { return try consistent(body) } catch { throw StoreError(error, path: databasePath) }
  }

  /// Runs `body` in one transaction; only errors of the store come out.
  func write<T>(_ body: (Database) throws -> T) throws(StoreError) -> T {
    do { return try pool.write(body) } catch { throw StoreError(error, path: databasePath) }
  }

  /// Runs `body` on a consistent view; errors that a caller's closure threw pass through.
  func stream(_ body: (Database) throws -> Void) throws {
    do { try consistent(body) } catch {
      throw StoreError.wrapping(error, path: databasePath) ?? error
    }
  }

  /// One read transaction; a read inside the closure of another one joins it.
  private func consistent<T>(_ body: (Database) throws -> T) throws -> T {
    try pool.unsafeReentrantRead { database in
      if database.isInsideTransaction { return try body(database) }
      try database.beginTransaction(.deferred)
      // Nothing was written: how the transaction ends makes no difference.
      defer { try? database.rollback() }
      return try body(database)
    }
  }
}
