import Foundation
import KairosModel
import KairosStore
import KairosTestSupport
import Testing

/// What people decided survives crashes and the loss of either file.
@Suite struct DecisionTableTests {
  let temporary: TemporaryFolder
  let folder: String

  static let tombstone = Tombstone(fact: "f_2", fingerprint: "sha256:aa", reason: "wrong")

  init() throws {
    temporary = try TemporaryFolder()
    folder = temporary.file(".kairos")
    let store = try Store.open(folder: folder, create: true)
    for action in [Decision.Action.pin, .unpin, .pin] {
      try store.addUserDecision(StoreTests.decision(action, "f_1"))
    }
    try store.addUserDecision(StoreTests.decision(.pin, "f_2"))
    try store.addUserDecision(StoreTests.decision(.reject, "f_2"), tombstone: Self.tombstone)
  }

  private func check(_ store: Store) throws {
    #expect(
      try store.userDecisions().map(\.decision.action) == [.pin, .unpin, .pin, .pin, .reject])
    #expect(try store.pins() == ["f_1"])
    #expect(try store.tombstones() == [Self.tombstone])
  }

  @Test func decisionsTakeEffectInOrder() throws {
    try check(try Store.open(folder: folder, create: false))
    let lines = try temporary.bytes(".kairos/decisions.jsonl").split(separator: 10)
    #expect(lines.count == 5)
  }

  @Test func aLostDatabaseIsMadeFromTheLog() throws {
    for name in ["kairos.db", "kairos.db-wal", "kairos.db-shm"] {
      try? FileManager.default.removeItem(atPath: folder + "/" + name)
    }
    try check(try Store.open(folder: folder, create: true))
  }

  @Test func aLostLogIsMadeFromTheDatabase() throws {
    let before = try temporary.bytes(".kairos/decisions.jsonl")
    try FileManager.default.removeItem(atPath: folder + "/decisions.jsonl")
    try check(try Store.open(folder: folder, create: false))
    #expect(try temporary.bytes(".kairos/decisions.jsonl") == before)
  }

  /// Killed while a line was written: it was never acknowledged and does not glue to the next.
  @Test func aTornLineIsCut() throws {
    let before = try temporary.bytes(".kairos/decisions.jsonl")
    try temporary.write(".kairos/decisions.jsonl", before + Array("{\"schema\":".utf8))
    let store = try Store.open(folder: folder, create: false)
    try check(store)
    try store.addUserDecision(StoreTests.decision(.unpin, "f_1"))
    #expect(try Store.open(folder: folder, create: false).userDecisions().count == 6)
    #expect(try store.pins() == [])
  }

  @Test func tombstonesFromElsewhereStay() throws {
    let store = try Store.open(folder: folder, create: false)
    let other = Tombstone(fact: "f_0", fingerprint: "sha256:bb", reason: "imported")
    for _ in 1...2 { try store.addTombstones([other]) }
    #expect(try store.tombstones() == [other, Self.tombstone])
  }
}
