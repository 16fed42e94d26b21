import KairosModel
import Testing

@testable import Export

@Suite("Everything outside the markers stays")
struct MarkedFileTests {
  private static let path = ExportTarget.agentsMD.path

  private func render(
    _ existing: [UInt8], facts: [Fact] = Sample.facts,
    snapshot: SnapshotManifest = Sample.snapshot
  ) throws(ExportError) -> [UInt8] {
    try ExportStage().render(
      target: .agentsMD, facts: facts, snapshot: snapshot, existing: [Self.path: existing]
    ).files[0].bytes
  }

  /// Bytes before and after a section, with everything that editors leave behind.
  static let surroundings: [(before: String, after: String)] = [
    ("", ""), ("", "\n"), ("# Notes\n\n", "\n"), ("# Notes\r\n\r\nText\r\n", "\r\n\r\nMore"),
    ("text\n\n", "   trailing\n\n\nend without newline"), ("\u{feff}# BOM\n", "\n\u{fffd}é\n"),
    ("mixed\r\nends\n", "\n\r\n"), ("`<!-- kairos:begin` is a marker\n", "\n"),
  ]

  @Test("a section in the middle is replaced, its surroundings are not", arguments: surroundings)
  func replaced(before: String, after: String) throws {
    let old = "<!-- kairos:begin snapshot=old -->\nold text\n<!-- kairos:end -->"
    let result = try render(Array((before + old + after).utf8))
    #expect(result.starts(with: before.utf8))
    #expect(result.suffix(after.utf8.count).elementsEqual(after.utf8))
    #expect(!String(decoding: result, as: UTF8.self).contains("old text"))
    #expect(try render(result) == result)
  }

  @Test("bytes that are no UTF-8 survive", arguments: [[0x80], [0xff, 0x41], [0xc3, 0x0a]])
  func foreignBytes(bytes: [UInt8]) throws {
    let result = try render(bytes)
    #expect(result.starts(with: bytes))
    #expect(try render(result) == result)
  }

  @Test(
    "a file without a section gets one at its end",
    arguments: [
      ("", ""), ("# Notes\n", "\n"), ("# Notes", "\n\n"), ("# Notes\r\n", "\r\n"),
      ("\u{feff}", ""),
    ])
  func appended(existing: String, separator: String) throws {
    let result = String(decoding: try render(Array(existing.utf8)), as: UTF8.self)
    #expect(result.utf8.starts(with: (existing + separator + "<!-- kairos:begin").utf8))
    let again = try render(Array(result.utf8))
    #expect(again == Array(result.utf8))
  }

  @Test("line ends follow the file")
  func carriageReturns() throws {
    let result = try render(Array("# Notes\r\n".utf8))
    let bare = zip([0x00] + result, result).contains { $0 != 0x0d && $1 == 0x0a }
    #expect(!bare)
  }

  @Test("a newer snapshot with the same facts leaves the file alone")
  func sameFacts() throws {
    let file = try render(Array("# Notes\n".utf8))
    let newer = SnapshotManifest(
      project: Sample.project, sequence: 4, parent: Sample.snapshot.id,
      newestEvidence: Sample.snapshot.newestEvidence, toolVersion: "0.1.0",
      configuration: "sha256:00", members: [])
    #expect(try render(file, snapshot: newer) == file)
    #expect(try render(file, facts: Array(Sample.facts.dropFirst()), snapshot: newer) != file)
  }

  @Test(
    "broken markers are named, and nothing is written",
    arguments: [
      ("a\n<!-- kairos:begin -->\n", ExportError.unpairedMarker(path: path, line: 2)),
      ("<!-- kairos:end -->\n", .unpairedMarker(path: path, line: 1)),
      ("<!-- kairos:begin\n-->\n<!-- kairos:end -->\n", .unpairedMarker(path: path, line: 1)),
      (
        "<!-- kairos:end -->\n<!-- kairos:begin -->\n",
        .unpairedMarker(path: path, line: 1)
      ),
      (
        "<!-- kairos:begin -->\n<!-- kairos:begin -->\n<!-- kairos:end -->\n",
        .unpairedMarker(path: path, line: 1)
      ),
      (
        "<!-- kairos:begin -->\n<!-- kairos:end -->\n\n<!-- kairos:begin -->\n"
          + "<!-- kairos:end -->\n",
        .secondSection(path: path, line: 4)
      ),
      ("a\u{0}b", .notText(path: path)),
    ])
  func broken(existing: String, error: ExportError) {
    #expect(throws: error) { try render(Array(existing.utf8)) }
    #expect(error.description.contains(Self.path) && error.description.contains("; "))
    #expect(!error.isRefusal)
  }
}
