import KairosModel
import KairosSources
import Testing

@Suite struct SourceDiscoveryTests {
  static let discovery = SourceDiscovery { head, path in
    path.hasSuffix(".jsonl") && head.starts(with: Array("{\"type\":".utf8))
  }

  private func codes(_ found: DiscoveredSources) -> [String] { found.findings.map(\.code) }

  @Test func takesTranscriptsOutOfAFolder() throws {
    let tree = try Tree([
      "b/two.jsonl": "{\"type\":1}", "a.jsonl": "{\"type\":1}", "notes.md": "hi",
      "data.jsonl": "{\"x\":1}", "node_modules/x.jsonl": "{\"type\":1}",
    ])
    let found = try Self.discovery.expand([tree.root, tree.path("a.jsonl")])
    #expect(found.files.map(\.path) == [tree.path("a.jsonl"), tree.path("b/two.jsonl")])
    #expect(found.files.allSatisfy { $0.size == 10 && $0.modified > 0 })
    #expect(found.workspaces.isEmpty)
    #expect(codes(found) == ["no-transcript"])
  }

  @Test func takesAFolderOfOtherFilesForAWorkspace() throws {
    let tree = try Tree(["notes.md": "hi", "src/a.py": ""])
    #expect(try Self.discovery.expand([tree.root]).workspaces == [tree.root])
    let forced = try Self.discovery.expand([tree.root], as: .files)
    #expect(forced.workspaces.isEmpty)
    #expect(codes(forced) == ["no-transcripts"])
  }

  @Test func takesARepositoryForAWorkspaceWhateverItHolds() throws {
    let tree = try Tree(["a.jsonl": "{\"type\":1}"])
    try tree.commit()
    try tree.git("clone", "-q", "--bare", tree.root, tree.path("bare.git"))
    let found = try Self.discovery.expand([tree.root, tree.path("bare.git"), tree.root + "/."])
    #expect(found.workspaces == [tree.root, tree.path("bare.git")])
    let forced = try Self.discovery.expand([tree.root], as: .files)
    #expect(forced.files.map(\.path) == [tree.path("a.jsonl")])
  }

  @Test func takesAnyFileThatIsNamed() throws {
    let tree = try Tree(["odd.bin": "x"])
    try tree.link("link", to: tree.path("odd.bin"))
    let found = try Self.discovery.expand([tree.path("odd.bin"), tree.path("link")])
    #expect(found.files.map(\.path) == [tree.path("odd.bin")])
  }

  @Test func followsNoLinksAndOpensNoPipes() throws {
    let outside = try Tree(["out.jsonl": "{\"type\":1}"])
    let tree = try Tree(["in.jsonl": "{\"type\":1}"])
    try tree.link("file.jsonl", to: outside.path("out.jsonl"))
    try tree.link("folder", to: outside.root)
    try tree.link("loop", to: tree.root)
    tree.fifo("pipe.jsonl")
    tree.writeUnspeakable()
    let found = try Self.discovery.expand([tree.root])
    #expect(found.files.map(\.path) == [tree.path("in.jsonl")])
    #expect(codes(found) == ["file-name-encoding"])
  }

  @Test func reportsAnEmptyFolder() throws {
    let tree = try Tree()
    let found = try Self.discovery.expand([tree.root])
    #expect(found.files.isEmpty && found.workspaces.isEmpty)
    #expect(codes(found) == ["empty-folder"])
  }

  @Test func namesThePathThatIsNotThere() throws {
    let tree = try Tree(["a": "x"])
    tree.fifo("pipe")
    #expect(throws: SourceError.notFound(path: "gone/away")) {
      try Self.discovery.expand(["gone/away"])
    }
    #expect(throws: SourceError.notRegular(path: tree.path("pipe"))) {
      try Self.discovery.expand([tree.path("pipe")])
    }
    #expect(throws: SourceError.notAFolder(path: tree.path("a"))) {
      try Self.discovery.expand([tree.path("a")], as: .workspace)
    }
    let error = SourceError.notFound(path: "gone/away")
    #expect(error.kind == .inputNotFound)
    #expect(
      error.description
        == "nothing stands at 'gone/away'. Check the path; a relative path starts at the current"
        + " folder.")
  }
}
