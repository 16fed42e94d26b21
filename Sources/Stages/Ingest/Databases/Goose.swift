import KairosJSON
import KairosModel

/// Goose since version 1.10: all sessions of a person in `sessions.db`.
struct Goose: DatabaseAdapter {
  static let row = SourceRow(
    format: .goose, agent: "Goose (since 1.10)",
    place: "`~/.local/share/goose/sessions/sessions.db` (`GOOSE_PATH_ROOT`)",
    reads: "prompts, answers, tool calls with results, exit codes of shells, edits, summaries, "
      + "sub-agents, the folder; not told: branch")

  static func recognises(_ tables: [String: Set<String>]) -> Bool {
    guard let messages = tables["messages"], let sessions = tables["sessions"] else { return false }
    return messages.isSuperset(of: ["session_id", "role", "content_json"])
      && sessions.isSuperset(of: ["id", "working_dir"])
  }

  func sessions(in database: any DatabaseRows) throws(DatabaseDamage) -> [DatabaseSession] {
    let columns = DatabaseQuery.columns(
      ["working_dir", "session_type", "parent_session_id", "created_at"], of: "sessions",
      in: database)
    var sessions: [DatabaseSession] = []
    try database.rows(
      """
      SELECT sessions.id AS id, \(columns), print FROM sessions LEFT JOIN (
        SELECT session_id, count(*) || ':' || max(rowid) || ':'
          || sum(length(CAST(content_json AS BLOB))) AS print
        FROM messages GROUP BY session_id) AS sums ON sums.session_id = sessions.id
      ORDER BY sessions.created_at, sessions.id
      """, []
    ) { row in
      let type = row.text("session_type") ?? ""
      sessions.append(
        DatabaseSession(
          id: row.text("id") ?? "", fingerprint: row.text("print") ?? "0", row: row,
          isDelegated: ["sub_agent", "subagent"].contains(type)
            || row.text("parent_session_id") != nil))
    }
    return sessions
  }

  func read(
    _ session: DatabaseSession, in database: any DatabaseRows, of source: DatabaseSource,
    into sink: inout EventSink
  ) throws(DatabaseDamage) {
    var known = LineSession(.goose)
    known.key = session.id
    known.isDelegated = session.isDelegated
    known.cwd = session.row.text("working_dir").map(sink.redactor.redact)
    known.lastTime = RecordTime.of(session.row, "created_at")
    let columns = DatabaseQuery.columns(
      ["message_id", "metadata_json", "created_timestamp", "timestamp"], of: "messages",
      in: database)
    try database.rows(
      """
      SELECT messages.rowid AS number, role, content_json, \(columns) FROM messages
      WHERE session_id = ? ORDER BY messages.rowid
      """, [.text(Array(session.id.utf8))]
    ) { row in
      sink.counts.records += 1
      let bytes = row.bytes("content_json") ?? []
      // Numbers of rows differ between machines; ids of messages do not, where there are some.
      let number = row.text("number") ?? ""
      guard let root = try? JSONDocument.parse(bytes).root, root.isArray else {
        sink.badRow("messages", number)
        return
      }
      let id = row.text("message_id") ?? session.id + ":" + number
      let time = RecordTime.of(row, "created_timestamp") ?? RecordTime.of(row, "timestamp")
      let frame = known.frame(id, root, source.place(bytes), at: time)
      let metadata = row.bytes("metadata_json").flatMap { try? JSONDocument.parse($0).root }
      GooseContent.take(
        root, role: row.text("role") ?? "", metadata: metadata, frame, &known, into: &sink)
    }
  }
}
