import KairosJSON
import KairosModel

/// Sessions of pi, versions 1 to 3, and of programs that took its format over.
///
/// Entries are a tree in one file; branches that were left are read too, since what was said there
/// was said.
struct Pi: LineAdapter {
  static let row = SourceRow(
    format: .pi, agent: "pi",
    place: "`~/.pi/agent/sessions/--<folder>--/<time>_<session>.jsonl`",
    reads:
      "prompts, answers, tool calls with results, edits, commands of the person with exit codes, "
      + "compactions and left branches, the folder; not told: branch")

  private var known = LineSession(.pi)

  var session: String? { known.key }
  var state: String {
    get { known.state }
    set { known.state = newValue }
  }

  static func recognises(_ record: JSONValue) -> Bool {
    record["type"]?.string == "session" && record["id"]?.string != nil
      && (record["cwd"]?.string != nil || record["timestamp"] != nil)
  }

  static func session(of record: JSONValue) -> String? { record["id"]?.string }

  mutating func read(
    _ record: JSONValue, place: Place, line: Int, into sink: inout EventSink
  ) {
    switch record["type"]?.string {
    case "session":
      if known.key == nil {
        known.key = record["id"]?.string
        known.cwd = record["cwd"]?.string.map(sink.redactor.redact)
        known.lastTime = RecordTime.of(record["timestamp"])
      }
    case "message": message(record, place, into: &sink)
    case "custom_message":
      sink.message(
        frame(record, place), part: "0", actor: .harness, provenance: .harness,
        text: ContentText.of(record["content"]))
    case "compaction", "branch_summary":
      let frame = frame(record, place)
      if record["type"]?.string == "compaction" {
        sink.boundary(frame, part: "boundary", .compaction)
      }
      sink.message(
        frame, part: "0", actor: .assistant, provenance: .summary,
        text: record["summary"]?.string ?? "")
    case "model_change", "thinking_level_change", "label", "session_info", "custom":
      sink.counts.skipped += 1
    default: sink.counts.unknown += 1
    }
  }

  private mutating func frame(_ record: JSONValue, _ place: Place) -> EventSink.Frame {
    // Ids of entries are short and only unique in their session.
    let id = record["id"]?.string.map { (known.key ?? "") + ":" + $0 }
    return known.frame(id, record, place, at: RecordTime.of(record["timestamp"]))
  }

  private mutating func message(
    _ record: JSONValue, _ place: Place, into sink: inout EventSink
  ) {
    let frame = frame(record, place)
    guard let message = record["message"] else { return }
    switch message["role"]?.string {
    case "user":
      known.prompt(frame, part: "0", text: ContentText.of(message["content"]), into: &sink)
    case "assistant": assistant(message["content"], frame, into: &sink)
    case "toolResult":
      guard let id = message["toolCallId"]?.string ?? known.calls.onlyOpen else { return }
      known.result(
        frame, id: id, output: ContentText.of(message["content"]),
        isError: message["isError"]?.bool ?? false, into: &sink)
    case "bashExecution": shell(message, frame, into: &sink)
    case "custom", "hookMessage":
      sink.message(
        frame, part: "0", actor: .harness, provenance: .harness,
        text: ContentText.of(message["content"]))
    case "compactionSummary", "branchSummary":
      sink.message(
        frame, part: "0", actor: .assistant, provenance: .summary,
        text: message["summary"]?.string ?? "")
    default: sink.counts.unknown += 1
    }
  }

  private mutating func assistant(
    _ content: JSONValue?, _ frame: EventSink.Frame, into sink: inout EventSink
  ) {
    if let text = content?.string { known.says(frame, part: "0", text: text, into: &sink) }
    for (index, block) in (content?.elements ?? []).enumerated() {
      switch block["type"]?.string {
      case "text":
        known.says(frame, part: String(index), text: block["text"]?.string ?? "", into: &sink)
      case "toolCall":
        guard let id = block["id"]?.string, let name = block["name"]?.string else { continue }
        known.call(frame, id: id, name: name, input: block["arguments"], into: &sink)
      default: continue
      }
    }
  }

  /// A command that the person ran with `!`.
  private func shell(
    _ message: JSONValue, _ frame: EventSink.Frame, into sink: inout EventSink
  ) {
    let code = message["exitCode"]?.int.map(Int.init)
    let status: ToolResult.Status =
      message["cancelled"]?.bool == true
      ? .interrupted : code.map { $0 == 0 ? .succeeded : .failed } ?? .unknown
    sink.terminal(
      frame, part: "shell", command: message["command"]?.string ?? "",
      result: (status, code, message["output"]?.string ?? ""))
  }
}
