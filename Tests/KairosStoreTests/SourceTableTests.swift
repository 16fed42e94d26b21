import KairosModel
import KairosStore
import KairosTestSupport
import Testing

/// Sources, sessions, workspaces and receipts read back as they were stored.
@Suite struct SourceTableTests {
  let store: Store
  let temporary: TemporaryFolder

  init() throws {
    temporary = try TemporaryFolder()
    store = try Store.open(folder: temporary.file(".kairos"), create: true)
  }

  private func source(_ path: String, offset: Int64 = 0, present: Bool = true) -> SourceRecord {
    SourceRecord(
      path: path, id: "s_1", kind: .transcript, format: "codex", session: "a", size: 10,
      modifiedNanoseconds: 1_767_614_400_123_456_789, cursorOffset: offset,
      prefixDigest: "sha256:aa", adapterState: "{}", records: 4, skipped: 2, badLines: 1,
      present: present)
  }

  private func session(_ key: String, digest: String) -> SessionRecord {
    SessionRecord(
      key: key, format: "codex", project: "p", firstAt: Build.start, lastAt: nil, events: 3,
      logName: "a.jsonl.zst", logDigest: digest)
  }

  @Test func sessionsAreKeptWithTheirCursors() throws {
    try store.putSources([source("/b"), source("/a")])
    try store.putSession(session("a", digest: "1"), sources: [source("/b", offset: 7)])
    #expect(try store.sources() == [source("/a"), source("/b", offset: 7)])
    #expect(try store.session(key: "a") == session("a", digest: "1"))
    try store.markAbsent(paths: ["/a"])
    #expect(try store.source(path: "/a") == source("/a", present: false))
    #expect(try store.source(path: "/c") == nil)
  }

  @Test func anExtractionIsNotedUntilTheSessionChanges() throws {
    try store.putSession(session("a", digest: "1"))
    try store.replaceObservations(origin: "a", with: [], extractionDigest: "x")
    #expect(try store.session(key: "a")?.extractionDigest == "x")
    try store.putSession(session("a", digest: "2"))
    #expect(try store.sessions().map(\.extractionDigest) == [nil])
    try store.replaceObservations(origin: "a", with: [], extractionDigest: "x")
    try store.clearExtractionDigests()
    #expect(try store.session(key: "a")?.extractionDigest == nil)
  }

  private func workspace(_ id: String, at: Timestamp?, dirty: Bool = false) -> Workspace {
    let file = Workspace.File(
      path: "Makefile", size: 3, digest: "sha256:aa", kind: .manifest, text: "a:\n",
      symbols: [.init(kind: "func", name: "a", line: 1, doc: nil)], words: ["a"])
    return Workspace(
      id: id, commit: at == nil ? nil : "c", dirty: dirty, at: at, remote: nil, files: [file])
  }

  @Test(arguments: [[0, 1, 2, 3], [3, 2, 1, 0]]) func theNewestWorkspaceIsFoundInAnyOrder(
    order: [Int]
  ) throws {
    let states = [
      workspace("w_tree", at: nil), workspace("w_dirty", at: Build.at(day: 2), dirty: true),
      workspace("w_clean", at: Build.at(day: 2)), workspace("w_old", at: Build.start),
    ]
    for index in order { try store.putWorkspace(states[index]) }
    #expect(try store.workspaces().map(\.id) == states.map(\.id))
    #expect(try store.newestWorkspace() == states[0])
    #expect(try store.workspace(id: "w_old") == states[3])
  }

  @Test func aReplacedWorkspaceTakesItsObservationsAlong() throws {
    try store.putWorkspace(workspace("w_1", at: nil))
    try store.replaceObservations(
      origin: "w_1", with: [StoreTests.observation("v")], extractionDigest: "x")
    #expect(try store.workspaces().map(\.extractionDigest) == ["x"])
    try store.putWorkspace(workspace("w_1", at: nil), removing: ["w_1"])
    #expect(try store.observationCount() == 1)
    try store.putWorkspace(workspace("w_2", at: nil), removing: ["w_1"])
    #expect(try store.observationCount() == 0)
    #expect(try store.workspace(id: "w_1") == nil)
  }

  @Test func receiptsCountUp() throws {
    #expect(try store.addReceipt(outcome: "done", json: Array("{}".utf8)) == 1)
    #expect(try store.addReceipt(outcome: "failed", json: []) == 2)
    #expect(try store.receipts().map(\.sequence) == [2, 1])
    #expect(try store.receipts(outcome: "done").map(\.json) == [Array("{}".utf8)])
    #expect(try store.receipts(limit: 1).map(\.outcome) == ["failed"])
  }
}
