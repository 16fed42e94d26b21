import KairosJSON
import KairosModel

/// What an adapter of JSON lines knows of its session, and keeps across the cut between two
/// readings.
struct LineSession {
  let format: SourceFormat
  var key: String?
  var cwd: String?
  var branch: String?
  var lastTime: Timestamp?
  /// A session that another agent started: nothing in it is a person's.
  var isDelegated = false
  var keys = LineKeys()
  var calls = OpenCalls()

  init(_ format: SourceFormat) { self.format = format }

  var said: Provenance { isDelegated ? .delegated : .said }

  var state: String {
    get {
      CanonicalJSON.object {
        $0.member("session", key)
        $0.member("cwd", cwd)
        $0.member("branch", branch)
        $0.member("at", lastTime)
        $0.member("delegated", isDelegated)
        keys.write(to: &$0)
        calls.write(to: &$0)
      }.text
    }
    set {
      guard let root = try? JSONDocument.parse(newValue).root else { return }
      key = root["session"]?.string
      cwd = root["cwd"]?.string
      branch = root["branch"]?.string
      lastTime = RecordTime.of(root["at"])
      isDelegated = root["delegated"]?.bool ?? false
      keys = LineKeys(root)
      calls = OpenCalls(root)
    }
  }

  /// What the events of a record share; `id` is the record's own.
  mutating func frame(
    _ id: String?, _ record: JSONValue, _ place: Place, at time: Timestamp?
  ) -> EventSink.Frame {
    lastTime = time ?? lastTime
    let key = id.map { "\(format.rawValue):\($0)" }
    return .init(
      key: key ?? keys.key(format, "record", String(decoding: record.rawBytes, as: UTF8.self)),
      session: self.key ?? place.source, at: lastTime, place: place, cwd: cwd, branch: branch)
  }

  /// A text of the user role: a person's prompt, or that of the agent which started the session.
  func prompt(
    _ frame: EventSink.Frame, part: String, text: String, into sink: inout EventSink
  ) {
    if isDelegated {
      sink.message(
        frame, part: part, actor: .assistant, provenance: .delegated, text: text)
    } else {
      sink.prompt(frame, part: part, text: text)
    }
  }

  func says(_ frame: EventSink.Frame, part: String, text: String, into sink: inout EventSink) {
    sink.message(frame, part: part, actor: .assistant, provenance: said, text: text)
  }

  /// A call; its event is found again by its id, in whatever record it stands. `edits` are those
  /// that it makes, when more is known of them than the input tells.
  mutating func call(
    _ frame: EventSink.Frame, id: String, name: String, input: JSONValue?, edits: [Edit]? = nil,
    into sink: inout EventSink
  ) {
    let call = ToolInput.call(id: id, name: name, input: input)
    calls.open(ToolInput.open(call, input, sink, edits: edits))
    sink.call(keyed(frame, id), part: "call", provenance: said, call)
  }

  /// What came back from a call, and the edits that it made when it succeeded. `status` is how it
  /// ended, where the format tells that itself.
  mutating func result(
    _ frame: EventSink.Frame, id: String, output: String, isError: Bool?,
    exitCode: Int? = nil, status: ToolResult.Status? = nil, into sink: inout EventSink
  ) {
    let call = calls.close(id)
    let outcome = ToolOutcome(output, isError: isError, exitCode: exitCode, status: status)
    let frame = keyed(frame, id)
    sink.result(
      frame, part: "result", provenance: said, call: id, status: outcome.status,
      exitCode: outcome.exitCode, output: output)
    if outcome.status == .denied {
      sink.approval(
        frame, part: "denied",
        Approval(call: id, question: call.asked, verdict: .denied, answer: ""))
    }
    guard outcome.status == .succeeded else { return }
    for (index, edit) in call.edits.enumerated() {
      sink.edit(frame, part: "edit.\(index)", provenance: said, edit)
    }
  }

  private func keyed(_ frame: EventSink.Frame, _ id: String) -> EventSink.Frame {
    var keyed = frame
    // Some agents number the calls of every session from one.
    keyed.key = "\(format.rawValue):\(frame.session):call:\(id)"
    return keyed
  }
}
