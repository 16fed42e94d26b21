import Ingest
import KairosModel
import KairosRedaction

/// Lines of transcripts, written by hand after the formats' documentation.
enum Claude {
  static let session = "11111111-2222-3333-4444-555555555555"

  /// The members that every record of a conversation has, then `rest`.
  static func record(_ type: String, _ uuid: String, _ rest: String) -> String {
    #"{"parentUuid":null,"isSidechain":false,"cwd":"/home/ada/lamp","sessionId":"\#(session)","#
      + #""version":"2.1.17","gitBranch":"main","type":"\#(type)",\#(rest),"uuid":"\#(uuid)","#
      + #""timestamp":"2026-01-05T12:00:00.000Z"}"#
  }

  static func user(_ uuid: String, _ text: String, _ more: String = "") -> String {
    record(
      "user", uuid, #""message":{"role":"user","content":\#(quoted(text))}\#(more)"#)
  }

  static func said(_ uuid: String, _ text: String) -> String {
    record(
      "assistant", uuid,
      #""message":{"id":"m","role":"assistant","#
        + #""content":[{"type":"text","text":\#(quoted(text))}]}"#
    )
  }

  static func call(_ uuid: String, _ id: String, _ tool: String, _ input: String) -> String {
    record(
      "assistant", uuid,
      #""message":{"id":"m","role":"assistant","content":[{"type":"tool_use","id":"\#(id)","#
        + #""name":"\#(tool)","input":\#(input)}]}"#)
  }

  static func result(
    _ uuid: String, _ id: String, _ text: String, isError: Bool = false, twin: String? = nil
  ) -> String {
    record(
      "user", uuid,
      #""message":{"role":"user","content":[{"tool_use_id":"\#(id)","type":"tool_result","#
        + #""content":\#(quoted(text)),"is_error":\#(isError)}]}"#
        + (twin.map { #","toolUseResult":\#($0)"# } ?? ""))
  }
}

/// Lines of Codex rollouts.
enum Rollout {
  static func line(_ type: String, _ payload: String, second: Int = 0) -> String {
    let time = second < 10 ? "0\(second)" : "\(second)"
    return
      #"{"timestamp":"2026-01-05T12:00:\#(time).000Z","type":"\#(type)","payload":\#(payload)}"#
  }

  static func meta(_ id: String, second: Int = 0) -> String {
    line(
      "session_meta",
      #"{"id":"\#(id)","cwd":"/home/ada/lamp","git":{"branch":"main","commit_hash":"abc"}}"#,
      second: second)
  }

  static func message(_ role: String, _ text: String, second: Int = 0) -> String {
    let kind = role == "assistant" ? "output_text" : "input_text"
    return line(
      "response_item",
      #"{"type":"message","role":"\#(role)","#
        + #""content":[{"type":"\#(kind)","text":\#(quoted(text))}]}"#,
      second: second)
  }

  static func prompt(_ text: String, second: Int = 0) -> String {
    line("event_msg", #"{"type":"user_message","message":\#(quoted(text))}"#, second: second)
  }

  static func call(_ id: String, _ name: String, _ arguments: String, second: Int = 0) -> String {
    line(
      "response_item",
      #"{"type":"function_call","name":"\#(name)","#
        + #""arguments":\#(quoted(arguments)),"call_id":"\#(id)"}"#,
      second: second)
  }

  static func output(_ id: String, _ output: String, second: Int = 0) -> String {
    line(
      "response_item",
      #"{"type":"function_call_output","call_id":"\#(id)","output":\#(quoted(output))}"#,
      second: second)
  }
}

/// `text` as a JSON string.
func quoted(_ text: String) -> String {
  var json = CanonicalJSON()
  json.value(text)
  return json.text
}

/// Reads bytes as one file, in chunks.
func read(
  _ bytes: [UInt8], _ format: SourceFormat, chunk: Int = 1 << 20, resume: SourceCursor? = nil,
  options: IngestOptions = IngestOptions(project: "dir:lamp"),
  source: SourceIdentity = SourceIdentity(id: "s_test", path: "/home/ada/x.jsonl")
) -> SourceResult {
  var reader = SourceReader(
    format: format, source: source, options: options, redactor: Redactor(key: "dir:lamp"),
    resume: resume)
  var at = 0
  while at < bytes.count {
    let end = min(at + chunk, bytes.count)
    bytes.withUnsafeBytes { reader.consume(UnsafeRawBufferPointer(rebasing: $0[at..<end])) }
    at = end
  }
  return reader.finish()
}

/// Reads lines as one file that ends with a newline.
func read(_ lines: [String], _ format: SourceFormat) -> SourceResult {
  read(file(lines), format)
}

func file(_ lines: [String]) -> [UInt8] { Array((lines.joined(separator: "\n") + "\n").utf8) }

extension SourceResult {
  /// Messages as `provenance: text`.
  var messages: [String] {
    events.compactMap { event in
      guard case .message(let text) = event.body else { return nil }
      return "\(event.provenance.rawValue): \(text)"
    }
  }

  var results: [ToolResult] {
    events.compactMap { if case .toolResult(let result) = $0.body { result } else { nil } }
  }

  var calls: [ToolCall] {
    events.compactMap { if case .toolCall(let call) = $0.body { call } else { nil } }
  }

  var edits: [Edit] {
    events.compactMap { if case .edit(let edit) = $0.body { edit } else { nil } }
  }

  var approvals: [Approval] {
    events.compactMap { if case .approval(let approval) = $0.body { approval } else { nil } }
  }

  var boundaries: [Event.Boundary] {
    events.compactMap { if case .boundary(let boundary) = $0.body { boundary } else { nil } }
  }

  var codes: [String] { findings.map(\.code) }
}
