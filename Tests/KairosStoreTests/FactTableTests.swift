import KairosModel
import KairosStore
import KairosTestSupport
import Testing

/// Listing and searching facts, and the journal beside them.
@Suite struct FactTableTests {
  let store: Store
  let temporary: TemporaryFolder

  static let make = Build.fact(
    "make test", slot: Build.slot("project", "command.test"),
    statement: "Run the unit tests with `make test`.")
  static let newer = Build.fact("swift build", lastSeen: Build.at(day: 2))
  static let layout = Build.fact(
    "src/café", kind: .layout, slot: Build.slot("path:src/café", "layout"),
    statement: "The parser lives in `src/café`.")
  static let old = Build.fact("rake", state: .superseded, lastSeen: Build.at(day: 9))

  init() throws {
    temporary = try TemporaryFolder()
    store = try Store.open(folder: temporary.file(".kairos"), create: true)
    try store.replaceFacts([Self.old, Self.layout, Self.make, Self.newer], journal: [])
  }

  @Test(arguments: [
    ("unit tests", ["make test"]), ("uni TES", ["make test"]), ("cafe", ["src/café"]),
    ("parser src", ["src/café"]), ("make -- \"test\" OR *", []), ("\"make\" -test*", ["make test"]),
    ("nothing", []), ("--", ["swift build", "make test", "src/café", "rake"]),
  ]) func wordsAreFound(text: String, values: [String]) throws {
    #expect(try store.facts(FactQuery(text: text)).map(\.value) == values)
  }

  @Test func factsAreListedByStateKindAndTime() throws {
    let all = try store.facts()
    #expect(all == [Self.newer, Self.make, Self.layout, Self.old])
    #expect(try store.facts(FactQuery(states: [.superseded])) == [Self.old])
    #expect(try store.facts(FactQuery(kinds: [.layout, .fix])) == [Self.layout])
    #expect(try store.facts(FactQuery(limit: 1)) == [Self.newer])
    #expect(try store.facts(FactQuery(asOf: Timestamp(seconds: 0))) == [])
    #expect(try store.facts(FactQuery(asOf: Build.at(day: 1))).count == 4)
    #expect(try store.facts(idPrefix: Self.make.id) == [Self.make])
    #expect(try store.facts(idPrefix: "f_").map(\.id) == all.map(\.id).sorted())
    #expect(try store.factCounts().map(\.count) == [3, 0, 0, 1, 0])
  }

  @Test func replacingLeavesNothingBehind() throws {
    try store.replaceFacts([Self.layout], journal: [])
    #expect(try store.facts(FactQuery(text: "make")) == [])
    #expect(try store.facts() == [Self.layout])
  }

  @Test func theJournalIsReadByTimeAndByFact() throws {
    let decisions = [(2, "f_b"), (1, "f_b"), (1, "f_a")].map { day, fact in
      Decision(
        action: .promote, subject: fact, object: "c_\(day)", actor: "rule:r",
        at: Build.at(day: Int64(day)), reason: "r")
    }
    let undated = Decision(
      action: .merge, subject: "c_1", object: "", actor: "rule:r", at: nil, reason: "r")
    try store.replaceFacts([], journal: [undated] + decisions + decisions)
    let journal = try store.journal()
    #expect(journal.map(\.at) == [Build.at(day: 1), Build.at(day: 1), Build.at(day: 2), nil])
    #expect(try store.journal(about: "f_a") == [decisions[2]])
    #expect(try store.journal(about: "c_1").count == 3)
  }
}
