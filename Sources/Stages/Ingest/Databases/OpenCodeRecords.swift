import KairosJSON
import KairosModel

/// Messages and parts of OpenCode since the middle of 2025, wherever they are stored.
struct OpenCodeRecords {
  var known: LineSession
  /// What is known of the message whose parts follow.
  private var role = ""
  private var isSummary = false
  private var frame: EventSink.Frame?

  init(_ format: SourceFormat) { known = LineSession(format) }

  mutating func begin(_ session: JSONValue, sink: EventSink) {
    known.key = session["id"]?.string ?? known.key
    known.cwd = session["directory"]?.string.map(sink.redactor.redact)
    known.isDelegated = session["parentID"]?.string != nil
    known.lastTime = RecordTime.of(session["time"]?["created"])
  }

  /// A message; its texts are parts that follow it.
  mutating func message(
    _ id: String, _ data: JSONValue, _ place: Place, into sink: inout EventSink
  ) {
    sink.counts.records += 1
    role = data["role"]?.string ?? ""
    isSummary = data["summary"]?.bool == true
    if let folder = data["path"]?["cwd"]?.string { known.cwd = sink.redactor.redact(folder) }
    let made = known.frame(id, data, place, at: RecordTime.of(data["time"]?["created"]))
    frame = made
    if isSummary { sink.boundary(made, part: "boundary", .compaction) }
    if data["error"]?["name"]?.string == "MessageAbortedError" {
      sink.boundary(made, part: "aborted", .interrupt)
    }
    if role != "user", role != "assistant" { sink.counts.unknown += 1 }
  }

  /// A part of the message that came last.
  mutating func part(
    _ id: String, _ data: JSONValue, _ place: Place, into sink: inout EventSink
  ) {
    sink.counts.records += 1
    guard var frame else {
      sink.counts.unknown += 1
      return
    }
    frame.place = place
    switch data["type"]?.string {
    case "text": text(data, frame, id, into: &sink)
    case "tool": tool(data, frame, into: &sink)
    case "compaction": sink.boundary(frame, part: id, .compaction)
    case "subtask":
      sink.message(
        frame, part: id, actor: .assistant, provenance: .delegated,
        text: data["prompt"]?.string ?? "")
    // Thoughts, pictures and files, and what keeps house.
    case "reasoning", "file", "patch", "step-start", "step-finish", "snapshot", "agent", "retry":
      sink.counts.skipped += 1
    default: sink.counts.unknown += 1
    }
  }

  private func text(
    _ data: JSONValue, _ frame: EventSink.Frame, _ id: String, into sink: inout EventSink
  ) {
    let text = data["text"]?.string ?? ""
    if isSummary {
      sink.message(frame, part: id, actor: .assistant, provenance: .summary, text: text)
    } else if role == "assistant" {
      known.says(frame, part: id, text: text, into: &sink)
    } else if data["synthetic"]?.bool == true {
      // The program adds the files that a prompt names, and reminders.
      sink.message(frame, part: id, actor: .harness, provenance: .harness, text: text)
    } else if data["ignored"]?.bool != true {
      known.prompt(frame, part: id, text: text, into: &sink)
    }
  }

  /// A call with its result; both change in place while the tool runs.
  mutating func tool(
    _ data: JSONValue, _ frame: EventSink.Frame, into sink: inout EventSink
  ) {
    let state = data["state"]
    guard let id = data["callID"]?.string ?? data["id"]?.string,
      let name = data["tool"]?.string ?? data["name"]?.string
    else {
      sink.counts.unknown += 1
      return
    }
    var frame = frame
    frame.at = RecordTime.of(state?["time"]?["start"]) ?? frame.at
    let metadata = state?["metadata"]
    var edits = ToolInput.edits(
      ToolInput.call(id: id, name: name, input: state?["input"]), state?["input"])
    if metadata?["exists"]?.bool == false { edits = edits.map(Self.created) }
    known.call(frame, id: id, name: name, input: state?["input"], edits: edits, into: &sink)
    frame.at = RecordTime.of(state?["time"]?["end"]) ?? frame.at
    let code = (metadata?["exit"] ?? metadata?["exitCode"])?.int.map(Int.init)
    switch state?["status"]?.string {
    case "completed":
      known.result(
        frame, id: id, output: state?["output"]?.string ?? ContentText.of(state?["content"]),
        isError: false, exitCode: code, into: &sink)
    case "error":
      let error = state?["error"]
      known.result(
        frame, id: id, output: error?.string ?? error?["message"]?.string ?? "", isError: true,
        exitCode: code, into: &sink)
    default: break
    }
  }

  private static func created(_ edit: Edit) -> Edit {
    Edit(
      call: edit.call, action: .create, path: edit.path, newPath: nil, before: "",
      after: edit.after)
  }
}
