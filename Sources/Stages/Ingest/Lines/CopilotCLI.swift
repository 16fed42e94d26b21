import KairosJSON
import KairosModel

/// Event logs of the GitHub Copilot CLI: envelopes `{type, data, id, timestamp, parentId}`.
struct CopilotCLI: LineAdapter {
  static let row = SourceRow(
    format: .copilotCLI, agent: "GitHub Copilot CLI",
    place: "`~/.copilot/session-state/<session>/events.jsonl`",
    reads:
      "prompts, answers, tool calls with results, exit codes of shells, edits, compactions, "
      + "aborts, sub-agents, folder and branch")

  private var known = LineSession(.copilotCLI)

  var session: String? { known.key }
  var state: String {
    get { known.state }
    set { known.state = newValue }
  }

  static func recognises(_ record: JSONValue) -> Bool {
    record["type"]?.string == "session.start" && record["data"]?["sessionId"]?.string != nil
  }

  static func session(of record: JSONValue) -> String? {
    record["data"]?["sessionId"]?.string
  }

  /// Beginnings of types that keep house or repeat other events.
  private static let dropped = [
    "session.", "assistant.turn_", "assistant.usage", "assistant.intent", "assistant.reasoning",
    "assistant.message_delta", "assistant.streaming_delta", "tool.execution_progress",
    "tool.execution_partial", "tool.user_requested", "hook.", "permission.", "subagent.",
    "skill.", "system.notification", "pending_messages.", "external_tool.", "command",
    "user_input.", "elicitation.", "exit_plan_mode.",
  ]

  mutating func read(
    _ record: JSONValue, place: Place, line: Int, into sink: inout EventSink
  ) {
    guard let type = record["type"]?.string, let data = record["data"] else {
      sink.counts.unknown += 1
      return
    }
    let frame = known.frame(
      record["id"]?.string, record, place, at: RecordTime.of(record["timestamp"]))
    switch type {
    case "session.start", "session.resume": start(data, sink)
    case "session.context_changed": folder(data, sink)
    case "user.message": user(data, frame, into: &sink)
    case "assistant.message": assistant(data, frame, into: &sink)
    case "system.message":
      sink.message(
        frame, part: "0", actor: .harness, provenance: .harness,
        text: data["content"]?.string ?? "")
    case "tool.execution_start": call(data, id: "toolName", frame, into: &sink)
    case "tool.execution_complete": result(data, frame, into: &sink)
    case "session.compaction_complete":
      sink.boundary(frame, part: "boundary", .compaction)
      sink.message(
        frame, part: "0", actor: .assistant, provenance: .summary,
        text: data["summaryContent"]?.string ?? "")
    case "abort": sink.boundary(frame, part: "boundary", .interrupt)
    case _ where Self.dropped.contains { type.hasPrefix($0) }: sink.counts.skipped += 1
    default: sink.counts.unknown += 1
    }
  }

  private mutating func start(_ data: JSONValue, _ sink: EventSink) {
    known.key = known.key ?? data["sessionId"]?.string
    if let context = data["context"] { folder(context, sink) }
  }

  private mutating func folder(_ context: JSONValue, _ sink: EventSink) {
    known.cwd = (context["cwd"] ?? context["gitRoot"])?.string.map(sink.redactor.redact)
    known.branch = context["branch"]?.string
  }

  /// `content` is what was typed, `transformedContent` what the program made of it; `source` names
  /// skills and other machinery that writes in the user's place.
  private func user(_ data: JSONValue, _ frame: EventSink.Frame, into sink: inout EventSink) {
    let text = data["content"]?.string ?? ""
    if let source = data["source"]?.string, source != "user" {
      let isMemory = source.hasPrefix("skill")
      sink.message(
        frame, part: "0", actor: isMemory ? .memory : .harness,
        provenance: isMemory ? .memory : .harness, text: text)
    } else {
      known.prompt(frame, part: "0", text: text, into: &sink)
    }
  }

  /// Events of a sub-agent name the call that started it.
  private mutating func assistant(
    _ data: JSONValue, _ frame: EventSink.Frame, into sink: inout EventSink
  ) {
    delegated(data) {
      $0.says(frame, part: "0", text: data["content"]?.string ?? "", into: &sink)
    }
    for request in data["toolRequests"]?.elements ?? [] {
      call(request, id: "name", frame, into: &sink)
    }
  }

  private mutating func delegated(_ data: JSONValue, _ body: (inout LineSession) -> Void) {
    known.isDelegated = data["parentToolCallId"]?.string != nil
    body(&known)
    known.isDelegated = false
  }

  /// A call stands in the message that asks for it and again where it begins; one is enough.
  private mutating func call(
    _ data: JSONValue, id name: String, _ frame: EventSink.Frame, into sink: inout EventSink
  ) {
    guard let id = data["toolCallId"]?.string, let tool = data[name]?.string,
      !known.calls.isOpen(id)
    else { return }
    let text = data["arguments"]?.string.flatMap { try? JSONDocument.parse($0).root }
    delegated(data) {
      $0.call(frame, id: id, name: tool, input: text ?? data["arguments"], into: &sink)
    }
  }

  private mutating func result(
    _ data: JSONValue, _ frame: EventSink.Frame, into sink: inout EventSink
  ) {
    guard let id = data["toolCallId"]?.string else { return }
    let result = data["result"]
    let text =
      result?["content"]?.string ?? result?.string ?? data["error"]?["message"]?.string ?? ""
    delegated(data) {
      $0.result(
        frame, id: id, output: text, isError: data["success"]?.bool.map { !$0 }, into: &sink)
    }
  }
}
