import KairosJSON
import KairosModel

/// OpenCode since 2026: all sessions of a person in one database.
struct OpenCode: DatabaseAdapter {
  static let row = SourceRow(
    format: .openCode, agent: "OpenCode (since 2026)",
    place: "`~/.local/share/opencode/opencode.db` with its `-wal`",
    reads: "prompts, answers, tool calls with results, exit codes of shells, edits, compactions, "
      + "sub-agents, the folder; not told: branch")

  static func recognises(_ tables: [String: Set<String>]) -> Bool {
    let isFirst =
      tables["message"]?.isSuperset(of: ["id", "session_id", "data"]) ?? false
      && tables["part"]?.isSuperset(of: ["id", "message_id", "data"]) ?? false
    let hasSessions =
      tables["session"]?.isSuperset(of: ["id", "directory"]) ?? false
      || tables["session_v2"]?.contains("id") ?? false
    return hasSessions && (isFirst || isSecond(tables))
  }

  private static func isSecond(_ tables: [String: Set<String>]) -> Bool {
    tables["session_message"]?.isSuperset(of: ["session_id", "type", "data"]) ?? false
  }

  /// The tables of messages that this database has, each with the column that names the session.
  private static func stores(_ database: any DatabaseRows) -> [String] {
    ["message", "part", "session_message"].filter {
      database.tables[$0]?.contains("session_id") ?? false
    }
  }

  func sessions(in database: any DatabaseRows) throws(DatabaseDamage) -> [DatabaseSession] {
    var prints: [String: String] = [:]
    for store in Self.stores(database) {
      try database.rows(
        """
        SELECT session_id AS id, count(*) || ':' || sum(length(CAST(data AS BLOB))) AS print
        FROM \(store) GROUP BY session_id
        """, []
      ) { row in prints[row.text("id") ?? "", default: ""] += (row.text("print") ?? "") + ";" }
    }
    var sessions: [DatabaseSession] = []
    var seen: Set<String> = []
    for table in ["session", "session_v2"] where database.tables[table] != nil {
      let columns = DatabaseQuery.columns(
        ["id", "directory", "parent_id", "time_created"], of: table, in: database)
      try database.rows("SELECT \(columns) FROM \(table)", []) { row in
        let id = row.text("id") ?? ""
        guard seen.insert(id).inserted else { return }
        sessions.append(
          DatabaseSession(
            id: id, fingerprint: prints[id] ?? "0", row: row,
            isDelegated: row.text("parent_id") != nil))
      }
    }
    return sessions.sorted {
      ($0.row.integer("time_created") ?? 0, $0.id) < ($1.row.integer("time_created") ?? 0, $1.id)
    }
  }

  func read(
    _ session: DatabaseSession, in database: any DatabaseRows, of source: DatabaseSource,
    into sink: inout EventSink
  ) throws(DatabaseDamage) {
    var records = OpenCodeRecords(.openCode)
    records.known.key = session.id
    records.known.cwd = session.row.text("directory").map(sink.redactor.redact)
    records.known.isDelegated = session.isDelegated
    records.known.lastTime = RecordTime.of(session.row, "time_created")
    var rows = 0
    if Self.isSecond(database.tables) {
      rows = try second(session, database, source, &records, into: &sink)
    }
    // A database that was migrated has both; what came last is complete.
    guard rows == 0, database.tables["message"] != nil, database.tables["part"] != nil else {
      return
    }
    let id: [RowValue] = [.text(Array(session.id.utf8))]
    var last: String?
    try database.rows(
      """
      SELECT message.id AS message_id, message.data AS message, part.id AS id, part.data AS data
      FROM message LEFT JOIN part ON part.message_id = message.id
      WHERE message.session_id = ? ORDER BY message.id, part.id
      """, id
    ) { row in
      let message = row.text("message_id") ?? ""
      if message != last {
        last = message
        take(row, "message", message, "message", source, into: &sink) {
          records.message(message, $0, $1, into: &$2)
        }
      }
      guard let part = row.text("id") else { return }
      take(row, "data", part, "part", source, into: &sink) {
        records.part(part, $0, $1, into: &$2)
      }
    }
  }

  private func take(
    _ row: DatabaseRow, _ column: String, _ id: String, _ table: String,
    _ source: DatabaseSource, into sink: inout EventSink,
    _ body: (JSONValue, Place, inout EventSink) -> Void
  ) {
    let bytes = row.bytes(column) ?? []
    guard let root = try? JSONDocument.parse(bytes).root, root.isObject else {
      sink.badRow(table, id)
      return
    }
    body(root, source.place(bytes), &sink)
  }

  /// The second generation: one row a message, with its content inside. Returns their number.
  private func second(
    _ session: DatabaseSession, _ database: any DatabaseRows, _ source: DatabaseSource,
    _ records: inout OpenCodeRecords, into sink: inout EventSink
  ) throws(DatabaseDamage) -> Int {
    let columns = DatabaseQuery.columns(
      ["id", "seq", "type", "time_created", "data"], of: "session_message", in: database)
    let order = database.tables["session_message"]?.contains("seq") ?? false ? "seq" : "rowid"
    var count = 0
    try database.rows(
      "SELECT \(columns) FROM session_message WHERE session_id = ? ORDER BY \(order)",
      [.text(Array(session.id.utf8))]
    ) { row in
      count += 1
      sink.counts.records += 1
      let id = row.text("id") ?? session.id + ":" + (row.text("seq") ?? String(count))
      take(row, "data", id, "session_message", source, into: &sink) { data, place, sink in
        let frame = records.known.frame(
          id, data, place,
          at: RecordTime.of(data["time"]?["created"]) ?? RecordTime.of(row, "time_created"))
        Self.message(row.text("type") ?? "", data, frame, &records, into: &sink)
      }
    }
    return count
  }

  private static func message(
    _ type: String, _ data: JSONValue, _ frame: EventSink.Frame,
    _ records: inout OpenCodeRecords, into sink: inout EventSink
  ) {
    let text = data["text"]?.string ?? data["summary"]?.string ?? ContentText.of(data["content"])
    switch type {
    case "user": records.known.prompt(frame, part: "0", text: text, into: &sink)
    case "synthetic", "system":
      sink.message(frame, part: "0", actor: .harness, provenance: .harness, text: text)
    case "compaction":
      sink.boundary(frame, part: "boundary", .compaction)
      sink.message(frame, part: "0", actor: .assistant, provenance: .summary, text: text)
    case "assistant":
      for (index, part) in (data["content"]?.elements ?? []).enumerated() {
        switch part["type"]?.string {
        case "text":
          records.known.says(
            frame, part: String(index), text: part["text"]?.string ?? "", into: &sink)
        case "tool": records.tool(part, frame, into: &sink)
        case "reasoning": continue
        default: sink.counts.unknown += 1
        }
      }
    default: sink.counts.unknown += 1
    }
  }
}
