import Foundation
import Ingest
import KairosModel
import KairosStore
import KairosTestSupport
import Testing

/// What every adapter of databases must do: `Golden` holds what each fixture gives.
@Suite struct DatabaseTests {
  @Test func everyDatabaseThatIsDeclaredHasAFixture() {
    let declared = Set(FormatTable.rows.map(\.format).filter(\.isDatabase))
    #expect(Set(DatabaseFixture.all.map(\.format)) == declared)
  }

  @Test(arguments: DatabaseFixture.all)
  func isReadAsWritten(_ this: DatabaseFixture) throws {
    let folder = try TemporaryFolder()
    let story = try this.read(this.make(in: folder)).result.story
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Golden/\(this.format.rawValue)-\(this.version).txt")
    if ProcessInfo.processInfo.environment["KAIROS_UPDATE_GOLDEN"] == "1" {
      try story.write(to: file, atomically: true, encoding: .utf8)
    }
    let golden = try String(contentsOf: file, encoding: .utf8)
    #expect(story == golden, "KAIROS_UPDATE_GOLDEN=1 swift test writes what is read now")
    #expect(!story.contains(ConformanceCase.image))
    #expect(!story.contains("hunter2"))
  }

  @Test(arguments: DatabaseFixture.all)
  func readingAgainGivesNothing(_ this: DatabaseFixture) throws {
    let folder = try TemporaryFolder()
    let path = try this.make(in: folder)
    let first = try this.read(path).result
    let again = try this.read(path, resume: first.cursor)
    #expect(again.result.events.isEmpty)
    #expect(again.result.cursor == first.cursor)
    #expect(again.merged(again.result.events, with: first.events) == first.events)
  }

  @Test(arguments: DatabaseFixture.all)
  func aGrownDatabaseGivesWhatReadingItWholeGives(_ this: DatabaseFixture) throws {
    let folder = try TemporaryFolder()
    let path = try this.make(in: folder)
    let first = try this.read(path).result
    try DatabaseFixture.execute(this.later, path)
    let grown = try this.read(path, resume: first.cursor)
    let whole = try this.read(path)
    #expect(grown.merged(grown.result.events, with: first.events) == whole.result.events)
    #expect(whole.result.events.count > first.events.count)
    #expect(grown.result.cursor == whole.result.cursor)
  }

  @Test(arguments: DatabaseFixture.all)
  func oneDamagedRecordIsReportedAndTheRestIsRead(_ this: DatabaseFixture) throws {
    let (sound, broken) = (try TemporaryFolder(), try TemporaryFolder())
    let whole = try this.read(this.make(in: sound)).result
    let damaged = try this.read(this.make(in: broken, this.damage)).result
    #expect(damaged.counts.badLines == 1)
    #expect(damaged.findings.contains { $0.code == "bad-row" })
    #expect(!damaged.events.isEmpty && damaged.events.count < whole.events.count)
    #expect(Set(damaged.events.map(\.id)).isSubset(of: whole.events.map(\.id)))
  }

  @Test(arguments: DatabaseFixture.all)
  func theSourceHasTheSameIdWhileItGrows(_ this: DatabaseFixture) throws {
    let folder = try TemporaryFolder()
    let path = try this.make(in: folder)
    func id() throws -> String? {
      try ForeignDatabase.withCopy(of: path, in: folder.path) { DatabaseReader.detect($0)?.source }
    }
    let first = try id()
    try DatabaseFixture.execute(this.later, path)
    #expect(try id() == first)
    #expect(first?.hasPrefix("s_") == true)
  }

  @Test func otherDatabasesAreNothingKnown() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("x.db")
    try DatabaseFixture.execute(
      """
      CREATE TABLE sessions (id TEXT, title TEXT); CREATE TABLE history (id INTEGER, url TEXT);
      CREATE VIEW messages AS SELECT 1 AS id, 2 AS session_id, 3 AS role, 4 AS parts;
      """, path)
    try ForeignDatabase.withCopy(of: path, in: folder.path) {
      #expect(DatabaseReader.detect($0) == nil)
    }
  }
}
