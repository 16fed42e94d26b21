import Foundation
import GRDB
import KairosModel
import Testing

@testable import KairosPipeline

/// Databases of agents in the chain: what is read, read again, and left behind.
@Suite struct DatabaseFilesTests {
  private static let tables = """
    CREATE TABLE sessions (id TEXT PRIMARY KEY, parent_session_id TEXT, created_at INTEGER);
    CREATE TABLE messages (id TEXT PRIMARY KEY, session_id TEXT, role TEXT, parts TEXT,
      created_at INTEGER, updated_at INTEGER);
    INSERT INTO sessions VALUES ('c-1', NULL, 1755599680), ('c-2', NULL, 1755599690);
    """

  private func message(_ id: String, _ session: String, _ text: String) -> String {
    """
    INSERT INTO messages VALUES ('\(id)', '\(session)', 'user',
      '[{"type":"text","data":{"text":"\(text)"}}]', 1755599700, 1755599700);
    """
  }

  private func write(_ sql: [String], _ path: String) throws {
    let queue = try DatabaseQueue(path: path)
    try queue.write { try $0.execute(sql: sql.joined()) }
    try queue.close()
  }

  @Test func aGrownDatabaseGivesWhatReadingItWholeGives() async throws {
    let whole = try await Project()
    let grown = try await Project()
    defer { for project in [whole, grown] { project.remove() } }
    let first = [Self.tables, message("m-1", "c-1", "Always run `make check` before a commit.")]
    let later = [message("m-2", "c-2", "Never push to main."), message("m-3", "c-1", "Thanks.")]
    try write(first + later, whole.sources.path + "/crush.db")
    #expect(try await whole.ingest().count("events") == 3)
    let path = grown.sources.path + "/crush.db"
    try write(first, path)
    #expect(try await grown.ingest().count("events") == 1)
    let again = try await grown.ingest()
    #expect(again.count("files") == 0 && again.count("unchanged") == 1)
    try write(later, path)
    try await grown.ingest()
    let (left, right) = (try await grown.snapshot(), try await whole.snapshot())
    #expect(left == right)
    // What the program deletes stays known, and no copy is left.
    try write(["DELETE FROM messages; DELETE FROM sessions;"], path)
    #expect(try await grown.ingest().count("events") == 3)
    let names = try FileManager.default.contentsOfDirectory(atPath: grown.memory.folder.path)
    #expect(!names.contains { $0.hasPrefix("copy-") })
  }

  @Test func whatStandsInTheLogOnlyIsSeenAsAChange() async throws {
    let project = try await Project()
    defer { project.remove() }
    let made = project.folder.path + "/made.db"
    let path = project.sources.path + "/crush.db"
    let pool = try DatabasePool(path: made)
    try await pool.writeWithoutTransaction { database in
      try database.execute(sql: Self.tables + "PRAGMA wal_checkpoint(TRUNCATE);")
    }
    try FileManager.default.copyItem(atPath: made, toPath: path)
    #expect(try await project.ingest().count("events") == 0)
    let sql = message("m-1", "c-1", "Use tabs.")
    try await pool.writeWithoutTransaction { try $0.execute(sql: sql) }
    try FileManager.default.copyItem(atPath: made + "-wal", toPath: path + "-wal")
    #expect(try await project.ingest().count("events") == 1)
    try pool.close()
  }

  @Test func sessionsOfOtherProjectsAreLeftOutWhereThereAreOurs() async throws {
    let project = try await Project()
    let other = try await Project()
    defer { for used in [project, other] { used.remove() } }
    let tables = """
      CREATE TABLE sessions (id TEXT PRIMARY KEY, working_dir TEXT, created_at INTEGER);
      CREATE TABLE messages (session_id TEXT, role TEXT, content_json TEXT);
      """
    func session(_ id: String, _ folder: String) -> String {
      """
      INSERT INTO sessions VALUES ('\(id)', '\(folder)', 1755599680);
      INSERT INTO messages VALUES ('\(id)', 'user', '[{"type":"text","text":"Use tabs."}]');
      """
    }
    let foreign = session("s-1", "/elsewhere/lamp")
    try write([tables, foreign], other.sources.path + "/sessions.db")
    #expect(try await other.ingest().count("events") == 1)
    let path = project.sources.path + "/sessions.db"
    try write([tables, foreign, session("s-2", project.folder.path)], path)
    let mixed = try await project.ingest()
    #expect(mixed.count("events") == 1 && mixed.findings.map(\.code) == ["other-projects"])
    // What is added later is told apart in the same way.
    try write([session("s-3", "/elsewhere/lamp")], path)
    #expect(try await project.ingest().count("events") == 1)
  }

  @Test func aDatabaseThatIsNoneOfAnAgentIsRefused() async throws {
    let project = try await Project()
    defer { project.remove() }
    let path = project.sources.path + "/other.db"
    try write(["CREATE TABLE pages (id INTEGER, url TEXT);"], path)
    await #expect(throws: MemoryFailure.notATranscript(paths: [path])) {
      try await project.memory.ingest(IngestRequest(paths: [path]), project.settings)
    }
  }

  @Test func aSessionInManyFilesIsOneSession() async throws {
    let project = try await Project()
    defer { project.remove() }
    let storage = project.sources.path + "/storage"
    func put(_ path: String, _ text: String) throws {
      let url = URL(fileURLWithPath: storage + "/" + path)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: url)
    }
    try put(
      "session/p/ses_1.json",
      "{\n \"id\": \"ses_1\",\n \"directory\": \"/p\",\n \"time\": {\"created\": 1755599680000}\n}")
    try put("message/ses_1/msg_1.json", "{\n \"id\": \"msg_1\",\n \"role\": \"user\"\n}")
    try put("part/msg_1/prt_1.json", #"{"id":"prt_1","type":"text","text":"Use tabs."}"#)
    let first = try await project.ingest()
    #expect(first.count("sessions") == 1 && first.count("events") == 1)
    #expect(first.findings.isEmpty)
    #expect(try await project.ingest().count("unchanged") == 1)
    try put("part/msg_1/prt_2.json", #"{"id":"prt_2","type":"text","text":"Always."}"#)
    #expect(try await project.ingest().count("events") == 2)
  }
}
