import KairosJSON
import KairosModel

/// Codex CLI rollouts (`sessions/YYYY/MM/DD/rollout-*.jsonl`), from the bare items of 2025 to the
/// envelopes of 2026.
///
/// `response_item` is the complete stream; of `event_msg` only prompts, aborts and boundaries are
/// taken. Records have no ids and a resumed session replays its parent with new times, so ids come
/// from `call_id` or from the text and how often it occurred before.
struct Codex: TranscriptAdapter, DeclaredFormat {
  static let row = SourceRow(
    format: .codex, agent: "Codex CLI",
    place: "`~/.codex/sessions/YYYY/MM/DD/rollout-*.jsonl` (`CODEX_HOME` moves it)",
    reads: "prompts, answers, tool calls with results and exit codes, patches, compactions "
      + "(0.36 to 0.80, and the bare items before); not told: files as they were before a patch")

  private(set) var session: String?
  private var cwd: String?
  private var branch: String?
  private var lastTime: Timestamp?
  /// How often a text without id was met, by digest.
  private var occurrences: [String: Int] = [:]
  /// Prompts that came through one stream and will come again through the other: positive for
  /// `response_item`, negative for `event_msg`.
  private var promptBalance: [String: Int] = [:]
  private var calls = OpenCalls()

  var state: String {
    get {
      CanonicalJSON.object {
        $0.member("session", session)
        $0.member("cwd", cwd)
        $0.member("branch", branch)
        $0.member("at", lastTime)
        Self.write("seen", occurrences, to: &$0)
        Self.write("prompts", promptBalance.filter { $0.value != 0 }, to: &$0)
        calls.write(to: &$0)
      }.text
    }
    set {
      guard let root = try? JSONDocument.parse(newValue).root else { return }
      session = root["session"]?.string
      cwd = root["cwd"]?.string
      branch = root["branch"]?.string
      lastTime = RecordTime.of(root["at"])
      occurrences = Self.counts(root["seen"])
      promptBalance = Self.counts(root["prompts"])
      calls = OpenCalls(root)
    }
  }

  private static func write(
    _ name: String, _ counts: [String: Int], to json: inout CanonicalJSON
  ) {
    json.member(name) {
      for (key, count) in counts.sorted(by: { $0.key < $1.key }) { $0.member(key, count) }
    }
  }

  private static func counts(_ json: JSONValue?) -> [String: Int] {
    var found: [String: Int] = [:]
    for (key, value) in json?.members ?? [] { found[key] = value.int.map(Int.init) ?? 0 }
    return found
  }

  private static let types: Set<String> = [
    "session_meta", "turn_context", "response_item", "event_msg", "compacted", "world_state",
  ]

  /// Whether a record has the shape of this format.
  static func recognises(_ record: JSONValue) -> Bool {
    if record["timestamp"] != nil, record["payload"] != nil,
      types.contains(record["type"]?.string ?? "")
    {
      return true
    }
    return record["id"]?.string != nil && record["timestamp"] != nil
      && record["instructions"] != nil && record["payload"] == nil
  }

  /// Records of these types are frequent or huge (a list of every untracked file) and hold nothing
  /// worth keeping.
  mutating func passes(over line: UnsafeRawBufferPointer) -> Bool {
    let head = UnsafeRawBufferPointer(rebasing: line[..<min(line.count, 200)])
    let isDropped =
      ByteScan.first("\"type\":\"token_count\"", in: head) != nil
      || ByteScan.first("\"type\":\"ghost_snapshot\"", in: head) != nil
      || ByteScan.first("\"type\":\"agent_reasoning\"", in: head) != nil
    return isDropped && ByteScan.first("}{\"", in: line) == nil
  }

  mutating func read(
    _ record: JSONValue, place: Place, line: Int, into sink: inout EventSink
  ) {
    lastTime = RecordTime.of(record["timestamp"]) ?? lastTime
    guard let payload = record["payload"] else {
      bare(record, place, into: &sink)
      return
    }
    switch record["type"]?.string {
    case "session_meta": meta(payload, sink)
    case "turn_context": cwd = payload["cwd"]?.string.map(sink.redactor.redact) ?? cwd
    case "response_item": item(payload, place, into: &sink)
    case "event_msg": event(payload, place, into: &sink)
    case "compacted": compacted(payload, place, into: &sink)
    case "world_state": sink.counts.skipped += 1
    default: sink.counts.unknown += 1
    }
  }

  /// The generation before September 2025: items without an envelope.
  private mutating func bare(_ record: JSONValue, _ place: Place, into sink: inout EventSink) {
    if record["type"] != nil {
      item(record, place, into: &sink)
    } else if record["record_type"] != nil {
      sink.counts.skipped += 1
    } else if record["instructions"] != nil || record["git"] != nil {
      meta(record, sink)
    } else {
      sink.counts.unknown += 1
    }
  }

  /// Only the first one counts: a resumed file repeats its parent's.
  private mutating func meta(_ payload: JSONValue, _ sink: EventSink) {
    guard session == nil else { return }
    session = payload["id"]?.string
    cwd = payload["cwd"]?.string.map(sink.redactor.redact)
    branch = payload["git"]?["branch"]?.string
  }

  private func frame(_ key: String, _ place: Place) -> EventSink.Frame {
    .init(
      key: key, session: session ?? place.source, at: lastTime, place: place, cwd: cwd,
      branch: branch)
  }

  /// A key that is equal when the same text is replayed at the same point of the conversation.
  private mutating func keyed(_ kind: String, _ text: String) -> String {
    let digest = Self.short(kind + "\u{1f}" + text)
    let count = occurrences[digest, default: 0]
    occurrences[digest] = count + 1
    return "codex:\(digest):\(count)"
  }

  /// 80 bits tell the texts of a session apart, and keep the stored state small.
  private static func short(_ text: String) -> String {
    String(SHA256Digest.of(text).hex.prefix(20))
  }

  // MARK: Messages

  private mutating func item(_ item: JSONValue, _ place: Place, into sink: inout EventSink) {
    switch item["type"]?.string {
    case "message": message(item, place, into: &sink)
    case nil where item["role"] != nil: message(item, place, into: &sink)
    case "function_call", "custom_tool_call", "local_shell_call": call(item, place, into: &sink)
    case "function_call_output", "custom_tool_call_output", "local_shell_call_output":
      output(item, place, into: &sink)
    case "reasoning", "ghost_snapshot", "web_search_call", "compaction", "compaction_summary":
      sink.counts.skipped += 1
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
    case "user" where isPrompt(item):
      prompt(text, place, from: 1, into: &sink)
    default:
      let isMemory = VoiceClassifier.opening(of: text) == .memory
      sink.message(
        frame(keyed("injected", text), place), part: "0", actor: isMemory ? .memory : .harness,
        provenance: isMemory ? .memory : .harness, text: text)
    }
  }

  /// Versions of 2026 say what each part of a message is.
  private func isPrompt(_ item: JSONValue) -> Bool {
    let kinds =
      item["internal_chat_message_metadata_passthrough"]?["content_item_kinds"]?.elements
      .compactMap(\.string) ?? []
    return kinds.isEmpty || kinds.contains { $0.hasPrefix("user.") }
  }

  /// A prompt comes through both streams; whichever is first is taken, its twin is passed over.
  private mutating func prompt(
    _ text: String, _ place: Place, from stream: Int, into sink: inout EventSink
  ) {
    let digest = Self.short(text.trimmedWhitespace)
    let balance = promptBalance[digest, default: 0]
    promptBalance[digest] = balance + stream
    if balance * stream < 0 { return }
    sink.prompt(
      frame(keyed("user", text.trimmedWhitespace), place), part: "0", text: text)
  }

  private mutating func event(_ event: JSONValue, _ place: Place, into sink: inout EventSink) {
    switch event["type"]?.string {
    case "user_message":
      if let text = event["message"]?.string { prompt(text, place, from: -1, into: &sink) }
    case "turn_aborted":
      sink.boundary(frame(keyed("abort", ""), place), part: "0", .interrupt)
    case "context_compacted":
      sink.boundary(frame(keyed("compaction", ""), place), part: "0", .compaction)
    default: sink.counts.skipped += 1
    }
  }

  /// `replacement_history` repeats messages that the file already has.
  private mutating func compacted(
    _ payload: JSONValue, _ place: Place, into sink: inout EventSink
  ) {
    guard let text = payload["message"]?.string else { return }
    sink.message(
      frame(keyed("compacted", text), place), part: "0", actor: .assistant, provenance: .summary,
      text: text)
  }

  // MARK: Tools

  private mutating func call(_ item: JSONValue, _ place: Place, into sink: inout EventSink) {
    guard let id = item["call_id"]?.string ?? item["id"]?.string else { return }
    let name = item["name"]?.string ?? "shell"
    let arguments = CodexTools.arguments(of: item)
    let line = CodexTools.command(arguments?.root)
    let patch = CodexTools.patch(name: name, item: item, arguments: arguments?.root, command: line)
    let edits = patch.map { ApplyPatch.edits(in: $0, call: id) } ?? []
    let command = patch == nil ? line : nil
    calls.open(
      OpenCall(
        call: id, tool: name,
        asked: sink.limited(name + ": " + (command ?? edits.first?.path ?? ""), 400), path: nil,
        edits: edits.map(sink.cleaned)))
    sink.call(
      frame("codex:call:" + id, place), part: "call", provenance: .said,
      ToolCall(
        call: id, tool: name, command: command,
        workdir: arguments?.root["workdir"]?.string, input: CodexTools.inputs(arguments?.root)))
  }

  private mutating func output(_ item: JSONValue, _ place: Place, into sink: inout EventSink) {
    guard let id = item["call_id"]?.string ?? item["id"]?.string else { return }
    let result = CodexTools.outcome(of: item["output"])
    let frame = frame("codex:call:" + id, place)
    sink.result(
      frame, part: "result", provenance: .said, call: id, status: result.status,
      exitCode: result.exitCode, output: result.output)
    let call = calls.close(id)
    if result.status == .denied {
      sink.approval(
        frame, part: "denied",
        Approval(call: id, question: call.asked, verdict: .denied, answer: ""))
    }
    guard result.status == .succeeded else { return }
    for (index, edit) in call.edits.enumerated() {
      sink.edit(frame, part: "edit.\(index)", provenance: .said, edit)
    }
  }
}
