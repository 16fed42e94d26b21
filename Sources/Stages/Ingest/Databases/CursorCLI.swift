import KairosJSON
import KairosModel

/// Chats of Cursor's command line: a database each, with blobs that are named by their content.
///
/// `meta` tells the blob that lists the messages, as a protobuf message whose first field repeats
/// their ids; a message is JSON.
struct CursorCLI: DatabaseAdapter {
  static let row = SourceRow(
    format: .cursorCLI, agent: "Cursor CLI",
    place: "`~/.cursor/chats/<md5 of the folder>/<chat>/store.db` with its `-wal`",
    reads: "prompts, answers, tool calls with results, exit codes of shells, edits, the folder; "
      + "not told: times but that of the beginning, branch")

  static func recognises(_ tables: [String: Set<String>]) -> Bool {
    tables["meta"]?.isSuperset(of: ["key", "value"]) ?? false
      && tables["blobs"]?.isSuperset(of: ["id", "data"]) ?? false
  }

  private var meta: JSONValue?

  mutating func sessions(
    in database: any DatabaseRows
  ) throws(DatabaseDamage) -> [DatabaseSession] {
    var values: [[UInt8]] = []
    try database.rows("SELECT value FROM meta ORDER BY key", []) { row in
      if let bytes = row.bytes("value") { values.append(bytes) }
    }
    meta = values.lazy.compactMap(Self.json).first { $0["agentId"] != nil }
    guard let id = meta?["agentId"]?.string else { return [] }
    var count = ""
    try database.rows("SELECT count(*) AS count FROM blobs", []) { count = $0.text("count") ?? "" }
    let root = meta?["latestRootBlobId"]?.string ?? ""
    return [DatabaseSession(id: id, fingerprint: root + ":" + count)]
  }

  /// JSON as it is, or in hexadecimal digits.
  private static func json(_ bytes: [UInt8]) -> JSONValue? {
    if let root = try? JSONDocument.parse(bytes).root, root.isObject { return root }
    guard bytes.count.isMultiple(of: 2) else { return nil }
    var plain: [UInt8] = []
    for at in stride(from: 0, to: bytes.count, by: 2) {
      guard let byte = UInt8(String(decoding: bytes[at...(at + 1)], as: UTF8.self), radix: 16)
      else { return nil }
      plain.append(byte)
    }
    return try? JSONDocument.parse(plain).root
  }

  mutating func read(
    _ session: DatabaseSession, in database: any DatabaseRows, of source: DatabaseSource,
    into sink: inout EventSink
  ) throws(DatabaseDamage) {
    var known = LineSession(.cursorCLI)
    known.key = session.id
    known.cwd = source.folder.map(sink.redactor.redact)
    known.lastTime = RecordTime.of(meta?["createdAt"])
    let root = try blob(meta?["latestRootBlobId"]?.string ?? "", database)
    var ids = root.map(Self.references) ?? []
    if ids.isEmpty {
      try database.rows("SELECT id FROM blobs ORDER BY rowid", []) {
        ids.append($0.text("id") ?? "")
      }
    }
    for id in ids {
      guard let bytes = try blob(id, database) else {
        sink.counts.skipped += 1
        continue
      }
      // Lists and checkpoints are no JSON.
      guard let start = bytes.firstIndex(of: UInt8(ascii: "{")), start < 64 else { continue }
      sink.counts.records += 1
      let text = Array(bytes[start...])
      guard let message = JSONDocument.parseSequence(text).documents.first?.document.root,
        message["role"]?.string != nil
      else {
        if bytes.first == UInt8(ascii: "{") { sink.badRow("blobs", id) }
        continue
      }
      take(message, id, source, &known, into: &sink)
    }
  }

  private func blob(
    _ id: String, _ database: any DatabaseRows
  ) throws(DatabaseDamage) -> [UInt8]? {
    var found: [UInt8]?
    try database.rows("SELECT data FROM blobs WHERE id = ?", [.text(Array(id.utf8))]) {
      found = $0.bytes("data")
    }
    return found
  }

  /// The ids in the first field of a protobuf message: SHA-256 digests, so 32 bytes each.
  private static func references(_ bytes: [UInt8]) -> [String] {
    var found: [String] = []
    var at = 0
    func varint() -> Int? {
      var (value, shift) = (0, 0)
      while at < bytes.count, shift < 56 {
        let byte = bytes[at]
        at += 1
        value |= Int(byte & 0x7f) << shift
        if byte & 0x80 == 0 { return value }
        shift += 7
      }
      return nil
    }
    while at < bytes.count {
      guard let tag = varint() else { return found }
      switch tag & 7 {
      case 0: if varint() == nil { return found }
      case 1: at += 8
      case 5: at += 4
      case 2:
        guard let count = varint(), count <= bytes.count - at else { return found }
        if tag >> 3 == 1, count == 32 {
          found.append(bytes[at..<(at + count)].map(Self.hex).joined())
        }
        at += count
      default: return found
      }
    }
    return found
  }

  private static func hex(_ byte: UInt8) -> String {
    (byte < 16 ? "0" : "") + String(byte, radix: 16)
  }

  private func take(
    _ message: JSONValue, _ id: String, _ source: DatabaseSource, _ known: inout LineSession,
    into sink: inout EventSink
  ) {
    let content = message["content"]
    let role = message["role"]?.string ?? ""
    if role == "user", let folder = Self.folder(ContentText.of(content)) {
      known.cwd = sink.redactor.redact(folder)
    }
    let frame = known.frame(
      (known.key ?? "") + ":" + id, message, source.place(Array(message.rawBytes)), at: nil)
    let parts = content.map { $0.isArray ? $0.elements : [$0] } ?? []
    for (index, part) in parts.enumerated() {
      switch part["type"]?.string ?? (part.string == nil ? "" : "text") {
      case "text":
        text(part.string ?? part["text"]?.string ?? "", role, frame, index, known, into: &sink)
      case "tool-call":
        guard let call = part["toolCallId"]?.string, let name = part["toolName"]?.string else {
          continue
        }
        known.call(frame, id: call, name: name, input: part["args"] ?? part["input"], into: &sink)
      case "tool-result":
        guard let call = part["toolCallId"]?.string else { continue }
        known.result(
          frame, id: call,
          output: part["result"]?.string ?? ContentText.of(part["experimental_content"]),
          isError: part["isError"]?.bool, into: &sink)
      case "reasoning", "redacted-reasoning", "image", "file": continue
      default: sink.counts.unknown += 1
      }
    }
  }

  private func text(
    _ text: String, _ role: String, _ frame: EventSink.Frame, _ index: Int, _ known: LineSession,
    into sink: inout EventSink
  ) {
    switch role {
    case "user": known.prompt(frame, part: String(index), text: text, into: &sink)
    case "assistant": known.says(frame, part: String(index), text: text, into: &sink)
    default:
      sink.message(
        frame, part: String(index), actor: .harness, provenance: .harness, text: text)
    }
  }

  /// The folder in what the program tells the model of the machine.
  private static func folder(_ text: String) -> String? {
    guard let mark = text.bytesRange(of: "Workspace Path: "), text.hasBytesPrefix("<user_info>")
    else { return nil }
    let line = text[mark.upperBound...].prefix { $0 != "\n" }
    return line.isEmpty ? nil : String(line)
  }
}
