import Foundation
import KairosArchive
import KairosModel
import KairosTestSupport
import Snapshot
import Testing

/// The reader in docs/snapshot-format.md reads what kairos writes, and finds damage.
@Suite struct FormatDocumentTests {
  let temporary: TemporaryFolder

  init() throws { temporary = try TemporaryFolder() }

  private static func finds(_ tool: String) -> Bool {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    return path.split(separator: ":").contains {
      FileManager.default.isExecutableFile(atPath: "\($0)/\(tool)")
    }
  }

  private static var hasTools: Bool { finds("python3") && finds("zstd") }

  /// The one block of Python in the document.
  private func reader() throws -> String {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let text = try String(
      contentsOf: root.appendingPathComponent("docs/snapshot-format.md"), encoding: .utf8)
    let start = try #require(text.range(of: "```python\n")).upperBound
    let end = try #require(text.range(of: "\n```", range: start..<text.endIndex)).lowerBound
    return String(text[start..<end]) + "\n"
  }

  private func run(_ archive: String) throws -> (status: Int32, output: String) {
    try temporary.write("reader.py", Array(try reader().utf8))
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", temporary.file("reader.py"), archive]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }

  /// Every character that canonical JSON treats in its own way, and those that other programs take
  /// for line ends.
  static let contents = SnapshotStage.make(
    SnapshotStageTests.input(
      SnapshotStageTests.facts + [
        Build.fact(
          "odd \u{8}\u{c}\u{b}\\b \u{2028}\u{85} \"é\" 😀 \u{7f} / \u{1}\t",
          evidence: [Build.evidence(quote: "\\\\b \u{8} \u{2029} é \r\n")])
      ]))

  @Test(
    .enabled(if: hasTools, "needs the commands python3 and zstd"),
    arguments: TarArchive.Compression.allCases)
  func theDocumentedReaderReads(compression: TarArchive.Compression) throws {
    let contents = Self.contents
    let path = temporary.file(contents.name.fileName(suffix: compression.suffix))
    try TarArchive.write(members: contents.members, to: path, compression: compression)
    let (status, output) = try run(path)
    #expect(status == 0, "\(output)")
    #expect(output.hasPrefix(contents.id + "\n"))
    #expect(output.contains("Run the tests with `make test`."))
    #expect(!output.contains("Run `rake`."))
  }

  @Test(.enabled(if: hasTools, "needs the commands python3 and zstd"))
  func theDocumentedReaderFindsDamage() throws {
    var members = Self.contents.members
    let path = temporary.file(Self.contents.name.fileName(suffix: ".tar.zst"))
    members[1].bytes[30] ^= 1
    try TarArchive.write(members: members, to: path)
    let changed = try run(path)
    #expect(changed.status == 1)
    #expect(changed.output == "facts.jsonl does not match its digest\n")
    let other = temporary.file("000001-000000000000.tar.zst")
    try TarArchive.write(members: Self.contents.members, to: other)
    #expect(try run(other).output == "the id does not match the file name\n")
  }

  /// Written, read through the archive and read back: nothing is lost on the way.
  @Test(arguments: TarArchive.Compression.allCases)
  func archivesReadBackEqual(compression: TarArchive.Compression) throws {
    let path = temporary.file("000001-x" + compression.suffix)
    try TarArchive.write(members: Self.contents.members, to: path, compression: compression)
    let back = try SnapshotContents.read(members: try TarArchive.read(path))
    #expect(back.id == Self.contents.id)
    #expect(back.facts == Self.contents.facts)
  }
}
