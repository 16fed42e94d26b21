import KairosJSON
import KairosModel

/// ChatGPT data exports (`conversations.json`): several conversations, each a tree of messages.
///
/// Only the branch that the person ended on is read, from its last message to the root. Every
/// conversation is a session of its own.
struct ChatGPT: DocumentAdapter {
  static let row = SourceRow(
    format: .chatGPT, agent: "ChatGPT", place: "`conversations.json` of a data export",
    reads: "prompts, answers, code that was run with its output, custom instructions as "
      + "memories; abandoned branches are left out; not told: folder, exit codes")

  static func recognises(_ root: JSONValue) -> Bool {
    let first = root.isArray ? root.elements.first : root
    let node = first?["mapping"]?.members.first?.value
    return node?["id"] != nil && node?["message"] != nil
      || node?["children"] != nil && node?["parent"] != nil
  }

  static func session(of root: JSONValue) -> String? { nil }

  static func identity(of root: JSONValue) -> [String] {
    let first = root.isArray ? root.elements.first : root
    let node = first?["mapping"]?.members.first?.key
    return [first?["create_time"]?.numberText ?? "", node ?? ""]
  }

  private var open: ToolExchange?

  mutating func read(
    _ root: JSONValue, of source: DocumentSource, into sink: inout EventSink
  ) {
    for conversation in root.isArray ? root.elements : [root] {
      guard conversation["mapping"]?.isObject == true else {
        sink.counts.badLines += 1
        continue
      }
      open = nil
      let key = conversation["conversation_id"]?.string ?? conversation["id"]?.string
      for message in Self.branch(of: conversation) {
        sink.counts.records += 1
        take(message, session: key ?? source.session, source, into: &sink)
      }
    }
  }

  /// The messages of the current branch, oldest first.
  private static func branch(of conversation: JSONValue) -> [JSONValue] {
    var nodes: [String: JSONValue] = [:]
    var leaf: String?
    for (key, node) in conversation["mapping"]?.members ?? [] {
      nodes[key] = node
      if node["children"]?.elements.isEmpty ?? true { leaf = key }
    }
    // In a conversation whose end is missing, no node may be without children.
    leaf = leaf ?? conversation["mapping"]?.members.last?.key
    var messages: [JSONValue] = []
    var next = conversation["current_node"]?.string.flatMap { nodes[$0] == nil ? nil : $0 } ?? leaf
    while let key = next, let node = nodes.removeValue(forKey: key) {
      if let message = node["message"], message.isObject { messages.append(message) }
      next = node["parent"]?.string
    }
    return messages.reversed()
  }

  /// The texts of a message; images and other parts are dropped.
  private static func text(_ content: JSONValue?) -> String {
    if let text = content?["text"]?.string { return text }
    return (content?["parts"]?.elements ?? []).compactMap {
      $0.string ?? ($0["content_type"]?.string == "audio_transcription" ? $0["text"]?.string : nil)
    }.joined(separator: "\n")
  }

  private mutating func take(
    _ message: JSONValue, session: String, _ source: DocumentSource, into sink: inout EventSink
  ) {
    let text = Self.text(message["content"])
    let frame = source.frame(
      "chatgpt:" + (message["id"]?.string ?? SHA256Digest.of(text).hex), of: message,
      at: RecordTime.of(message["create_time"]), session: session)
    let kind = message["content"]?["content_type"]?.string ?? "text"
    if kind == "user_editable_context" || kind == "model_editable_context" {
      memory(message["content"], frame, into: &sink)
      return
    }
    guard message["metadata"]?["is_visually_hidden_from_conversation"]?.bool != true,
      !["thoughts", "reasoning_recap"].contains(kind)
    else {
      sink.counts.skipped += 1
      return
    }
    switch message["author"]?["role"]?.string {
    case "user": sink.prompt(frame, part: "0", text: text)
    case "assistant": assistant(message, text, frame, into: &sink)
    case "tool": tool(message, text, frame, into: &sink)
    case "system":
      sink.message(frame, part: "0", actor: .harness, provenance: .harness, text: text)
    default: sink.counts.unknown += 1
    }
  }

  /// What the person asked to be remembered, and what the model keeps about them.
  private func memory(
    _ content: JSONValue?, _ frame: EventSink.Frame, into sink: inout EventSink
  ) {
    for (name, value) in content?.members ?? [] where name != "content_type" {
      sink.message(
        frame, part: name, actor: .memory, provenance: .memory, text: value.string ?? "")
    }
  }

  /// A message to everybody is an answer; one to a tool is a call.
  private mutating func assistant(
    _ message: JSONValue, _ text: String, _ frame: EventSink.Frame, into sink: inout EventSink
  ) {
    let recipient = message["recipient"]?.string ?? "all"
    if recipient == "all" {
      sink.message(frame, part: "0", actor: .assistant, provenance: .said, text: text)
      return
    }
    let exchange = ToolExchange(id: frame.key, tool: recipient, command: text)
    open = exchange
    exchange.emitCall(frame, part: "0", into: &sink)
  }

  /// A tool's message answers the call before it.
  private mutating func tool(
    _ message: JSONValue, _ text: String, _ frame: EventSink.Frame, into sink: inout EventSink
  ) {
    let name = message["author"]?["name"]?.string ?? "tool"
    let exchange = open ?? ToolExchange(id: frame.key, tool: name, arguments: nil)
    open = nil
    let run = message["metadata"]?["aggregate_result"]
    let isFailure = run?["in_kernel_exception"].map { !$0.isNull } ?? false
    let status: ToolResult.Status =
      isFailure
      ? .failed
      : message["content"]?["content_type"]?.string == "system_error"
        ? .failed : .succeeded
    exchange.emit(.init(status: status, exitCode: nil, output: text), frame, part: "0", into: &sink)
  }
}
