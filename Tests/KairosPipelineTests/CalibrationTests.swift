import KairosModel
import KairosTestSupport
import Testing

@testable import KairosPipeline

/// Reliabilities and certificates over a whole memory.
@Suite struct CalibrationTests {
  /// A feed about `subjects` things: tools say a value, later a file says the true one. One in
  /// `wrongEvery` of the earlier values is wrong.
  private func feed(_ subjects: Range<Int>, wrongEvery: Int) -> String {
    subjects.flatMap { number -> [String] in
      let value = number % wrongEvery == 0 ? "9" : "1"
      let said = ["s1", "s2", "s3"].enumerated().map { index, session in
        line("t\(number)-\(index)", "tool", number, value, second: index, session)
      }
      return said + [line("w\(number)", "workspace", number, "1", second: 60, nil)]
    }.joined()
  }

  private func line(
    _ id: String, _ kind: String, _ number: Int, _ value: String, second: Int, _ session: String?
  ) -> String {
    let time = Build.at(day: 3, seconds: Int64(second)).rfc3339
    let member = session.map { #","session":"\#($0)""# } ?? ""
    return #"{"id":"\#(id)","at":"\#(time)","kind":"\#(kind)","subject":"n\#(number)","#
      + #""predicate":"value","value":"\#(value)"\#(member)}"# + "\n"
  }

  private func read(_ project: Project, _ text: String) async throws {
    try project.write(["feed.jsonl": text])
    _ = try await project.memory.ingest(
      IngestRequest(paths: [project.sources.path], form: .observations), project.settings)
    _ = try await project.memory.consolidate(
      ConsolidateRequest(allowsLoss: true), project.settings)
  }

  @Test func stepsGiveWhatReadingAtOnceGives() async throws {
    let (steps, once) = (try await Project(), try await Project())
    defer { for project in [steps, once] { project.remove() } }
    for end in [40, 41, 300] { try await read(steps, feed(0..<end, wrongEvery: 1000)) }
    try await read(once, feed(0..<300, wrongEvery: 1000))
    #expect(try steps.memory.calibration() == once.memory.calibration())
    #expect(try steps.memory.store.facts() == once.memory.store.facts())
    let row = try #require(once.memory.calibration()?.rows.first)
    #expect(row.samples > 94 && row.thresholdQ16 != nil && row.missing == 0)
  }

  @Test func withoutSamplesEnoughNothingIsPromised() async throws {
    let project = try await Project()
    defer { project.remove() }
    #expect(try project.memory.calibration() == nil)
    try await read(project, feed(0..<60, wrongEvery: 50))
    let row = try #require(project.memory.calibration()?.rows.first)
    #expect(row.thresholdQ16 == nil && row.missing == 94 - row.samples)
    try await read(project, feed(0..<400, wrongEvery: 4))
    let doubted = try #require(project.memory.calibration()?.rows.first)
    #expect(doubted.thresholdQ16 == nil && doubted.missing == 0)
    #expect(try project.memory.status().calibration?.rows.count == 1)
  }
}
