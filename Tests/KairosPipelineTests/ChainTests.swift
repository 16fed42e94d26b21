import Foundation
import KairosModel
import KairosTestSupport
import Testing

@testable import KairosPipeline

/// The runs on a small memory: what must not depend on order, number of workers, or interruption.
@Suite struct ChainTests {
  @Test func aGrownFileGivesWhatReadingItWholeGives() async throws {
    let whole = try await Project()
    let grown = try await Project()
    defer { for project in [whole, grown] { project.remove() } }
    try await whole.read(["a.jsonl": Project.lines(0..<6)])
    try await grown.read(["a.jsonl": Project.lines(0..<2)])
    // The last line is cut in the middle, then goes on.
    try await grown.read(["a.jsonl": String(Project.lines(0..<4).dropLast(30))])
    try await grown.read(["a.jsonl": Project.lines(0..<6)])
    let (left, right) = (try await grown.snapshot(), try await whole.snapshot())
    #expect(left == right)
  }

  @Test func aRewrittenFileReplacesWhatItSaidBefore() async throws {
    let project = try await Project()
    let fresh = try await Project()
    defer { for used in [project, fresh] { used.remove() } }
    try await project.read(["a.jsonl": Project.lines(0..<3)])
    try await project.read(["a.jsonl": Project.lines(4..<9)])
    try await fresh.read(["a.jsonl": Project.lines(4..<9)])
    let (left, right) = (try await project.snapshot(), try await fresh.snapshot())
    #expect(left == right)
  }

  @Test func readingAgainChangesNothing() async throws {
    let project = try await Project()
    defer { project.remove() }
    let first = try await project.read(["a.jsonl": Project.lines(0..<4)])
    let id = try await project.snapshot()
    let second = try await project.ingest()
    #expect(first.count("files") == 1)
    #expect(second.count("files") == 0)
    #expect(second.count("unchanged") == 1)
    #expect(try await project.snapshot() == id)
  }

  @Test func aCopyUnderAnotherNameAddsNoEvent() async throws {
    let project = try await Project()
    defer { project.remove() }
    try await project.read(["a.jsonl": Project.lines(0..<4)])
    let id = try await project.snapshot()
    let report = try await project.read(["b.jsonl": Project.lines(0..<4)])
    #expect(report.count("sessions") == 1)
    #expect(try await project.snapshot() == id)
  }

  @Test func aVanishedSourceLeavesItsEvents() async throws {
    let project = try await Project()
    defer { project.remove() }
    try await project.read(["a.jsonl": Project.lines(0..<4)])
    let id = try await project.snapshot()
    try FileManager.default.removeItem(atPath: project.sources.path + "/a.jsonl")
    try await project.read(["other.jsonl": Project.lines(20..<24, session: "t")])
    #expect(try project.memory.status().absentSources == 1)
    #expect(try project.memory.status().sessions == 2)
    #expect(try await project.snapshot() != id)
  }

  @Test func neitherOrderNorWorkersMatter() async throws {
    let files = Dictionary(
      uniqueKeysWithValues: (0..<8).map {
        ("\($0).jsonl", Project.lines(($0 * 10)..<($0 * 10 + 5), session: "s\($0)"))
      })
    var ids: Set<String> = []
    for workers in [1, 4] {
      for isReversed in [false, true] {
        let project = try await Project(workers: workers)
        defer { project.remove() }
        for name in files.keys.sorted(by: { isReversed ? $0 > $1 : $0 < $1 }) {
          try await project.read([name: files[name] ?? ""])
        }
        ids.insert(try await project.snapshot())
      }
    }
    #expect(ids.count == 1)
  }

  @Test func badLinesAreCountedAndStrictRefusesThem() async throws {
    let project = try await Project()
    defer { project.remove() }
    let text = Project.lines(0..<2) + "{broken\n" + Project.lines(2..<4)
    try project.write(["a.jsonl": text])
    await #expect(throws: MemoryFailure.self) { try await project.ingest(isStrict: true) }
    #expect(try project.memory.status().sessions == 0)
    #expect(try await project.ingest().count("bad-lines") == 1)
  }

  @Test(arguments: [("a.png", "\u{89}PNG\r\n\u{1a}\n\0\0\0"), ("a.txt", "plain words\n")])
  func aFileThatIsNoTranscriptIsRefused(name: String, content: String) async throws {
    let project = try await Project()
    defer { project.remove() }
    let path = try project.sources.write(name, content)
    await #expect(throws: MemoryFailure.notATranscript(paths: [path])) {
      try await project.memory.ingest(IngestRequest(paths: [path]), project.settings)
    }
  }

  @Test func anEmptyFolderIsRefused() async throws {
    let project = try await Project()
    defer { project.remove() }
    let path = project.sources.path
    await #expect(throws: MemoryFailure.nothingToRead(path: path)) {
      try await project.memory.ingest(IngestRequest(paths: [path]), project.settings)
    }
  }
}

/// A memory beside an empty project, and a folder of transcripts.
struct Project {
  let folder: TemporaryFolder
  let sources: TemporaryFolder
  let memory: Memory
  let settings: RunSettings

  init(workers: Int = 2) async throws {
    folder = try TemporaryFolder()
    sources = try TemporaryFolder()
    let made = try Memory.create(
      at: folder.path + "/.kairos", projectFolder: folder.path, project: "dir:test")
    memory = try Memory.open(made.folder)
    settings = RunSettings(workers: workers, now: { Build.start })
  }

  func remove() {
    folder.remove()
    sources.remove()
  }

  func write(_ files: [String: String]) throws {
    for (name, text) in files { try sources.write(name, text) }
  }

  @discardableResult
  func read(_ files: [String: String]) async throws -> StageReport {
    try write(files)
    return try await ingest()
  }

  @discardableResult
  func ingest(isStrict: Bool = false) async throws -> StageReport {
    try await memory.ingest(
      IngestRequest(paths: [sources.path], form: .transcripts, isStrict: isStrict), settings)
  }

  /// Runs the rest of the chain and returns the digest of everything but the page for people,
  /// which names the snapshot's number.
  func snapshot() async throws -> String {
    _ = try await memory.extract(settings)
    _ = try await memory.consolidate(ConsolidateRequest(allowsLoss: true), settings)
    let made = try memory.createSnapshot(SnapshotRequest(allowsLoss: true))
    let members = made.entry.manifest.members.filter { $0.name != "MEMORY.md" }
    return members.map(\.sha256).joined()
      + (made.entry.manifest.newestEvidence?.rfc3339 ?? "")
  }

  /// Prompts of one Claude Code session, a line each.
  static func lines(_ numbers: Range<Int>, session: String = "s") -> String {
    numbers.map { number in
      let time = Build.at(day: 0, seconds: Int64(number)).rfc3339
      return """
        {"parentUuid":null,"isSidechain":false,"userType":"external","cwd":"/p",\
        "sessionId":"\(session)","version":"2.1.30","gitBranch":"main","type":"user",\
        "message":{"role":"user","content":"Always run `make check\(number)` before a commit."},\
        "uuid":"u-\(session)-\(number)","timestamp":"\(time)"}
        """ + "\n"
    }.joined()
  }
}
