import KairosModel

/// Crush (`.crush/crush.db` in the project).
struct Crush: DatabaseAdapter {
  static let row = SourceRow(
    format: .crush, agent: "Crush", place: "`<project>/.crush/crush.db` with its `-wal`",
    reads: "prompts, answers, tool calls with results, exit codes of shells, edits with the text "
      + "before, summaries, sub-agents; the folder from the place of the file; not told: branch")

  static func recognises(_ tables: [String: Set<String>]) -> Bool {
    PartsDatabase.has(tables) && !OpenCodeGo.recognises(tables)
  }

  private let database = PartsDatabase(.crush, folder: ".crush")

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
