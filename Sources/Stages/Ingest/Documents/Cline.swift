import KairosJSON
import KairosModel

/// Cline and Roo Code tasks (`api_conversation_history.json`): the messages as the model got them.
///
/// Calls are native blocks or tags in the text. A result is a native block, or a text that begins
/// with `[tool for 'x'] Result:`; it answers the first open call of that tool. What a person typed
/// stands in tags inside these texts.
struct Cline: DocumentAdapter {
  static let row = SourceRow(
    format: .cline, agent: "Cline, Roo Code",
    place: "`<VS Code user data>/globalStorage/saoudrizwan.claude-dev/tasks/<id>/"
      + "api_conversation_history.json`, `rooveterinaryinc.roo-cline` likewise",
    reads: "tasks, feedback, answers to questions, tool calls with results, edits, the folder; "
      + "exit codes where the version writes them")

  static func recognises(_ root: JSONValue) -> Bool {
    guard let first = root.elements.first, first["role"]?.string == "user" else { return false }
    if let text = first["content"]?.string { return text.hasBytesPrefix("<task>") }
    return first["content"]?.elements.first?["type"]?.string != nil
  }

  static func session(of root: JSONValue) -> String? { nil }

  /// The first message holds the task and the time of its beginning.
  static func identity(of root: JSONValue) -> [String] {
    root.elements.first.map { [SHA256Digest.of($0.rawBytes).hex] } ?? []
  }

  private var keys = TextKeys(.cline)
  private var open: [ToolExchange] = []
  private var questions: [String: String] = [:]
  private var cwd: String?
  private var last: Timestamp?

  mutating func read(
    _ root: JSONValue, of source: DocumentSource, into sink: inout EventSink
  ) {
    keys = TextKeys(.cline, session: source.session)
    for message in root.elements {
      sink.counts.records += 1
      let content = message["content"]
      let blocks = content.map { $0.isArray ? $0.elements : [$0] } ?? []
      for block in blocks {
        let details = ClineText.environment(in: Self.text(of: block) ?? "")
        cwd = details.folder ?? cwd
        last = details.time ?? last
      }
      last = RecordTime.of(message["ts"]) ?? last
      switch message["role"]?.string {
      case "assistant":
        for block in blocks { said(block, message, source, into: &sink) }
      case "user": user(blocks, message, source, into: &sink)
      case nil: sink.counts.badLines += 1
      default: sink.counts.unknown += 1
      }
    }
  }

  private static func text(of block: JSONValue) -> String? {
    block.string ?? (block["type"]?.string == "text" ? block["text"]?.string : nil)
  }

  private mutating func frame(
    _ kind: String, _ text: String, _ message: JSONValue, _ source: DocumentSource
  ) -> EventSink.Frame {
    source.frame(keys.key(kind, text), of: message, at: last, cwd: cwd)
  }

  // MARK: The model

  private mutating func said(
    _ block: JSONValue, _ message: JSONValue, _ source: DocumentSource,
    into sink: inout EventSink
  ) {
    if let text = Self.text(of: block) {
      let frame = frame("assistant", text, message, source)
      let (words, calls) = ClineText.calls(in: text)
      sink.message(frame, part: "0", actor: .assistant, provenance: .said, text: words)
      for (index, call) in calls.enumerated() {
        let id = "\(frame.key).\(index)"
        begin(call.tool, id, ClineText.json(call.inputs), frame, part: "\(index)", into: &sink)
      }
    } else if block["type"]?.string == "tool_use" {
      guard let id = block["id"]?.string, let name = block["name"]?.string else {
        sink.counts.badLines += 1
        return
      }
      let frame = source.frame("cline:call:" + id, of: message, at: last, cwd: cwd)
      begin(name, id, block["input"], frame, part: "0", into: &sink)
    }
  }

  /// Some calls are words to the person in the form of a tool.
  private mutating func begin(
    _ tool: String, _ id: String, _ input: JSONValue?, _ frame: EventSink.Frame, part: String,
    into sink: inout EventSink
  ) {
    var exchange = ToolExchange(id: id, tool: tool, arguments: input)
    if let path = input?["path"]?.string, let diff = input?["diff"]?.string {
      exchange.edits = SearchReplace.edits(diff) {
        Edit(call: id, action: .update, path: path, newPath: nil, before: $0, after: $1)
      }
    }
    open.append(exchange)
    let words = input?["result"]?.string ?? input?["response"]?.string
    if ["attempt_completion", "plan_mode_respond"].contains(tool), let words {
      sink.message(
        frame, part: part + ".words", actor: .assistant, provenance: .said, text: words)
    } else if let question = input?["question"]?.string {
      questions[id] = question
      sink.message(
        frame, part: part + ".words", actor: .assistant, provenance: .said, text: question)
    }
    exchange.emitCall(frame, part: part, into: &sink)
  }

  // MARK: The user role

  private mutating func user(
    _ blocks: [JSONValue], _ message: JSONValue, _ source: DocumentSource,
    into sink: inout EventSink
  ) {
    var header: String?
    for block in blocks {
      if block["type"]?.string == "tool_result", let id = block["tool_use_id"]?.string {
        let content = block["content"]
        let text =
          content?.string
          ?? (content?.elements ?? []).compactMap { $0["text"]?.string }.joined(separator: "\n")
        let index = open.firstIndex { $0.call.call == id }
        let exchange = index.map { open.remove(at: $0) }
        finish(
          exchange ?? ToolExchange(id: id, tool: "", arguments: nil),
          block["is_error"]?.bool == true ? "Error: " + text : text,
          frame("result", id, message, source), into: &sink)
      } else if let text = Self.text(of: block) {
        if let pending = header, ClineText.resultHeader(of: text) == nil,
          !text.hasBytesPrefix("<environment_details>")
        {
          result(pending, text, frame("user", text, message, source), into: &sink)
          header = nil
        } else if let (tool, rest) = ClineText.resultHeader(of: text) {
          if let pending = header {
            result(pending, "", frame("user", pending, message, source), into: &sink)
          }
          header = rest.isEmpty ? tool : nil
          guard !rest.isEmpty else { continue }
          result(tool, rest, frame("user", text, message, source), into: &sink)
        } else {
          words(text, frame("user", text, message, source), into: &sink)
        }
      }
    }
    guard let header else { return }
    result(header, "", frame("user", header, message, source), into: &sink)
  }

  /// A text that answers no call: the person's, or the program's own.
  private func words(_ text: String, _ frame: EventSink.Frame, into sink: inout EventSink) {
    guard ClineText.isProgram(text) else {
      sink.prompt(frame, part: "0", text: text)
      return
    }
    sink.message(frame, part: "0", actor: .harness, provenance: .harness, text: text)
    typed(in: text, frame, into: &sink)
  }

  private mutating func result(
    _ tool: String, _ text: String, _ frame: EventSink.Frame, into sink: inout EventSink
  ) {
    let index = open.firstIndex { $0.call.tool == tool }
    let exchange =
      index.map { open.remove(at: $0) }
      ?? ToolExchange(id: frame.key, tool: tool, arguments: nil)
    finish(exchange, text, frame, into: &sink)
  }

  private mutating func finish(
    _ exchange: ToolExchange, _ text: String, _ frame: EventSink.Frame,
    into sink: inout EventSink
  ) {
    let id = exchange.call.call
    if let question = questions.removeValue(forKey: id),
      let answer = ClineText.inner("answer", of: text) ?? ClineText.inner("user_message", of: text)
    {
      sink.approval(
        frame, part: "answer",
        Approval(call: id, question: question, verdict: .answered, answer: answer))
      return
    }
    exchange.emit(ClineText.outcome(text), frame, part: "0", into: &sink)
    typed(in: text, frame, into: &sink)
  }

  /// What a person typed inside a text of the program.
  private func typed(in text: String, _ frame: EventSink.Frame, into sink: inout EventSink) {
    for tag in ["feedback", "user_message"] {
      guard let words = ClineText.inner(tag, of: text) else { continue }
      sink.prompt(frame, part: tag, text: words, isVouched: true)
    }
  }
}
