import Foundation
import KairosArchive
import KairosModel
import KairosStore
import KairosTestSupport
import Testing

@testable import KairosPipeline

/// A store made anew says what the old one said, whatever happened to its file.
@Suite struct RebuildTests {
  /// What happens to the database. Only a file that can still be read in part tells where sources
  /// were that no path names.
  enum Damage: String, CaseIterable {
    case none, header, truncated, zeroedPages, empty, missing, garbage
  }

  @Test(arguments: Damage.allCases) func theSameComesBack(damage: Damage) async throws {
    let kept = try await DamagedMemory()
    let before = try await kept.snapshot()
    try kept.damage(damage)
    let report = try await kept.rebuild()
    let lost = report.lost.filter { !$0.contains("imports and receipts") }
    #expect(lost == [])
    #expect(report.sessions == 4 && report.absentSources == 1 && report.decisions == 3)
    #expect(report.comparison?.isEqual == true)
    #expect(report.comparison?.changes.isEmpty == true)
    #expect((report.setAside == nil) == (damage == .missing))
    // Neither the rejected fact nor the forgotten session.
    #expect(try kept.states("check1") == [.rejected])
    #expect(try kept.memory().status().sessions == 4)
    #expect(try await kept.snapshot() == before)
    #expect(!Memory.doctor(kept.folder).contains { $0.state == .broken })
  }

  @Test func aReadableStoreTellsWhereEverythingWas() async throws {
    let kept = try await DamagedMemory()
    let before = try await kept.snapshot()
    let report = try await kept.rebuild(paths: [])
    #expect(report.isComplete && report.comparison?.isEqual == true)
    #expect(try await kept.snapshot() == before)
    // What was read is known again: nothing is read twice.
    let again = try await kept.read()
    #expect(again.count("files") == 0 && again.count("unchanged") == 3)
  }

  @Test func aSourceWithoutAPlaceGetsItsOwnBack() async throws {
    let kept = try await DamagedMemory()
    let before = try await kept.snapshot()
    try kept.damage(.garbage)
    _ = try await kept.rebuild(paths: [])
    #expect(try kept.memory().status().absentSources == 4)
    _ = try await kept.read()
    #expect(try kept.memory().status().absentSources == 1)
    #expect(try await kept.snapshot() == before)
  }

  @Test(arguments: [true, false]) func aLostLogIsReadAgainOrNamed(isThere: Bool) async throws {
    let kept = try await DamagedMemory()
    let before = try await kept.snapshot()
    // The file of session t is gone, that of session s is there.
    let key = isThere ? "s" : "t"
    try Data("torn".utf8).write(to: URL(filePath: kept.folder.eventLog(of: key)))
    try kept.damage(.garbage)
    let report = try await kept.rebuild()
    #expect(report.lost.contains { $0.contains("\(key).jsonl.zst cannot be read") })
    #expect(report.lost.contains { $0.contains("session t has neither") } == !isThere)
    #expect(report.lost.contains { $0.contains("facts of the last snapshot") } == !isThere)
    #expect(report.comparison?.isEqual == isThere)
    if isThere { #expect(try await kept.snapshot() == before) }
  }

  @Test func aMissingLogIsNoReasonToForgetTheSession() async throws {
    let kept = try await DamagedMemory()
    let before = try await kept.snapshot()
    try FileManager.default.removeItem(atPath: kept.folder.eventLog(of: "s"))
    let report = try await kept.rebuild(paths: [])
    #expect(report.isComplete && report.sessions == 3)
    #expect(try await kept.snapshot() == before)
  }

  @Test(arguments: [Damage.none, .garbage])
  func theHistoryOfARepositoryStays(damage: Damage) async throws {
    let kept = try await DamagedMemory()
    try kept.addHistory()
    let before = try await kept.snapshot()
    try kept.damage(damage)
    let report = try await kept.rebuild()
    #expect(report.comparison?.isEqual == true)
    #expect(try await kept.snapshot() == before)
  }

  @Test func aMemoryWithLogsAndNoStoreIsNotStartedAnew() async throws {
    let kept = try await DamagedMemory()
    for damage in [Damage.missing, .empty] {
      try kept.damage(damage)
      let error = #expect(throws: MemoryFailure.self) { try kept.memory() }
      #expect(error == .lostStore(path: kept.folder.database))
      #expect(error?.hint?.contains("kairos doctor --rebuild") == true)
    }
  }

  /// Every state that a killed rebuild can leave: nothing moved, half of the files moved, all
  /// moved, the new store unfinished, the new store without anything made from it.
  @Test(arguments: 0..<5) func aKilledRebuildIsRepeated(step: Int) async throws {
    let kept = try await DamagedMemory()
    let before = try await kept.snapshot()
    let files = FileManager.default
    let (database, aside) = (kept.folder.database, kept.folder.database + ".damaged-1")
    if step > 0 {
      let holder = try kept.memory()
      try files.copyItem(atPath: database, toPath: aside)
      try files.copyItem(atPath: database + "-wal", toPath: kept.path("copy-wal"))
      _ = holder
    }
    switch step {
    case 1: try files.removeItem(atPath: database)
    case 2, 3:
      try files.removeItem(atPath: database)
      try files.moveItem(atPath: kept.path("copy-wal"), toPath: aside + "-wal")
      if step == 3 {
        for suffix in ["", "-journal"] {
          try Data("half".utf8).write(to: URL(filePath: database + ".partial" + suffix))
        }
      }
    case 4:
      _ = try await kept.rebuild()
      try kept.clearResults()
    default: break
    }
    let report = try await kept.rebuild(paths: [])
    #expect(report.isComplete)
    #expect(try await kept.snapshot() == before)
    #expect(!files.fileExists(atPath: database + ".partial"))
  }

  @Test func decisionsComeFromWhicheverSideStillHasThem() async throws {
    let kept = try await DamagedMemory()
    let before = try await kept.snapshot()
    let log = kept.path("decisions.jsonl")
    let lines = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n")
    for text in ["", "{broken}\n" + lines.dropFirst().joined(separator: "\n") + "\n"] {
      try Data(text.utf8).write(to: URL(filePath: log))
      let report = try await kept.rebuild(paths: [])
      #expect(report.isComplete && report.decisions == 3)
      #expect(try await kept.snapshot() == before)
      #expect(
        try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n") == lines)
    }
    try Data(("{broken}\n" + lines.dropFirst().joined(separator: "\n") + "\n").utf8)
      .write(to: URL(filePath: log))
    try kept.damage(.garbage)
    try kept.removeOldStores()
    let report = try await kept.rebuild(paths: [])
    #expect(report.decisions == 2 && report.lost.contains { $0.contains("1 decisions") })
    #expect(FileManager.default.fileExists(atPath: log + ".damaged-3"))
  }

  @Test func whatAnImportBroughtAndReceiptsAreTakenFromTheOldStore() async throws {
    let kept = try await DamagedMemory()
    let observation = Build.observation(Build.slot(), "make imported")
    do {
      let memory = try kept.memory()
      try memory.store.replaceObservations(
        origin: ImportRun.originPrefix + "abc", with: [observation])
      try memory.store.setMeta(Memory.thresholdsKey, "promote.sessions=7")
    }
    _ = try await kept.rebuild(paths: [])
    let store = try kept.memory().store
    #expect(try store.observation(id: observation.id) == observation)
    #expect(try store.meta(Memory.thresholdsKey) == "promote.sessions=7")
  }
}

/// A memory with a vanished source, a rejected fact, a forgotten session and a scanned folder; its
/// store is open only while something uses it.
struct DamagedMemory {
  private let root: KairosTestSupport.TemporaryFolder
  private let sources: KairosTestSupport.TemporaryFolder
  let folder: MemoryFolder
  private let settings = RunSettings(workers: 2, now: { Build.start })

  init() async throws {
    root = try KairosTestSupport.TemporaryFolder()
    sources = try KairosTestSupport.TemporaryFolder()
    folder = MemoryFolder(path: root.file(".kairos"))
    try root.write("Makefile", Array("test:\n\tcargo test\n".utf8))
    _ = try Memory.create(at: folder.path, projectFolder: root.path, project: "dir:test")
    for (name, numbers, session) in [("a", 0..<4, "s"), ("b", 2..<7, "t"), ("c", 8..<9, "u")] {
      try sources.write(
        name + ".jsonl", Array(Project.lines(numbers, session: session).utf8))
    }
    // Two sessions in one file.
    let talks = (20..<22).map { number in
      #"{"messages":[{"role":"user","content":"Always run `make check\#(number)` first."},"#
        + #"{"role":"assistant","content":"I will."}]}"# + "\n"
    }
    try sources.write("d.jsonl", Array(talks.joined().utf8))
    // One in an archive.
    let packed = Array(Project.lines(30..<32, session: "v").utf8)
    try TarArchive.write(members: [("v.jsonl", packed)], to: sources.file("e.tar.zst"))
    _ = try await read()
    _ = try await snapshot()
    let memory = try memory()
    _ = try await memory.review(.reject, "check1", reason: "no", settings)
    _ = try await memory.forget(.session("u"), isDryRun: false, settings)
    try FileManager.default.removeItem(atPath: sources.file("b.jsonl"))
    _ = try await read()
  }

  /// A session without a file, as a range of commits gives it.
  func addHistory() throws {
    let place = Place(source: "s_history", path: "old.c", lines: nil, digest: "sha256:0")
    let edit = Edit(
      call: nil, action: .delete, path: "old.c", newPath: nil, before: "", after: "")
    let event = Event(
      id: "e_history", session: "g_history", actor: .tool, provenance: .terminal, at: Build.start,
      place: place, cwd: nil, branch: nil, body: .edit(edit))
    let log = try EventLog(folder).write([event], session: "g_history")
    let source = SourceRecord(
      path: root.path + "@git-history:abc.", id: "s_history", kind: .workspace,
      format: HistoryRun.format, session: "g_history", size: 0, modifiedNanoseconds: 0)
    try memory().store.putSession(
      SessionRecord(
        key: "g_history", format: HistoryRun.format, project: "dir:test", firstAt: Build.start,
        lastAt: Build.start, events: 1, logName: log.name, logDigest: log.digest),
      sources: [source])
  }

  func path(_ name: String) -> String { folder.path + "/" + name }

  func memory() throws -> Memory { try Memory.open(folder) }

  func read() async throws -> StageReport {
    let memory = try memory()
    _ = try await memory.ingest(
      IngestRequest(paths: [root.path], form: .workspace), settings)
    return try await memory.ingest(
      IngestRequest(paths: [sources.path], form: .transcripts), settings)
  }

  func snapshot() async throws -> String {
    let memory = try memory()
    _ = try await memory.extract(settings)
    _ = try await memory.consolidate(ConsolidateRequest(), settings)
    return try memory.createSnapshot(SnapshotRequest()).entry.path
  }

  /// `paths` are the places that only the store knows; by default all that are there.
  func rebuild(paths: [String]? = nil) async throws -> RebuildReport {
    try await Memory.rebuild(
      folder, RebuildRequest(paths: paths ?? [sources.path, root.path]), settings)
  }

  func states(_ words: String) throws -> [FactState] {
    try memory().store.facts().filter { $0.statement.contains(words) }.map(\.state)
  }

  func damage(_ damage: RebuildTests.Damage) throws {
    let file = URL(filePath: folder.database)
    var bytes = (try? Data(contentsOf: file)) ?? Data()
    switch damage {
    case .none: return
    case .header: bytes.replaceSubrange(0..<100, with: Data(repeating: 0x41, count: 100))
    case .truncated: bytes = bytes.prefix(bytes.count / 2)
    case .zeroedPages:
      let middle = bytes.count / 2 / 4096 * 4096
      bytes.replaceSubrange(8192..<middle, with: Data(count: middle - 8192))
    case .empty: bytes = Data()
    case .missing: return try FileManager.default.removeItem(at: file)
    case .garbage: bytes = Data("not a database".utf8)
    }
    try bytes.write(to: file)
  }

  /// The store as it is before anything was made from its sessions.
  func clearResults() throws {
    let store = try memory().store
    try store.clearExtractionDigests()
    try store.replaceFacts([], journal: [])
  }

  func removeOldStores() throws {
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path)
    where name.contains("kairos.db.damaged") {
      try FileManager.default.removeItem(atPath: path(name))
    }
  }
}
