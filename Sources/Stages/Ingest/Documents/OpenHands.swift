import KairosJSON
import KairosModel

/// OpenHands trajectories of version 0: an array of events, in which an observation names the
/// action that caused it.
struct OpenHands: DocumentAdapter {
  static let row = SourceRow(
    format: .openHands, agent: "OpenHands (version 0)",
    place: "exported trajectories (`trajectory.json`)",
    reads: "prompts, thoughts, commands with results and exit codes, edits with the text before")

  static func recognises(_ root: JSONValue) -> Bool {
    guard let first = root.elements.first, first["id"] != nil, first["timestamp"] != nil,
      ["user", "agent", "environment"].contains(first["source"]?.string)
    else { return false }
    return first["action"]?.string != nil || first["observation"]?.string != nil
  }

  static func session(of root: JSONValue) -> String? { nil }

  /// The first event with its time in microseconds is unlike any other.
  static func identity(of root: JSONValue) -> [String] {
    root.elements.first.map { [SHA256Digest.of($0.rawBytes).hex] } ?? []
  }

  private var keys = TextKeys(.openHands)
  private var calls: [String: ToolExchange] = [:]
  private var cwd: String?

  mutating func read(
    _ root: JSONValue, of source: DocumentSource, into sink: inout EventSink
  ) {
    keys = TextKeys(.openHands, session: source.session)
    for event in root.elements {
      sink.counts.records += 1
      let id = event["id"]?.numberText ?? event["id"]?.string ?? ""
      let frame = source.frame(
        keys.key("event", id), of: event, at: RecordTime.of(event["timestamp"]), cwd: cwd)
      if let action = event["action"]?.string {
        act(action, event, id, frame, into: &sink)
      } else if let observation = event["observation"]?.string {
        observe(observation, event, frame, into: &sink)
      } else {
        sink.counts.badLines += 1
      }
    }
  }

  /// Actions and observations of the machinery.
  private static let housekeeping: Set<String> = [
    "system", "recall", "change_agent_state", "agent_state_changed", "null", "condensation",
    "condensation_request", "loop_recovery", "pause", "resume", "stop", "start", "task_tracking",
  ]

  // MARK: Actions

  private mutating func act(
    _ action: String, _ event: JSONValue, _ id: String, _ frame: EventSink.Frame,
    into sink: inout EventSink
  ) {
    let arguments = event["args"]
    func say(_ text: String?) {
      sink.message(
        frame, part: "0", actor: .assistant, provenance: .said, text: text ?? "")
    }
    switch action {
    case "message" where event["source"]?.string == "user":
      sink.prompt(frame, part: "0", text: arguments?["content"]?.string ?? "")
    case "message": say(arguments?["content"]?.string)
    case "think": say(arguments?["thought"]?.string)
    case "finish":
      say(arguments?["final_thought"]?.string ?? arguments?["thought"]?.string)
    case _ where Self.housekeeping.contains(action): sink.counts.skipped += 1
    default:
      say(arguments?["thought"]?.string)
      call(action, event, id, frame, into: &sink)
    }
  }

  private mutating func call(
    _ action: String, _ event: JSONValue, _ id: String, _ frame: EventSink.Frame,
    into sink: inout EventSink
  ) {
    let metadata = event["tool_call_metadata"]
    let native = metadata?["tool_call_id"]?.string
    var exchange = ToolExchange(
      id: native ?? frame.key, tool: metadata?["function_name"]?.string ?? action,
      arguments: event["args"])
    if action == "run_ipython", let code = event["args"]?["code"]?.string {
      exchange.call = ToolCall(
        call: exchange.call.call, tool: exchange.call.tool, command: nil, workdir: nil,
        input: ["code": String(code.head(bytes: 512))])
    }
    calls[id] = exchange
    exchange.emitCall(frame, part: "0", into: &sink)
  }

  // MARK: Observations

  private mutating func observe(
    _ observation: String, _ event: JSONValue, _ frame: EventSink.Frame, into sink: inout EventSink
  ) {
    let cause = event["cause"]?.numberText ?? event["cause"]?.string ?? ""
    guard var exchange = calls.removeValue(forKey: cause) else {
      if observation == "message" || observation == "error" {
        sink.message(
          frame, part: "0", actor: .harness, provenance: .harness,
          text: event["content"]?.string ?? "")
      } else {
        sink.counts.skipped += 1
      }
      return
    }
    let extras = event["extras"]
    if let folder = extras?["metadata"]?["working_dir"]?.string, !folder.isEmpty { cwd = folder }
    if let edit = Self.edit(extras, call: exchange.call.call) { exchange.edits = [edit] }
    exchange.emit(Self.outcome(observation, event), frame, part: "0", into: &sink)
  }

  /// The file before and after, where the observation has them.
  private static func edit(_ extras: JSONValue?, call: String) -> Edit? {
    guard let path = extras?["path"]?.string, let after = extras?["new_content"]?.string else {
      return nil
    }
    let isNew = extras?["prev_exist"]?.bool == false
    return Edit(
      call: call, action: isNew ? .create : .update, path: path, newPath: nil,
      before: extras?["old_content"]?.string ?? "", after: after)
  }

  private static func outcome(_ observation: String, _ event: JSONValue) -> ToolExchange.Outcome {
    let output = event["content"]?.string ?? ""
    let extras = event["extras"]
    switch observation {
    case "error": return .init(status: .failed, exitCode: nil, output: output)
    case "user_rejected": return .init(status: .denied, exitCode: nil, output: output)
    case "run":
      let told = extras?["metadata"]?["exit_code"]?.int ?? extras?["exit_code"]?.int
      let code =
        told.map(Int.init)
        ?? OutputText.number(after: "completed with exit code ", in: output.tail(bytes: 300))
      // -1 means that the command goes on.
      let ended = code.flatMap { $0 < 0 ? nil : $0 }
      return .init(status: OutputText.status(ended), exitCode: ended, output: output)
    default:
      let isError = output.hasBytesPrefix("ERROR:") || output.hasBytesPrefix("Error")
      return .init(status: isError ? .failed : .succeeded, exitCode: nil, output: output)
    }
  }
}
