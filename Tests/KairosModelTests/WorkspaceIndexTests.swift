import KairosModel
import Testing

@Suite struct WorkspaceIndexTests {
  static let index = WorkspaceIndex(
    Workspace(
      id: "w_1", commit: "c", dirty: false, at: nil, remote: nil,
      files: [
        file("README.md", words: ["go-git"]),
        file("cmd/app/hooks.go", symbols: ["Install"], words: ["Install", "paths", "RepoRoot"]),
        file("cmd/app/strategy/hooks.go", words: ["os"]),
        file("cmd/app/strategy/phase.go", words: ["ACTIVE"]),
      ]))

  static func file(_ path: String, symbols: [String] = [], words: [String]) -> Workspace.File {
    Workspace.File(
      path: path, size: 1, digest: "sha256:" + path, kind: .code, text: nil,
      symbols: symbols.map { .init(kind: "func", name: $0, line: 7, doc: nil) }, words: words)
  }

  @Test(arguments: [
    ("README.md", "README.md"), ("./cmd/app/", "cmd/app"),
    ("phase.go", "cmd/app/strategy/phase.go"),
    ("strategy/hooks.go", "cmd/app/strategy/hooks.go"), ("app/strategy", "cmd/app/strategy"),
    ("hooks.go", nil), ("hook.go", nil), ("", nil),
  ])
  func resolvesAPathOnlyWhenOneFits(text: String, expected: String?) {
    #expect(Self.index.resolve(path: text) == expected)
  }

  @Test func knowsThatAnAmbiguousPathExists() {
    #expect(Self.index.hasPath("hooks.go"))
    #expect(!Self.index.hasPath("gone.go"))
  }

  @Test func verifiesDefinitionsWithTheirLine() {
    let found = Self.index.verify(Mention(kind: .symbol, name: "Install"))
    #expect(found?.path == "cmd/app/hooks.go")
    #expect(found?.lines == 7...7)
  }

  @Test(arguments: [("paths.RepoRoot()", true), ("paths.Gone", false), ("go-git", true)])
  func aDottedNameNeedsAllItsWords(name: String, exists: Bool) {
    #expect((Self.index.verify(Mention(kind: .symbol, name: name)) != nil) == exists)
  }

  @Test func splitsNamesIntoWords() {
    #expect(
      WorkspaceIndex.words(of: "--log-level=a, Foo::bar_baz") == ["log-level", "Foo", "bar_baz"])
  }

  @Test func proseDoesNotConfirmItself() {
    let index = WorkspaceIndex(
      Workspace(
        id: "w_3", commit: nil, dirty: false, at: nil, remote: nil,
        files: [
          Workspace.File(
            path: "README.md", size: 1, digest: "sha256:r", kind: .document, text: nil,
            symbols: [], words: ["GoneOption"])
        ]))
    #expect(index.verify(Mention(kind: .symbol, name: "GoneOption")) == nil)
    #expect(index.verify(Mention(kind: .path, name: "README.md")) != nil)
  }

  /// A tree whose manifest has the task `test` and whose lockfile is pnpm's.
  static let pnpm = WorkspaceIndex(
    Workspace(
      id: "w_2", commit: nil, dirty: false, at: nil, remote: nil,
      files: [
        Workspace.File(
          path: "package.json", size: 1, digest: "sha256:p", kind: .manifest,
          text: #"{"scripts":{"test":"vitest","lint:fix":"eslint --fix"}}"#, symbols: [],
          words: ["vitest"]),
        file("pnpm-lock.yaml", words: []),
      ]))

  @Test(arguments: [
    ("pnpm test", true), ("pnpm run lint:fix", true), ("pnpm run lint", false),
    ("npm test", false), ("pnpm install", true), ("npm install", false),
    ("npm run lint:fix", false), ("yarn test", false),
  ])
  func aTaskExistsForTheManagerOfTheLockfile(line: String, exists: Bool) {
    #expect((Self.pnpm.verify(Mention(kind: .command, name: line)) != nil) == exists)
  }
}
