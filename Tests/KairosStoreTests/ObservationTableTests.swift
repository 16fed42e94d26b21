import KairosModel
import KairosStore
import KairosTestSupport
import Testing

/// Replacing, streaming by slot, and what must be computed again.
@Suite struct ObservationTableTests {
  let temporary = try? TemporaryFolder()

  private func store() throws -> Store {
    try Store.open(folder: try #require(temporary).file(".kairos"), create: true)
  }

  private func slots(_ store: Store) throws -> [(key: String, values: [String])] {
    var found: [(key: String, values: [String])] = []
    try store.forEachSlot { found.append(($0.key, $1.map(\.value).sorted())) }
    return found
  }

  private func summaries(_ store: Store) throws -> [SlotSummary] {
    var found: [SlotSummary] = []
    try store.forEachSlotSummary { found.append($0) }
    return found
  }

  @Test func replacingTwiceIsReplacingOnce() throws {
    let store = try store()
    let observations = ["a", "b", "b"].map { StoreTests.observation($0) }
    for _ in 1...2 { try store.replaceObservations(origin: "s", with: observations) }
    #expect(try store.observationCount() == 2)
    let before = try summaries(store)
    try store.replaceObservations(origin: "s", with: observations.reversed())
    #expect(try summaries(store) == before)
    try store.replaceObservations(origin: "s", with: [observations[0]])
    #expect(try slots(store).map(\.values) == [["a"]])
    #expect(try summaries(store) != before)
    try store.replaceObservations(origin: "s", with: [])
    #expect(try summaries(store) == [])
  }

  /// Keys with a prefix of each other, non-ASCII letters and NUL sort by their bytes.
  @Test func slotsComeInTheOrderOfTheirBytes() throws {
    let store = try store()
    let subjects = ["é", "z", "path:a", "path:a/b", "Z", "a\u{0}b", "a", "😀"]
    for (index, subject) in subjects.enumerated() {
      try store.replaceObservations(
        origin: "o\(index)", with: [StoreTests.observation("v", slot: Build.slot(subject))])
    }
    let keys = subjects.map { Build.slot($0).key }
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    #expect(try slots(store).map(\.key) == keys)
    #expect(try summaries(store).map(\.key) == keys)
  }

  /// The same observation in a copied session: told once, by the earliest; undated ones last.
  @Test(arguments: [[0, 1, 2], [2, 1, 0], [1, 2, 0]]) func copiesAreToldOnce(order: [Int]) throws {
    let store = try store()
    let copies: [(String, Timestamp?)] = [
      ("c", Build.at(day: 1)), ("b", Build.at(day: 1)), ("a", nil),
    ]
    for index in order {
      let copy = StoreTests.observation("v", at: copies[index].1, byte: index)
      try store.replaceObservations(origin: copies[index].0, with: [copy])
    }
    let expected = StoreTests.observation("v", at: Build.at(day: 1), byte: 1)
    var found: [Observation] = []
    try store.forEachSlot { found += $1 }
    #expect(found == [expected])
    #expect(try store.observations(slot: expected.slot.key) == [expected])
    #expect(try store.observation(id: expected.id) == expected)
    #expect(try summaries(store).map(\.observations) == [1])
    #expect(try store.observationOrigins() == ["a", "b", "c"])
  }

  @Test func onlyTouchedSlotsAreComputedAgain() throws {
    let store = try store()
    let slots = ["a", "b", "c"].map { Build.slot($0) }
    try store.replaceObservations(
      origin: "s", with: slots.map { StoreTests.observation("v", slot: $0) })
    try store.forEachSlotSummary {
      try store.putSlotResults([
        SlotResult(
          slot: $0.key, inputDigest: $0.digest, contextDigest: "x", claims: [1],
          facts: [Build.fact("v")], decisions: [StoreTests.decision(.promote, "f")])
      ])
    }
    #expect(try store.touchedSlots(context: "x") == [])
    #expect(try store.touchedSlots(context: "y").count == 3)
    try store.replaceObservations(
      origin: "t", with: [StoreTests.observation("w", slot: slots[1])])
    #expect(try store.touchedSlots(context: "x").map(\.key) == [slots[1].key])
    try store.replaceObservations(
      origin: "s", with: [StoreTests.observation("v", slot: slots[0])])
    #expect(try store.deleteOrphanedSlotResults() == 1)
    var kept: [SlotResult] = []
    try store.forEachSlotResult { kept.append($0) }
    #expect(kept.map(\.slot) == [slots[0].key, slots[1].key])
    #expect(kept[0].facts == [Build.fact("v")])
    #expect(try store.slotResult(slots[0].key) == kept[0])
    #expect(try store.slotResult(slots[2].key) == nil)
  }

  /// A pass over the slots sees one state, may look things up, and may store results.
  @Test func theStoreMayBeUsedInsideAPass() throws {
    let store = try store()
    let observations = ["a", "b"].map { StoreTests.observation("v", slot: Build.slot($0)) }
    try store.replaceObservations(origin: "s", with: observations)
    var seen: [[Observation]] = []
    try store.forEachSlot { slot, found in
      #expect(try store.observations(slot: slot.key) == found)
      try store.replaceObservations(origin: "s", with: [])
      try store.setMeta("seen", slot.subject)
      #expect(try store.observations(slot: slot.key) == found)
      seen.append(found)
    }
    #expect(seen == observations.map { [$0] })
    #expect(try store.observationCount() == 0)
    #expect(try store.meta("seen") == "b")
  }

  /// More threads than connections, reading and writing at once.
  @Test func manyThreadsMayUseOneStore() async throws {
    let store = try store()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for index in 0..<24 {
        group.addTask {
          let slot = Build.slot("s\(index)")
          try store.replaceObservations(
            origin: "o\(index)", with: [StoreTests.observation("v", slot: slot)])
          try store.forEachSlot { _, _ in }
          #expect(try store.observations(slot: slot.key).count == 1)
        }
      }
      try await group.waitForAll()
    }
    #expect(try slots(store).count == 24)
  }

  @Test func theCallersErrorComesThrough() throws {
    struct Stop: Error {}
    let store = try store()
    try store.replaceObservations(origin: "s", with: [StoreTests.observation("v")])
    #expect(throws: Stop.self) { try store.forEachSlot { _, _ in throw Stop() } }
  }
}
