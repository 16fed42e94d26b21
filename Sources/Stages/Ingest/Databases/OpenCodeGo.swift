import KairosModel

/// OpenCode as it was in early 2025, written in Go (`.opencode/opencode.db` in the project).
struct OpenCodeGo: DatabaseAdapter {
  static let row = SourceRow(
    format: .openCodeGo, agent: "OpenCode (early 2025)",
    place: "`<project>/.opencode/opencode.db` with its `-wal`",
    reads: "prompts, answers, tool calls with results, exit codes of shells, edits with the text "
      + "before, summaries, sub-agents; the folder from the place of the file; not told: branch")

  /// Crush goes on from this program and has the same tables without a column for summaries.
  static func recognises(_ tables: [String: Set<String>]) -> Bool {
    guard PartsDatabase.has(tables), let sessions = tables["sessions"] else { return false }
    return sessions.contains("summary") || sessions.contains("summarized_at")
  }

  private let database = PartsDatabase(.openCodeGo, folder: ".opencode")

  func sessions(in rows: any DatabaseRows) throws(DatabaseDamage) -> [DatabaseSession] {
    try database.sessions(in: rows)
  }

  func read(
    _ session: DatabaseSession, in rows: any DatabaseRows, of source: DatabaseSource,
    into sink: inout EventSink
  ) throws(DatabaseDamage) {
    try database.read(session, in: rows, of: source, into: &sink)
  }
}
