import GRDB
import Ingest
import KairosModel
import KairosRedaction
import KairosStore
import KairosTestSupport
import Testing

/// A database of one program, written by hand as SQL.
struct DatabaseFixture: Sendable, CustomTestStringConvertible {
  let format: SourceFormat
  let version: String
  /// Tables and rows.
  let sql: String
  /// What is written later: a session goes on, another begins.
  let later: String
  /// Damages one record among others.
  let damage: String
  /// The place below a person's home.
  let path: String

  var testDescription: String { "\(format.rawValue) \(version)" }

  /// Makes the database in `folder` and returns its path.
  func make(in folder: TemporaryFolder, _ more: String = "") throws -> String {
    let path = folder.file("fixture.db")
    try Self.execute(sql + more, path)
    return path
  }

  static func execute(_ sql: String, _ path: String) throws {
    let queue = try DatabaseQueue(path: path)
    try queue.write { try $0.execute(sql: sql) }
    try queue.close()
  }

  /// Reads the database at `file` as if it stood where the program has it.
  func read(_ file: String, resume: SourceCursor? = nil) throws -> DatabaseResult {
    let copies = try TemporaryFolder()
    return try ForeignDatabase.withCopy(of: file, in: copies.path) { rows in
      let found = try #require(DatabaseReader.detect(rows))
      #expect(found.format == format)
      let reader = DatabaseReader(
        format: format, source: SourceIdentity(id: found.source, path: "/home/ada/" + path),
        options: IngestOptions(project: "dir:lamp"), redactor: Redactor(key: "dir:lamp"))
      return reader.read(rows, resume: resume)
    }
  }
}
