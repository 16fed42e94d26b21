import GRDB
import KairosModel
import KairosTestSupport
import Testing

@testable import KairosStore

/// Databases of other programs: what is read, and that nothing is left anywhere.
@Suite struct ForeignDatabaseTests {
  /// A database whose rows stand in its log only, as of a program that still runs.
  private func live(_ folder: TemporaryFolder) throws -> String {
    let made = folder.file("made.db")
    let pool = try DatabasePool(path: made)
    try pool.writeWithoutTransaction { database in
      try database.execute(sql: "PRAGMA wal_autocheckpoint = 0")
      try database.execute(sql: "CREATE TABLE notes (id INTEGER PRIMARY KEY, text)")
      try database.execute(sql: "INSERT INTO notes (text) VALUES ('from the log')")
    }
    let path = folder.file("x.db")
    try folder.write("x.db", Array(folder.bytes("made.db").prefix(4096)))
    try folder.write("x.db-wal", folder.bytes("made.db-wal"))
    try pool.close()
    return path
  }

  private func texts(_ path: String, in copies: TemporaryFolder) throws -> [RowValue] {
    try ForeignDatabase.withCopy(of: path, in: copies.path) { rows in
      var found: [RowValue] = []
      try rows.rows("SELECT text FROM notes ORDER BY id", []) { found.append($0["text"]) }
      return found
    }
  }

  @Test func rowsThatStandInTheLogOnlyAreRead() throws {
    let (folder, copies) = (try TemporaryFolder(), try TemporaryFolder())
    let path = try live(folder)
    let before = (try folder.names(), try folder.bytes("x.db"), try folder.bytes("x.db-wal"))
    #expect(try texts(path, in: copies) == [.text(Array("from the log".utf8))])
    // The original is as it was, nothing is beside it, and the copy is gone.
    #expect(try folder.names() == before.0)
    #expect(try folder.bytes("x.db") == before.1 && folder.bytes("x.db-wal") == before.2)
    #expect(try copies.names().isEmpty)
  }

  @Test func theCopyIsPrivateWhileItExists() throws {
    let (folder, copies) = (try TemporaryFolder(), try TemporaryFolder())
    try ForeignDatabase.withCopy(of: live(folder), in: copies.path) { _ in
      let name = try #require(try copies.names().first)
      #expect(try copies.mode(name) == 0o700)
      #expect(try copies.mode(name + "/database") == 0o600)
      #expect(try copies.mode(name + "/database-wal") == 0o600)
    }
  }

  @Test func valuesComeAsTheyAreStored() throws {
    let (folder, copies) = (try TemporaryFolder(), try TemporaryFolder())
    let path = folder.file("x.db")
    let queue = try DatabaseQueue(path: path)
    try queue.write {
      try $0.execute(
        sql: """
          CREATE TABLE notes (id INTEGER PRIMARY KEY, text);
          INSERT INTO notes (text) VALUES (NULL), (-7), (1.5), (x'00ff'),
            (CAST(x'61006280' AS TEXT)), ('');
          CREATE VIEW trap AS SELECT 1 AS text;
          """)
    }
    try queue.close()
    #expect(
      try texts(path, in: copies) == [
        .null, .integer(-7), .decimal("1.5"), .blob([0x00, 0xff]),
        .text([0x61, 0x00, 0x62, 0x80]), .text([]),
      ])
    try ForeignDatabase.withCopy(of: path, in: copies.path) {
      #expect($0.tables == ["notes": ["id", "text"]])
    }
  }

  @Test func rowsBeforeTheDamageAreGivenAndTheDamageIsNamed() throws {
    let (folder, copies) = (try TemporaryFolder(), try TemporaryFolder())
    let path = folder.file("x.db")
    let queue = try DatabaseQueue(path: path)
    try queue.write {
      try $0.execute(sql: "CREATE TABLE notes (id INTEGER PRIMARY KEY, text)")
      for _ in 0..<400 {
        try $0.execute(sql: "INSERT INTO notes (text) VALUES (hex(zeroblob(99)))")
      }
    }
    try queue.close()
    var bytes = try folder.bytes("x.db")
    let page = 4096
    for at in (bytes.count - 6 * page)..<(bytes.count - 2 * page) { bytes[at] = 0xee }
    try folder.write("x.db", bytes)
    try ForeignDatabase.withCopy(of: path, in: copies.path) { rows in
      var count = 0
      #expect(throws: DatabaseDamage(code: 11)) {
        try rows.rows("SELECT text FROM notes ORDER BY id", []) { _ in count += 1 }
      }
      #expect(count > 0 && count < 400)
    }
    #expect(try copies.names().isEmpty)
  }

  @Test func whatIsNoDatabaseLeavesNoCopy() throws {
    let (folder, copies) = (try TemporaryFolder(), try TemporaryFolder())
    try folder.write("x.db", ForeignDatabase.magic + Array(repeating: 0x41, count: 5000))
    #expect(throws: ForeignDatabaseError.damaged(path: folder.file("x.db"), code: 26)) {
      try ForeignDatabase.withCopy(of: folder.file("x.db"), in: copies.path) { _ in }
    }
    #expect(throws: ForeignDatabaseError.self) {
      try ForeignDatabase.withCopy(of: folder.file("none.db"), in: copies.path) { _ in }
    }
    #expect(try copies.names().isEmpty)
  }

  @Test func leftoversOfAKilledProcessAreRemoved() throws {
    let (folder, copies) = (try TemporaryFolder(), try TemporaryFolder())
    _ = try PrivateCopy(of: live(folder), in: copies.path)
    try copies.write("copy-of-mine.txt", [1])
    #expect(try copies.names().count == 2)
    ForeignDatabase.removeLeftovers(in: copies.path)
    #expect(try copies.names() == ["copy-of-mine.txt"])
  }
}
