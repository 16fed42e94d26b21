import KairosModel
import KairosTestSupport
import Testing

@testable import Extract

@Suite struct AssistantStatementsTests {
  private let workspace = Workspace(
    id: "w_1", commit: "c0ffee", dirty: false, at: Build.at(day: 9), remote: nil,
    files: [
      file(
        "go.mod", .manifest, "require github.com/go-git/go-git/v5\nrequire github.com/spf13/cobra"),
      file("docs/cli.md", .document, "Run `app sync` to upload."),
      file("package.json", .manifest, "{\"dependencies\": {\"vite\": \"1\"}}"),
      file("build.ts", .code, "await Vite.build()"),
      Workspace.File(
        path: "internal/cache/store.go", size: 1, digest: "sha256:1", kind: .code, text: nil,
        symbols: [
          .init(kind: "func", name: "OpenStore", line: 3, doc: nil),
          .init(kind: "func", name: "Init", line: 9, doc: nil),
        ], words: ["Init", "OpenStore", "cache", "internal", "store"]),
    ])

  private static func file(
    _ path: String, _ kind: Workspace.File.Kind, _ text: String
  ) -> Workspace.File {
    Workspace.File(
      path: path, size: 1, digest: "sha256:" + path, kind: kind, text: text, symbols: [],
      words: Set(WorkspaceIndex.words(of: text)).sorted())
  }

  private func found(_ turns: [Build.Turn], index: Bool = true) -> [Observation] {
    AssistantStatements().observations(
      in: SessionView(events: Build.conversation(turns)),
      context: ExtractContext(
        scope: Scope(project: "p"), index: index ? WorkspaceIndex(workspace) : nil))
  }

  @Test(arguments: [
    (
      "`OpenStore` returns the store that all commands share.",
      "`OpenStore` returns the store that all commands share.", "symbol:OpenStore"
    ),
    (
      "The `store.go` file holds the cache of parsed sessions, so we can use it.",
      "The `internal/cache/store.go` file holds the cache of parsed sessions.",
      "path:internal/cache/store.go"
    ),
    (
      "- **`OpenStore`** - Creates the folder and the lock file",
      "`OpenStore` creates the folder and the lock file.", "symbol:OpenStore"
    ),
    (
      "Look at `OpenStore` first. It validates the header of each record.",
      "`OpenStore` validates the header of each record.", "symbol:OpenStore"
    ),
    (
      "The `app sync` command deletes remote records without asking.",
      "The `app sync` command deletes remote records without asking.", "command:app sync"
    ),
    (
      "## Changes\n- `OpenStore(path, mode)` \u{2014} validates the header of each record",
      "`OpenStore(path, mode)` validates the header of each record.", "symbol:OpenStore"
    ),
    (
      "## Summary\n- `store.go` (new) - Storage module for parsed sessions of all commands",
      "`internal/cache/store.go`: Storage module for parsed sessions of all commands.",
      "path:internal/cache/store.go"
    ),
    (
      "The issue is that `Vite.build` doesn't throw on invalid entries - it exits.",
      "`Vite.build` doesn't throw on invalid entries.", "symbol:Vite.build"
    ),
    (
      "go-git doesn't use the credential helpers of the system.",
      "`go-git` doesn't use the credential helpers of the system.", "package:go-git"
    ),
    (
      "Cobra doesn't propagate hidden flags to subcommands.",
      "Cobra doesn't propagate hidden flags to subcommands.", "package:cobra"
    ),
  ])
  func whatAThingDoes(text: String, statement: String, subject: String) throws {
    let one = try #require(found([.said(text)]).first)
    #expect(one.statement == statement && one.slot.subject == subject)
    #expect(one.modality == .asserted && one.actor == .assistant)
  }

  @Test(arguments: [
    "I'll update `OpenStore` to return the store.", "Let me check how `OpenStore` reads files.",
    "`OpenStore` now returns the store of the session.", "Updated `OpenStore` to read files.",
    "`OpenStore` might return the store of the session.", "Does `OpenStore` return the store?",
    "`OpenStore` should return the store of the session.", "It returns the store of the session.",
    "`closeStore` returns the store that is gone.", "`Init` validates the header of records.",
    "- `OpenStore` - Added a cache module for parsed sessions",
    "## Changes\n- `OpenStore` - Add a cache module for parsed sessions",
    "`store.go` rejects paths that start with", "- `store.go` - accepts the lock file of a session",
    "## Changes\n- `OpenStore`: Classify the storage module of the sessions",
    "## Changes\n- `OpenStore`: Keep the cache module for parsed sessions",
    "## Changes\n- `store.go`: type change in the session struct of the cache",
    "The issue is that `OpenStore` validates the header of each record.",
    "`Redux.dispatch` doesn't throw on invalid entries of the store.",
    "## Summary\n- `OpenStore` returns the store that commands share.",
    "Changes made:\n- `OpenStore` returns the store that commands share.",
    "If you like, `OpenStore` returns the store to you.", "`OpenStore` is fixed in the new code.",
    "`OpenStore` is a reasonable approach for all of it.",
    "Metadata doesn't point back to the commit of it.",
    "`app purge` deletes remote records without asking.",
  ])
  func whatTheAssistantDoesOrGuessesIsNone(text: String) {
    #expect(found([.said(text)]).map(\.statement) == [])
  }

  @Test func withoutAWorkspaceTheThingMustHaveBeenLookedAt() {
    let said = Build.Turn.said("`OpenStore` returns the store that all commands share.")
    #expect(found([said], index: false).isEmpty)
    let looked = found([.looked("func OpenStore"), said], index: false)
    #expect(looked.count == 1 && looked[0].grounded)
    #expect(found([said])[0].grounded == false)
    #expect(found([.looked("internal/cache/store.go"), said])[0].grounded)
  }

  @Test func whatAPersonRefutesIsOnlyReported() {
    let said = Build.Turn.said("`OpenStore` returns the store that all commands share.")
    let refuted = found([said, .typed("that's not correct, look again"), said])
    #expect(refuted.map(\.modality) == [.reported, .asserted])
    #expect(found([said, .typed("thanks")]).map(\.modality) == [.asserted])
  }
}
