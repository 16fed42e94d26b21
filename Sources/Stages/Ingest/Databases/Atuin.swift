import KairosModel

/// The history of atuin: every command of every shell with folder, time and exit code.
///
/// A person typed them, so they are calls of a terminal; what they printed is not told. One history
/// holds the commands of all projects, and one shell visits several; so what a shell did in one
/// folder is a session, and belongs to a project or does not.
struct Atuin: DatabaseAdapter {
  static let row = SourceRow(
    format: .atuin, agent: "atuin", place: "`~/.local/share/atuin/history.db` (`db_path`)",
    reads: "commands of people with folder, time and exit code; not told: output")

  static func recognises(_ tables: [String: Set<String>]) -> Bool {
    tables["history"]?.isSuperset(of: ["id", "timestamp", "exit", "command", "cwd", "session"])
      ?? false
  }

  static let isWhole = true

  private static let condition = "deleted_at IS NULL"

  private static func live(_ database: any DatabaseRows) -> String {
    database.tables["history"]?.contains("deleted_at") ?? false ? condition : "1"
  }

  func sessions(in database: any DatabaseRows) throws(DatabaseDamage) -> [DatabaseSession] {
    var sessions: [DatabaseSession] = []
    try database.rows(
      """
      SELECT (SELECT id FROM history ORDER BY timestamp, id LIMIT 1) AS id,
        count(*) || ':' || max(timestamp) || ':' || total(exit) AS print
      FROM history WHERE \(Self.live(database))
      """, []
    ) { row in
      guard let id = row.text("id") else { return }
      sessions = [DatabaseSession(id: id, fingerprint: row.text("print") ?? "")]
    }
    return sessions
  }

  func read(
    _ session: DatabaseSession, in database: any DatabaseRows, of source: DatabaseSource,
    into sink: inout EventSink
  ) throws(DatabaseDamage) {
    try database.rows(
      """
      SELECT id, timestamp, exit, command, cwd, session FROM history
      WHERE \(Self.live(database)) ORDER BY timestamp, id
      """, []
    ) { row in take(row, source, into: &sink) }
  }

  private func take(
    _ row: DatabaseRow, _ source: DatabaseSource, into sink: inout EventSink
  ) {
    sink.counts.records += 1
    guard let id = row.text("id"), let bytes = row.bytes("command"), !bytes.isEmpty,
      let shell = row.text("session")
    else {
      sink.badRow("history", row.text("id") ?? "")
      return
    }
    let folder = row.text("cwd").flatMap { $0 == "unknown" ? nil : $0 }
    let frame = EventSink.Frame(
      key: "atuin:" + id, session: "atuin:\(shell):\(LineKeys.short(folder ?? ""))",
      at: row.integer("timestamp").map { Timestamp(milliseconds: $0 / 1_000_000) },
      place: source.place(bytes), cwd: folder, branch: nil)
    // Commands that are running, or were when the machine stopped, have a code of -1.
    let code = row.integer("exit").flatMap { $0 < 0 ? nil : Int($0) }
    let status: ToolResult.Status = code == 130 ? .interrupted : OutputText.status(code)
    sink.terminal(
      frame, part: "0", command: String(decoding: bytes, as: UTF8.self),
      result: code == nil ? nil : (status, code, ""))
  }
}
