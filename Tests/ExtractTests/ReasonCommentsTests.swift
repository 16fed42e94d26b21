import KairosModel
import KairosTestSupport
import Testing

@testable import Extract

@Suite struct ReasonCommentsTests {
  private func found(
    _ text: String, symbol: String? = nil, path: String = "src/fetch.go"
  ) -> [Observation] {
    let file = Workspace.File(
      path: path, size: 1, digest: "sha256:1", kind: .code, text: nil, symbols: [],
      remarks: [.init(line: 7, symbol: symbol, text: text)], words: ["fetch"])
    let manifest = Build.tree([("go.mod", "require github.com/acme/go-git v5")]).files
    return observations(
      ReasonComments(),
      Workspace(
        id: "w_1", commit: nil, dirty: false, at: nil, remote: nil,
        files: manifest + [file]))
  }

  @Test(arguments: [
    (
      "Uses the git CLI instead of go-git because go-git has no credential helpers", "Fetch",
      "`Fetch` uses the git CLI instead of go-git because go-git has no credential helpers.", "fix"
    ),
    (
      "Fetch shells out, since go-git doesn't support credential helpers.", "Fetch",
      "`Fetch` shells out, since go-git doesn't support credential helpers.", "gotcha"
    ),
    (
      "Close the handle first. Windows cannot rename files that have open handles.", nil,
      "`src/fetch.go`: Windows cannot rename files that have open handles.", "gotcha"
    ),
    (
      "Write the bytes to work around a bug in PowerShell with long lines.", nil,
      "`src/fetch.go`: Write the bytes to work around a bug in PowerShell with long lines.", "fix"
    ),
  ])
  func reasonsThatNameWhatIsNotTheProjects(
    text: String, symbol: String?, statement: String, kind: String
  ) throws {
    let one = try #require(found(text, symbol: symbol).first)
    #expect(one.statement == statement && one.kind.rawValue == kind)
    #expect(one.actor == .workspace && one.evidence.place.lines == 7...7)
  }

  @Test(arguments: [
    "Returns nil because the cache doesn't hold the value yet.",
    "Runs git to list all files of the tree below the root.",
    "TODO: use go-git instead of the CLI because the CLI cannot stream.",
    "We use the CLI because go-git doesn't support what it needs here.",
    "It fails on Windows because they don't have it.",
  ])
  func descriptionsPlansAndPointersAreNone(text: String) {
    #expect(found(text).isEmpty)
  }

  @Test func testsSayWhatTheyTest() {
    let text = "Skips the case because Windows doesn't support symbolic links."
    #expect(found(text, path: "src/fetch_test.go").isEmpty && found(text).count == 1)
  }

  @Test func copiesAreOneReason() {
    let text = """
      Uses the git CLI because go-git doesn't persist deletions with packed refs.
      Use the git CLI to delete, because go-git doesn't persist deletions with packed refs.
      """
    #expect(found(text.replacing("\n", with: " ")).count == 1)
  }
}
