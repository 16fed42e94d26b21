import GRDB

/// The schema, as numbered steps in literal SQL. A step that was released is never edited: the
/// next change is a new step at the end.
enum Migrations {
  /// "KAIR" in ASCII, written into the file's header so that no other database is migrated.
  private static let applicationID = 0x4b41_4952

  private static let steps: [(name: String, sql: String)] = [
    ("0001", Schema0001.sql), ("0002", Schema0002.sql),
  ]

  /// The newest schema that this program knows.
  static var newest: String { steps.last?.name ?? "" }

  /// Checks that the file is a store of this version or older, then applies the missing steps.
  static func run(_ pool: some DatabaseWriter, path: String) throws {
    try pool.read {
      try refuseForeign($0, path: path)
      try refuseNewer($0, path: path)
    }
    var migrator = DatabaseMigrator()
    for step in steps {
      migrator.registerMigration(step.name) { database in
        try database.execute(sql: step.sql)
        try database.execute(sql: "PRAGMA application_id = \(applicationID)")
      }
    }
    let applied = try pool.read { try migrator.appliedIdentifiers($0) }
    if applied.count < steps.count { try migrator.migrate(pool) }
  }

  /// A store that a later version wrote must not be touched.
  static func refuseNewer(_ database: Database, path: String) throws {
    let applied = try DatabaseMigrator().appliedIdentifiers(database)
    if let newer = applied.subtracting(steps.map(\.name)).max() {
      throw StoreError.newerSchema(path: path, found: newer, known: newest)
    }
  }

  private static func refuseForeign(_ database: Database, path: String) throws {
    let identifier = try Int.fetchOne(database, sql: "PRAGMA application_id")
    let tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") ?? 0
    guard tables == 0 || identifier == applicationID else {
      throw StoreError.foreign(path: path)
    }
  }
}
