import KairosJSON
import KairosModel

/// One tool result of Claude Code, and what follows from it: an edit, an answer, a refusal, a
/// memory that was read.
struct ClaudeResult {
  /// The structured twin of the block, where the version writes one.
  private let record: JSONValue?
  private let call: OpenCall
  private let provenance: Provenance
  private let output: String
  private let isError: Bool

  init(_ block: JSONValue, record: JSONValue?, call: OpenCall, isDelegated: Bool) {
    self.record = record
    self.call = call
    provenance = isDelegated ? .delegated : .said
    let content = block["content"]
    output =
      content?.string
      ?? (content?.elements ?? []).compactMap { $0["text"]?.string }.joined(separator: "\n")
    isError =
      block["is_error"]?.bool == true || record?.string?.hasBytesPrefix("Error: ") == true
  }

  func emit(_ frame: EventSink.Frame, part: String, into sink: inout EventSink) {
    let (status, exitCode) = outcome
    sink.result(
      frame, part: part, provenance: provenance, call: call.call, status: status,
      exitCode: exitCode, output: output)
    if status == .denied, provenance == .said { denial(frame, part: part, into: &sink) }
    guard status == .succeeded else { return }
    edits(frame, part: part, into: &sink)
    memory(frame, part: part, into: &sink)
    guard provenance == .said else { return }
    answers(frame, part: part, into: &sink)
    if output.hasBytesPrefix("User has approved your plan")
      || output.hasBytesPrefix("User has approved exiting plan mode")
    {
      sink.approval(
        frame, part: part + ".plan",
        Approval(call: call.call, question: call.asked, verdict: .approved, answer: ""))
    }
  }

  // MARK: Outcome

  /// Only failures have a code in this format.
  private var outcome: (status: ToolResult.Status, exitCode: Int?) {
    if output.hasBytesPrefix("[Request interrupted by user") { return (.interrupted, nil) }
    if record?["interrupted"]?.bool == true { return (.interrupted, nil) }
    // A command in the background has not ended yet.
    if record?["backgroundTaskId"]?.string != nil
      || output.hasBytesPrefix("Command running in background")
    {
      return (.unknown, nil)
    }
    guard isError else { return (.succeeded, nil) }
    if isRefusedByPerson || isForbidden { return (.denied, nil) }
    if output.hasBytes("Sibling tool call errored") { return (.interrupted, nil) }
    let isTimeOut = output.head(bytes: 200).hasBytes("Command timed out")
    guard output.hasBytesPrefix("Exit code ") else { return (isTimeOut ? .timedOut : .failed, nil) }
    let code = Int(output.dropFirst(10).prefix { $0.isASCII && $0.isNumber })
    return (code == 124 || isTimeOut ? .timedOut : .failed, code)
  }

  private var isRefusedByPerson: Bool {
    output.hasBytesPrefix("The user doesn") || output.hasBytesPrefix("User rejected")
      || output.hasBytesPrefix("The agent proposed a plan that was rejected by the user")
      || output.hasBytesPrefix("The user wants to clarify")
  }

  /// Settings or a mode forbid the call; no person judged it.
  private var isForbidden: Bool {
    output.hasBytesPrefix("Permission to use ") || output.hasBytesPrefix("Permission for this")
      || output.hasBytesPrefix("Claude requested permissions to ")
  }

  /// A refused call is strong evidence of a preference; the reason is typed by the person.
  private func denial(_ frame: EventSink.Frame, part: String, into sink: inout EventSink) {
    guard isRefusedByPerson else { return }
    var reason = ""
    if let mark = output.bytesRange(of: "the user said:") {
      let end =
        output.bytesRange(of: "\n\nNote: The user's next message", from: mark.upperBound)?
        .lowerBound ?? output.endIndex
      reason = output[mark.upperBound..<end].trimmedWhitespace
    }
    sink.approval(
      frame, part: part + ".denied",
      Approval(call: call.call, question: call.asked, verdict: .denied, answer: reason))
  }

  // MARK: What a success brings

  private func edits(_ frame: EventSink.Frame, part: String, into sink: inout EventSink) {
    for (index, edit) in made.enumerated() {
      sink.edit(frame, part: part + ".edit.\(index)", provenance: provenance, edit)
    }
  }

  /// The structured record where there is one, else what the call asked for.
  private var made: [Edit] {
    guard let record, let path = record["filePath"]?.string else { return asked }
    func edit(_ action: Edit.Action, _ before: String, _ after: String) -> Edit {
      Edit(
        call: call.call, action: action, path: path, newPath: nil, before: before, after: after)
    }
    if let before = record["oldString"]?.string, let after = record["newString"]?.string {
      return [edit(.update, before, after)]
    }
    if let edits = record["edits"]?.elements, !edits.isEmpty {
      return edits.map {
        edit(.update, $0["old_string"]?.string ?? "", $0["new_string"]?.string ?? "")
      }
    }
    switch (record["type"]?.string, record["content"]?.string) {
    case ("create", let content?): return [edit(.create, "", content)]
    case ("update", let content?): return [edit(.update, "", content)]
    default: return asked
    }
  }

  private var asked: [Edit] {
    guard output.hasBytesPrefix("File created successfully") else { return call.edits }
    return call.edits.map {
      Edit(
        call: $0.call, action: .create, path: $0.path, newPath: nil, before: "", after: $0.after)
    }
  }

  /// The text of an instruction or memory file that was read.
  private func memory(_ frame: EventSink.Frame, part: String, into sink: inout EventSink) {
    let file = record?["file"]
    guard call.tool == "Read" || file != nil, let path = file?["filePath"]?.string ?? call.path,
      AgentMemory.isMemoryFile(path)
    else { return }
    let text = file?["content"]?.string ?? AgentMemory.withoutLineNumbers(output)
    sink.message(
      frame, part: part + ".memory", actor: .memory, provenance: .memory, text: text)
  }

  /// Answers to the agent's questions are decisions of the person.
  private func answers(_ frame: EventSink.Frame, part: String, into sink: inout EventSink) {
    for (index, answer) in given.enumerated() {
      sink.approval(
        frame, part: "\(part).answer.\(index)",
        Approval(
          call: call.call, question: answer.question, verdict: .answered, answer: answer.answer))
    }
  }

  private var given: [(question: String, answer: String)] {
    guard let answers = record?["answers"], answers.isObject else { return givenInText }
    let questions = record?["questions"]?.elements ?? []
    return answers.members.map { key, value in
      let chosen = value.string ?? value.elements.compactMap(\.string).joined(separator: ", ")
      let options = questions.first { $0["question"]?.string == key }?["options"]?.elements ?? []
      let option = options.first { $0["label"]?.string == chosen }
      let detail = option?["description"]?.string.map { ": " + $0 } ?? ""
      let notes = record?["annotations"]?[key]?["notes"]?.string.map { " (\($0))" } ?? ""
      return (key, chosen + detail + notes)
    }
  }

  /// `User has answered your questions: "Q"="A", "Q"="A". You can now …`, for records without the
  /// structured twin.
  private var givenInText: [(question: String, answer: String)] {
    guard call.tool == "AskUserQuestion", output.hasBytesPrefix("User has answered") else {
      return []
    }
    var found: [(question: String, answer: String)] = []
    var at = output.startIndex
    while let open = output.bytesRange(of: "\"", from: at),
      let middle = output.bytesRange(of: "\"=\"", from: open.upperBound)
    {
      let next = output.bytesRange(of: "\", \"", from: middle.upperBound)
      let end = next ?? output.bytesRange(of: "\".", from: middle.upperBound)
      guard let end else { break }
      found.append(
        (
          String(output[open.upperBound..<middle.lowerBound]),
          String(output[middle.upperBound..<end.lowerBound])
        ))
      guard let next else { break }
      at = output.utf8.index(before: next.upperBound)
    }
    return found
  }
}
