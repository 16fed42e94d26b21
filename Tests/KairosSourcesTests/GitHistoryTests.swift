import Foundation
import KairosModel
import KairosSources
import Testing

/// Renames, removals and reverts between two commits.
@Suite struct GitHistoryTests {
  private func lines(_ name: String) -> String { (0..<9).map { "\(name) \($0)\n" }.joined() }

  private func shown(_ tree: Tree, _ range: String) throws -> [String] {
    try GitHistory.read(repository: tree.root, range: range).changes.map {
      $0.path + " > " + ($0.target ?? "")
    }
  }

  @Test func tellsRenamesAndRemovalsThatStillHold() throws {
    let tree = try Tree(["a.go": lines("a"), "b.go": lines("b"), "c.go": lines("c")])
    let first = try tree.commit()
    try tree.git("mv", "a.go", "z.go")
    try tree.remove("b.go")
    try tree.commit()
    try tree.remove("c.go")
    let third = try tree.commit()
    #expect(try shown(tree, "HEAD") == ["b.go > ", "a.go > z.go", "c.go > "])
    #expect(try shown(tree, first + "..") == ["b.go > ", "a.go > z.go", "c.go > "])
    #expect(try shown(tree, "HEAD~1..HEAD") == ["c.go > "])
    try tree.git("revert", "--no-edit", "HEAD")
    let history = try GitHistory.read(repository: tree.root, range: first + "..")
    #expect(history.changes.map(\.path) == ["b.go", "a.go"] && history.commits == 3)
    #expect(history.reverts.map(\.reverted) == [third])
    #expect(history.start == [first])
    #expect(history.changes.first?.at == Timestamp(rfc3339: "2026-01-05T12:00:00Z"))
  }

  @Test func aFolderThatWentAsAWholeIsOneChange() throws {
    let tree = try Tree([
      "old/a.go": lines("a"), "old/in/b.go": lines("b"), "gone/x": lines("x"), "gone/y": lines("y"),
      "part/k": lines("k"), "part/l": lines("l"),
    ])
    try tree.commit()
    try tree.git("mv", "old", "new")
    for name in ["gone/x", "gone/y", "part/k"] { try tree.remove(name) }
    try tree.commit()
    #expect(try Set(shown(tree, "HEAD")) == ["old > new", "gone > ", "part/k > "])
  }

  @Test func hostileNamesAreNames() throws {
    let odd = "D\n\u{1}\(String(repeating: "a", count: 40)) 1"
    let tree = try Tree([odd: lines("odd"), "-x": lines("x"), "A": lines("A")])
    try tree.commit()
    for name in [odd, "-x", "A"] { try tree.remove(name) }
    try tree.write("kept", "k")
    try tree.commit()
    let history = try GitHistory.read(repository: tree.root, range: "HEAD")
    #expect(Set(history.changes.map(\.path)) == [odd, "-x", "A"] && history.commits == 2)
  }

  @Test(arguments: [
    "nothing..HEAD", "HEAD..nothing", "--output=/tmp/x", "HEAD...HEAD~1", "", "-1..",
  ])
  func aRangeThatIsNoneIsRefused(range: String) throws {
    let tree = try Tree(["a": "x"])
    try tree.commit()
    #expect(throws: SourceError.self) {
      try GitHistory.read(repository: tree.root, range: range)
    }
  }

  @Test func bareRepositoriesHaveAHistory() throws {
    let tree = try Tree(["a.go": lines("a")])
    try tree.commit()
    try tree.git("mv", "a.go", "b.go")
    let end = try tree.commit()
    try tree.git("clone", "-q", "--bare", tree.root, tree.path("bare.git"))
    let history = try GitHistory.read(repository: tree.path("bare.git"), range: "HEAD~1..")
    #expect(history.changes.map(\.target) == ["b.go"])
    let files = try CommitFiles(repository: tree.path("bare.git"), commit: end)
    #expect(files.text("b.go") == lines("a") && files.text("a.go") == nil)
    #expect(files.contains("b.go") && !files.contains("a.go"))
  }

  @Test func nothingOfTheRepositoryIsRun() throws {
    let tree = try Tree(["a.go": lines("a"), ".gitattributes": "* diff=evil filter=evil\n"])
    try tree.commit()
    try tree.git("mv", "a.go", "b.go")
    try tree.commit()
    let script = "touch '\(tree.path("ran"))'; cat"
    for name in [
      "core.pager", "pager.log", "diff.external", "diff.evil.command", "diff.evil.textconv",
      "filter.evil.smudge", "core.fsmonitor", "gpg.program", "core.sshCommand",
    ] { try tree.git("config", name, script) }
    try tree.git("config", "log.showSignature", "true")
    try tree.git("config", "diff.orderFile", "/etc/hostname")
    let history = try GitHistory.read(repository: tree.root, range: "HEAD")
    _ = try CommitFiles(repository: tree.root, commit: "HEAD").text("b.go")
    #expect(history.changes.count == 1)
    #expect(!FileManager.default.fileExists(atPath: tree.path("ran")))
  }
}
