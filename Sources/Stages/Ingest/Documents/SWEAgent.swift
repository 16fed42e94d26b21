import KairosJSON
import KairosModel

/// SWE-agent trajectories (`.traj`), versions 0.6 to 1.x: steps of thought, action, observation.
///
/// The task is an issue that nobody typed here, so it counts as pasted. Demonstrations in the
/// history belong to other sessions.
struct SWEAgent: DocumentAdapter {
  static let row = SourceRow(
    format: .sweAgent, agent: "SWE-agent", place: "`trajectories/**/*.traj`",
    reads: "the task, thoughts, commands with results, the folder, files of the submitted patch; "
      + "not told: times, exit codes")

  static func recognises(_ root: JSONValue) -> Bool {
    if let first = root["trajectory"]?.elements.first {
      let isThought = first["thought"] != nil || first["response"] != nil
      return first["action"]?.string != nil && (isThought || first["observation"]?.string != nil)
    }
    guard let first = root["history"]?.elements.first else { return false }
    return first["role"] != nil && first["agent"] != nil
  }

  static func session(of root: JSONValue) -> String? { nil }

  /// Runs of one task begin alike, so the first answer tells them apart.
  static func identity(of root: JSONValue) -> [String] {
    let steps = root["trajectory"] ?? root["history"]
    let first = steps?.elements.first
    return [
      root["environment"]?.string ?? "", first?["response"]?.string ?? "",
      first?["observation"]?.string ?? first?["content"]?.string ?? "",
      // Runs that were made alike on purpose; written since version 1.
      first?["execution_time"]?.numberText ?? "",
    ]
  }

  private var keys = TextKeys(.sweAgent)
  private var folder: String?

  mutating func read(
    _ root: JSONValue, of source: DocumentSource, into sink: inout EventSink
  ) {
    keys = TextKeys(.sweAgent, session: source.session)
    let steps = root["trajectory"]?.elements ?? []
    let history = (root["history"]?.elements ?? []).filter { $0["is_demo"]?.bool != true }
    let task = history.first { $0["role"]?.string == "user" }
    if let task, let text = Self.text(task["content"]) {
      sink.counts.records += 1
      let frame = source.frame(keys.key("task", text), of: task, at: nil)
      sink.message(frame, part: "0", actor: .external, provenance: .pasted, text: text)
    }
    if steps.isEmpty {
      recount(history, source, into: &sink)
    } else {
      for step in steps { take(step, source, into: &sink) }
    }
    submission(root["info"], source, into: &sink)
  }

  private static func text(_ content: JSONValue?) -> String? {
    content?.string
      ?? content.map { $0.elements.compactMap { $0["text"]?.string }.joined(separator: "\n") }
  }

  private mutating func take(
    _ step: JSONValue, _ source: DocumentSource, into sink: inout EventSink
  ) {
    sink.counts.records += 1
    guard let action = step["action"]?.string else {
      sink.counts.badLines += 1
      return
    }
    let after = Self.workingFolder(step["state"])
    let frame = source.frame(
      keys.key("step", action), of: step, at: nil, cwd: folder ?? after)
    if let after { folder = after }
    emit(
      thought: step["thought"]?.string ?? step["response"]?.string, action: action,
      observation: Self.text(step["observation"]), frame, into: &sink)
  }

  /// The state is JSON inside a string, or an object.
  private static func workingFolder(_ state: JSONValue?) -> String? {
    if let text = state?.string {
      return (try? JSONDocument.parse(text))?.root["working_dir"]?.string
    }
    return state?["working_dir"]?.string
  }

  private func emit(
    thought: String?, action: String, observation: String?, _ frame: EventSink.Frame,
    into sink: inout EventSink
  ) {
    sink.message(
      frame, part: "0", actor: .assistant, provenance: .said, text: thought ?? "")
    let command = action.trimmedWhitespace
    guard !command.isEmpty else { return }
    let exchange = Self.exchange(command, id: frame.key)
    exchange.emitCall(frame, part: "0", into: &sink)
    guard let observation else { return }
    exchange.emit(
      .init(status: .unknown, exitCode: nil, output: observation), frame, part: "0", into: &sink)
  }

  /// Commands of the agent's own interface, which no shell knows.
  private static let interface: Set<String> = [
    "open", "goto", "scroll_up", "scroll_down", "create", "edit", "insert", "append",
    "search_dir", "search_file", "find_file", "submit", "str_replace_editor", "str_replace",
    "view", "exit_cost", "exit_context", "exit_forfeit", "exit_api",
  ]

  private static func exchange(_ command: String, id: String) -> ToolExchange {
    let word = command.prefix { !$0.isWhitespace }
    guard interface.contains(String(word)) else {
      return ToolExchange(id: id, tool: "bash", command: command)
    }
    var exchange = ToolExchange(id: id, tool: String(word), arguments: nil)
    let rest = command[word.endIndex...].trimmedWhitespace.prefix { !$0.isNewline }
    exchange.call = ToolCall(
      call: id, tool: String(word), command: nil, workdir: nil,
      input: rest.isEmpty ? [:] : ["arguments": String(rest)])
    return exchange
  }

  /// A file with the history only: an action is answered by the message after it.
  private mutating func recount(
    _ history: [JSONValue], _ source: DocumentSource, into sink: inout EventSink
  ) {
    for (index, message) in history.enumerated() {
      guard message["role"]?.string == "assistant" else { continue }
      sink.counts.records += 1
      let action = message["action"]?.string ?? ""
      let text = Self.text(message["content"]) ?? ""
      let answer = index + 1 < history.count ? Self.text(history[index + 1]["content"]) : nil
      emit(
        thought: message["thought"]?.string ?? text, action: action, observation: answer,
        source.frame(keys.key("step", action + text), of: message, at: nil), into: &sink)
    }
  }

  /// The patch that was handed in, file by file.
  private mutating func submission(
    _ info: JSONValue?, _ source: DocumentSource, into sink: inout EventSink
  ) {
    guard let info, let patch = info["submission"]?.string else { return }
    let frame = source.frame(keys.key("submission", patch), of: info, at: nil, cwd: folder)
    for (index, edit) in UnifiedDiff.edits(in: patch, call: nil).enumerated() {
      sink.edit(frame, part: "edit.\(index)", provenance: .said, edit)
    }
  }
}
