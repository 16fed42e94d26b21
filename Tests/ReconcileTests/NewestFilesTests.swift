import KairosModel
import KairosTestSupport
import Reconcile
import Testing

@Suite struct NewestFilesTests {
  private let test = Build.asking("command.test")
  private let package = ("package.json", #"{"scripts": {"build": "tsc", "check": "jest"}}"#)

  private func ran(_ command: String, day: Int64 = 50, slot: Slot? = nil) -> [Observation] {
    (0..<3).map {
      Build.observation(
        slot ?? test, command, .tool, day: day + $0, session: "s\($0)", grounded: true)
    }
  }

  @Test(arguments: [
    ("npm test", true), ("npm run check", false), ("npm run lint", true), ("pnpm run build", false),
    ("go test ./...", false), ("make test", true), ("npm install", false),
    ("yarn run lint && yarn run build", false), ("npx jest", false), ("mise run test", true),
  ])
  func tasksAreLookedUpInTheFilesOfTheirRunner(command: String, isRefuted: Bool) {
    let result = reconciled(ran(command), workspace: Build.workspace([package]))
    let expected: Disposition = isRefuted ? .refutedByWorkspace : .none
    #expect(result.claims[0].disposition == expected)
    #expect(result.claims[0].validTo == (isRefuted ? Build.at(day: 100) : nil))
    #expect(result.decisions.map(\.action) == (isRefuted ? [.refute] : []))
  }

  /// What people say about a package manager ends with the lockfile of another one.
  @Test(arguments: [("pnpm-lock.yaml", true), ("package-lock.json", false)])
  func theLockfileTellsThePackageManager(lockfile: String, isRefuted: Bool) {
    let index = Build.workspace([
      ("package.json", #"{"scripts": {"test": "jest"}}"#), (lockfile, ""),
    ])
    let said = Build.observation(
      Build.asking("rule"), "run npm test before you commit", .human, day: 50,
      mentions: [Mention(kind: .command, name: "npm test")],
      statement: "Always run `npm test` before you commit.")
    for claims in [
      reconciled(ran("npm test"), workspace: index), reconciled([said], workspace: index),
    ] {
      #expect((claims.claims[0].disposition == .refutedByWorkspace) == isRefuted)
    }
  }

  /// What a document shows is proven by the files of its program, not by its words.
  @Test(arguments: [("Cargo.toml", true), ("setup.py", false)])
  func aDocumentedCommandNeedsItsProgram(file: String, isProven: Bool) {
    let shown = Build.observation(
      test, "cargo test --workspace", .document, session: nil,
      mentions: [Mention(kind: .path, name: "Cargo.toml")],
      statement: "Run the tests with `cargo test --workspace`.")
    let claim = reconciled([shown], workspace: Build.workspace([(file, "")])).claims[0]
    #expect((claim.named == .exist) == isProven)
    #expect(
      claim.weights.contains { $0.discount.contains("exists in the newest files") } == isProven)
  }

  @Test func taskFilesAndOtherFoldersCount() {
    let index = Build.workspace([("mise.toml", "[tools]"), ("mise-tasks/test/unit", "#!/bin/sh")])
    #expect(reconciled(ran("mise run test:unit"), workspace: index).decisions.isEmpty)
    let nested = Build.workspace([("web/package.json", package.1)])
    #expect(reconciled(ran("npm run check"), workspace: nested).decisions.isEmpty)
  }

  @Test func whatRanAfterTheStateIsNotRefutedByIt() {
    let index = Build.workspace(day: 40, [package])
    #expect(reconciled(ran("npm test"), workspace: index).claims[0].disposition == Disposition.none)
    let dirty = Build.workspace(day: 40, dirty: true, [package])
    #expect(
      reconciled(ran("npm test"), workspace: dirty).claims[0].disposition == .refutedByWorkspace)
  }

  @Test func valuesThatTheNewestStateDropped() {
    let dependency = Build.asking("dependency")
    let listings = [
      Build.listing(dependency, "left 1.0", state: "w_old", day: 1, digest: "sha256:old"),
      Build.listing(dependency, "kept 2.0", state: "w_old", day: 1, digest: "sha256:old"),
      Build.listing(dependency, "kept 2.0", state: "w_new", day: 100, digest: "sha256:new"),
    ]
    let said = Build.observation(dependency, "guessed 3.0", .human, day: 5)
    let result = reconciled(listings + [said], workspace: Build.workspace([("mise.toml", "")]))
    #expect(result.claim("left 1.0")?.disposition == .refutedByWorkspace)
    #expect(result.claim("guessed 3.0")?.disposition == .refutedByWorkspace)
    #expect(result.claim("kept 2.0")?.disposition == Disposition.none)
    #expect(result.claim("kept 2.0")?.verified?.extent == .value)
  }

  @Test func anUnchangedFileOfAnOlderStateStillProves() {
    let listing = Build.listing(
      test, "mise run test", state: "w_old", day: 1, digest: "sha256:w_newmise.toml")
    let result = reconciled([listing], workspace: Build.workspace([("mise.toml", "[tasks.test]")]))
    #expect(result.claims[0].verified?.path == "mise.toml")
  }

  @Test(arguments: [
    ("`src/server.go` starts the listener", "src/server.go", Mention.Kind.path, NamedThings.exist),
    ("`src/gone.go` starts the listener", "src/gone.go", .path, .gone),
    ("never edit `src/gone.go` by hand", "src/gone.go", .path, .open),
    ("`src/gone.go` was removed", "src/gone.go", .path, .open),
    ("bundles go to `dist/app.js` on release", "dist/app.js", .path, .open),
    ("logs go to `/var/log/app.log` on Linux", "/var/log/app.log", .path, .open),
    ("`ListenAll` opens the port", "ListenAll", .symbol, .exist),
    ("`ListenSome` opens the port", "ListenSome", .symbol, .gone),
    ("the zebra mode is slow on Linux", "zebra", .word, .mostly),
    ("open requests with `gh pr create` only", "gh pr create", .command, .mostly),
  ])
  func namedThings(statement: String, name: String, kind: Mention.Kind, expected: NamedThings) {
    let slot = Build.asking("statement", subject: "topic:server")
    let observation = Build.observation(
      slot, statement, day: 5, mentions: [Mention(kind: kind, name: name)])
    let index = Build.workspace([("src/server.go", "func ListenAll() {}"), ("go.mod", "module x")])
    let claim = reconciled([observation], workspace: index).claims[0]
    #expect(claim.named == expected)
    #expect((claim.disposition == .refutedByWorkspace) == (expected == .gone))
    #expect((claim.verified != nil) == (expected == .exist))
  }

  @Test func aDocumentThatNoLongerSaysItHasNoVote() {
    let rule = Build.asking("rule", subject: "topic:style")
    let old = Build.listing(
      rule, "wrap lines at 80", state: "w_old", day: 1, path: "AGENTS.md", actor: .document)
    let index = Build.workspace([("AGENTS.md", "wrap lines at 100")])
    #expect(reconciled([old], workspace: index).claims[0].logOddsQ16 == 0)
    #expect(reconciled([old]).claims[0].logOddsQ16 > 0)
  }
}
