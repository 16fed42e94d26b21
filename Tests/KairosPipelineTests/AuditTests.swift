import Foundation
import KairosModel
import KairosTestSupport
import Testing

@testable import KairosPipeline

/// What an audit of memory files finds, and what it must leave alone.
@Suite struct AuditTests {
  private let root: KairosTestSupport.TemporaryFolder

  init() throws {
    root = try KairosTestSupport.TemporaryFolder()
    try write("package.json", #"{"name": "p", "scripts": {"test": "vitest", "lint": "eslint ."}}"#)
    try write("src/server.ts", "export function serve() {}\n")
    try write("docs/style.md", "# Style\n")
    try write(".gitignore", "dist/\n*.local\n")
  }

  private func write(_ name: String, _ text: String) throws {
    let path = root.file(name)
    try FileManager.default.createDirectory(
      atPath: FilePath.parent(of: path), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(filePath: path))
  }

  private func audit(_ paths: [String] = [""]) throws -> AuditReport {
    try MemoryAudit.run(
      AuditRequest(
        paths: paths.map { $0.isEmpty ? root.path : root.file($0) }, workspace: root.path))
  }

  /// `rule:line` of every finding in one file of this text.
  private func found(_ text: String, in name: String = "CLAUDE.md") throws -> [String] {
    try write(name, text)
    return try audit([name]).findings.map { "\($0.rule.rawValue):\($0.place.lines.lowerBound)" }
  }

  struct Case: CustomTestStringConvertible, Sendable {
    let text: String
    let expected: [String]
    var testDescription: String { text }

    init(_ text: String, _ expected: String...) {
      self.text = text
      self.expected = expected
    }
  }

  @Test(arguments: [
    Case(
      "- Use `pnpm` for every package of this repository.\n- Other.\n"
        + "- Use `pnpm` for every package of this repository.\n", "duplicate:3"),
    Case(
      "- Prefer small functions over long ones.\n- Prefer small functions over long ones always, "
        + "please.\n", "duplicate:2"),
    Case(
      "- Prefer iteration and modularization over duplication.\n"
        + "- Prefer iteration and modularization over code duplication.\n", "near-duplicate:2"),
    Case(
      "- Commit generated files to the repository.\n\nText.\n\n"
        + "- Never commit generated files to the repository.\n", "contradiction:5"),
    Case(
      "- The dev server listens on port 3000.\n- The dev server listens on port 3001.\n",
      "contradiction:2"),
    Case(
      "- Use single quotes for all strings.\n- Use double quotes for all strings.\n",
      "contradiction:2"),
    Case("- The client reads the whole file.\n- The server reads the whole file.\n"),
    // Places in an order, labels, examples of mistakes, names: other statements.
    Case("- Step 1 of the release runs the tests.\n- Step 2 of the release runs the tests.\n"),
    Case(
      "- **web**: The front end. It listens on port 3000 only.\n"
        + "- **api**: The back end. It listens on port 3001 only.\n"),
    Case("- ❌ Commit generated files to the repository.\n- Never commit generated files to it.\n"),
    Case(
      "- Write tests for `serve` in `src/server.ts`.\n"
        + "- Write tests for `stop` in `src/server.ts`.\n"
    ),
    Case("## Functions\n\n- Fewer than 20 lines.\n\n## Types\n\n- Fewer than 200 lines.\n"),
    Case("## Web\n\n- Run all the tests.\n\n## API\n\n- Run all the tests.\n"),
    Case("---\ntitle: last week\n---\n\nPlain text.\n"),
  ])
  func statements(_ one: Case) throws { #expect(try found(one.text) == one.expected) }

  @Test(arguments: [
    Case("The server is in `src/client.ts`.\n", "dead-path:1"),
    Case(
      "Line one.\n\nSee [the style](docs/stile.md).\n@docs/rules.md\n", "dead-path:3", "dead-path:4"
    ),
    Case("Run `npm run e2e` first.\n", "dead-command:1"),
    Case("```bash\nnpm run lint\nnpm run format\n```\n", "dead-command:3"),
    // There, built, ignored, planned, gone on purpose, somebody else's.
    Case("The server is in `src/server.ts` and `server.ts`; [style](docs/style.md), [a](#b).\n"),
    Case("The bundle is `dist/app.js`, settings are in `src/env.local`.\n"),
    Case("Create `src/client.ts` for new clients.\n"),
    Case("`src/client.ts` was removed; never import it.\n"),
    Case("It writes `report-2026-01-05T10-00.md` in `src/`; see `src/log-20260105.md`.\n"),
    Case("Settings are in `~/.config/p.toml`, `/etc/p.toml` or `src/<name>.ts`.\n"),
    Case("Run `npm run lint`, `npm test`, `npm install`; never `npm run deploy`.\n"),
    Case("```ts\nimport a from 'src/client.ts'\n```\nAsk @team about `@scope/pkg`.\n"),
  ])
  func names(_ one: Case) throws { #expect(try found(one.text) == one.expected) }

  @Test(arguments: [
    Case("We moved to Vite last week.\n", "relative-date:1"),
    Case("Fixed yesterday: the cache.\n", "relative-date:1"),
    Case("The freeze ends next Monday, until then no merges.\n", "relative-date:1"),
    Case("Since 3 days ago builds are slow.\n", "relative-date:1"),
    Case("Never write \"yesterday\" or `last week`.\n\n> yesterday\n\n```\nlast week\n```\n"),
    Case("The calendar shows the next week of a booking.\n"),
    Case("The memory says that tests run on Node 20.\n", "recall-loop:1"),
    Case("According to MEMORY.md, tests are slow.\n", "recall-loop:1"),
    Case("Watch the memory of the process; memory limits are in the chart.\n"),
    Case("<!-- kairos:begin snapshot 1 -->\n- A fact.\n", "recall-loop:1"),
    Case(
      "- Always run the linter before you push.\n\n<!-- kairos:begin -->\n"
        + "- Always run the linter before you push.\n<!-- kairos:end -->\n", "recall-loop:1"),
  ])
  func words(_ one: Case) throws { #expect(try found(one.text) == one.expected) }

  @Test(arguments: [
    Case("Be kind.\u{200b}\n", "hidden-text:1"),
    Case("Ok\u{e0069}\u{e0067}\u{e006e}\n", "hidden-text:1"),
    Case("a \u{202e}evil\u{202c} b\n", "hidden-text:1"),
    Case("Run the p\u{0430}yload first.\n", "hidden-text:1"),
    Case("A word\u{fe01}\u{fe02}\u{fe03} here.\n", "hidden-text:1"),
    Case("Esc \u{1b}[8mhidden\u{1b}[0m\n", "hidden-text:1"),
    Case("re\u{ad}move\n", "hidden-text:1"),
    // A byte order mark, emoji with joiners, flags, formulas, other scripts.
    Case("\u{feff}Plain ❤️ 👨‍👩‍👧 🏴\u{e0067}\u{e0062}\u{e007f} 5 µs, Δt, Привет, мир.\n"),
    Case("שלום\u{200f} world, می‌خواهم\n"),
  ])
  func hidden(_ one: Case) throws { #expect(try found(one.text) == one.expected) }

  @Test func hiddenWordsAreSpelledOut() throws {
    try write("AGENTS.md", "Hello.\u{e0072}\u{e006d}\n")
    let finding = try #require(try audit().findings.first)
    #expect(finding.evidence == "Hello.\\t{r}\\t{m}")
  }

  @Test func secretsAreNamedAndNeverShown() throws {
    let token = "ghp_" + "A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8"
    try write("AGENTS.md", "# P\n\nUse token \(token) for the registry of packages.\n")
    let report = try audit()
    #expect(report.findings.map(\.rule) == [.secret])
    #expect(report.findings[0].place == AuditPlace(path: "AGENTS.md", lines: 3...3))
    #expect(!"\(report)".contains(token) && report.hasProblems)
  }

  @Test(arguments: [("MEMORY.md", 201), ("CLAUDE.md", 0), ("big.mdc", 501)])
  func budgets(name: String, line: Int) throws {
    let text = (0..<520).map { "- \($0)\n" }.joined()
    #expect(try found(text, in: name) == (line == 0 ? [] : ["over-budget:\(line)"]))
    #expect(
      try found(String(repeating: "word ", count: 9_000), in: "AGENTS.md") == ["over-budget:1"])
  }

  @Test func filesMeetWhereOneAgentReadsBoth() throws {
    let rule = "- Always run the whole test suite before a push.\n"
    let denied = "- Never run the whole test suite before a push.\n"
    // Other packages, other agents, other globs: no repetition.
    try write("a/CLAUDE.md", "# A\n\n" + rule)
    try write("b/CLAUDE.md", "# B\n\n" + rule)
    try write("b/GEMINI.md", "# G\n\n" + rule)
    try write(".cursor/rules/a.mdc", "---\nglobs: \"*.ts\"\n---\n# C\n\n" + rule)
    try write(".cursor/rules/b.mdc", "---\nglobs: \"*.py\"\n---\n# D\n\n" + denied)
    #expect(try audit(["a", "b", ".cursor"]).findings.filter { $0.rule == .duplicate } == [])
    try write("CLAUDE.md", "# Root\n\n" + rule)
    #expect(try audit(["a", "CLAUDE.md"]).findings.map(\.rule) == [.duplicate])
    try write("AGENTS.md", "# Root\n\n" + denied)
    #expect(try audit(["AGENTS.md", "CLAUDE.md"]).findings.map(\.rule) == [.contradiction])
  }

  @Test func foldersGiveMemoriesAndTopics() throws {
    try write("AGENTS.md", "# A\n")
    try write("docs/agents.md", "# Pages about agents are no memory\n")
    try write("node_modules/x/CLAUDE.md", "# Foreign\n")
    try write("memory/MEMORY.md", "# Index\n")
    try write("memory/topic.md", "# Topic\n")
    try write(".github/copilot-instructions.md", "# A\n")
    let report = try audit()
    #expect(
      report.files == [
        ".github/copilot-instructions.md", "memory/MEMORY.md", "memory/topic.md",
      ])
    // The same bytes for another agent are read once.
    #expect(report.notes.map(\.path) == ["AGENTS.md"])
    #expect(throws: AuditFailure.self) { try audit(["src"]) }
    #expect(throws: FileFailure.self) { try audit(["none"]) }
  }

  @Test func linksOutPipesAndTestDataAreLeftOut() throws {
    try write("AGENTS.md", "# A\n")
    try write("tests/fixtures/CLAUDE.md", "# Of a test\n")
    let outside = try KairosTestSupport.TemporaryFolder()
    try outside.write("secret.md", Array("# S\n".utf8))
    let files = FileManager.default
    try files.createSymbolicLink(
      atPath: root.file("GEMINI.md"), withDestinationPath: outside.file("secret.md"))
    try files.createSymbolicLink(atPath: root.file("CLAUDE.md"), withDestinationPath: "AGENTS.md")
    #expect(mkfifo(root.file("MEMORY.md"), 0o600) == 0)
    let report = try audit()
    #expect(report.files == ["AGENTS.md"])
    #expect(report.notes.map(\.code) == ["not-followed", "not-followed"])
    #expect(throws: AuditFailure.self) { try audit(["MEMORY.md"]) }
    // A link that a person names is followed.
    #expect(try audit(["GEMINI.md"]).files == [outside.file("secret.md")])
  }

  @Test func recordsOfLinesAreReadAsStatements() throws {
    let lines = [
      #"{"type":"entity","name":"p","entityType":"project","observations":["#
        + #""Always run the linter before a push.","The release was tagged yesterday."]}"#,
      #"{"schema":"kairos.fact/1","statement":"Always run the linter before a push."}"#,
      "not json",
    ]
    let rules = try found(lines.joined(separator: "\n"), in: "memory.jsonl")
    #expect(rules == ["relative-date:1", "duplicate:2"])
  }

  @Test func nothingIsWritten() throws {
    try write("AGENTS.md", "- Use it last week.\n")
    let before = try FileManager.default.subpathsOfDirectory(atPath: root.path).sorted()
    _ = try audit()
    #expect(try FileManager.default.subpathsOfDirectory(atPath: root.path).sorted() == before)
  }
}
