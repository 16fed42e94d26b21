import KairosJSON
import KairosModel

/// Chats in the shape of OpenAI's chat API, one conversation a line: exports, data sets, logs.
struct OpenAIChat: LineAdapter {
  static let row = SourceRow(
    format: .openAIChat, agent: "OpenAI-style chats",
    place: "any file with one `{\"messages\": […]}` a line",
    reads:
      "every line is a session: prompts, answers, tool calls with results, edits; not told: "
      + "folder, and times but of lines with `created`")

  /// A line is a whole session, so nothing goes on after it.
  var session: String? { nil }
  var state = ""

  static func recognises(_ record: JSONValue) -> Bool {
    guard let messages = record["messages"]?.elements, let first = messages.first else {
      return false
    }
    let roles = ["system", "developer", "user", "assistant"]
    return roles.contains(first["role"]?.string ?? "")
      && (first["content"] != nil || first["tool_calls"] != nil)
      && record["mapping"] == nil && record["env"] == nil && record["sessionId"] == nil
      && record["trajectory_format"] == nil && record["info"] == nil && !isRequestLog(record)
  }

  /// What an agent sent to its model, again and again: its user role is the agent's own.
  private static func isRequestLog(_ record: JSONValue) -> Bool {
    record["response"] != nil
      && ["raw_messages", "raw_response", "kwargs", "cost"].contains { record[$0] != nil }
  }

  static func session(of record: JSONValue) -> String? { nil }

  mutating func read(
    _ record: JSONValue, place: Place, line: Int, into sink: inout EventSink
  ) {
    guard let messages = record["messages"]?.elements else {
      sink.counts.unknown += 1
      return
    }
    var known = LineSession(.openAIChat)
    let id = record["id"]?.string ?? record["session_id"]?.string
    known.key = "openai-chat:" + (id ?? String(place.digest.suffix(20)))
    known.lastTime = RecordTime.of(
      record["created"] ?? record["created_at"] ?? record["timestamp"])
    for (index, message) in messages.enumerated() {
      let frame = known.frame(
        (known.key ?? "") + ":" + String(index), message, place,
        at: RecordTime.of(message["timestamp"]))
      take(message, frame, &known, into: &sink)
    }
  }

  private func take(
    _ message: JSONValue, _ frame: EventSink.Frame, _ known: inout LineSession,
    into sink: inout EventSink
  ) {
    let text = ContentText.of(message["content"])
    switch message["role"]?.string {
    case "user": known.prompt(frame, part: "0", text: text, into: &sink)
    case "assistant":
      known.says(frame, part: "0", text: text, into: &sink)
      for (index, call) in calls(message).enumerated() {
        let function = call["function"] ?? call
        guard let name = function["name"]?.string else { continue }
        let input = function["arguments"]?.string.flatMap { try? JSONDocument.parse($0).root }
        known.call(
          frame, id: call["id"]?.string ?? "\(frame.key).\(index)", name: name,
          input: input ?? function["arguments"], into: &sink)
      }
    case "tool", "function":
      guard let id = message["tool_call_id"]?.string ?? known.calls.onlyOpen else { return }
      known.result(frame, id: id, output: text, isError: nil, into: &sink)
    case "system", "developer":
      sink.message(frame, part: "0", actor: .harness, provenance: .harness, text: text)
    default: sink.counts.unknown += 1
    }
  }

  /// The calls of a message, and the single one of the API's first generation.
  private func calls(_ message: JSONValue) -> [JSONValue] {
    let calls = message["tool_calls"]?.elements ?? []
    guard calls.isEmpty, let call = message["function_call"], call.isObject else { return calls }
    return [call]
  }
}
