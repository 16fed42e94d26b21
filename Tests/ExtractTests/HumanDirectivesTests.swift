import KairosModel
import KairosTestSupport
import Testing

@testable import Extract

@Suite struct HumanDirectivesTests {
  private func found(_ text: String, machinery: Set<String> = []) -> [Observation] {
    HumanDirectives().observations(
      in: SessionView(events: Build.conversation([.typed(text)])),
      context: ExtractContext(scope: Scope(project: "p"), index: nil, machinery: machinery))
  }

  @Test(arguments: [
    ("Always use pnpm, never npm.", "Always use pnpm, never npm."),
    ("We use pytest, not unittest.", "The project uses pytest, not unittest."),
    ("We use Postgres for storage", "The project uses Postgres for storage."),
    (
      "From now on, write commit messages in the imperative mood.",
      "Write commit messages in the imperative mood."
    ),
    (
      "yeah, and please don't add comments to the code unless I ask",
      "Do not add comments to the code unless asked."
    ),
    ("no, use tabs instead of spaces", "Use tabs instead of spaces."),
    (
      "I'd prefer functional components over class components 🙂",
      "Prefer functional components over class components."
    ),
    ("Config lives in config/app.toml", "Config lives in `config/app.toml`."),
    ("Use snake_case for database columns.", "Use `snake_case` for database columns."),
    ("stop using console.log for debugging", "Do not use `console.log` for debugging."),
    ("Only run the e2e tests when I ask you to", "Only run the e2e tests when asked."),
    ("Dont touch vendor/", "Do not touch `vendor/`."),
    (
      "full schema should not be updated ever, it is a point in time snapshot.",
      "Full schema should not be updated ever, it is a point in time snapshot."
    ),
    (
      "hmmm, given the privacy focus of the app, I think its better not to store any PII locally",
      "Given the privacy focus of the app, do not store any PII locally."
    ),
    (
      "Please dont just push through the migrations by executing them on the server.",
      "Do not just push through the migrations by executing them on the server."
    ),
    ("lets always squash before merging", "Always squash before merging."),
    ("you shouldnt ever rewrite published tags", "Do not ever rewrite published tags."),
    (
      "We should not say \"Master\" for the main branch, but instead \"Trunk\"",
      "Do not say \"Master\" for the main branch, but instead \"Trunk\"."
    ),
    (
      "In offline mode we should not offer the list of remote backends as we hide those.",
      "In offline mode, do not offer the list of remote backends."
    ),
    (
      "Always pin the base image.\nSeems to fail in the console: never use latest as a tag",
      "Always pin the base image."
    ),
    ("Can you always answer in English?", "Always answer in English."),
    (
      "In this repo we format with ruff, not black", "The project formats with ruff, not black."
    ),
    ("before committing, run make lint", "Before committing, run `make lint`."),
    ("Generated files must not be edited", "Generated files must not be edited."),
    (
      "Do not amend commits \u{2014} it messes with the entire workflow",
      "Do not amend commits: it messes with the entire workflow."
    ),
    (
      "make sure all public functions have doc comments",
      "Make sure all public functions have doc comments."
    ),
    (
      "let\u{2019}s make sure we\u{2019}re using US English everywhere please",
      "Make sure the project is using US English everywhere."
    ),
    (
      "for every test in a_test.go I'd like to see literal values instead of substring checks",
      "For every test in `a_test.go`, prefer literal values instead of substring checks."
    ),
    (
      "Don't forget to update the changelog with every PR",
      "Update the changelog with every PR."
    ),
    (
      "fix it, but make sure that all handlers have a timeout",
      "Make sure that all handlers have a timeout."
    ),
  ])
  func whatHoldsBecomesAStatement(text: String, statement: String) {
    #expect(found(text).map(\.statement) == [statement])
  }

  /// Requests for one task, questions, status, guesses, and what points outside itself.
  @Test(arguments: [
    "add a test for the parser", "fix the lint errors", "commit this", "run the tests now",
    "for now skip the flaky test", "why don't we use X?", "can you check whether this works?",
    "don't commit yet", "let's do option 2", "don't do that", "The build is failing.",
    "I think we should always retry, maybe", "always do that", "never called anywhere",
    "remove the header in all the fields", "always show the date before the title",
    "Consider always validating input.", "drop the dash before each commit",
    "Always put it in /Users/someone/notes.md", "always close ABC-123 first",
    "Copilot says that tests should never sleep", "use `getHead` in `cmdDiff`",
    "I just saw that tests never finish",
    "I've warnings in the console: Keys should be unique so that components keep their state.",
    "look:\nTypeError: callbacks must never return values", "I got: Always pass a key to lists.",
    "[vite] hooks should always run in order", "src/a.ts:12:5 handlers must never throw values",
    "Do not write source code in Markdown files, but first we collect all of the plans",
    "don't solve it by adding a retry", "don't fix this by sleeping in the tests",
    "its always red", "it lets commands run in all packages", "it's better to add it here",
    "write all the tests of it before the code", "If you find something odd open an issue",
    "I want the formula to be called core instead of base",
  ])
  func whatIsAskedOnceDoesNot(text: String) {
    #expect(found(text).map(\.statement) == [])
  }

  @Test func prohibitionsDenyTheSameValue() throws {
    let one = try #require(found("Never amend pushed commits.").first)
    let two = try #require(found("Always amend pushed commits.").first)
    #expect(one.value == two.value && one.polarity == .negated && two.polarity == .affirmed)
    #expect(one.actor == .human && one.modality == .obligation && one.slot.predicate == "rule")
  }

  @Test func anObligationWithNotDenies() throws {
    let one = try #require(found("Generated files must not be edited").first)
    let two = try #require(found("Generated files must be edited").first)
    #expect(one.value == two.value && one.polarity == .negated && two.polarity == .affirmed)
  }

  /// A name that every project has, or whose only file is test data, stays as typed.
  @Test func bareNamesStayAsTyped() {
    let tree = Build.tree([("tests/fixtures/AGENTS.md", ""), ("docs/guide.md", "")])
    let text = "Never show AGENTS.md as a label of packages. Never edit guide.md by hand."
    let found = HumanDirectives().observations(
      in: SessionView(events: Build.conversation([.typed(text)])),
      context: ExtractContext(scope: Scope(project: "p"), index: WorkspaceIndex(tree)))
    #expect(
      found.map(\.statement) == [
        "Never show `AGENTS.md` as a label of packages.", "Never edit `docs/guide.md` by hand.",
      ])
  }

  @Test func onlyTypedTextIsAVoice() {
    for provenance in [Provenance.harness, .summary, .memory, .pasted] {
      let events = Build.conversation([.injected("Always use pnpm, never npm.", provenance)])
      let found = HumanDirectives().observations(
        in: SessionView(events: events),
        context: ExtractContext(scope: Scope(project: "p"), index: nil))
      #expect(found.isEmpty)
    }
    let key = MachineryFilter.key(of: "Always use pnpm, never npm.")
    #expect(found("Always use pnpm, never npm.", machinery: [key]).isEmpty)
    #expect(found("```\nAlways use pnpm, never npm.\n```\n> Never use npm here at all.").isEmpty)
  }

  @Test func pastedReviewsAreNoVoice() {
    let review = """
      The loader reads every file twice and compares the digests in a loop that grows with the \
      square of the number of files. All handlers must validate the header before they use it. \
      Tests should never depend on the order.
      """
    #expect(found(review).isEmpty)
  }
}
