import Foundation
import GRDB
import KairosModel
import KairosStore
import KairosTestSupport
import Testing

/// Opening, permissions, schema and damage.
@Suite(.serialized) struct StoreTests {
  let temporary = try? TemporaryFolder()

  private func folder() throws -> String { try #require(temporary).file("p/.kairos") }

  private func connection(_ folder: String) throws -> DatabaseQueue {
    try DatabaseQueue(path: folder + "/" + Store.databaseName)
  }

  @Test func onlyTheOwnerMayReadWhateverTheUmask() throws {
    let before = umask(0)
    defer { umask(before) }
    let folder = try folder()
    let store = try Store.open(folder: folder, create: true)
    try store.setMeta("project", "p")
    try store.addUserDecision(Self.decision(.pin, "f_1"))
    let temporary = try #require(temporary)
    #expect(try temporary.mode("p/.kairos") == 0o700)
    for name in ["kairos.db", "kairos.db-wal", "kairos.db-shm", "decisions.jsonl"] {
      #expect(try temporary.mode("p/.kairos/" + name) == 0o600, "\(name)")
    }
    #expect(store.problems() == [])
    chmod(folder, 0o755)
    #expect(store.problems().count == 1)
  }

  @Test func aMissingStoreIsNotMadeByLooking() throws {
    let folder = try folder()
    #expect(throws: StoreError.missing(path: folder + "/kairos.db")) {
      try Store.open(folder: folder, create: false)
    }
    #expect(try #require(temporary).names() == [])
  }

  @Test func whatWasStoredIsThereAfterReopening() throws {
    let folder = try folder()
    try Store.open(folder: folder, create: true).setMeta("project", "git:example.org/p")
    let again = try Store.open(folder: folder, create: false)
    #expect(try again.meta("project") == "git:example.org/p")
    try again.setMeta("project", nil)
    #expect(try again.meta("project") == nil)
    #expect(try Store.open(folder: folder, create: true).meta("project") == nil)
  }

  @Test func aNewerSchemaIsRefusedByName() throws {
    let folder = try folder()
    _ = try Store.open(folder: folder, create: true)
    try connection(folder).write {
      try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('0999')")
    }
    let error = #expect(throws: StoreError.self) { try Store.open(folder: folder, create: false) }
    #expect(
      error
        == .newerSchema(path: folder + "/kairos.db", found: "0999", known: Store.schema))
    #expect(error?.description.contains("0999") == true)
  }

  @Test func anotherProgramsDatabaseIsRefused() throws {
    let folder = try folder()
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try connection(folder).write { try $0.execute(sql: "CREATE TABLE other (a)") }
    #expect(throws: StoreError.foreign(path: folder + "/kairos.db")) {
      try Store.open(folder: folder, create: true)
    }
    #expect(try connection(folder).read { try $0.tableExists("other") })
  }

  /// A text file, and a database whose pages were overwritten.
  @Test(arguments: ["header", "pages"]) func damageHasAName(part: String) throws {
    let folder = try folder()
    let path = folder + "/kairos.db"
    let store = try Store.open(folder: folder, create: true)
    try store.replaceObservations(
      origin: "a", with: (0..<200).map { Self.observation("v\($0)", byte: $0) })
    try connection(folder).writeWithoutTransaction {
      try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
    }
    let length = try #require(
      FileManager.default.attributesOfItem(atPath: path)[.size] as? NSNumber
    ).intValue
    let handle = try #require(FileHandle(forWritingAtPath: path))
    try handle.seek(toOffset: part == "header" ? 0 : 8192)
    handle.write(Data(repeating: 0x41, count: part == "header" ? 100 : length - 8192))
    try handle.close()
    let error = #expect(throws: StoreError.self) {
      let damaged = try Store.open(folder: folder, create: false)
      try damaged.forEachSlot { _, _ in }
    }
    #expect(error == .corrupt(path: path))
    #expect(error?.description.contains("kairos doctor") == true)
  }

  static func decision(_ action: Decision.Action, _ fact: String) -> Decision {
    Decision(action: action, subject: fact, object: "", actor: "user", at: nil, reason: "wish")
  }

  static func observation(
    _ value: String, slot: Slot = Build.slot(), at: Timestamp? = Build.start, byte: Int = 0,
    lineage: String = "e_1"
  ) -> Observation {
    Observation(
      rule: "test", kind: .command, slot: slot, value: value, statement: "Run `\(value)`.",
      actor: .tool, grounded: true, session: "session-1", lineage: lineage, at: at,
      evidence: Build.evidence(byte: byte, at: at))
  }
}
