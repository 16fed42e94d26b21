import KairosJSON
import KairosModel

/// The state databases of Cursor, the editor: key-value tables with JSON.
///
/// Since 2025 a conversation is `composerData:<id>` with the order of its messages, and every
/// message is `bubbleId:<id>:<bubble>`. In 2024 whole conversations stood in two values of a
/// window's own database.
struct Cursor: DatabaseAdapter {
  static let row = SourceRow(
    format: .cursor, agent: "Cursor",
    place: "`<Cursor user data>/globalStorage/state.vscdb`, "
      + "`workspaceStorage/<hash>/state.vscdb` with their `-wal`",
    reads: "prompts, answers, tool calls with results, exit codes of terminals, edits; the folder "
      + "where a conversation or `workspace.json` names it; not told by early versions: times")

  static func recognises(_ tables: [String: Set<String>]) -> Bool {
    ["cursorDiskKV", "ItemTable"].contains {
      tables[$0]?.isSuperset(of: ["key", "value"]) ?? false
    }
  }

  /// Every editor made from VS Code has these tables, few have chats in them.
  static let mustHaveSessions = true

  /// Values of 2024 with the conversations of a window.
  private enum Window: String, CaseIterable {
    case composers = "composer.composerData"
    case chats = "workbench.panel.aichat.view.aichat.chatdata"

    func conversations(_ root: JSONValue) -> [JSONValue] {
      root[self == .composers ? "allComposers" : "tabs"]?.elements ?? []
    }
    var id: String { self == .composers ? "composerId" : "tabId" }
    var messages: String { self == .composers ? "conversation" : "bubbles" }
  }

  /// Conversations of 2024, by id; a window has few.
  private var whole: [String: JSONValue] = [:]

  mutating func sessions(
    in database: any DatabaseRows
  ) throws(DatabaseDamage) -> [DatabaseSession] {
    var found: [(session: DatabaseSession, at: Int64)] = []
    if database.tables["cursorDiskKV"] != nil {
      var prints: [String: String] = [:]
      try database.rows(
        """
        SELECT substr(key, 10, instr(substr(key, 10), ':') - 1) AS id,
          count(*) || ':' || sum(length(CAST(value AS BLOB))) AS print
        FROM cursorDiskKV WHERE key >= 'bubbleId:' AND key < 'bubbleId;' GROUP BY 1
        """, []
      ) { row in prints[row.text("id") ?? ""] = row.text("print") ?? "" }
      try database.rows(
        """
        SELECT substr(key, 14) AS id, value FROM cursorDiskKV
        WHERE key >= 'composerData:' AND key < 'composerData;'
        """, []
      ) { row in
        guard let id = row.text("id"), let bytes = row.bytes("value") else { return }
        let root = (try? JSONDocument.parse(bytes))?.root
        let created = root?["createdAt"]?.int ?? 0
        let print = "\(bytes.count):" + (prints[id] ?? "0")
        found.append((DatabaseSession(id: id, fingerprint: print), created))
      }
    }
    if database.tables["ItemTable"] != nil { found += try windowSessions(in: database) }
    return found.sorted { ($0.at, $0.session.id) < ($1.at, $1.session.id) }.map(\.session)
  }

  private mutating func windowSessions(
    in database: any DatabaseRows
  ) throws(DatabaseDamage) -> [(session: DatabaseSession, at: Int64)] {
    var found: [(session: DatabaseSession, at: Int64)] = []
    for window in Window.allCases {
      try database.rows(
        "SELECT value FROM ItemTable WHERE key = ?", [.text(Array(window.rawValue.utf8))]
      ) { row in
        guard let bytes = row.bytes("value"), let root = try? JSONDocument.parse(bytes).root else {
          // It stands for the conversations in it, so that the damage is named.
          let size = row.bytes("value")?.count ?? 0
          found.append((DatabaseSession(id: window.rawValue, fingerprint: "!\(size)"), 0))
          return
        }
        for conversation in window.conversations(root) {
          guard let id = conversation[window.id]?.string,
            let messages = conversation[window.messages], !messages.elements.isEmpty
          else { continue }
          whole[id] = conversation
          let digest = SHA256Digest.of(messages.rawBytes).hex.prefix(16)
          let time = conversation["createdAt"]?.int ?? conversation["lastSendTime"]?.int
          found.append((DatabaseSession(id: id, fingerprint: String(digest)), time ?? 0))
        }
      }
    }
    return found
  }

  mutating func read(
    _ session: DatabaseSession, in database: any DatabaseRows, of source: DatabaseSource,
    into sink: inout EventSink
  ) throws(DatabaseDamage) {
    if let conversation = whole[session.id] {
      let messages = conversation["conversation"] ?? conversation["bubbles"]
      var known = opened(session, conversation, source, sink)
      for bubble in messages?.elements ?? [] { take(bubble, nil, source, &known, into: &sink) }
      return
    }
    guard Window(rawValue: session.id) == nil else {
      sink.badRow("ItemTable", session.id)
      return
    }
    var value: [UInt8] = []
    try database.rows(
      "SELECT value FROM cursorDiskKV WHERE key = ?",
      [.text(Array("composerData:\(session.id)".utf8))]
    ) { row in value = row.bytes("value") ?? [] }
    guard let composer = try? JSONDocument.parse(value).root, composer.isObject else {
      sink.badRow("composerData", session.id)
      return
    }
    var known = opened(session, composer, source, sink)
    let inside = composer["conversation"]?.elements ?? []
    for bubble in inside { take(bubble, nil, source, &known, into: &sink) }
    let headers = composer["fullConversationHeadersOnly"]?.elements ?? []
    // Without headers the order of writing is the only one.
    var ids = headers.compactMap { $0["bubbleId"]?.string }
    if ids.isEmpty, inside.isEmpty { ids = try bubbles(of: session.id, in: database) }
    for id in ids {
      if let bubble = composer["conversationMap"]?[id], bubble.isObject {
        take(bubble, id, source, &known, into: &sink)
        continue
      }
      try read(id, of: session, database, source, &known, into: &sink)
    }
  }

  private func bubbles(
    of session: String, in database: any DatabaseRows
  ) throws(DatabaseDamage) -> [String] {
    let prefix = "bubbleId:\(session):"
    var ids: [String] = []
    try database.rows(
      "SELECT key FROM cursorDiskKV WHERE substr(key, 1, ?) = ? ORDER BY rowid",
      [.integer(Int64(prefix.count)), .text(Array(prefix.utf8))]
    ) { row in ids.append(String((row.text("key") ?? "").dropFirst(prefix.count))) }
    return ids
  }

  private func read(
    _ id: String, of session: DatabaseSession, _ database: any DatabaseRows,
    _ source: DatabaseSource, _ known: inout LineSession, into sink: inout EventSink
  ) throws(DatabaseDamage) {
    var bytes: [UInt8]?
    try database.rows(
      "SELECT value FROM cursorDiskKV WHERE key = ?",
      [.text(Array("bubbleId:\(session.id):\(id)".utf8))]
    ) { row in bytes = row.bytes("value") }
    guard let bytes else {
      // The program drops messages of old conversations and keeps their headers.
      sink.counts.skipped += 1
      return
    }
    guard let bubble = try? JSONDocument.parse(bytes).root, bubble.isObject else {
      sink.badRow("bubbleId", session.id + ":" + id)
      return
    }
    take(bubble, id, source, &known, into: &sink)
  }

  private func opened(
    _ session: DatabaseSession, _ conversation: JSONValue, _ source: DatabaseSource,
    _ sink: EventSink
  ) -> LineSession {
    var known = LineSession(.cursor)
    known.key = session.id
    known.cwd =
      (CursorBubble.folder(conversation) ?? source.folder).map(sink.redactor.redact)
    known.branch = conversation["createdOnBranch"]?.string
    known.lastTime =
      RecordTime.of(conversation["createdAt"]) ?? RecordTime.of(conversation["lastSendTime"])
    return known
  }

  private func take(
    _ bubble: JSONValue, _ id: String?, _ source: DatabaseSource, _ known: inout LineSession,
    into sink: inout EventSink
  ) {
    sink.counts.records += 1
    let id = id ?? bubble["bubbleId"]?.string ?? bubble["id"]?.string
    if let folder = CursorBubble.folder(bubble) { known.cwd = sink.redactor.redact(folder) }
    let frame = known.frame(
      id.map { (known.key ?? "") + ":" + $0 }, bubble, source.place(Array(bubble.rawBytes)),
      at: CursorBubble.time(bubble))
    CursorBubble.take(bubble, id: id ?? frame.key, frame, &known, into: &sink)
  }
}
