import KairosJSON
import KairosModel

/// OpenCode from the middle of 2025 to early 2026: a folder of small JSON files.
///
/// A session is its own file, with a file for every message and one for every part of a message.
/// They are read as one text: a record a line, the session, then each message with its parts.
struct OpenCodeFiles: LineAdapter {
  static let row = SourceRow(
    format: .openCodeFiles, agent: "OpenCode (2025)",
    place: "`~/.local/share/opencode/storage/session/<project>/ses_*.json` with `message/` and "
      + "`part/` beside `session/`",
    reads: "prompts, answers, tool calls with results, exit codes of shells, edits, compactions, "
      + "sub-agents, the folder; not told: branch")

  // Messages keep their ids when the program moves them into its database.
  private var records = OpenCodeRecords(.openCode)

  var session: String? { records.known.key }
  /// Files change in place, so the text has no part that stays.
  let isResumable = false
  var state = ""

  static func recognises(_ record: JSONValue) -> Bool {
    record["id"]?.string?.hasPrefix("ses_") == true && record["directory"]?.string != nil
      && record["time"]?["created"] != nil
  }

  static func session(of record: JSONValue) -> String? { record["id"]?.string }

  /// The session's file by its beginning, which may be written over several lines.
  static func detect(head: [UInt8]) -> IngestStage.Detection? {
    guard head.first(where: { $0 > 0x20 }) == UInt8(ascii: "{"),
      let root = JSONDocument.parseSequence(head).documents.first?.document.root
        ?? TornDocument.read(head)?.root, recognises(root)
    else { return nil }
    return .init(format: .openCodeFiles, session: session(of: root))
  }

  mutating func read(
    _ record: JSONValue, place: Place, line: Int, into sink: inout EventSink
  ) {
    if Self.recognises(record) {
      records.begin(record, sink: sink)
      return
    }
    // The sum of records counts files.
    sink.counts.records -= 1
    guard let id = record["id"]?.string else {
      sink.counts.unknown += 1
      return
    }
    if record["role"] != nil {
      records.message(id, record, place, into: &sink)
    } else {
      records.part(id, record, place, into: &sink)
    }
  }
}
