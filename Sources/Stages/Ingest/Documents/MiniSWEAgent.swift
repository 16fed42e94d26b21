import KairosJSON
import KairosModel

/// mini-swe-agent runs: a list of messages (early), or an object around it with `info`.
///
/// A command stands in a fence of the answer or in a tool call; its exit code and output come in
/// the next message, in tags.
struct MiniSWEAgent: DocumentAdapter {
  static let row = SourceRow(
    format: .miniSWEAgent, agent: "mini-swe-agent", place: "`*.traj.json` where the run put them",
    reads: "the task, answers, commands with results and exit codes, files of the submitted "
      + "patch; not told by early versions: times, folder")

  static func recognises(_ root: JSONValue) -> Bool {
    if root["trajectory_format"]?.string?.hasPrefix("mini-swe-agent") == true { return true }
    if let info = root["info"], root["messages"] != nil || root.members.count == 1 {
      return info["mini_version"] != nil || info["model_stats"] != nil && root["messages"] != nil
    }
    let messages = root.elements
    guard messages.first?["role"]?.string == "system",
      let system = messages.first?["content"]?.string
    else { return false }
    return system.hasBytes("mswea_bash_command")
      || messages.prefix(6).contains {
        $0["content"]?.string?.hasBytesPrefix("<returncode>") == true
      }
  }

  static func session(of root: JSONValue) -> String? { nil }

  /// Runs of one task begin alike, so the first answer tells them apart.
  static func identity(of root: JSONValue) -> [String] {
    let messages = root["messages"]?.elements ?? root.elements
    return messages.prefix(3).map { SHA256Digest.of($0.rawBytes).hex }
  }

  private var keys = TextKeys(.miniSWEAgent)
  private var open: [ToolExchange] = []
  private var cwd: String?
  private var hasTask = false

  mutating func read(
    _ root: JSONValue, of source: DocumentSource, into sink: inout EventSink
  ) {
    keys = TextKeys(.miniSWEAgent, session: source.session)
    cwd = root["info"]?["config"]?["environment"]?["cwd"]?.string
    for message in root["messages"]?.elements ?? root.elements {
      sink.counts.records += 1
      let text =
        message["content"]?.string
        ?? (message["content"]?.elements ?? []).compactMap { $0["text"]?.string }
        .joined(separator: "\n")
      let role = message["role"]?.string ?? ""
      let frame = source.frame(
        keys.key(role, text), of: message, at: RecordTime.of(message["extra"]?["timestamp"]),
        cwd: cwd)
      switch role {
      case "system":
        sink.message(frame, part: "0", actor: .harness, provenance: .harness, text: text)
      case "user", "tool", "exit": answer(message, text, frame, into: &sink)
      case "assistant": assistant(message, text, frame, into: &sink)
      case "": sink.counts.badLines += 1
      default: sink.counts.unknown += 1
      }
    }
    submission(root["info"], source, into: &sink)
  }

  private mutating func assistant(
    _ message: JSONValue, _ text: String, _ frame: EventSink.Frame, into sink: inout EventSink
  ) {
    let (command, rest) = Self.fenced(text)
    sink.message(frame, part: "0", actor: .assistant, provenance: .said, text: rest)
    open = []
    for call in message["tool_calls"]?.elements ?? [] {
      guard let id = call["id"]?.string, let function = call["function"] else { continue }
      let arguments = function["arguments"]?.string.flatMap { try? JSONDocument.parse($0) }
      open.append(
        ToolExchange(
          id: id, tool: function["name"]?.string ?? "bash", arguments: arguments?.root))
    }
    if open.isEmpty, let command {
      open = [ToolExchange(id: frame.key, tool: "bash", command: command)]
    }
    for (index, exchange) in open.enumerated() {
      exchange.emitCall(frame, part: "\(index)", into: &sink)
    }
  }

  /// The text of the first fence for commands, and what stands around it.
  private static func fenced(_ text: String) -> (command: String?, rest: String) {
    guard
      let open = text.bytesRange(of: "```mswea_bash_command\n") ?? text.bytesRange(of: "```bash\n"),
      let close = text.bytesRange(of: "\n```", from: open.upperBound)
    else { return (nil, text) }
    let command = String(text[open.upperBound..<close.lowerBound])
    return (command, String(text[..<open.lowerBound]) + text[close.upperBound...])
  }

  /// The task, the result of a command, or a word of the program.
  private mutating func answer(
    _ message: JSONValue, _ text: String, _ frame: EventSink.Frame, into sink: inout EventSink
  ) {
    guard hasTask else {
      hasTask = true
      sink.message(frame, part: "0", actor: .external, provenance: .pasted, text: text)
      return
    }
    let id = message["tool_call_id"]?.string
    let index: Int? =
      id.flatMap { id in open.firstIndex { $0.call.call == id } } ?? (open.isEmpty ? nil : 0)
    let told = message["extra"]?["returncode"]?.int.map(Int.init)
    let code = told ?? OutputText.number(after: "<returncode>", in: text.head(bytes: 200))
    guard let index, code != nil || id != nil || isSubmission(open[index]) else {
      sink.message(frame, part: "0", actor: .harness, provenance: .harness, text: text)
      return
    }
    var exchange = open.remove(at: index)
    let output = message["extra"]?["raw_output"]?.string ?? Self.output(text)
    let status: ToolResult.Status =
      code == nil && isSubmission(exchange) ? .succeeded : OutputText.status(code)
    if isSubmission(exchange) {
      exchange.edits = UnifiedDiff.edits(in: output, call: exchange.call.call)
    }
    exchange.emit(
      .init(status: status, exitCode: code, output: output), frame, part: "0", into: &sink)
  }

  /// The command that ends a run: its output is the patch, without tags.
  private func isSubmission(_ exchange: ToolExchange) -> Bool {
    guard let command = exchange.call.command else { return false }
    return command.hasBytes("SUBMIT_FINAL_OUTPUT") || command.hasBytes("SWE_AGENT_FINAL_OUTPUT")
  }

  private static func output(_ text: String) -> String {
    guard let open = text.bytesRange(of: "<output>") else { return text }
    let end = text.bytesRange(of: "</output>", from: open.upperBound)?.lowerBound ?? text.endIndex
    return text[open.upperBound..<end].trimmedWhitespace
  }

  /// The patch that was handed in, file by file.
  private mutating func submission(
    _ info: JSONValue?, _ source: DocumentSource, into sink: inout EventSink
  ) {
    guard let info, let patch = info["submission"]?.string else { return }
    let frame = source.frame(keys.key("submission", patch), of: info, at: nil, cwd: cwd)
    for (index, edit) in UnifiedDiff.edits(in: patch, call: nil).enumerated() {
      sink.edit(frame, part: "edit.\(index)", provenance: .said, edit)
    }
  }
}
