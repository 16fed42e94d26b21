import Foundation
import KairosModel
import Testing

/// The samples are executed: what stands in `expected/` is what the program makes of `input/`.
///
/// `KAIROS_UPDATE_GOLDEN=1 swift test --filter Samples` writes the artefacts as they are now;
/// review the change as a diff.
@Suite("Samples")
struct SamplesTests {
  static let names = [
    "claude-code-first-session", "codex-fix", "refactor-and-contradiction",
  ]
  static let isUpdating = ProcessInfo.processInfo.environment["KAIROS_UPDATE_GOLDEN"] == "1"

  @Test("every stage gives what stands beside the input", arguments: names)
  func stages(name: String) throws {
    let run = try SampleRun(name)
    defer { run.remove() }
    let expected = run.sample.appending(path: "expected")
    try FileManager.default.createDirectory(at: expected, withIntermediateDirectories: true)
    var manifest: [UInt8] = []
    for artefact in try run.artefacts() {
      let file = expected.appending(path: artefact.name)
      if Self.isUpdating { try Data(artefact.bytes).write(to: file) }
      // Compared apart from the expectation, which would print both texts whole.
      let isSame = [UInt8](try Data(contentsOf: file)) == artefact.bytes
      #expect(isSame, "\(name)/\(artefact.name) differs; KAIROS_UPDATE_GOLDEN=1 rewrites it")
      if artefact.name.hasSuffix("manifest.json") { manifest = artefact.bytes }
    }
    let id = try SnapshotManifest(canonicalBytes: Array(manifest.dropLast())).id
    #expect(try run.idAfterSecondRun() == id, "reading everything again changed the memory")
  }

  @Test("every sample is executed")
  func complete() throws {
    let folder = SampleRun.repository.appending(path: "samples").path
    let found = try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { FileManager.default.fileExists(atPath: "\(folder)/\($0)/input") }
    #expect(found.sorted() == Self.names)
  }
}
