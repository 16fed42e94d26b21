import Foundation
import Ingest
import Testing

/// Where agents keep transcripts: the table, the variables that move it, its document.
@Suite struct AgentHomesTests {
  private func patterns(
    _ agent: String, _ environment: [String: String] = [:], home: String? = "/home/ann"
  ) -> [String] {
    HomePlaces(
      home: home, environment: environment, projectFolders: ["/src/lamp", "/src/lamp-2"],
      memoryFolder: "/src/lamp/.kairos"
    ).places.filter { $0.agent == agent }.map(\.pattern)
  }

  @Test(
    arguments: [
      ("Claude Code", [:], "/home/ann/.config/claude/projects"),
      ("Claude Code", ["XDG_CONFIG_HOME": "/x"], "/x/claude/projects"),
      ("Claude Code", ["CLAUDE_CONFIG_DIR": "/a,/b/"], "/b/projects"),
      ("Codex CLI", ["CODEX_HOME": "~/codex"], "/home/ann/codex/archived_sessions"),
      ("Gemini CLI", ["GEMINI_CLI_HOME": "/g"], "/g/.gemini/tmp/*/chats"),
      ("Qwen Code", ["QWEN_HOME": "/q", "QWEN_RUNTIME_DIR": "/r"], "/r/projects"),
      ("OpenCode", ["XDG_DATA_HOME": "/d"], "/d/opencode/opencode*.db"),
      ("OpenCode", [:], "/src/lamp-2/.opencode/opencode.db"),
      ("Aider", [:], "/src/lamp/.aider.chat.history.md"),
      ("Goose", ["GOOSE_PATH_ROOT": "/g"], "/g/data/sessions"),
      (
        "Roo Code", [:],
        "/home/ann/.vscode-server/data/User/globalStorage/rooveterinaryinc.roo-cline/tasks"
      ),
      (
        "GitHub Copilot in VS Code", [:],
        "/home/ann/Library/Application Support/Code - Insiders/User/workspaceStorage/*/chatSessions"
      ),
      ("Cursor", [:], "/home/ann/.config/Cursor/User/globalStorage/state.vscdb"),
      ("atuin", ["ATUIN_DB_PATH": "/h.db"], "/h.db"),
      ("kairos record", [:], "/src/lamp/.kairos/recordings"),
    ] as [(String, [String: String], String)])
  func aPlaceIsLookedAt(agent: String, environment: [String: String], expected: String) {
    #expect(patterns(agent, environment).contains(expected))
  }

  @Test func aVariableReplacesTheUsualPlace() {
    #expect(
      patterns("Claude Code", ["CLAUDE_CONFIG_DIR": "/a,/b"]) == [
        "/a/projects", "/a/history.jsonl", "/b/projects", "/b/history.jsonl",
      ])
    #expect(patterns("Codex CLI", ["CODEX_HOME": ""]) == patterns("Codex CLI"))
    #expect(patterns("Codex CLI", ["CODEX_HOME": "relative"]).isEmpty)
    #expect(patterns("Goose", ["XDG_DATA_HOME": "relative"]) == patterns("Goose"))
  }

  @Test func withoutAHomeOnlyTheProjectIsLookedAt() {
    #expect(patterns("Codex CLI", home: nil).isEmpty)
    #expect(patterns("Crush", home: nil).count == 2)
  }

  @Test func whatLiesInTheProjectIsTheProjects() {
    let places = HomePlaces(
      home: "/h", environment: [:], projectFolders: ["/p"], memoryFolder: "/p/.kairos"
    ).places
    for place in places { #expect(place.isProjects == place.pattern.hasPrefix("/p")) }
  }

  /// `KAIROS_UPDATE_GOLDEN=1` writes the table anew.
  @Test func theDocumentIsFresh() throws {
    let file = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "docs/sources.md")
    let (begin, end) = ("<!-- homes:begin -->\n", "<!-- homes:end -->")
    let text = try String(contentsOf: file, encoding: .utf8)
    let parts = text.components(separatedBy: begin)
    try #require(parts.count == 2)
    let rest = parts[1].components(separatedBy: end)
    try #require(rest.count == 2)
    if ProcessInfo.processInfo.environment["KAIROS_UPDATE_GOLDEN"] == "1" {
      try (parts[0] + begin + AgentHomes.markdown + end + rest[1])
        .write(to: file, atomically: true, encoding: .utf8)
    } else {
      #expect(rest[0] == AgentHomes.markdown)
    }
  }
}
