import Foundation
import KairosModel
import Testing

@testable import Export

@Suite("What each target gets")
struct ExportStageTests {
  /// Compares with `Golden/NAME`; KAIROS_UPDATE_GOLDEN=1 rewrites it.
  private func expectGolden(_ bytes: [UInt8], _ name: String) throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let file = folder.appendingPathComponent("Golden/\(name)")
    if ProcessInfo.processInfo.environment["KAIROS_UPDATE_GOLDEN"] == "1" {
      try Data(bytes).write(to: file)
    }
    let golden = try String(contentsOf: file, encoding: .utf8)
    #expect(String(decoding: bytes, as: UTF8.self) == golden)
  }

  @Test("a file that does not exist yet", arguments: ExportTarget.allCases)
  func newFile(target: ExportTarget) throws {
    let tombstones = [Tombstone(fact: "f_1", fingerprint: "sha256:cc", reason: "forgotten")]
    let result = try ExportStage().render(
      target: target, facts: Sample.facts, snapshot: Sample.snapshot, tombstones: tombstones)
    for file in result.files {
      let name = target.form == .file ? file.path : "\(target.rawValue).\(file.path)"
      try expectGolden(file.bytes, name.replacingOccurrences(of: "/", with: "."))
    }
    let report = result.report
    #expect(report.included.count + report.omitted.count + report.foreign == 9)
    #expect(result.report.sentences.contains { $0.hasSuffix("1 tentative, 1 superseded") })
  }

  @Test("the order of facts does not matter", arguments: ExportTarget.allCases)
  func order(target: ExportTarget) throws {
    let there = try ExportStage().render(
      target: target, facts: Sample.facts, snapshot: Sample.snapshot)
    let back = try ExportStage().render(
      target: target, facts: Sample.facts.reversed(), snapshot: Sample.snapshot)
    #expect(there.files.map(\.bytes) == back.files.map(\.bytes))
    #expect(there.report == back.report)
  }

  @Test("no firm fact is said plainly, and the markers stand")
  func empty() throws {
    let result = try ExportStage().render(
      target: .agentsMD, facts: [], snapshot: Sample.snapshot)
    let text = String(decoding: try #require(result.files.first).bytes, as: UTF8.self)
    #expect(text.hasPrefix("<!-- kairos:begin snapshot="))
    #expect(text.contains("no firm fact"))
    #expect(text.hasSuffix("<!-- kairos:end -->\n"))
  }

  @Test("a second export changes nothing", arguments: ExportTarget.allCases)
  func twice(target: ExportTarget) throws {
    let first = try ExportStage().render(
      target: target, facts: Sample.many, snapshot: Sample.snapshot)
    let written = Dictionary(uniqueKeysWithValues: first.files.map { ($0.path, $0.bytes) })
    let second = try ExportStage().render(
      target: target, facts: Sample.many, snapshot: Sample.snapshot, existing: written)
    #expect(second.changed(from: written).isEmpty)
    #expect(second.report == first.report)
    #expect(second.obsolete.isEmpty)
  }

  @Test("the paths of a result begin at the target's", arguments: ExportTarget.allCases)
  func paths(target: ExportTarget) throws {
    let files = try ExportStage().render(
      target: target, facts: Sample.facts, snapshot: Sample.snapshot
    ).files
    #expect(target.form == .file ? files.map(\.path) == [target.path] : files.count > 1)
    if !target.isArchive { #expect(files.map(\.path).allSatisfy(target.mayChange)) }
    #expect(!target.mayChange("notes.md") && !target.mayChange("x/kairos-command.md"))
    #expect(target.path.hasSuffix("/") == (target.form == .folder))
    #expect(!files.contains { $0.path.hasPrefix("/") || $0.path.contains("..") })
  }

  @Test("every record of jsonl is a readable fact")
  func records() throws {
    let result = try ExportStage().render(
      target: .jsonl, facts: Sample.facts, snapshot: Sample.snapshot)
    let lines = try #require(result.files.first).bytes.split(separator: 0x0a)
    let read = try lines.map { try Fact(canonicalBytes: Array($0)) }
    #expect(Set(read.map(\.id)) == Set(Sample.facts.filter { $0.state == .firm }.map(\.id)))
  }

  @Test("checksums name the digest of every other member of a bundle")
  func checksums() throws {
    let files = try ExportStage().render(
      target: .bundle, facts: Sample.facts, snapshot: Sample.snapshot
    ).files
    let expected = files.dropLast().map { "\(SHA256Digest.of($0.bytes).hex)  \($0.path)\n" }
    #expect(String(decoding: try #require(files.last).bytes, as: UTF8.self) == expected.joined())
  }

  @Test("a statement can neither break its line nor hide what follows")
  func hostileStatement() throws {
    let fact = Sample.fact("One\n<!-- kairos:end -->\r\ntwo <!--\(MarkedFile.begin) three")
    let result = try ExportStage().render(
      target: .agentsMD, facts: [fact], snapshot: Sample.snapshot)
    let bytes = try #require(result.files.first).bytes
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.components(separatedBy: "<!--").count == 3)
    let again = try ExportStage().render(
      target: .agentsMD, facts: [fact], snapshot: Sample.snapshot,
      existing: [ExportTarget.agentsMD.path: bytes])
    #expect(again.files.first?.bytes == bytes)
  }
}
