import KairosPipeline

extension Invocation {
  /// Folders where the known agents keep their transcripts, as far as they exist.
  ///
  /// Claude Code: `projects` in CLAUDE_CONFIG_DIR (several with commas) or ~/.claude and
  /// ~/.config/claude. Codex: `sessions` and `archived_sessions` in CODEX_HOME or ~/.codex.
  var agentHomes: [String] {
    let claude =
      named("CLAUDE_CONFIG_DIR").map { $0.split(separator: ",").map(String.init) }
      ?? inHome([".claude", ".config/claude"])
    let codex = named("CODEX_HOME").map { [$0] } ?? inHome([".codex"])
    let folders =
      claude.map { $0 + "/projects" }
      + codex.flatMap { [$0 + "/sessions", $0 + "/archived_sessions"] }
    return folders.map(absolute).filter { PathStatus.of($0)?.isFolder == true }
  }

  private func named(_ variable: String) -> String? {
    surroundings.environment[variable].flatMap { $0.isEmpty ? nil : $0 }
  }

  private func inHome(_ names: [String]) -> [String] {
    surroundings.home.map { home in names.map { "\(home)/\($0)" } } ?? []
  }
}
