import KairosSources
import Testing

/// Which checkouts are one project.
@Suite struct RepositoryMarksTests {
  private func marks(_ folder: String) throws -> RepositoryMarks {
    try #require(RepositoryMarks.of(directory: folder))
  }

  @Test func clonesAndWorkTreesAreOneProject() throws {
    let tree = try Tree(["lamp/a": "x"])
    try tree.commit()
    try tree.git("clone", "-q", tree.root, tree.path("copy"))
    try tree.git("worktree", "add", "-q", tree.path("tree"))
    let ours = try marks(tree.root)
    #expect(try ours.isSameProject(as: marks(tree.path("copy"))))
    #expect(try ours.isSameProject(as: marks(tree.path("tree"))))
    #expect(ours.workTrees == [tree.root, tree.path("tree")])
    #expect(try marks(tree.path("lamp")).top == tree.root)
  }

  @Test func aProjectThatWasMergedInIsAnother() throws {
    let library = try Tree(["lib": "x"])
    try library.commit()
    let ours = try Tree(["a": "y"])
    try ours.commit()
    try ours.git("fetch", "-q", library.root, "main")
    try ours.git("merge", "-q", "--allow-unrelated-histories", "-m", "in", "FETCH_HEAD")
    let (mine, its) = (try marks(ours.root), try marks(library.root))
    #expect(mine.roots.count == 2 && !mine.isSameProject(as: its))
    try ours.git("remote", "add", "origin", "git@h.example.org:o/n.git")
    try library.git("remote", "add", "origin", "https://h.example.org/o/n")
    #expect(try marks(ours.root).isSameProject(as: marks(library.root)))
  }

  @Test func aFolderWithoutARepositoryHasNone() throws {
    #expect(RepositoryMarks.of(directory: try Tree(["a": ""]).root) == nil)
  }
}
