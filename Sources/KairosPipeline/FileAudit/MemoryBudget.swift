/// How much of a memory file its agent reads, by the agents' own documentation (see
/// `docs/audit.md`).
enum MemoryBudget {
  /// Limits of one kind of file.
  private struct Limit {
    var lines: Int?
    var bytes: Int?
    var characters: Int?
    /// What the agent does with the rest.
    let effect: String
  }

  static func findings(in file: AuditedFile) -> [AuditFinding] {
    guard file.form == .markdown, let limit = limit(of: file) else { return [] }
    let lines = file.text.utf8.count { $0 == 0x0a }
    var over: [String] = []
    if let most = limit.lines, lines > most { over.append("\(lines) lines of \(most)") }
    if let most = limit.bytes, file.text.utf8.count > most {
      over.append("\(file.text.utf8.count) bytes of \(most)")
    }
    if let most = limit.characters, file.text.count > most {
      over.append("\(file.text.count) characters of \(most)")
    }
    guard !over.isEmpty else { return [] }
    let line = firstLineBeyond(file, limit)
    return [
      AuditFinding(
        .overBudget, file.place(line),
        "The file has \(over.joined(separator: ", ")): \(limit.effect).",
        evidence: String(file.lines[line - 1]))
    ]
  }

  private static func limit(of file: AuditedFile) -> Limit? {
    switch file.name.lowercased() {
    case "memory.md":
      Limit(lines: 200, bytes: 25_000, effect: "Claude Code loads no more than that")
    case "claude.md", "claude.local.md":
      Limit(characters: 40_000, effect: "Claude Code warns that it costs performance")
    case "agents.md", "agents.override.md":
      Limit(bytes: 32_768, effect: "Codex cuts the rest off")
    case "copilot-instructions.md":
      Limit(characters: 4_000, effect: "Copilot's code review reads no more than that")
    default:
      file.name.hasSuffix(".mdc")
        ? Limit(lines: 500, effect: "Cursor asks for shorter rules") : nil
    }
  }

  /// The line at which the first limit is passed.
  private static func firstLineBeyond(_ file: AuditedFile, _ limit: Limit) -> Int {
    var (bytes, characters) = (0, 0)
    for (index, line) in file.lines.enumerated() {
      bytes += line.utf8.count + 1
      characters += line.count + 1
      if index >= limit.lines ?? .max || bytes > limit.bytes ?? .max
        || characters > limit.characters ?? .max
      {
        return index + 1
      }
    }
    return 1
  }
}
