import KairosJSON
import KairosModel

/// Gemini CLI sessions as one JSON document (until early 2026), and those of Qwen Code, its fork,
/// from before it wrote lines.
///
/// Ids are those of messages, so that the parts of a session in several files join. The format
/// has no working folder, only a hash of it.
struct GeminiCLI: DocumentAdapter {
  static let row = SourceRow(
    format: .geminiCLI, agent: "Gemini CLI, early Qwen Code",
    place: "`~/.gemini/tmp/<hash>/chats/session-*.json`, `~/.qwen/tmp/<hash>/chats/`",
    reads: "prompts, answers, tool calls with results, exit codes of shells, edits with the text "
      + "before; not told: the working folder")

  static func recognises(_ root: JSONValue) -> Bool {
    guard root["sessionId"]?.string != nil, root["startTime"] != nil else { return false }
    return root["messages"]?.isArray == true
  }

  static func session(of root: JSONValue) -> String? { root["sessionId"]?.string }

  static func identity(of root: JSONValue) -> [String] {
    [session(of: root) ?? "", root["startTime"]?.string ?? ""]
  }

  private var keys = TextKeys(.geminiCLI)
  private var isDelegated = false
  private var cwd: String?

  mutating func read(
    _ root: JSONValue, of source: DocumentSource, into sink: inout EventSink
  ) {
    keys = TextKeys(.geminiCLI, session: source.session)
    isDelegated = root["kind"]?.string == "subagent"
    cwd = root["directories"]?.elements.first?.string
    for message in root["messages"]?.elements ?? [] {
      sink.counts.records += 1
      switch message["type"]?.string {
      case "user": user(message, source, into: &sink)
      case "gemini", "model", "assistant", "qwen": model(message, source, into: &sink)
      case "info", "warning", "error": sink.counts.skipped += 1
      case nil where !message.isObject: sink.counts.badLines += 1
      default: sink.counts.unknown += 1
      }
    }
  }

  private mutating func frame(
    _ message: JSONValue, _ text: String, _ source: DocumentSource
  ) -> EventSink.Frame {
    let key = message["id"]?.string.map { "gemini:" + $0 }
    return source.frame(
      key ?? keys.key("message", text), of: message, at: RecordTime.of(message["timestamp"]),
      cwd: cwd)
  }

  /// The texts of a content, which is a string or a list of parts.
  private static func texts(_ content: JSONValue?) -> [String] {
    if let text = content?.string { return [text] }
    return (content?.elements ?? []).compactMap { $0.string ?? $0["text"]?.string }
  }

  /// The part after which the contents of files follow that a prompt names with `@`.
  private static let filesMark: StaticString = "--- Content from referenced files ---"

  private mutating func user(
    _ message: JSONValue, _ source: DocumentSource, into sink: inout EventSink
  ) {
    let texts = Self.texts(message["content"])
    let files = texts.firstIndex { $0.hasBytes(Self.filesMark) } ?? texts.endIndex
    let frame = frame(message, texts.joined(separator: "\n"), source)
    let shown = Self.texts(message["displayContent"])
    let typed = (shown.isEmpty ? Array(texts[..<files]) : shown).joined(separator: "\n")
    if isDelegated {
      sink.message(frame, part: "0", actor: .assistant, provenance: .delegated, text: typed)
    } else {
      sink.prompt(frame, part: "0", text: typed)
    }
    sink.message(
      frame, part: "files", actor: .external, provenance: .pasted,
      text: texts[files...].joined(separator: "\n"))
  }

  private mutating func model(
    _ message: JSONValue, _ source: DocumentSource, into sink: inout EventSink
  ) {
    let text = Self.texts(message["content"]).joined(separator: "\n")
    let provenance: Provenance = isDelegated ? .delegated : .said
    let frame = frame(message, text, source)
    sink.message(frame, part: "0", actor: .assistant, provenance: provenance, text: text)
    for call in message["toolCalls"]?.elements ?? [] {
      guard let id = call["id"]?.string, let name = call["name"]?.string else {
        sink.counts.badLines += 1
        continue
      }
      var callFrame = frame
      callFrame.key = "gemini:call:" + id
      callFrame.at = RecordTime.of(call["timestamp"]) ?? frame.at
      let exchange = exchange(call, id, name, provenance)
      exchange.emitCall(callFrame, part: "0", into: &sink)
      guard call["result"] != nil || call["status"] != nil else { continue }
      exchange.emit(GeminiOutcome.of(call), callFrame, part: "0", into: &sink)
    }
  }

  private func exchange(
    _ call: JSONValue, _ id: String, _ name: String, _ provenance: Provenance
  ) -> ToolExchange {
    var exchange = ToolExchange(
      id: id, tool: name, arguments: call["args"], provenance: provenance)
    if let edit = GeminiOutcome.edit(call["resultDisplay"], call: id, like: exchange.edits.first) {
      exchange.edits = [edit]
    } else if GeminiOutcome.of(call).output.hasBytesPrefix("Successfully created") {
      exchange.edits = exchange.edits.map {
        Edit(
          call: $0.call, action: .create, path: $0.path, newPath: nil, before: "",
          after: $0.after)
      }
    }
    return exchange
  }
}

/// Results in the encoding that Gemini CLI and Qwen Code share.
enum GeminiOutcome {
  /// Status, exit code and output of a recorded call.
  static func of(_ call: JSONValue) -> ToolExchange.Outcome {
    let responses = call["result"]?.elements.compactMap { $0["functionResponse"]?["response"] }
    let text =
      (responses ?? []).compactMap { $0["output"]?.string ?? $0["error"]?.string }
      .joined(separator: "\n")
    let shown = call["resultDisplay"]?.string ?? ""
    return outcome(text.isEmpty ? shown : text, status: call["status"]?.string)
  }

  /// A shell counts as a success whatever its exit code, which stands in the text.
  static func outcome(_ text: String, status: String?) -> ToolExchange.Outcome {
    let code =
      text.hasBytesPrefix("Command: ") || text.hasBytesPrefix("Output: ")
      ? OutputText.number(after: "\nExit Code: ", in: text) : nil
    let output = shellOutput(text) ?? text
    func made(_ status: ToolResult.Status) -> ToolExchange.Outcome {
      .init(status: status, exitCode: code, output: output)
    }
    switch status {
    case "cancelled":
      return made(
        text.hasBytes("did not allow") || text.hasBytes("declined") ? .denied : .interrupted)
    case "error": return made(.failed)
    case "success": return made(code.map(OutputText.status) ?? .succeeded)
    default: return made(code.map(OutputText.status) ?? .unknown)
    }
  }

  /// What the command printed, out of the report about it.
  private static func shellOutput(_ text: String) -> String? {
    guard text.hasBytesPrefix("Command: ") || text.hasBytesPrefix("Output: "),
      let start = text.bytesRange(of: "Output: ") ?? text.bytesRange(of: "Stdout: ")
    else { return nil }
    let body = text[start.upperBound...]
    let end =
      body.bytesRange(of: "\nError: (none)")?.lowerBound
      ?? body.bytesRange(of: "\nExit Code: ")?.lowerBound
      ?? body.bytesRange(of: "\nProcess Group PGID: ")?.lowerBound ?? body.endIndex
    let output = String(body[..<end])
    return output == "(empty)" ? "" : output
  }

  /// The edit that a result shows: file name and texts; the arguments know the path better.
  static func edit(_ display: JSONValue?, call: String, like asked: Edit?) -> Edit? {
    guard display?["fileDiff"] != nil,
      let path = asked?.path ?? display?["filePath"]?.string ?? display?["fileName"]?.string
    else { return nil }
    let original = display?["originalContent"]
    let isNew = original.map { $0.isNull || $0.string == "" } ?? false
    return Edit(
      call: call, action: isNew ? .create : .update, path: path, newPath: nil,
      before: asked.map(\.before).flatMap { $0.isEmpty ? nil : $0 } ?? original?.string ?? "",
      after: asked?.after ?? display?["newContent"]?.string ?? "")
  }
}
