import KairosJSON
import KairosModel

/// Sessions of the Gemini CLI since 2026: a log of changes to a
/// conversation. The first record has the session, then whole messages, each written again when
/// it changes, `$set` for metadata, and `$rewindTo` that takes a message and all after it away.
///
/// `$set` may also replace the context of the model (compression); what was said stays said, so
/// only messages that are new come from there.
struct GeminiLines: LineAdapter {
  static let row = SourceRow(
    format: .geminiLines, agent: "Gemini CLI (since 2026)",
    place: "`~/.gemini/tmp/<project>/chats/session-*.jsonl`",
    reads:
      "prompts, answers, tool calls with results, exit codes of shells, edits; what was rewound "
      + "is left out; the folder only where the session names it")

  /// Where the events of one message stand in the sink.
  private struct Entry {
    let id: String
    var start: Int
    var count: Int
  }

  private var known = LineSession(.geminiLines)
  private var entries: [Entry] = []

  var session: String? { known.key }
  /// Later records change what earlier ones said, so there is no state to go on from.
  let isResumable = false
  var state = ""

  static func recognises(_ record: JSONValue) -> Bool {
    record["sessionId"]?.string != nil && record["projectHash"]?.string != nil
      && (record["messages"] == nil || record["messages"]?.elements.isEmpty == true)
  }

  static func session(of record: JSONValue) -> String? { record["sessionId"]?.string }

  mutating func read(
    _ record: JSONValue, place: Place, line: Int, into sink: inout EventSink
  ) {
    if let id = record["$rewindTo"]?.string {
      rewind(to: id, &sink)
    } else if let change = record["$set"] {
      sink.counts.skipped += 1
      for message in change["messages"]?.elements ?? []
      where !entries.contains(where: { $0.id == message["id"]?.string }) {
        put(message, place, into: &sink)
      }
    } else if record["id"]?.string != nil, record["type"]?.string != nil {
      put(record, place, into: &sink)
    } else if let id = record["sessionId"]?.string {
      known.key = known.key ?? id
      known.isDelegated = record["kind"]?.string == "subagent"
      known.lastTime = RecordTime.of(record["startTime"]) ?? known.lastTime
      known.cwd = record["directories"]?.elements.first?.string.map(sink.redactor.redact)
    } else {
      sink.counts.unknown += 1
    }
  }

  /// A target that is not there clears the conversation, as the agent itself does it.
  private mutating func rewind(to id: String, _ sink: inout EventSink) {
    let index = entries.firstIndex { $0.id == id } ?? 0
    guard index < entries.count else { return }
    sink.events.removeSubrange(entries[index].start...)
    entries.removeSubrange(index...)
  }

  /// Emits a message; the events of its earlier writing give way.
  private mutating func put(_ message: JSONValue, _ place: Place, into sink: inout EventSink) {
    guard let id = message["id"]?.string else { return }
    let start = sink.events.count
    let time = known.lastTime
    emit(message, id, place, into: &sink)
    let count = sink.events.count - start
    guard let index = entries.lastIndex(where: { $0.id == id }) else {
      entries.append(Entry(id: id, start: start, count: count))
      return
    }
    if RecordTime.of(message["timestamp"]) == nil { known.lastTime = time }
    let old = entries[index]
    let fresh = Array(sink.events[start...])
    sink.events.removeLast(count)
    sink.events.replaceSubrange(old.start..<(old.start + old.count), with: fresh)
    entries[index].count = count
    for later in entries.indices where later > index {
      entries[later].start += count - old.count
    }
  }

  private mutating func emit(
    _ message: JSONValue, _ id: String, _ place: Place, into sink: inout EventSink
  ) {
    let frame = known.frame(id, message, place, at: RecordTime.of(message["timestamp"]))
    let text = ContentText.of(message["content"])
    switch message["type"]?.string {
    case "user": known.prompt(frame, part: "0", text: text, into: &sink)
    case "gemini", "assistant", "model":
      known.says(frame, part: "0", text: text, into: &sink)
      for call in message["toolCalls"]?.elements ?? [] { take(call, frame, into: &sink) }
    case "info", "error", "warning":
      sink.message(frame, part: "0", actor: .harness, provenance: .harness, text: text)
    default: sink.counts.unknown += 1
    }
  }

  /// A call with its result in one record.
  private mutating func take(
    _ call: JSONValue, _ frame: EventSink.Frame, into sink: inout EventSink
  ) {
    guard let id = call["id"]?.string, let name = call["name"]?.string else { return }
    known.call(frame, id: id, name: name, input: call["args"], into: &sink)
    let response = call["result"]?.elements.first?["functionResponse"]?["response"]
    let status = call["status"]?.string
    guard response != nil || ["success", "error", "cancelled"].contains(status) else { return }
    let text = response?["output"]?.string ?? response?["error"]?.string ?? ""
    let isError = response?["error"] != nil || status == "error" || status == "cancelled"
    known.result(frame, id: id, output: text, isError: isError, into: &sink)
  }
}
