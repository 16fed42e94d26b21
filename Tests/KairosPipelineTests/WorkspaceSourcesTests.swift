import Foundation
import KairosArchive
import KairosModel
import KairosTestSupport
import Testing

@testable import KairosPipeline

/// Workspaces that are no folders: archives, bare repositories, histories.
@Suite struct WorkspaceSourcesTests {
  private static let files = [
    ("Makefile", "test:\n\tgo test ./...\n"), ("go.mod", "module example.com/lamp\n\ngo 1.22\n"),
    ("cmd/lamp/main.go", "// Package main lights a lamp.\npackage main\n"),
    (".gitignore", "*.tmp\nsecret/\n"), ("a.tmp", "x"), ("secret/b", "x"), ("dist/c.js", "x"),
    ("node_modules/m/index.js", "x"),
  ]

  private func git(_ folder: String, _ arguments: String...) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments =
      ["git", "-C", folder, "-c", "user.name=A", "-c", "user.email=a@example.org"] + arguments
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
  }

  private func write(_ folder: String, _ name: String, _ text: String) throws {
    let path = folder + "/" + name
    try FileManager.default.createDirectory(
      atPath: FilePath.parent(of: path), withIntermediateDirectories: true)
    try text.write(toFile: path, atomically: true, encoding: .utf8)
  }

  private func workspace(_ request: IngestRequest) async throws -> Workspace {
    let project = try await Project()
    defer { project.remove() }
    _ = try await project.memory.ingest(request, project.settings)
    return try #require(try project.memory.store.newestWorkspace())
  }

  @Test(arguments: ["", "lamp-1.2/"])
  func anArchiveGivesTheSameStateAsItsFolder(top: String) async throws {
    let folder = try TemporaryFolder()
    let tree = folder.path + "/tree"
    for (name, text) in Self.files { try write(tree, name, text) }
    let plain = try await workspace(IngestRequest(paths: [tree], form: .workspace))
    let archive = folder.path + "/tree.tar.gz"
    try TarArchive.write(
      members: Self.files.map { (top + $0.0, Array($0.1.utf8)) }, to: archive, compression: .gzip)
    let archived = try await workspace(IngestRequest(paths: [archive], form: .workspace))
    #expect(archived == plain)
    #expect(archived.files.map(\.path) == [".gitignore", "Makefile", "cmd/lamp/main.go", "go.mod"])
  }

  @Test func aFileThatIsNoArchiveIsNoWorkspace() async throws {
    let project = try await Project()
    defer { project.remove() }
    try project.sources.write("notes.md", "# Notes\n")
    let request = IngestRequest(paths: [project.sources.path + "/notes.md"], form: .workspace)
    await #expect(throws: (any Error).self) {
      try await project.memory.ingest(request, project.settings)
    }
  }

  @Test func aBareRepositoryIsReadAtACommit() async throws {
    let folder = try TemporaryFolder()
    let tree = folder.path + "/tree"
    try write(tree, "Makefile", "test:\n\ttrue\n")
    try git(tree, "init", "-q")
    try git(tree, "add", "-A")
    try git(tree, "commit", "-q", "-m", "one")
    try write(tree, "go.mod", "module example.com/lamp\n")
    try git(tree, "add", "-A")
    try git(tree, "commit", "-q", "-m", "two")
    let bare = folder.path + "/bare.git"
    try git(tree, "clone", "-q", "--bare", tree, bare)
    let old = try await workspace(IngestRequest(paths: [bare], commit: "HEAD~1"))
    #expect(old.files.map(\.path) == ["Makefile"] && old.commit != nil)
  }

  /// A repository in which a file was moved and another removed, and a session that edited three.
  private func history(
    _ project: Project
  ) async throws -> (tree: String, report: StageReport) {
    let tree = project.folder.path + "/tree"
    for name in ["old", "gone", "kept"] {
      try write(
        tree, name + ".go", (0..<9).map { "line \($0) of \(name)\n" }.joined() + "new line\n")
    }
    try git(tree, "init", "-q")
    try git(tree, "add", "-A")
    try git(tree, "commit", "-q", "-m", "one")
    try git(tree, "mv", "old.go", "moved.go")
    try git(tree, "rm", "-q", "gone.go")
    try git(tree, "commit", "-q", "-m", "two")
    let edits = [("old.go", "new line"), ("gone.go", "new line"), ("kept.go", "undone line")]
    let lines = edits.enumerated().map { index, edit in
      """
      {"parentUuid":null,"isSidechain":false,"userType":"external","cwd":"\(tree)",\
      "sessionId":"s","version":"2.1.30","gitBranch":"main","type":"user","message":{"role":"user",\
      "content":[{"tool_use_id":"t\(index)","type":"tool_result","content":"ok"}]},\
      "toolUseResult":{"filePath":"\(tree)/\(edit.0)","oldString":"old line",\
      "newString":"\(edit.1)","structuredPatch":[]},"uuid":"u\(index)",\
      "timestamp":"2026-01-05T12:00:0\(index)Z"}

      """
    }
    try await project.read(["s.jsonl": lines.joined()])
    let request = IngestRequest(paths: [tree], form: .workspace, history: "HEAD~1..")
    return (tree, try await project.memory.ingest(request, project.settings))
  }

  @Test func aHistoryTellsWhichEditsWereKept() async throws {
    let project = try await Project()
    defer { project.remove() }
    let (_, report) = try await history(project)
    #expect(report.count("edits") == 3 && report.count("kept-edits") == 1)
    #expect(report.findings.contains { $0.message.hasPrefix("1 of 3 edits of session s are in") })
  }

  @Test func renamesAndRemovalsOfAHistoryBecomeFacts() async throws {
    let project = try await Project()
    defer { project.remove() }
    let (tree, _) = try await history(project)
    _ = try await project.snapshot()
    func statements() throws -> Set<String> {
      Set(
        try project.memory.store.facts().filter {
          $0.state == .firm || $0.state == .tentative
        }.map(\.statement))
    }
    let expected: Set = ["`old.go` was moved to `moved.go`.", "`gone.go` was removed."]
    #expect(try statements().isSuperset(of: expected))
    let before = try project.memory.store.sessions()
    let request = IngestRequest(paths: [tree], form: .workspace, history: "HEAD~1..")
    _ = try await project.memory.ingest(request, project.settings)
    #expect(try project.memory.store.sessions() == before)
    try git(tree, "revert", "--no-edit", "HEAD")
    _ = try await project.memory.ingest(request, project.settings)
    let wider = IngestRequest(paths: [tree], form: .workspace, history: "HEAD~2..HEAD")
    _ = try await project.memory.ingest(wider, project.settings)
    _ = try await project.snapshot()
    #expect(try statements().isDisjoint(with: expected))
  }
}
