import KairosModel
import Testing

@testable import Export

@Suite("The budget and what is left out")
struct MemorySectionTests {
  @Test(
    "no budget is ever exceeded, and every firm fact is taken or reported",
    arguments: [(200, 25_000), (40, 25_000), (500, 3000), (8, 25_000), (200, 400), (9, 500)])
  func budget(lines: Int, bytes: Int) throws {
    let result = try ExportStage(options: ExportOptions(linesMax: lines, bytesMax: bytes))
      .render(target: .agentsMD, facts: Sample.many, snapshot: Sample.snapshot)
    let text = try #require(result.files.first).bytes
    let lineCount = text.count { $0 == 0x0a }
    #expect(lineCount <= lines)
    #expect(text.count <= bytes)
    #expect(result.report.lines == lineCount)
    #expect(result.report.bytes == text.count)
    let told = result.report.included + result.report.omitted.map(\.fact)
    #expect(told.sorted() == Sample.many.map(\.id).sorted())
  }

  @Test("the strongest facts stay, and the report says how many did not")
  func strongestFirst() throws {
    let result = try ExportStage(options: ExportOptions(linesMax: 12, bytesMax: 25_000))
      .render(target: .agentsMD, facts: Sample.facts, snapshot: Sample.snapshot)
    #expect(result.report.omitted.allSatisfy { $0.reason == .lines })
    let kept = Sample.facts.filter { result.report.included.contains($0.id) }
    #expect(kept.contains { $0.pinned })
    #expect(result.report.sentences.contains { $0.hasPrefix("left out by the line budget: ") })
  }
}

@Suite("Which fact is stronger")
struct FactRankingTests {
  private let ranking = FactRanking(newestEvidence: Sample.snapshot.newestEvidence)

  /// Each pair differs in one thing; the first is stronger.
  static let pairs: [(Fact, Fact)] = [
    (
      Sample.fact("a", kind: .dependency, confidence: 600_000, pinned: true),
      Sample.fact("b", kind: .command)
    ),
    (Sample.fact("a", kind: .command), Sample.fact("b", kind: .dependency)),
    (Sample.fact("a", checked: Sample.checked("x", nil)), Sample.fact("b")),
    (
      Sample.fact("a", checked: Sample.checked("x", nil)),
      Sample.fact("b", checked: Sample.checked("x", nil, extent: .mentions))
    ),
    (Sample.fact("a", confidence: 990_000), Sample.fact("b", confidence: 800_000)),
    (Sample.fact("a", seen: 40), Sample.fact("b", seen: 10)),
    (Sample.fact("a", seen: 40), Sample.fact("b", seen: nil)),
    (Sample.fact("a", sessions: 20), Sample.fact("b", sessions: 2)),
    (Sample.fact("a", seen: 31), Sample.fact("b", seen: 30)),
  ]

  @Test("one difference decides", arguments: pairs)
  func pair(stronger: Fact, weaker: Fact) {
    #expect(ranking.sorted([weaker, stronger]).map(\.statement) == ["a", "b"])
  }

  @Test("without times the order is still total")
  func noTimes() {
    let facts = ["x", "y", "z"].map { Sample.fact($0, seen: nil) }
    let ranking = FactRanking(newestEvidence: nil)
    #expect(ranking.sorted(facts) == ranking.sorted(facts.reversed()))
  }
}
