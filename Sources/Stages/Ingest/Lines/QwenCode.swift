import KairosJSON
import KairosModel

/// Qwen Code sessions as lines: records with uuids around the contents of the model's interface.
///
/// The envelope is that of Claude Code, the contents have `parts` like those of Gemini. Who spoke
/// is told by `provenance` and `subtype` in later versions.
struct QwenCode: LineAdapter {
  static let row = SourceRow(
    format: .qwenCode, agent: "Qwen Code",
    place: "`~/.qwen/projects/<folder>/chats/<session>.jsonl`",
    reads: "prompts, answers, tool calls with results, exit codes of shells, edits, compactions, "
      + "sub-agents, folder and branch")

  static func recognises(_ record: JSONValue) -> Bool {
    guard record["uuid"] != nil, record["sessionId"]?.string != nil else { return false }
    return record["message"]?["parts"] != nil || record["systemPayload"] != nil
      || record["type"]?.string == "tool_result"
  }

  static func session(of record: JSONValue) -> String? { record["sessionId"]?.string }

  private var known = LineSession(.qwenCode)
  var session: String? { known.key }
  var state: String {
    get { known.state }
    set { known.state = newValue }
  }

  mutating func read(
    _ record: JSONValue, place: Place, line: Int, into sink: inout EventSink
  ) {
    known.key = known.key ?? record["sessionId"]?.string
    known.cwd = record["cwd"]?.string.map(sink.redactor.redact) ?? known.cwd
    known.branch = record["gitBranch"]?.string ?? known.branch
    known.isDelegated = record["isSidechain"]?.bool ?? (record["agentId"] != nil)
    let frame = known.frame(
      record["uuid"]?.string, record, place, at: RecordTime.of(record["timestamp"]))
    switch record["type"]?.string {
    case "user": user(record, frame, into: &sink)
    case "assistant": assistant(record, frame, into: &sink)
    case "tool_result": results(record, frame, into: &sink)
    case "system":
      if record["subtype"]?.string == "chat_compression" {
        sink.boundary(frame, part: "compaction", .compaction)
      } else {
        sink.counts.skipped += 1
      }
    default: sink.counts.unknown += 1
    }
  }

  private static func text(_ record: JSONValue) -> String {
    (record["message"]?["parts"]?.elements ?? []).filter { $0["thought"]?.bool != true }
      .compactMap { $0["text"]?.string }.joined(separator: "\n")
  }

  /// Subtypes of texts that a person typed; any other was put there.
  private static let typed: Set<String> = ["mid_turn_user_message", "at_command"]

  private func user(_ record: JSONValue, _ frame: EventSink.Frame, into sink: inout EventSink) {
    let subtype = record["subtype"]?.string
    let provenance = record["provenance"]?.string
    let shown = record["systemPayload"]?["displayText"]?.string
    let isPerson =
      subtype.map(Self.typed.contains) ?? true && (provenance ?? "real_user") == "real_user"
    guard isPerson else {
      sink.message(
        frame, part: "0", actor: .harness, provenance: .harness, text: Self.text(record))
      return
    }
    known.prompt(frame, part: "0", text: shown ?? Self.text(record), into: &sink)
  }

  private mutating func assistant(
    _ record: JSONValue, _ frame: EventSink.Frame, into sink: inout EventSink
  ) {
    known.says(frame, part: "0", text: Self.text(record), into: &sink)
    for part in record["message"]?["parts"]?.elements ?? [] {
      guard let call = part["functionCall"], let id = call["id"]?.string,
        let name = call["name"]?.string
      else { continue }
      known.call(frame, id: id, name: name, input: call["args"], into: &sink)
    }
  }

  private mutating func results(
    _ record: JSONValue, _ frame: EventSink.Frame, into sink: inout EventSink
  ) {
    let told = record["toolCallResult"]
    for part in record["message"]?["parts"]?.elements ?? [] {
      guard let answer = part["functionResponse"],
        let id = answer["id"]?.string ?? told?["callId"]?.string
      else { continue }
      let response = answer["response"]
      let error = response?["error"]?.string
      let outcome = GeminiOutcome.outcome(
        response?["output"]?.string ?? error ?? "",
        status: told?["status"]?.string ?? (error == nil ? "success" : "error"))
      known.result(
        frame, id: id, output: outcome.output,
        isError: outcome.status != .succeeded && outcome.status != .unknown,
        exitCode: outcome.exitCode, into: &sink)
    }
  }
}
