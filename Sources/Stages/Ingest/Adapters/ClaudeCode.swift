import KairosJSON
import KairosModel

/// Claude Code session files (`~/.claude/projects/<slug>/<session>.jsonl`), versions 2.0 to 2.1.
///
/// Ids come from the record's `uuid`, so that resumed, forked and day-split copies give the same
/// events. Records of bookkeeping and progress are skipped before parsing.
struct ClaudeCode: TranscriptAdapter {
  private let options: IngestOptions
  private(set) var session: String?
  /// The time of the last record, for records without one.
  private var lastTime: Timestamp?

  init(options: IngestOptions) { self.options = options }

  var state: String {
    get { session ?? "" }
    set { session = newValue.isEmpty ? nil : newValue }
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
    "ai-title", "custom-title", "last-prompt", "bridge-session", "atis-latch", "queue-operation",
    "summary", "pr-link",
  ]
  private static let typeKey = Array("\"type\":\"".utf8)

  static func skips(line: ArraySlice<UInt8>) -> Bool {
    // The record's own type stands before its content in every version; a nested one that could
    // come first ("message", "tool_result") is none of the dropped ones.
    guard let at = ByteSearch.first(typeKey, in: line.prefix(1024)) else { return false }
    let name = line[(at + typeKey.count)...].prefix(24).prefix { $0 != UInt8(ascii: "\"") }
    guard dropped.contains(String(decoding: name, as: UTF8.self)) else { return false }
    // Two records may be glued into one line: the second may be worth reading.
    return ByteSearch.first(Array("\"}{\"".utf8), in: line.suffix(4096)) == nil
  }

  mutating func read(
    _ record: JSONValue, place: Place, line: Int, into sink: inout EventSink
  ) {
    if session == nil { session = record["sessionId"]?.string }
    if let time = record["timestamp"]?.string.flatMap({ Timestamp(rfc3339: $0) }) {
      lastTime = time
    }
    let frame = EventSink.Frame(
      key: record["uuid"]?.string ?? place.digest, session: session ?? place.source,
      at: lastTime, place: place, cwd: record["cwd"]?.string, branch: branch(record))
    switch record["type"]?.string {
    case "assistant": assistant(record, frame, into: &sink)
    case "user": user(record, frame, into: &sink)
    case "system":
      if record["subtype"]?.string == "compact_boundary" {
        sink.boundary(frame, part: "boundary", .compaction)
      } else {
        sink.counts.skipped += 1
      }
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

  private func provenance(_ record: JSONValue) -> Provenance {
    if record["isApiErrorMessage"]?.bool == true { return .harness }
    if record["message"]?["model"]?.string == "<synthetic>" { return .harness }
    return isSidechain(record) ? .delegated : .said
  }

  private func isSidechain(_ record: JSONValue) -> Bool {
    record["isSidechain"]?.bool == true || record["agentId"]?.string != nil
  }

  // MARK: Records of the model

  private func assistant(_ record: JSONValue, _ frame: EventSink.Frame, into sink: inout EventSink)
  {
    let provenance = provenance(record)
    guard let content = record["message"]?["content"] else { return }
    if let text = content.string {
      sink.message(frame, part: "0", actor: .assistant, provenance: provenance, text: text)
      return
    }
    for (index, block) in content.elements.enumerated() {
      let part = String(index)
      switch block["type"]?.string {
      case "text":
        guard let text = block["text"]?.string else { continue }
        let actor: Actor = provenance == .harness ? .harness : .assistant
        sink.message(frame, part: part, actor: actor, provenance: provenance, text: text)
      case "tool_use":
        if let call = ClaudeTools.call(block) {
          sink.call(frame, part: part, provenance: provenance, call)
        }
      default: continue
      }
    }
  }

  // MARK: Records of the user role

  private func user(_ record: JSONValue, _ frame: EventSink.Frame, into sink: inout EventSink) {
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
        ClaudeTools.result(
          block, record: record["toolUseResult"], frame, part: String(index),
          provenance: isSidechain(record) ? .delegated : .said, into: &sink)
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
    if record["isMeta"]?.bool == true { return put(.harness, .harness) }
    if let plan = record["planContent"]?.string, !plan.isEmpty { return put(.external, .pasted) }
    if let source = record["promptSource"]?.string, source == "system" || source == "sdk" {
      return put(.harness, .harness)
    }
    if let origin = record["origin"]?["kind"]?.string, origin != "human" {
      return put(.harness, .harness)
    }
    sink.prompt(frame, part: part, text: text)
  }

  private func attachment(
    _ attachment: JSONValue?, _ frame: EventSink.Frame, into sink: inout EventSink
  ) {
    guard let attachment else { return }
    switch attachment["type"]?.string {
    case "queued_command":
      guard let prompt = attachment["prompt"]?.string else { return }
      sink.prompt(frame, part: "queued", text: prompt)
    case "nested_memory":
      let text = attachment["content"]?["content"]?.string ?? attachment["content"]?.string
      sink.message(
        frame, part: "memory", actor: .memory, provenance: .memory, text: text ?? "")
    default: sink.counts.skipped += 1
    }
  }
}
