import KairosJSON
import KairosModel

/// The database that OpenCode had in 2025 and that Crush, which goes on from it, still has:
/// `sessions`, `messages` with a list of parts, and `files` with every version of every file.
struct PartsDatabase {
  let format: SourceFormat
  /// Names of the program's folder in a project.
  let folder: String

  init(_ format: SourceFormat, folder: String) {
    self.format = format
    self.folder = folder
  }

  static func has(_ tables: [String: Set<String>]) -> Bool {
    guard let messages = tables["messages"], let sessions = tables["sessions"] else { return false }
    return messages.isSuperset(of: ["id", "session_id", "role", "parts"])
      && sessions.isSuperset(of: ["id", "parent_session_id", "created_at"])
  }

  /// The sessions, and those that only messages are left of.
  func sessions(in database: any DatabaseRows) throws(DatabaseDamage) -> [DatabaseSession] {
    var prints: [String: String] = [:]
    try database.rows(
      """
      SELECT session_id AS id,
        count(*) || ':' || max(updated_at) || ':' || sum(length(CAST(parts AS BLOB))) AS print
      FROM messages GROUP BY session_id
      """, []
    ) { row in prints[row.text("id") ?? ""] = row.text("print") ?? "" }
    let columns = DatabaseQuery.columns(
      ["parent_session_id", "created_at", "summary", "summarized_at", "summary_message_id"],
      of: "sessions", in: database)
    var sessions: [DatabaseSession] = []
    try database.rows(
      """
      SELECT ids.id AS id, \(columns)
      FROM (SELECT id FROM sessions UNION SELECT session_id FROM messages) AS ids
      LEFT JOIN sessions ON sessions.id = ids.id
      ORDER BY sessions.created_at IS NULL, sessions.created_at, ids.id
      """, []
    ) { row in
      let id = row.text("id") ?? ""
      let summary = row.text("summary_message_id") ?? row.text("summarized_at") ?? ""
      sessions.append(
        DatabaseSession(
          id: id, fingerprint: (prints[id] ?? "0") + ":" + summary, row: row,
          isDelegated: row.text("parent_session_id").map { !$0.isEmpty } ?? false))
    }
    return sessions
  }

  func read(
    _ session: DatabaseSession, in database: any DatabaseRows, of source: DatabaseSource,
    into sink: inout EventSink
  ) throws(DatabaseDamage) {
    var reading = PartsReading(self, session, source, sink)
    // Two steps: what a row asks of `files` must not disturb the rows that are being read.
    var ids: [String] = []
    try database.rows(
      "SELECT id FROM messages WHERE session_id = ? ORDER BY rowid",
      [.text(Array(session.id.utf8))]
    ) { row in ids.append(row.text("id") ?? "") }
    for id in ids {
      var found: DatabaseRow?
      try database.rows(
        "SELECT id, role, parts, created_at FROM messages WHERE id = ?", [.text(Array(id.utf8))]
      ) { row in found = row }
      if let found { reading.take(found, in: database, into: &sink) }
    }
    reading.summary(into: &sink)
  }
}

/// Reads the messages of one session of such a database.
private struct PartsReading {
  private let session: DatabaseSession
  private let source: DatabaseSource
  private var known: LineSession

  init(
    _ format: PartsDatabase, _ session: DatabaseSession, _ source: DatabaseSource,
    _ sink: EventSink
  ) {
    self.session = session
    self.source = source
    known = LineSession(format.format)
    known.key = session.id
    known.isDelegated = session.isDelegated
    known.cwd = source.folder(around: format.folder).map(sink.redactor.redact)
    known.lastTime = RecordTime.of(session.row, "created_at")
  }

  mutating func take(
    _ row: DatabaseRow, in database: any DatabaseRows, into sink: inout EventSink
  ) {
    sink.counts.records += 1
    let id = row.text("id") ?? ""
    let bytes = row.bytes("parts") ?? []
    guard let root = try? JSONDocument.parse(bytes).root, root.isArray else {
      sink.badRow("messages", id)
      return
    }
    let frame = known.frame(
      id, root, source.place(bytes), at: RecordTime.of(row, "created_at"))
    let isSummary = id == session.row.text("summary_message_id")
    if isSummary { sink.boundary(frame, part: "boundary", .compaction) }
    let role = row.text("role") ?? ""
    guard ["user", "assistant", "tool", "system"].contains(role) else {
      sink.counts.unknown += 1
      return
    }
    for (index, part) in root.elements.enumerated() {
      guard let type = part["type"]?.string, let data = part["data"] else {
        sink.counts.unknown += 1
        continue
      }
      switch type {
      case "text":
        text(
          data["text"]?.string ?? "", role, isSummary: isSummary, frame, String(index),
          into: &sink)
      case "tool_call": call(data, frame, in: database, into: &sink)
      case "tool_result": result(data, frame, into: &sink)
      case "finish" where data["reason"]?.string == "canceled":
        sink.boundary(frame, part: "canceled", .interrupt)
      // Thoughts of the model, and pictures.
      case "finish", "reasoning", "image_url", "binary": continue
      default: sink.counts.unknown += 1
      }
    }
  }

  private func text(
    _ text: String, _ role: String, isSummary: Bool, _ frame: EventSink.Frame, _ part: String,
    into sink: inout EventSink
  ) {
    switch role {
    case _ where isSummary:
      sink.message(frame, part: part, actor: .assistant, provenance: .summary, text: text)
    case "user": known.prompt(frame, part: part, text: text, into: &sink)
    case "system":
      sink.message(frame, part: part, actor: .harness, provenance: .harness, text: text)
    default: known.says(frame, part: part, text: text, into: &sink)
    }
  }

  private mutating func call(
    _ data: JSONValue, _ frame: EventSink.Frame, in database: any DatabaseRows,
    into sink: inout EventSink
  ) {
    guard let id = data["id"]?.string, let name = data["name"]?.string else {
      sink.counts.unknown += 1
      return
    }
    let input = data["input"]?.string.flatMap { try? JSONDocument.parse($0).root }
    let edits = ToolInput.edits(ToolInput.call(id: id, name: name, input: input), input)
    known.call(
      frame, id: id, name: name, input: input,
      edits: edits.map { written($0, in: database) }, into: &sink)
  }

  /// A file that was written whole, with the text before it from the table of versions.
  private func written(_ edit: Edit, in database: any DatabaseRows) -> Edit {
    guard edit.before.isEmpty, edit.action != .rename, database.tables["files"] != nil else {
      return edit
    }
    var before: String?
    var last: String?
    try? database.rows(
      "SELECT content FROM files WHERE session_id = ? AND path = ? ORDER BY rowid",
      [.text(Array(session.id.utf8)), .text(Array(edit.path.utf8))]
    ) { row in
      let content = row.text("content") ?? ""
      // The first version is the one from before the session.
      if content == edit.after, let last, before == nil, last != content { before = last }
      last = content
    }
    guard let before else { return edit }
    return Edit(
      call: edit.call, action: before.isEmpty ? .create : edit.action, path: edit.path,
      newPath: nil, before: before, after: edit.after)
  }

  private mutating func result(
    _ data: JSONValue, _ frame: EventSink.Frame, into sink: inout EventSink
  ) {
    guard let id = data["tool_call_id"]?.string else {
      sink.counts.unknown += 1
      return
    }
    known.result(
      frame, id: id, output: data["content"]?.string ?? "",
      isError: data["is_error"]?.bool ?? false, into: &sink)
  }

  /// The older program keeps the summary of a session beside its messages.
  func summary(into sink: inout EventSink) {
    guard let text = session.row.text("summary"), !text.isEmpty else { return }
    let place = source.place(Array(text.utf8))
    let frame = EventSink.Frame(
      key: "\(known.format.rawValue):summary:\(session.id)", session: session.id,
      at: RecordTime.of(session.row, "summarized_at") ?? known.lastTime, place: place,
      cwd: known.cwd, branch: nil)
    sink.boundary(frame, part: "boundary", .compaction)
    sink.message(frame, part: "0", actor: .assistant, provenance: .summary, text: text)
  }
}
