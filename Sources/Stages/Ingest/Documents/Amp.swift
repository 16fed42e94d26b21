import KairosJSON
import KairosModel

/// Amp threads (`T-<uuid>.json`).
///
/// A thread names its folder; a result comes in the next message and carries the id of its call.
struct Amp: DocumentAdapter {
  static let row = SourceRow(
    format: .amp, agent: "Amp", place: "`~/.local/share/amp/threads/T-*.json`",
    reads: "prompts, answers, tool calls with results, exit codes, edits; threads that live on "
      + "the server only must be exported first")

  static func recognises(_ root: JSONValue) -> Bool {
    guard let id = root["id"]?.string, id.hasPrefix("T-") else { return false }
    guard let first = root["messages"]?.elements.first else {
      return root["created"] != nil && root["v"] != nil
    }
    return first["role"] != nil && first["content"] != nil
  }

  static func session(of root: JSONValue) -> String? { root["id"]?.string }
  static func identity(of root: JSONValue) -> [String] { [session(of: root) ?? ""] }

  private var keys = TextKeys(.amp)
  private var calls: [String: ToolExchange] = [:]
  private var created: Timestamp?
  private var cwd: String?

  mutating func read(
    _ root: JSONValue, of source: DocumentSource, into sink: inout EventSink
  ) {
    keys = TextKeys(.amp, session: source.session)
    created = RecordTime.of(root["created"])
    cwd = Self.folder(root["env"]?["initial"])
    var last = created
    for message in root["messages"]?.elements ?? [] {
      sink.counts.records += 1
      last =
        RecordTime.of(message["meta"]?["sentAt"])
        ?? RecordTime.of(message["usage"]?["timestamp"]) ?? last
      switch message["role"]?.string {
      case "user", "assistant":
        for block in message["content"]?.elements ?? [] {
          take(block, of: message, at: last, source, into: &sink)
        }
      case nil: sink.counts.badLines += 1
      default: sink.counts.unknown += 1
      }
    }
  }

  private static func folder(_ initial: JSONValue?) -> String? {
    if let cwd = initial?["cwd"]?.string { return cwd }
    guard let uri = initial?["trees"]?.elements.first?["uri"]?.string else { return nil }
    return uri.hasPrefix("file://") ? String(uri.dropFirst(7)) : nil
  }

  private mutating func take(
    _ block: JSONValue, of message: JSONValue, at: Timestamp?, _ source: DocumentSource,
    into sink: inout EventSink
  ) {
    let isUser = message["role"]?.string == "user"
    switch block["type"]?.string {
    case "text":
      guard let text = block["text"]?.string else { return }
      let key = keys.key(isUser ? "user" : "assistant", text)
      let frame = source.frame(key, of: message, at: at, cwd: cwd)
      if isUser {
        sink.prompt(frame, part: "0", text: text)
      } else {
        sink.message(frame, part: "0", actor: .assistant, provenance: .said, text: text)
      }
    case "tool_use":
      guard let id = block["id"]?.string, let name = block["name"]?.string else {
        sink.counts.badLines += 1
        return
      }
      let exchange = ToolExchange(id: id, tool: name, arguments: block["input"])
      calls[id] = exchange
      exchange.emitCall(
        source.frame("amp:call:" + id, of: message, at: at, cwd: cwd), part: "0", into: &sink)
    case "tool_result": result(block, of: message, at: at, source, into: &sink)
    default: break
    }
  }

  private mutating func result(
    _ block: JSONValue, of message: JSONValue, at: Timestamp?, _ source: DocumentSource,
    into sink: inout EventSink
  ) {
    guard let id = block["toolUseID"]?.string ?? block["tool_use_id"]?.string else {
      sink.counts.badLines += 1
      return
    }
    let exchange =
      calls.removeValue(forKey: id) ?? ToolExchange(id: id, tool: "", arguments: nil)
    exchange.emit(
      Self.outcome(block["run"]), source.frame("amp:call:" + id, of: message, at: at, cwd: cwd),
      part: "0", into: &sink)
  }

  private static func outcome(_ run: JSONValue?) -> ToolExchange.Outcome {
    let result = run?["result"]
    let code = result?["exitCode"]?.int.map(Int.init)
    let output =
      result?.string ?? result?["output"]?.string ?? result?["content"]?.string
      ?? run?["error"]?["message"]?.string ?? ""
    let status: ToolResult.Status =
      switch run?["status"]?.string {
      case "done": code.map(OutputText.status) ?? .succeeded
      case "error": .failed
      case "rejected-by-user": .denied
      case "cancelled": .interrupted
      default: .unknown
      }
    return .init(status: status, exitCode: code, output: output)
  }
}
