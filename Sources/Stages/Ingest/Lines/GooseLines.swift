import KairosJSON
import KairosModel

/// Goose before version 1.10: one file a session, metadata first, then messages.
struct GooseLines: LineAdapter {
  static let row = SourceRow(
    format: .gooseLines, agent: "Goose (before 1.10)",
    place: "`~/.local/share/goose/sessions/<date>_<time>.jsonl`",
    reads: "prompts, answers, tool calls with results, edits, summaries, the folder; not told: "
      + "branch")

  private var known = LineSession(.gooseLines)

  /// The name of the file is the only one that a session has.
  var session: String? { known.key }
  var state: String {
    get { known.state }
    set { known.state = newValue }
  }

  static func recognises(_ record: JSONValue) -> Bool {
    record["working_dir"]?.string != nil && record["message_count"] != nil
      && record["description"] != nil && record["type"] == nil
  }

  static func session(of record: JSONValue) -> String? { nil }

  mutating func read(
    _ record: JSONValue, place: Place, line: Int, into sink: inout EventSink
  ) {
    if let folder = record["working_dir"]?.string {
      known.cwd = sink.redactor.redact(folder)
      return
    }
    guard let role = record["role"]?.string, let content = record["content"] else {
      sink.counts.unknown += 1
      return
    }
    let frame = known.frame(
      record["id"]?.string, record, place, at: RecordTime.of(record["created"]))
    GooseContent.take(
      content, role: role, metadata: record["metadata"], frame, &known, into: &sink)
  }
}
