import KairosJSON
import KairosModel

/// Tool calls and results of Claude Code records.
enum ClaudeTools {
  /// Inputs that hold file contents or prompts to sub-agents; they are not kept with the call.
  private static let bulky: Set<String> = [
    "content", "new_string", "old_string", "prompt", "edits", "todos", "plan", "questions",
    "new_source", "command",
  ]
  private static let inputBytesMax = 512

  static func call(_ block: JSONValue) -> ToolCall? {
    guard let id = block["id"]?.string, let name = block["name"]?.string else { return nil }
    var input: [String: String] = [:]
    for (key, value) in block["input"]?.members ?? [] where !bulky.contains(key) {
      if let text = value.string ?? value.numberText, text.utf8.count <= inputBytesMax {
        input[key] = text
      }
    }
    return ToolCall(
      call: id, tool: name, command: block["input"]?["command"]?.string, workdir: nil,
      input: input)
  }

  /// The result of a call, and what follows from it: an edit, an answer, a refusal, a memory that
  /// was read. `record` is the structured twin of the block, where the version writes one.
  static func result(
    _ block: JSONValue, record: JSONValue?, _ frame: EventSink.Frame, part: String,
    provenance: Provenance, into sink: inout EventSink
  ) {
    guard let call = block["tool_use_id"]?.string else { return }
    let output = text(of: block["content"])
    let outcome = outcome(output, isError: block["is_error"]?.bool == true, record: record)
    sink.result(
      frame, part: part, provenance: provenance, call: call, status: outcome.status,
      exitCode: outcome.exitCode, output: output)
    if outcome.status == .denied, provenance == .said {
      denial(output, call, frame, part: part, into: &sink)
    }
    guard outcome.status == .succeeded, let record, record.isObject else { return }
    if let edit = edit(record, call: call) {
      sink.edit(frame, part: part + ".edit", provenance: provenance, edit)
    }
    answers(record, call, frame, part: part, into: &sink)
    if let file = record["file"], let path = file["filePath"]?.string,
      AgentMemory.isMemoryFile(path), let text = file["content"]?.string
    {
      sink.message(
        frame, part: part + ".memory", actor: .memory, provenance: .memory, text: text)
    }
    if output.hasPrefix("User has approved your plan") {
      sink.approval(
        frame, part: part + ".plan",
        Approval(call: call, question: "plan", verdict: .approved, answer: ""))
    }
  }

  private static func text(of content: JSONValue?) -> String {
    if let text = content?.string { return text }
    return (content?.elements ?? []).compactMap { $0["text"]?.string }.joined(separator: "\n")
  }

  private static func outcome(
    _ output: String, isError: Bool, record: JSONValue?
  ) -> (status: ToolResult.Status, exitCode: Int?) {
    if record?["interrupted"]?.bool == true { return (.interrupted, nil) }
    guard isError else { return (.succeeded, nil) }
    if output.hasPrefix("The user doesn't want to") { return (.denied, nil) }
    if output.hasPrefix("[Request interrupted by user") { return (.interrupted, nil) }
    if output.hasPrefix("Exit code ") {
      let digits = output.dropFirst(10).prefix { $0.isNumber }
      let code = Int(digits)
      return (code == 124 ? .timedOut : .failed, code)
    }
    if output.hasPrefix("Command timed out") { return (.timedOut, nil) }
    return (.failed, nil)
  }

  /// A refused call is strong evidence of a preference; the reason is typed by the person.
  private static func denial(
    _ output: String, _ call: String, _ frame: EventSink.Frame, part: String,
    into sink: inout EventSink
  ) {
    let marker = "the user said:"
    let reason =
      output.firstRange(of: marker).map { output[$0.upperBound...].trimmedWhitespace } ?? ""
    sink.approval(
      frame, part: part + ".denied",
      Approval(call: call, question: "tool call", verdict: .denied, answer: reason))
  }

  private static func edit(_ record: JSONValue, call: String) -> Edit? {
    guard let path = record["filePath"]?.string else { return nil }
    if let before = record["oldString"]?.string, let after = record["newString"]?.string {
      return Edit(
        call: call, action: .update, path: path, newPath: nil, before: before, after: after)
    }
    if let edits = record["edits"]?.elements, !edits.isEmpty {
      return Edit(
        call: call, action: .update, path: path, newPath: nil,
        before: edits.compactMap { $0["old_string"]?.string }.joined(separator: "\n"),
        after: edits.compactMap { $0["new_string"]?.string }.joined(separator: "\n"))
    }
    guard let content = record["content"]?.string, let type = record["type"]?.string,
      type == "create" || type == "update"
    else { return nil }
    return Edit(
      call: call, action: type == "create" ? .create : .update, path: path, newPath: nil,
      before: "", after: content)
  }

  /// Answers to the agent's questions are decisions of the person.
  private static func answers(
    _ record: JSONValue, _ call: String, _ frame: EventSink.Frame, part: String,
    into sink: inout EventSink
  ) {
    guard let answers = record["answers"], answers.isObject else { return }
    let questions = record["questions"]?.elements ?? []
    for (index, answer) in answers.members.enumerated() {
      let chosen =
        answer.value.string
        ?? answer.value.elements.compactMap(\.string).joined(separator: ", ")
      let question = questions.first { $0["question"]?.string == answer.key }
      let option = question?["options"]?.elements.first { $0["label"]?.string == chosen }
      let detail = option?["description"]?.string.map { ": " + $0 } ?? ""
      sink.approval(
        frame, part: "\(part).answer.\(index)",
        Approval(
          call: call, question: answer.key, verdict: .answered, answer: chosen + detail))
    }
  }
}
