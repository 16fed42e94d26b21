import KairosJSON
import KairosModel

/// Factory Droid sessions (`session_start`, then messages with Anthropic's content blocks).
struct FactoryDroid: LineAdapter {
  static let row = SourceRow(
    format: .factoryDroid, agent: "Factory Droid",
    place: "`~/.factory/sessions/<folder>/<session>.jsonl`",
    reads: "prompts, answers, tool calls with results, edits, compactions, sub-agents, the folder; "
      + "not told: branch")

  private var known = LineSession(.factoryDroid)

  var session: String? { known.key }
  var state: String {
    get { known.state }
    set { known.state = newValue }
  }

  static func recognises(_ record: JSONValue) -> Bool {
    record["type"]?.string == "session_start" && record["id"]?.string != nil
  }

  static func session(of record: JSONValue) -> String? { record["id"]?.string }

  mutating func read(
    _ record: JSONValue, place: Place, line: Int, into sink: inout EventSink
  ) {
    switch record["type"]?.string {
    case "session_start": start(record, sink)
    case "message": message(record, place, into: &sink)
    case "compaction_state": compaction(record, place, into: &sink)
    case "todo_state", "session_end", "error": sink.counts.skipped += 1
    default: sink.counts.unknown += 1
    }
  }

  /// Sessions of sub-agents name the one that called them; older ones only have a telling title.
  private mutating func start(_ record: JSONValue, _ sink: EventSink) {
    guard known.key == nil else { return }
    known.key = record["id"]?.string
    known.cwd = record["cwd"]?.string.map(sink.redactor.redact)
    known.isDelegated =
      record["callingSessionId"]?.string != nil
      || record["title"]?.string?.hasPrefix("# Task Tool Invocation") == true
  }

  private mutating func compaction(
    _ record: JSONValue, _ place: Place, into sink: inout EventSink
  ) {
    let frame = known.frame(
      record["id"]?.string, record, place, at: RecordTime.of(record["timestamp"]))
    sink.boundary(frame, part: "boundary", .compaction)
    let text = record["summaryText"]?.string ?? record["summary"]?.string ?? ""
    sink.message(frame, part: "0", actor: .assistant, provenance: .summary, text: text)
  }

  private mutating func message(
    _ record: JSONValue, _ place: Place, into sink: inout EventSink
  ) {
    let frame = known.frame(
      record["id"]?.string, record, place, at: RecordTime.of(record["timestamp"]))
    let isUser = record["message"]?["role"]?.string == "user"
    guard let content = record["message"]?["content"] else { return }
    if let text = content.string {
      put(text, frame, "0", isUser: isUser, into: &sink)
      return
    }
    for (index, block) in content.elements.enumerated() {
      switch block["type"]?.string {
      case "text":
        put(block["text"]?.string ?? "", frame, String(index), isUser: isUser, into: &sink)
      case "tool_use":
        guard let id = block["id"]?.string, let name = block["name"]?.string else { continue }
        known.call(frame, id: id, name: name, input: block["input"], into: &sink)
      case "tool_result":
        guard let id = block["tool_use_id"]?.string else { continue }
        known.result(
          frame, id: id, output: ContentText.of(block["content"]),
          isError: block["is_error"]?.bool ?? false, into: &sink)
      default: continue
      }
    }
  }

  private func put(
    _ text: String, _ frame: EventSink.Frame, _ part: String, isUser: Bool,
    into sink: inout EventSink
  ) {
    if isUser {
      known.prompt(frame, part: part, text: text, into: &sink)
    } else {
      known.says(frame, part: part, text: text, into: &sink)
    }
  }
}

/// The texts of a content that is a string or a list of parts; images are dropped.
enum ContentText {
  static func of(_ content: JSONValue?) -> String {
    if let text = content?.string { return text }
    return (content?.elements ?? []).compactMap { $0.string ?? $0["text"]?.string }
      .joined(separator: "\n")
  }
}
