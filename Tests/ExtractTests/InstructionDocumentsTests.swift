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
      + "- `lost.go` - Keeps deleted session records\n"
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

  @Test(arguments: [
    "docs/plans/store.md", "docs/2026-02-07-store.md", "phases/06-store/ARCHITECTURE.md",
    ".planning/ARCHITECTURE.md", "docs/internals/SUMMARY.md",
  ])
  func plansAndWorkLogsAreHistory(path: String) {
    let text = "# Development\nAlways use `openStore` for access to the store.\n"
    #expect(lines(text, path: path).isEmpty)
    #expect(lines("---\nstatus: done\n---\n" + text, path: "CONTRIBUTING.md").isEmpty)
    #expect(lines(text, path: "docs/adr/0001-develop.md").count == 1)
  }

  @Test(arguments: [
    "### Do NOT:\n- Use `openStore` for reading the settings\n",
    "### ❌ Never\n- Use `openStore` for reading the settings\n",
  ])
  func aHeadingMayForbidItsItems(text: String) {
    #expect(lines(text) == ["Do not use `openStore` for reading the settings."])
  }

  @Test(arguments: [
    "### Common mistakes\n- Use `openStore` for reading the settings\n",
    "## Store\n- Fix: `openStore` now gets the options of the whole store\n",
    "- ❌ Use `openStore` for reading the settings\n",
    "## Stages\n- Compiles `src/main.go` into one single binary\n",
    "## Stages\n1. The `openStore` call comes first of all of them\n",
    "## Keys\n- `src/main.go`: Updated to start the whole store\n",
    "## Keys\n- `src/main.go`: Missing the start of the whole store\n",
    "See the following files for more of it:\n- The `openStore` set-up of the store\n",
    "Every commit goes through a hook that runs these commands:\n- `make test`: All tests pass\n",
    "| Class | Use case | Size |\n|-|-|-|\n| `openStore` | Use it for labels | small text |\n",
    "<!-- tool-notes v2 -->\nAlways use `openStore` for access.\n<!-- /tool-notes -->\n",
  ])
  func mistakesStepsStatesAndRowsAreNoStatements(text: String) {
    #expect(lines("# Work\n" + text).isEmpty)
  }

  @Test(arguments: [
    "- `src/store/`: Store utilities and helpers\n", "- `src/main.go`: Main module of the code\n",
    "- `openStore()` / `saveState()` - Open store, save state\n",
  ])
  func whatRestatesALabelIsNoStatement(text: String) {
    #expect(lines("# Work\n" + text).isEmpty)
  }

  @Test func severalLabelsShareADescription() {
    #expect(
      lines("# Work\n- `openStore()` / `saveState()` - Keep sessions on disk and reload them\n")
        == [
          "`openStore()` / `saveState()`: Keep sessions on disk and reload them."
        ])
  }

  @Test func theWordsOfAPathKeepASidelongViewAway() {
    let page = "# Logging\n- `src/main.go`: Logging of every started program\n"
    #expect(lines(page, path: "docs/architecture/logging.md").isEmpty)
    let tree = Build.tree(
      [
        ("AGENTS.md", "- `src/store/open.go`: Open store helpers\n"),
        ("CONTRIBUTING.md", "- `src/store/open.go`: Checks every disk at start\n"),
      ], code: code)
    #expect(observations(InstructionDocuments(), tree).isEmpty)
  }

  @Test func pagesForDevelopersMarkWhatTheySpeakOf() {
    let text = "StoreOptions holds all of the settings of a session.\n"
    #expect(lines(text, path: "docs/architecture/store.md").isEmpty)
    #expect(lines("`StoreOptions` holds the state A, B and C of sessions.\n").isEmpty)
    #expect(
      lines("`" + text.replacing(" holds", with: "` holds"), path: "CONTRIBUTING.md").count == 1)
  }

  @Test func proseForDevelopersMayComeToItsSubject() {
    let path = "docs/architecture/store.md"
    let prose = "All of the sessions are kept in a single file by `openStore` alone.\n"
    #expect(lines("# Store\n" + prose, path: path).count == 1)
    #expect(lines("# Store\n1. " + prose, path: path).isEmpty)
    #expect(lines("# Work\n- **Writes to logs**:\n  - makes `openStore` easier to find\n").isEmpty)
  }

  @Test func aFileInBoldIsALabelInTheFolderOfTheLead() {
    let text = "The code is under `src/store`:\n- **open.go**: Opens stores. Checks their state\n"
    #expect(lines(text) == ["`src/store/open.go`: Opens stores. Checks their state."])
  }

  @Test func whatTheProductSaysIsNoRuleOfTheProject() {
    let text = "# Development\nAlways use `openStore` for access to the store.\n"
    #expect(lines(text, path: "prompts/CONTRIBUTING.md").isEmpty)
  }

  @Test func aThingHasOnePurpose() {
    let tree = Build.tree(
      [
        ("AGENTS.md", "- `src/main.go`: Starts the whole program\n"),
        ("CONTRIBUTING.md", "- `src/main.go`: Runs the program from the start\n"),
      ], code: code)
    #expect(
      observations(InstructionDocuments(), tree).map(\.statement) == [
        "`src/main.go`: Starts the whole program."
      ])
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

  @Test func theLeadSaysWhenAndUnknownFlagsStay() {
    let text = """
      ## Work
      Before committing changes, run these commands in sequence:

      ```bash
      # Format all
      black src/ --fancy=88
      isort src/

      # Run tests
      uv run pytest tests/ -v
      ```
      """
    let tree = Build.tree([("AGENTS.md", text), ("pyproject.toml", "dev = [\"pytest\"]\n")])
    let all = observations(DocumentCommands(), tree)
    #expect(
      all.map(\.statement) == [
        "Before committing changes, run `black --fancy=88 src`, `isort src` and"
          + " `uv run pytest tests`.", "Format the code with `black --fancy=88 src`.",
        "Format the code with `isort src`.", "Run tests with `uv run pytest tests`.",
      ])
    #expect(
      all.map { $0.mentions.map(\.name) } == [
        ["black --fancy=88 src", "isort src", "pyproject.toml"], [], [], ["pyproject.toml"],
      ])
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
