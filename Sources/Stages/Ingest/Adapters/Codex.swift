import KairosJSON
import KairosModel

/// Codex CLI rollouts (`sessions/YYYY/MM/DD/rollout-*.jsonl`), from the bare items of 2025 to the
/// envelopes of 2026.
///
/// `response_item` is the complete stream; of `event_msg` only prompts, aborts and boundaries are
/// taken. Records have no ids and a resumed session replays its parent with new times, so ids come
/// from `call_id` or from the text and how often it occurred before.
struct Codex: TranscriptAdapter {
  private let options: IngestOptions
  private(set) var session: String?
  private var cwd: String?
  private var branch: String?
  private var lastTime: Timestamp?
  /// How often a text without id was met, by digest.
  private var occurrences: [String: Int] = [:]
  /// Prompts that came through `event_msg` and will come again as `response_item`, or vice versa.
  private var promptBalance: [String: Int] = [:]
  /// Patches that were asked for and wait for their result.
  private var pendingPatches: [String: [Edit]] = [:]

  init(options: IngestOptions) { self.options = options }

  /// A rollout cannot be continued in the middle: occurrence numbers need the whole file.
  var state: String {
    get { "" }
    set { _ = newValue }
  }

  /// Whether a record has the shape of this format.
  static func recognises(_ record: JSONValue) -> Bool {
    if record["timestamp"] != nil, record["payload"] != nil,
      ["session_meta", "turn_context", "response_item", "event_msg"]
        .contains(record["type"]?.string ?? "")
    {
      return true
    }
    return record["id"]?.string != nil && record["timestamp"] != nil
      && record["instructions"] != nil && record["payload"] == nil
  }

  private static let tokenCount = Array("\"type\":\"token_count\"".utf8)

  static func skips(line: ArraySlice<UInt8>) -> Bool {
    ByteSearch.first(tokenCount, in: line.prefix(160)) != nil
  }

  mutating func read(
    _ record: JSONValue, place: Place, line: Int, into sink: inout EventSink
  ) {
    if let time = record["timestamp"]?.string.flatMap({ Timestamp(rfc3339: $0) }) {
      lastTime = time
    }
    guard let payload = record["payload"] else {
      bare(record, place, into: &sink)
      return
    }
    switch record["type"]?.string {
    case "session_meta": meta(payload)
    case "turn_context": cwd = payload["cwd"]?.string ?? cwd
    case "response_item": item(payload, place, into: &sink)
    case "event_msg": event(payload, place, into: &sink)
    case "compacted":
      if let text = payload["message"]?.string {
        sink.message(
          frame(keyed("compacted", text), place), part: "0", actor: .assistant,
          provenance: .summary, text: text)
      }
    case "world_state": sink.counts.skipped += 1
    default: sink.counts.unknown += 1
    }
  }

  /// The generation before September 2025: items without an envelope.
  private mutating func bare(_ record: JSONValue, _ place: Place, into sink: inout EventSink) {
    if record["instructions"] != nil || record["git"] != nil {
      meta(record)
    } else if record["record_type"] != nil {
      sink.counts.skipped += 1
    } else {
      item(record, place, into: &sink)
    }
  }

  /// Only the first one counts: a resumed file repeats its parent's.
  private mutating func meta(_ payload: JSONValue) {
    guard session == nil else { return }
    session = payload["id"]?.string
    cwd = payload["cwd"]?.string
    branch = payload["git"]?["branch"]?.string
  }

  private func frame(_ key: String, _ place: Place) -> EventSink.Frame {
    .init(
      key: key, session: session ?? place.source, at: lastTime, place: place, cwd: cwd,
      branch: branch)
  }

  /// A key that is equal when the same text is replayed at the same point of the conversation.
  private mutating func keyed(_ kind: String, _ text: String) -> String {
    let digest = SHA256Digest.of(kind + "\u{1f}" + text).hex
    let count = occurrences[digest, default: 0]
    occurrences[digest] = count + 1
    return "codex:\(digest):\(count)"
  }

  // MARK: Items

  private mutating func item(_ item: JSONValue, _ place: Place, into sink: inout EventSink) {
    switch item["type"]?.string {
    case "message": message(item, place, into: &sink)
    case "function_call", "custom_tool_call", "local_shell_call": call(item, place, into: &sink)
    case "function_call_output", "custom_tool_call_output", "local_shell_call_output":
      output(item, place, into: &sink)
    case "reasoning", "ghost_snapshot", "web_search_call": sink.counts.skipped += 1
    default: sink.counts.unknown += 1
    }
  }

  private mutating func message(_ item: JSONValue, _ place: Place, into sink: inout EventSink) {
    let texts = item["content"]?.elements.compactMap { $0["text"]?.string } ?? []
    let text = texts.isEmpty ? item["content"]?.string ?? "" : texts.joined(separator: "\n\n")
    guard !text.isEmpty else { return }
    switch item["role"]?.string {
    case "assistant":
      sink.message(
        frame(keyed("assistant", text), place), part: "0", actor: .assistant, provenance: .said,
        text: text)
    case "user": prompt(text, place, from: 1, into: &sink)
    default:
      sink.message(
        frame(keyed("developer", text), place), part: "0", actor: .harness, provenance: .harness,
        text: text)
    }
  }

  /// A prompt comes through both streams; whichever is first is taken, its twin is passed over.
  private mutating func prompt(
    _ text: String, _ place: Place, from stream: Int, into sink: inout EventSink
  ) {
    let digest = SHA256Digest.of(text).hex
    let balance = promptBalance[digest, default: 0]
    promptBalance[digest] = balance + stream
    if balance * stream < 0 { return }
    sink.prompt(frame(keyed("user", text), place), part: "0", text: text)
  }

  private mutating func event(_ event: JSONValue, _ place: Place, into sink: inout EventSink) {
    switch event["type"]?.string {
    case "user_message":
      if let text = event["message"]?.string { prompt(text, place, from: -1, into: &sink) }
    case "turn_aborted":
      sink.boundary(frame(keyed("abort", place.digest), place), part: "0", .interrupt)
    case "context_compacted":
      sink.boundary(frame(keyed("compaction", ""), place), part: "0", .compaction)
    default: sink.counts.skipped += 1
    }
  }

  // MARK: Tools

  private mutating func call(_ item: JSONValue, _ place: Place, into sink: inout EventSink) {
    guard let id = item["call_id"]?.string ?? item["id"]?.string else { return }
    let name = item["name"]?.string ?? "shell"
    let arguments = CodexTools.arguments(of: item)
    let command = CodexTools.command(arguments?.root, item: item)
    let patch = CodexTools.patch(name: name, item: item, command: command)
    if let patch { pendingPatches[id] = ApplyPatch.edits(in: patch, call: id) }
    sink.call(
      frame("codex:call:" + id, place), part: "call", provenance: .said,
      ToolCall(
        call: id, tool: name, command: patch == nil ? command : nil,
        workdir: arguments?.root["workdir"]?.string, input: CodexTools.inputs(arguments?.root)))
  }

  private mutating func output(_ item: JSONValue, _ place: Place, into sink: inout EventSink) {
    guard let id = item["call_id"]?.string ?? item["id"]?.string else { return }
    let result = CodexTools.outcome(of: item["output"])
    let frame = frame("codex:call:" + id, place)
    sink.result(
      frame, part: "result", provenance: .said, call: id, status: result.status,
      exitCode: result.exitCode, output: result.output)
    let edits = pendingPatches.removeValue(forKey: id) ?? []
    guard result.status == .succeeded else { return }
    for (index, edit) in edits.enumerated() {
      sink.edit(frame, part: "edit.\(index)", provenance: .said, edit)
    }
  }
}
