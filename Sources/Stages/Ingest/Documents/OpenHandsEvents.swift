import KairosJSON
import KairosModel

/// Events of OpenHands since version 1: a folder a conversation, a file an event. The events do not
/// name their conversation, so the folder above `events` does.
struct OpenHandsEvents: DocumentAdapter {
  static let row = SourceRow(
    format: .openHandsEvents, agent: "OpenHands (since version 1)",
    place: "`~/.openhands/conversations/<conversation>/events/event-*.json`",
    reads: "prompts, answers, thoughts, tool calls with results, exit codes of terminals, edits "
      + "with the text before, refusals, the folder; not told: branch")

  static func recognises(_ root: JSONValue) -> Bool {
    guard root.isObject, root["id"]?.string != nil, root["timestamp"]?.string != nil,
      ["user", "agent", "environment", "hook"].contains(root["source"]?.string),
      let kind = root["kind"]?.string
    else { return false }
    return housekeeping.contains(kind) || kind.hasSuffix("Event") || kind.hasSuffix("Observation")
  }

  static func session(of root: JSONValue) -> String? { nil }

  static func session(of root: JSONValue, path: String) -> String? {
    let parts = path.split(separator: "/")
    guard parts.count >= 3, parts[parts.count - 2] == "events" else { return nil }
    return String(parts[parts.count - 3])
  }

  static func identity(of root: JSONValue) -> [String] { [root["id"]?.string ?? ""] }

  /// Events that hold nothing worth keeping.
  private static let housekeeping: Set<String> = [
    "SystemPromptEvent", "ConversationStateUpdateEvent", "CondensationRequest", "PauseEvent",
    "TokenEvent", "LLMCompletionLogEvent", "StreamingDeltaEvent", "HookExecutionEvent",
  ]

  mutating func read(
    _ root: JSONValue, of source: DocumentSource, into sink: inout EventSink
  ) {
    sink.counts.records += 1
    guard let id = root["id"]?.string, let kind = root["kind"]?.string else {
      sink.counts.badLines += 1
      return
    }
    let frame = source.frame(
      "openhands:" + id, of: root, at: RecordTime.of(root["timestamp"]),
      cwd: root["observation"]?["metadata"]?["working_dir"]?.string)
    switch kind {
    case "MessageEvent": message(root, frame, into: &sink)
    case "ActionEvent": action(root, frame, into: &sink)
    case "ObservationEvent": observation(root, frame, into: &sink)
    case "UserRejectObservation":
      let isPerson = root["rejection_source"]?.string ?? "user" == "user"
      answer(
        root, frame, status: isPerson ? .denied : .failed,
        output: root["rejection_reason"]?.string ?? "", into: &sink)
    case "AgentErrorEvent":
      answer(root, frame, status: .failed, output: root["error"]?.string ?? "", into: &sink)
    case "Condensation":
      sink.boundary(frame, part: "boundary", .compaction)
      sink.message(
        frame, part: "0", actor: .assistant, provenance: .summary,
        text: root["summary"]?.string ?? "")
    case _ where Self.housekeeping.contains(kind): sink.counts.skipped += 1
    default: sink.counts.unknown += 1
    }
  }

  private func message(
    _ root: JSONValue, _ frame: EventSink.Frame, into sink: inout EventSink
  ) {
    let text = ContentText.of(root["llm_message"]?["content"])
    switch root["source"]?.string {
    case "user": sink.prompt(frame, part: "0", text: text)
    case "agent":
      sink.message(frame, part: "0", actor: .assistant, provenance: .said, text: text)
    default: sink.message(frame, part: "0", actor: .harness, provenance: .harness, text: text)
    }
    // Texts of skills that the program put behind the prompt.
    sink.message(
      frame, part: "more", actor: .memory, provenance: .memory,
      text: ContentText.of(root["extended_content"]))
  }

  private func action(_ root: JSONValue, _ frame: EventSink.Frame, into sink: inout EventSink) {
    sink.message(
      frame, part: "0", actor: .assistant, provenance: .said,
      text: ContentText.of(root["thought"]))
    let action = root["action"]
    switch action?["kind"]?.string {
    case "FinishAction", "ThinkAction":
      sink.message(
        frame, part: "1", actor: .assistant, provenance: .said,
        text: action?["message"]?.string ?? action?["thought"]?.string ?? "")
    default:
      guard let exchange = Self.exchange(root) else { return }
      exchange.emitCall(frame, part: "0", into: &sink)
    }
  }

  /// The call of an event; `kind` only repeats the tool's name, and the editor's `command`
  /// names a way of editing, not a line for a shell.
  private static func exchange(_ root: JSONValue) -> ToolExchange? {
    guard let id = root["tool_call_id"]?.string, let tool = root["tool_name"]?.string else {
      return nil
    }
    var exchange = ToolExchange(id: id, tool: tool, arguments: root["action"])
    let call = exchange.call
    let isEditor = tool.hasBytes("editor")
    var input = call.input.filter { $0.key != "kind" }
    if isEditor, let way = call.command { input["command"] = way }
    exchange.call = ToolCall(
      call: id, tool: tool, command: isEditor ? nil : call.command, workdir: call.workdir,
      input: input)
    return exchange
  }

  private func observation(
    _ root: JSONValue, _ frame: EventSink.Frame, into sink: inout EventSink
  ) {
    let observation = root["observation"]
    guard !["FinishObservation", "ThinkObservation"].contains(observation?["kind"]?.string) else {
      sink.counts.skipped += 1
      return
    }
    let told = observation?["exit_code"]?.int ?? observation?["metadata"]?["exit_code"]?.int
    // -1 means that the command goes on.
    let code = told.map(Int.init).flatMap { $0 < 0 ? nil : $0 }
    let isError = observation?["is_error"]?.bool == true
    let status: ToolResult.Status =
      observation?["timeout"]?.bool == true
      ? .timedOut
      : isError
        ? .failed : told == nil ? .succeeded : OutputText.status(code)
    answer(
      root, frame, status: status, exitCode: code,
      output: ContentText.of(observation?["content"] ?? observation?["output"]), into: &sink)
  }

  /// What came back from a call, with the edit that an observation shows.
  private func answer(
    _ root: JSONValue, _ frame: EventSink.Frame, status: ToolResult.Status, exitCode: Int? = nil,
    output: String, into sink: inout EventSink
  ) {
    guard var exchange = Self.exchange(root) else {
      sink.counts.badLines += 1
      return
    }
    let observation = root["observation"]
    exchange.edits = []
    if let path = observation?["path"]?.string, observation?["command"]?.string != "view",
      let after = observation?["new_content"]?.string
    {
      exchange.edits = [
        Edit(
          call: exchange.call.call,
          action: observation?["prev_exist"]?.bool == false ? .create : .update, path: path,
          newPath: nil, before: observation?["old_content"]?.string ?? "", after: after)
      ]
    }
    exchange.emit(
      .init(status: status, exitCode: exitCode, output: output), frame, part: "0", into: &sink)
  }
}
