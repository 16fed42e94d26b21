import KairosJSON
import KairosModel

/// Claude Code session files (`~/.claude/projects/<slug>/<session>.jsonl`), versions 2.0 to 2.1.
///
/// Ids come from the record's `uuid`, so that resumed, forked and day-split copies give the same
/// events. Records of bookkeeping and progress are skipped before parsing.
struct ClaudeCode: TranscriptAdapter, DeclaredFormat {
  static let row = SourceRow(
    format: .claudeCode, agent: "Claude Code",
    place: "`~/.claude/projects/<folder>/<session>.jsonl` (`CLAUDE_CONFIG_DIR` moves it)",
    reads: "prompts, answers, tool calls with results, edits, approvals, compactions, sub-agents "
      + "(2.0 to 2.1); not told: exit codes of successes")

  private(set) var session: String?
  /// The time of the last record, for records without one.
  private var lastTime: Timestamp?
  /// Calls whose result has not come yet.
  private var calls = OpenCalls()

  var state: String {
    get {
      CanonicalJSON.object {
        $0.member("session", session)
        $0.member("at", lastTime)
        calls.write(to: &$0)
      }.text
    }
    set {
      guard let root = try? JSONDocument.parse(newValue).root else { return }
      session = root["session"]?.string
      lastTime = RecordTime.of(root["at"])
      calls = OpenCalls(root)
    }
  }

  /// Whether a record has the shape of this format.
  static func recognises(_ record: JSONValue) -> Bool {
    if record["sessionId"] != nil,
      record["uuid"] != nil || record["leafUuid"] != nil || record["parentUuid"] != nil
    {
      return true
    }
    guard let type = record["type"]?.string else { return false }
    return ["file-history-snapshot", "queue-operation", "permission-mode"].contains(type)
      || type == "summary" && record["leafUuid"] != nil
      || type == "user" && record["message"]?["role"] != nil && record["uuid"] != nil
  }

  /// Types that hold nothing worth keeping: they repeat what other records say, or keep house.
  private static let dropped: Set<String> = [
    "progress", "file-history-snapshot", "file-history-delta", "mode", "permission-mode",
    "ai-title", "custom-title", "last-prompt", "bridge-session", "atis-latch", "summary", "pr-link",
  ]

  mutating func passes(over line: UnsafeRawBufferPointer) -> Bool {
    if session == nil { session = RecordHead.string(after: "\"sessionId\":\"", in: line) }
    guard let type = RecordHead.type(of: line), Self.dropped.contains(type) else { return false }
    // Two records may be glued into one line: the second may be worth reading.
    return ByteScan.first("}{\"", in: line) == nil
  }

  mutating func read(
    _ record: JSONValue, place: Place, line: Int, into sink: inout EventSink
  ) {
    lastTime = RecordTime.of(record["timestamp"]) ?? lastTime
    let frame = EventSink.Frame(
      key: record["uuid"]?.string ?? place.digest, session: session ?? place.source,
      at: lastTime, place: place, cwd: record["cwd"]?.string, branch: branch(record))
    switch record["type"]?.string {
    case "assistant": assistant(record, frame, into: &sink)
    case "user": user(record, frame, into: &sink)
    case "system": system(record, frame, into: &sink)
    case "queue-operation": queued(record, frame, into: &sink)
    case "attachment": attachment(record["attachment"], frame, into: &sink)
    case let type? where Self.dropped.contains(type): sink.counts.skipped += 1
    default: sink.counts.unknown += 1
    }
  }

  /// `HEAD` is written when no branch is checked out.
  private func branch(_ record: JSONValue) -> String? {
    guard let branch = record["gitBranch"]?.string, branch != "HEAD", !branch.isEmpty else {
      return nil
    }
    return branch
  }

  private func isSidechain(_ record: JSONValue) -> Bool {
    record["isSidechain"]?.bool ?? (record["agentId"]?.string != nil)
  }

  // MARK: Records of the model

  private func provenance(_ record: JSONValue) -> Provenance {
    if record["isApiErrorMessage"]?.bool == true { return .harness }
    if record["message"]?["model"]?.string == "<synthetic>" { return .harness }
    return isSidechain(record) ? .delegated : .said
  }

  private mutating func assistant(
    _ record: JSONValue, _ frame: EventSink.Frame, into sink: inout EventSink
  ) {
    let provenance = provenance(record)
    let actor: Actor = provenance == .harness ? .harness : .assistant
    guard let content = record["message"]?["content"] else { return }
    if let text = content.string {
      sink.message(frame, part: "0", actor: actor, provenance: provenance, text: text)
      return
    }
    for (index, block) in content.elements.enumerated() {
      let part = String(index)
      switch block["type"]?.string {
      case "text":
        guard let text = block["text"]?.string else { continue }
        sink.message(frame, part: part, actor: actor, provenance: provenance, text: text)
      case "tool_use":
        guard let call = ClaudeTools.call(block) else { continue }
        calls.open(ClaudeTools.openCall(block, call, sink))
        sink.call(frame, part: part, provenance: provenance, call)
      default: continue
      }
    }
  }

  // MARK: Records of the user role

  private mutating func user(
    _ record: JSONValue, _ frame: EventSink.Frame, into sink: inout EventSink
  ) {
    guard let content = record["message"]?["content"] else { return }
    if let text = content.string {
      prompt(record, text, frame, part: "0", into: &sink)
      return
    }
    for (index, block) in content.elements.enumerated() {
      switch block["type"]?.string {
      case "text":
        guard let text = block["text"]?.string else { continue }
        prompt(record, text, frame, part: String(index), into: &sink)
      case "tool_result":
        guard let id = block["tool_use_id"]?.string else { continue }
        let result = ClaudeResult(
          block, record: record["toolUseResult"], call: calls.close(id),
          isDelegated: isSidechain(record))
        result.emit(frame, part: String(index), into: &sink)
      default: continue
      }
    }
  }

  private func prompt(
    _ record: JSONValue, _ text: String, _ frame: EventSink.Frame, part: String,
    into sink: inout EventSink
  ) {
    func put(_ actor: Actor, _ provenance: Provenance) {
      sink.message(frame, part: part, actor: actor, provenance: provenance, text: text)
    }
    if record["isCompactSummary"]?.bool == true
      || record["isVisibleInTranscriptOnly"]?.bool == true
    {
      return put(.assistant, .summary)
    }
    if isSidechain(record) { return put(.assistant, .delegated) }
    let isVouched = isVouched(record)
    if record["isMeta"]?.bool == true || isVouched == false {
      // The program's own texts; skills and instruction files are memories.
      let isMemory = VoiceClassifier.opening(of: text) == .memory
      return put(isMemory ? .memory : .harness, isMemory ? .memory : .harness)
    }
    if let plan = record["planContent"]?.string, !plan.isEmpty { return put(.external, .pasted) }
    sink.prompt(frame, part: part, text: text, isVouched: isVouched == true)
  }

  /// Whether the record itself says that a person typed it (since 2.1.220); `nil` when it does not
  /// tell. A prompt that a program sent through the SDK is no person's.
  private func isVouched(_ record: JSONValue) -> Bool? {
    if let origin = record["origin"]?["kind"]?.string { return origin == "human" }
    switch record["promptSource"]?.string {
    case "typed", "queued": return true
    case "system": return false
    case "sdk": return record["entrypoint"]?.string?.hasPrefix("sdk") == false ? nil : false
    default: return nil
    }
  }

  // MARK: Other records

  private func system(_ record: JSONValue, _ frame: EventSink.Frame, into sink: inout EventSink) {
    switch record["subtype"]?.string {
    case "compact_boundary": sink.boundary(frame, part: "boundary", .compaction)
    case "away_summary":
      sink.message(
        frame, part: "0", actor: .assistant, provenance: .summary,
        text: record["content"]?.string ?? "")
    default: sink.counts.skipped += 1
    }
  }

  /// A prompt that a person typed while the agent was busy; versions before 2.1.220 keep it nowhere
  /// else.
  private func queued(
    _ record: JSONValue, _ frame: EventSink.Frame, into sink: inout EventSink
  ) {
    guard record["operation"]?.string == "enqueue", let text = record["content"]?.string else {
      sink.counts.skipped += 1
      return
    }
    sink.prompt(frame, part: "queued", text: text)
  }

  private func attachment(
    _ attachment: JSONValue?, _ frame: EventSink.Frame, into sink: inout EventSink
  ) {
    switch attachment?["type"]?.string {
    case "queued_command": queued(attachment, frame, into: &sink)
    case "nested_memory":
      let content = attachment?["content"]
      sink.message(
        frame, part: "memory", actor: .memory, provenance: .memory,
        text: content?["content"]?.string ?? content?.string ?? "")
    default: sink.counts.skipped += 1
    }
  }

  /// A prompt that was typed while the agent was busy; notifications take the same way.
  private func queued(
    _ attachment: JSONValue?, _ frame: EventSink.Frame, into sink: inout EventSink
  ) {
    let blocks = attachment?["prompt"]?.elements.compactMap { $0["text"]?.string } ?? []
    let text = attachment?["prompt"]?.string ?? blocks.joined(separator: "\n\n")
    let mode = attachment?["commandMode"]?.string ?? "prompt"
    let origin = attachment?["origin"]?["kind"]?.string ?? "human"
    guard mode == "prompt", origin == "human", attachment?["isMeta"]?.bool != true else {
      sink.message(frame, part: "queued", actor: .harness, provenance: .harness, text: text)
      return
    }
    sink.prompt(frame, part: "queued", text: text)
  }
}

/// Looks at the beginning of a record without parsing it.
enum RecordHead {
  /// Bytes in which a record's own type stands in every version that was seen.
  private static let bytesMax = 1024

  /// The value of the top-level member `type`, when it stands near the beginning.
  static func type(of line: UnsafeRawBufferPointer) -> String? {
    let head = UnsafeRawBufferPointer(rebasing: line[..<min(line.count, bytesMax)])
    var depth = 0
    var at = 0
    while at < head.count {
      switch head[at] {
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
      case UInt8(ascii: "\""):
        if depth == 1, let type = string(after: "\"type\":\"", in: head, at: at) { return type }
        at = stringEnd(head, at)
      default: break
      }
      at += 1
    }
    return nil
  }

  /// Offset of the quote that ends the string which begins at `start`.
  private static func stringEnd(_ head: UnsafeRawBufferPointer, _ start: Int) -> Int {
    var at = start + 1
    while at < head.count, head[at] != UInt8(ascii: "\"") {
      at += head[at] == UInt8(ascii: "\\") ? 2 : 1
    }
    return at
  }

  /// The plain string that follows the first occurrence of `mark`.
  static func string(after mark: StaticString, in line: UnsafeRawBufferPointer) -> String? {
    ByteScan.first(mark, in: line).flatMap { string(after: mark, in: line, at: $0) }
  }

  private static func string(
    after mark: StaticString, in line: UnsafeRawBufferPointer, at start: Int
  ) -> String? {
    let from = start + mark.utf8CodeUnitCount
    guard from < line.count, mark.withUTF8Buffer({ line[start..<from].elementsEqual($0) }) else {
      return nil
    }
    let value = line[from...].prefix(128).prefix { $0 != UInt8(ascii: "\"") }
    return value.count < 128 ? String(decoding: value, as: UTF8.self) : nil
  }
}
