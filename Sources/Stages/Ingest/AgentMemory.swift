import KairosJSON

/// Recognises memories that agents load: their own instruction and memory files, and exports of
/// kairos.
enum AgentMemory {
  static let exportMarker: StaticString = "<!-- kairos:begin"
  /// The part of the marker that no JSON writer escapes.
  static let exportWord: StaticString = "kairos:begin"
  private static let exportEnd: StaticString = "<!-- kairos:end"

  /// Whether the text holds a memory that kairos wrote.
  static func hasExport(_ text: String) -> Bool { text.hasBytes(exportMarker) }

  /// The exports in `text`, and what stands around them.
  static func split(_ text: String) -> (exports: [String], rest: String) {
    var exports: [String] = []
    var rest = ""
    var from = text.startIndex
    while let open = text.bytesRange(of: exportMarker, from: from) {
      let end =
        text.bytesRange(of: exportEnd, from: open.upperBound)
        .map { mark in
          text.bytesRange(of: "-->", from: mark.upperBound)?.upperBound ?? text.endIndex
        } ?? text.endIndex
      rest += text[from..<open.lowerBound]
      exports.append(String(text[open.lowerBound..<end]))
      from = end
    }
    return (exports, rest + text[from...])
  }

  /// The different exports in all strings of a record.
  static func exports(in record: JSONValue) -> [String] {
    var found: [String] = []
    var open = [record]
    while let value = open.popLast() {
      if let text = value.string {
        for export in split(text).exports where !found.contains(export) { found.append(export) }
      }
      open += value.elements.reversed() + value.members.map(\.value).reversed()
    }
    return found
  }

  /// Names of files that agents read as instructions or memory.
  private static let names: Set<String> = [
    "CLAUDE.md", "CLAUDE.local.md", "AGENTS.md", "AGENTS.override.md", "GEMINI.md", "MEMORY.md",
    ".cursorrules", ".windsurfrules", ".clinerules", "copilot-instructions.md", "QWEN.md",
    "CONVENTIONS.md", "SKILL.md",
  ]

  /// Whether a file at `path` is an instruction or memory file of an agent.
  static func isMemoryFile(_ path: String) -> Bool {
    let parts = path.split { $0 == "/" || $0 == "\\" }
    guard let name = parts.last else { return false }
    if names.contains(String(name)) { return true }
    let folders = parts.dropLast()
    // `.cursor/rules/*.mdc`, and the notes that Claude Code keeps beside its sessions.
    return zip(folders, folders.dropFirst()).contains {
      $0 == ".cursor" && $1 == "rules" || $0 == ".claude" && $1 == "rules"
    } || name.hasSuffix(".md") && folders.contains("memory") && folders.contains(".claude")
  }

  /// The text of a file as `cat -n` shows it, without the line numbers.
  static func withoutLineNumbers(_ text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.map { line -> Substring in
      let digits = line.drop { $0 == " " }
      let after = digits.drop { $0.isASCII && $0.isNumber }
      let isNumbered =
        after.startIndex > digits.startIndex && (after.first == "→" || after.first == "\t")
      return isNumbered ? after.dropFirst() : line
    }.joined(separator: "\n")
  }
}
