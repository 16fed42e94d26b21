import KairosJSON
import KairosModel

/// The prompts of all sessions that Claude Code keeps for its input line. They outlive the
/// transcripts, which are deleted after a month.
struct ClaudeHistory: LineAdapter {
  static let row = SourceRow(
    format: .claudeHistory, agent: "Claude Code", place: "`~/.claude/history.jsonl`",
    reads: "what people typed, with times, the folder and the session; not told: anything else")

  /// A file of many sessions.
  var session: String? { nil }
  var state = ""

  static func recognises(_ record: JSONValue) -> Bool {
    record["display"]?.string != nil && record["timestamp"]?.numberText != nil
      && (record["project"]?.string != nil || record["pastedContents"] != nil)
  }

  static func session(of record: JSONValue) -> String? { nil }

  mutating func read(
    _ record: JSONValue, place: Place, line: Int, into sink: inout EventSink
  ) {
    guard let text = record["display"]?.string else {
      sink.counts.unknown += 1
      return
    }
    let folder = record["project"]?.string
    PromptHistory.put(
      text, session: record["sessionId"]?.string ?? "claude-history:" + (folder ?? ""),
      at: record["timestamp"], folder: folder, .claudeHistory, place, into: &sink)
  }
}

/// The prompts of all sessions that Codex keeps for its input line.
struct CodexHistory: LineAdapter {
  static let row = SourceRow(
    format: .codexHistory, agent: "Codex CLI", place: "`~/.codex/history.jsonl`",
    reads: "what people typed, with times and the session; not told: the folder")

  var session: String? { nil }
  var state = ""

  static func recognises(_ record: JSONValue) -> Bool {
    record["session_id"]?.string != nil && record["ts"]?.int != nil
      && record["text"]?.string != nil && record.members.count <= 4
  }

  static func session(of record: JSONValue) -> String? { nil }

  mutating func read(
    _ record: JSONValue, place: Place, line: Int, into sink: inout EventSink
  ) {
    guard let text = record["text"]?.string, let session = record["session_id"]?.string else {
      sink.counts.unknown += 1
      return
    }
    PromptHistory.put(
      text, session: session, at: record["ts"], folder: nil, .codexHistory, place, into: &sink)
  }
}

/// The prompts of all sessions of a project that the Gemini CLI keeps.
struct GeminiLogs: DocumentAdapter {
  static let row = SourceRow(
    format: .geminiLogs, agent: "Gemini CLI", place: "`~/.gemini/tmp/<project>/logs.json`",
    reads: "what people typed, with times and the session; not told: the folder")

  static func recognises(_ root: JSONValue) -> Bool {
    guard let first = root.elements.first else { return false }
    return first["sessionId"]?.string != nil && first["messageId"]?.int != nil
      && first["message"]?.string != nil && first["type"]?.string != nil
  }

  static func session(of root: JSONValue) -> String? { nil }

  static func identity(of root: JSONValue) -> [String] {
    let first = root.elements.first
    return [first?["sessionId"]?.string ?? "", first?["timestamp"]?.string ?? ""]
  }

  mutating func read(
    _ root: JSONValue, of source: DocumentSource, into sink: inout EventSink
  ) {
    for entry in root.elements {
      sink.counts.records += 1
      guard let text = entry["message"]?.string, let session = entry["sessionId"]?.string else {
        sink.counts.badLines += 1
        continue
      }
      guard entry["type"]?.string == "user" else {
        sink.counts.unknown += 1
        continue
      }
      PromptHistory.put(
        text, session: session, at: entry["timestamp"], folder: nil, .geminiLogs,
        source.place(of: entry), into: &sink)
    }
  }
}

/// One line of what people typed; the session is the one that the transcript has as well.
private enum PromptHistory {
  static func put(
    _ text: String, session: String, at time: JSONValue?, folder: String?, _ format: SourceFormat,
    _ place: Place, into sink: inout EventSink
  ) {
    let when = time?.numberText ?? time?.string ?? ""
    let frame = EventSink.Frame(
      key: "\(format.rawValue):\(session):\(when):\(LineKeys.short(text))", session: session,
      at: RecordTime.of(time), place: place, cwd: folder, branch: nil)
    // A command of the program says nothing about the project.
    if text.hasPrefix("/"), !text.dropFirst().prefix(40).contains("/") {
      sink.message(frame, part: "0", actor: .harness, provenance: .harness, text: text)
    } else {
      sink.prompt(frame, part: "0", text: text)
    }
  }
}
