import KairosModel
import KairosTestSupport
import Testing

@testable import Extract

@Suite struct LibrariesTests {
  @Test func frameworksOfEveryManifestWithTheirGeneration() {
    let tree = Build.tree([
      (
        "package.json",
        #"{"dependencies": {"next": "^15.2.0", "pad": "2"}, "devDependencies": {"express": "5"}}"#
      ),
      ("web/package.json", #"{"dependencies": {"next": "15", "react": ">=17 || 18"}}"#),
      ("examples/a/package.json", #"{"dependencies": {"vue": "3"}}"#),
      ("Gemfile", "gem 'rails', '~> 8'\n"),
      (
        "go.mod",
        "require (\n\tgithub.com/spf13/cobra v1.8.0\n\tgithub.com/go-chi/chi/v5 v5.1.0\n"
          + "\tgithub.com/charmbracelet/huh v0.8.0\n)\n"
      ),
    ])
    #expect(
      statements(Libraries(), tree) == [
        "The command line is built with Cobra (`go.mod`).",
        "The server is built with chi 5 (`go.mod`).",
        "The terminal interface is built with huh 0.8 (`go.mod`).",
        "The application is built with Next.js 15 (`package.json`).",
        "The user interface is built with React (`web/package.json`).",
        "The application is built with Ruby on Rails 8 (`Gemfile`).",
      ])
  }

  @Test func aPartOfTheProjectHasAListOfItsOwn() {
    let tree = Build.tree([
      ("package.json", #"{"dependencies": {"a": "1"}}"#),
      ("web/package.json", #"{"dependencies": {"b": "1", "c": "1", "d": "1"}}"#),
      ("tool/package.json", #"{"dependencies": {"e": "1"}}"#),
    ])
    #expect(
      statements(Dependencies(), tree) == [
        "Direct dependencies in `package.json`: `a`.",
        "Direct dependencies in `web/package.json`: `b`, `c`, `d`.",
      ])
  }
}

@Suite struct EcosystemCommandsTests {
  private func found(_ files: [(path: String, text: String)], tests: String = "tests/a.py")
    -> [String]
  {
    statements(EcosystemCommands(), Build.tree(files, code: [(tests, nil)]))
  }

  @Test func whatAnEcosystemGivesEveryProject() {
    #expect(
      found([("Package.swift", "")], tests: "Tests/ATests/ATests.swift") == [
        "Build with `swift build` (`Package.swift`).",
        "Run the tests with `swift test` (`Package.swift`).",
      ])
    #expect(
      found([("uv.lock", ""), ("pyproject.toml", "[build-system]\n")]) == [
        "Install dependencies with `uv sync` (`uv.lock`).", "Build with `uv build` (`uv.lock`).",
      ])
    #expect(
      found([("go.mod", "")], tests: "main.go") == ["Build with `go build ./...` (`go.mod`)."])
  }

  @Test func theProjectsOwnTasksComeFirst() {
    let tasks = ("Makefile", ".PHONY: test build\ntest:\n\tx\nbuild:\n\ty\n")
    #expect(found([tasks, ("Cargo.toml", "")]).isEmpty)
  }
}

@Suite struct ProjectPurposeTests {
  private func found(_ files: [(path: String, text: String)]) -> [String] {
    statements(ProjectPurpose(), Build.tree(files))
  }

  @Test func theManifestSpeaksBeforeTheReadme() {
    let readme = (
      "README.md", "# Tides\n\n![badge](x)\n\n**Tides** predicts tides for any port. More.\n"
    )
    #expect(found([readme]) == ["About the project: Tides predicts tides for any port."])
    let manifest = ("package.json", #"{"description": "Predicts the tides of a port"}"#)
    #expect(found([readme, manifest]) == ["About the project: Predicts the tides of a port."])
    let empty = ("Cargo.toml", "[package]\ndescription = \"Tides\"\n")
    #expect(found([readme, empty]) == ["About the project: Tides predicts tides for any port."])
  }

  @Test func sectionsOfAReadmeAreNotItsBeginning() {
    #expect(found([("README.md", "# Tides\n## Usage\nRun it with the name of a port.\n")]).isEmpty)
  }
}

@Suite struct AgentSettingsTests {
  @Test func hooksPermissionsAndServers() {
    let settings = """
      {"permissions": {"deny": ["Read(./.env)"]},
       "hooks": {
        "Stop": [{"hooks": [{"type": "command", "command": "$CLAUDE_PROJECT_DIR/bin/tool hooks stop"}]}],
        "SessionStart": [
          {"hooks": [{"command": "$CLAUDE_PROJECT_DIR/bin/tool hooks start"}, {"command": "make env"}]}]
       }}
      """
    let tree = Build.tree([
      (".claude/settings.json", settings),
      (".mcp.json", #"{"mcpServers": {"linear": {}, "db": {}}}"#),
    ])
    #expect(
      statements(AgentSettings(), tree) == [
        "Claude Code hooks of the project run `bin/tool hooks …` on `Stop`, `SessionStart`"
          + " (`.claude/settings.json`).",
        "Claude Code hooks of the project run `make env` on `SessionStart`"
          + " (`.claude/settings.json`).",
        "Claude Code is denied `Read(./.env)` in this project (`.claude/settings.json`).",
        "MCP servers of the project (`.mcp.json`): `linear`, `db`.",
      ])
  }
}
