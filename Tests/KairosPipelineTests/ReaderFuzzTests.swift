import Foundation
import KairosArchive
import KairosModel
import KairosTestSupport
import Testing

@testable import KairosPipeline

/// Readers of files that others may hand over, on damaged input: they end, and what they let pass
/// is what was written.
@Suite struct ReaderFuzzTests {
  static let rounds = Fuzz.rounds(isFull: PoisonTests.isFull)

  @Test func pipelineFilesAreReadOrRefused() throws {
    let corpus = [
      "name: n\nsources:\n  agents: true\nstages: [ingest, extract]\ngates:\n  min-hours: 3\n",
      "name: n\nexports:\n  - target: agents-md\n    out: x\nguards:\n  max-loss-percent: 20\n",
      "a: &a [x, x]\nb: &b [*a, *a, *a]\nc: [*b, *b, *b]\n",
    ].map { Array($0.utf8) }
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let path = folder.path + "/p.yaml"
    let failure = try Fuzz.firstFailure(corpus, rounds: Self.rounds * 10, seed: 5) { input in
      try Data(input).write(to: URL(fileURLWithPath: path))
      do { _ = try Memory.readPipeline(path) } catch {
        // Every refusal is a sentence for people.
        return error is any Failure
      }
      return true
    }
    #expect(failure == nil, "\(String(decoding: failure ?? [], as: UTF8.self))")
  }

  @Test func damagedBundlesAreRefused() async throws {
    let project = try await Project()
    defer { project.remove() }
    try await project.read(["a.jsonl": Project.lines(0..<3)])
    _ = try await project.snapshot()
    let path = project.folder.path + "/b.tar.zst"
    _ = try project.memory.export(ExportRequest(target: "bundle", out: path))
    let sound = try ReadBundle.read(path)
    let whole = try WholeFile.read(path)
    let failure = try Fuzz.firstFailure([whole], rounds: Self.rounds * 5, seed: 9) { input in
      try Data(input).write(to: URL(fileURLWithPath: path))
      do { return try ReadBundle.read(path).facts == sound.facts } catch {
        return error is any Failure || error is ArchiveError
      }
    }
    #expect(failure == nil)
    #expect(!sound.facts.isEmpty)
  }

  /// Records that were changed and sealed anew are refused or are records again.
  @Test func changedRecordsAreReadOrRefused() async throws {
    let project = try await Project()
    defer { project.remove() }
    try await project.read(["a.jsonl": Project.lines(0..<2)])
    _ = try await project.snapshot()
    let facts = try project.memory.store.facts()
    let failure = Fuzz.firstFailure(facts.map(\.canonicalBytes), rounds: Self.rounds * 10, seed: 13)
    { input in
      guard let fact = try? Fact(canonicalBytes: input) else { return true }
      return (try? Fact(canonicalBytes: fact.canonicalBytes)) == fact
    }
    #expect(failure == nil, "\(String(decoding: failure ?? [], as: UTF8.self))")
  }

  /// A reader that takes what it cannot check is caught: the suite can fail.
  @Test func aTrustingReaderIsCaught() {
    let failure = Fuzz.firstFailure(
      [Array("{\"id\":\"f_1\"}".utf8)], rounds: Self.rounds, seed: 17
    ) { $0.first == UInt8(ascii: "{") && $0.last == UInt8(ascii: "}") }
    #expect(failure != nil)
  }
}
