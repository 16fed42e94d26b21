/// Recognises memories that agents load: their own instruction and memory files, and exports of
/// kairos.
enum AgentMemory {
  static let exportMarker = "<!-- kairos:begin"

  /// Whether the text holds a memory that kairos wrote.
  static func hasExport(_ text: String) -> Bool {
    text.utf8.count >= exportMarker.utf8.count && text.contains(exportMarker)
  }

  /// Names of files that agents read as instructions or memory.
  private static let names: Set<String> = [
    "CLAUDE.md", "CLAUDE.local.md", "AGENTS.md", "AGENTS.override.md", "GEMINI.md", "MEMORY.md",
    ".cursorrules", ".windsurfrules", "copilot-instructions.md", "QWEN.md", "CONVENTIONS.md",
  ]

  /// Whether a file at `path` is an instruction or memory file of an agent.
  static func isMemoryFile(_ path: String) -> Bool {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return names.contains(name) || path.contains("/.cursor/rules/")
      || path.contains("/.claude/projects/") && path.hasSuffix(".md")
  }
}
