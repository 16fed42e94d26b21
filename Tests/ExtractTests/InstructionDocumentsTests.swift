import KairosModel
import KairosTestSupport
import Testing

@testable import Extract

@Suite struct InstructionDocumentsTests {
  private let code: [(path: String, doc: String?)] = [
    ("src/store/open.go", "openStore StoreOptions"), ("src/store/state.go", "saveState"),
    ("src/api/open.go", "serve"), ("src/main.go", "runMain OpenForm"),
  ]

  private func found(_ text: String, path: String = "AGENTS.md") -> [Observation] {
    observations(
      InstructionDocuments(),
      Build.tree(
        [(path, text), ("Makefile", ".PHONY: test\ntest:\n\tgo test ./...\n")], code: code))
  }

  private func lines(_ text: String, path: String = "AGENTS.md") -> [String] {
    found(text, path: path).map(\.statement)
  }

  @Test func labelledItemsAreWhatAPathIsFor() throws {
    let one = try #require(
      found("## Store (`src/store/`)\n- `state.go` - Saves the session state\n").first)
    #expect(one.statement == "`src/store/state.go`: Saves the session state.")
    #expect(one.slot.subject == "path:src/store/state.go" && one.slot.predicate == "purpose")
    #expect(one.actor == .document && !one.grounded)
    #expect(one.mentions.contains(Mention(kind: .path, name: "src/store/state.go")))
    #expect(one.evidence.place.lines == 2...2)
  }

  @Test func aLabelOfAHeadingsFolderIsThereOrGone() {
    let text =
      "## Store (`src/store/`)\n- `main.go` - Starts the whole store\n"
      + "- `lost.go` - Lost data types\n"
    let all = found(text)
    #expect(all.map(\.slot.subject) == ["path:src/main.go", "path:src/store/lost.go"])
    #expect(all.last?.mentions == [Mention(kind: .path, name: "src/store/lost.go")])
  }

  @Test(arguments: [
    (
      "Always use `openStore` for access to the store.",
      "Always use `openStore` for access to the store."
    ),
    (
      "**Do not:**\n- Read the files of `src/store` directly\n",
      "Do not read the files of `src/store` directly."
    ),
    (
      "### Forms\nIn `src/main.go`, use `OpenForm` instead of `huh.NewForm()`:\n",
      "In `src/main.go`, use `OpenForm` instead of `huh.NewForm()`."
    ),
    ("All tests must be written before the code.", "All tests must be written before the code."),
  ])
  func rulesStandAlone(text: String, statement: String) throws {
    let one = try #require(found("# Work\n" + text).first)
    #expect(one.statement == statement)
    #expect(one.slot.predicate == "rule" || one.slot.predicate == "statement")
  }

  @Test(arguments: [
    "This is important for `openStore` users everywhere.",
    "See `src/main.go` for the details of it.",
    "We might change `openStore` at some point later.",
    "`vanishedName` holds the state of all sessions.",
    "Is `openStore` the right function for this?", "Short.",
    "## Installation\nAlways use `openStore` for the set-up.",
  ])
  func whatLeansOnOthersIsStaleOrUnsureIsLeftOut(text: String) {
    #expect(lines("# Work\n" + text).isEmpty)
  }

  @Test func namesWithPartsToFillInAreKept() {
    let text = "# Work\n- Saves a copy in `store/<name>-<id[:6]>` for each run of the program\n"
    #expect(
      lines(text) == [
        "Work: saves a copy in `store/<name>-<id[:6]>` for each run of the program."
      ])
  }

  @Test func documentsForEverybodySpeakOfTheWorkOnlyInTheirSections() {
    let rule = "Always use `openStore` for access to the store.\n"
    #expect(lines("# App\n## Usage\n" + rule, path: "README.md").isEmpty)
    #expect(lines("# App\n## Development\n" + rule, path: "README.md").count == 1)
    #expect(lines("# App\n## Usage\n" + rule, path: "CONTRIBUTING.md").count == 1)
    #expect(lines("# Changes\n## Development\n" + rule, path: "CHANGELOG.md").isEmpty)
  }

  @Test func promptsOfRolesAreNoRulesOfTheProject() {
    #expect(lines("Always use `openStore` for access.\n", path: ".claude/agents/CLAUDE.md").isEmpty)
  }
}

@Suite struct DocumentCommandsTests {
  private func found(_ text: String, path: String = "AGENTS.md") -> [String] {
    statements(DocumentCommands(), Build.tree([(path, text)]))
  }

  @Test func commandsOfBlocksWithTheirCommentOrHeading() {
    let text = """
      ## Running Integration Tests
      ```bash
      make test-integration
      ```
      ## Development
      ```bash
      make lint   # Check the whole tree
      $ npm test
      cat notes.txt
      ```
      """
    #expect(
      found(text) == [
        "Run integration tests with `make test-integration`.",
        "Check the whole tree with `make lint`.", "Run the tests with `npm test`.",
      ])
  }

  @Test func aHeadingThatSaysWhenMakesAWorkflow() {
    let text = "## Before Every Commit (REQUIRED)\n```\nmake fmt\nmake lint\nmake test\n```\n"
    let all = found(text)
    #expect(all.first == "Before every commit, run `make fmt`, `make lint` and `make test`.")
    #expect(all.count == 4)
  }

  @Test(arguments: [
    ("## Installation\n```sh\nmake install\n```\n", "AGENTS.md"),
    ("## Usage\n```sh\nmake test\n```\n", "README.md"),
    ("## Development\n```python\nmake test\n```\n", "AGENTS.md"),
  ])
  func otherBlocksSayNothing(text: String, path: String) {
    #expect(found(text, path: path).isEmpty)
  }
}
