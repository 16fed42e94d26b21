import Foundation
import KairosArchive
import KairosTestSupport
import Testing

@testable import KairosPipeline

/// Transcripts in archives give what the same files give, and are read again only when changed.
@Suite struct ArchivedSourcesTests {
  private static let files = [
    "one.jsonl": Project.lines(0..<4), "two.jsonl": Project.lines(10..<14, session: "t"),
    // A resumed copy: the session goes on in another file.
    "deep/three.jsonl": Project.lines(2..<6), "notes.md": "# Notes\n",
  ]

  private static func members(_ files: [String: String]) -> [TarArchive.Member] {
    files.sorted { $0.key < $1.key }.map { ($0.key, Array($0.value.utf8)) }
  }

  private func file(_ project: Project, _ name: String) -> String {
    project.sources.path + "/" + name
  }

  private func write(_ project: Project, _ name: String, _ files: [String: String]) throws {
    try TarArchive.write(
      members: Self.members(files), to: file(project, name), overwrite: true)
  }

  @Test(arguments: [false, true])
  func anArchiveGivesWhatItsFilesGive(isFolder: Bool) async throws {
    let (plain, packed) = (try await Project(), try await Project())
    defer { for project in [plain, packed] { project.remove() } }
    for (name, text) in Self.files {
      try plain.sources.write(name.replacing("/", with: "-"), text)
    }
    try await plain.ingest()
    try write(packed, "a.tar.zst", Self.files)
    let path = isFolder ? packed.sources.path : file(packed, "a.tar.zst")
    let request = IngestRequest(paths: [path])
    let report = try await packed.memory.ingest(request, packed.settings)
    #expect(report.count("files") == 3)
    #expect(report.count("sessions") == 2)
    #expect(
      try packed.memory.store.sources().map(\.path).contains(
        file(packed, "a.tar.zst!/deep/three.jsonl")))
    let id = try await packed.snapshot()
    #expect(try await plain.snapshot() == id)

    let again = try await packed.memory.ingest(request, packed.settings)
    #expect(again.count("files") == 0 && again.count("unchanged") == 3)
    #expect(try packed.memory.status().absentSources == 0)
    #expect(try await packed.snapshot() == id)
  }

  @Test func anArchiveThatHasGrownIsReadOn() async throws {
    let (grown, fresh) = (try await Project(), try await Project())
    defer { for project in [grown, fresh] { project.remove() } }
    var files = Self.files
    try write(grown, "a.tar.gz", files)
    try await grown.ingest()
    files["one.jsonl"] = Project.lines(0..<9)
    files["four.jsonl"] = Project.lines(20..<22, session: "f")
    for project in [grown, fresh] {
      try write(project, "a.tar.gz", files)
      try await project.ingest()
    }
    let (left, right) = (try await grown.snapshot(), try await fresh.snapshot())
    #expect(left == right)
  }

  /// The other half of a session lies in an archive that is not asked for this time.
  @Test func aSessionIsPutTogetherFromFilesAndArchives() async throws {
    let (split, whole) = (try await Project(), try await Project())
    defer { for project in [split, whole] { project.remove() } }
    try write(split, "a.tar.zst", ["one.jsonl": Project.lines(0..<4)])
    try await split.ingest()
    try split.sources.write("two.jsonl", Project.lines(3..<8))
    let request = IngestRequest(paths: [file(split, "two.jsonl")])
    let report = try await split.memory.ingest(request, split.settings)
    #expect(report.count("files") == 2)
    try await whole.read(["one.jsonl": Project.lines(0..<4), "two.jsonl": Project.lines(3..<8)])
    let (left, right) = (try await split.snapshot(), try await whole.snapshot())
    #expect(left == right)
  }

  @Test func archivesThatCannotBeReadAreTold() async throws {
    let project = try await Project()
    defer { project.remove() }
    let bytes = try TarArchive.bytes(members: Self.members(Self.files))
    try Data(bytes.dropLast(40)).write(to: URL(filePath: file(project, "cut.tar.zst")))
    try project.sources.write("one.jsonl", Project.lines(0..<2))
    let paths = ["cut.tar.zst", "one.jsonl"].map { file(project, $0) }
    let report = try await project.memory.ingest(IngestRequest(paths: paths), project.settings)
    #expect(report.findings.contains { $0.code == "bad-archive" && $0.path == paths[0] })
    try write(project, "none.tar.zst", ["notes.md": "# Notes\n"])
    let none = file(project, "none.tar.zst")
    await #expect(throws: MemoryFailure.notATranscript(paths: [none])) {
      try await project.memory.ingest(IngestRequest(paths: [none]), project.settings)
    }
  }

  /// A folder with archives of other things is still a project.
  @Test func archivesWithoutTranscriptsMakeNoTranscriptFolder() async throws {
    let project = try await Project()
    defer { project.remove() }
    try write(project, "vendor.tar.gz", ["notes.md": "# Notes\n"])
    try project.sources.write("Makefile", "test:\n\ttrue\n")
    let request = IngestRequest(paths: [project.sources.path])
    let report = try await project.memory.ingest(request, project.settings)
    #expect(report.count("workspaces") == 1)
  }

  @Test func pathsAreSplitWhereTheArchiveEnds() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try folder.write("a.tar", "")
    let split = ArchivedPath.split((folder.path + "/a.tar!/x!/y"))
    #expect(split?.archive == (folder.path + "/a.tar") && split?.member == "x!/y")
    #expect(ArchivedPath.split((folder.path + "/b.tar!/x")) == nil)
    #expect(ArchivedPath.split((folder.path + "/a.tar")) == nil)
  }
}
