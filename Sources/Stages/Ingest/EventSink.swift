import KairosModel
import KairosRedaction

/// Collects the events of one source; everything that enters is redacted and limited here, and
/// only here.
struct EventSink {
  let options: IngestOptions
  let redactor: Redactor
  let path: String
  var events: [Event] = []
  var observations: [Observation] = []
  var counts = SourceCounts()
  var findings: [Finding] = []

  init(options: IngestOptions, redactor: Redactor, path: String) {
    self.options = options
    self.redactor = redactor
    self.path = path
  }

  /// What the events of one record share.
  struct Frame {
    var key: String
    var session: String
    var at: Timestamp?
    var place: Place
    var cwd: String?
    var branch: String?
  }

  mutating func message(
    _ frame: Frame, part: String, actor: Actor, provenance: Provenance, text: String
  ) {
    let limit = provenance == .memory ? options.memoryBytes : options.messageBytes
    let text = redactor.redact(Self.cut(text, limit))
    guard text.contains(where: { !$0.isWhitespace }) else { return }
    append(frame, part, actor, provenance, .message(text: text))
  }

  /// A prompt of the user role, told apart into what a person typed and what was put there.
  mutating func prompt(_ frame: Frame, part: String, text: String, isVouched: Bool = false) {
    for (index, piece) in VoiceClassifier.pieces(of: text, isVouched: isVouched).enumerated() {
      let part = part + "." + String(index)
      if piece.isInterrupt {
        append(frame, part, .human, .typed, .boundary(.interrupt))
      } else {
        message(
          frame, part: part, actor: piece.actor, provenance: piece.provenance, text: piece.text)
      }
    }
  }

  mutating func call(_ frame: Frame, part: String, provenance: Provenance, _ call: ToolCall) {
    let clean = ToolCall(
      call: call.call, tool: call.tool,
      command: call.command.map { redactor.redact(Self.cut($0, options.editBytes)) },
      workdir: call.workdir, input: call.input.mapValues { redactor.redact($0) })
    append(frame, part, .assistant, provenance, .toolCall(clean))
  }

  mutating func result(
    _ frame: Frame, part: String, provenance: Provenance, call: String,
    status: ToolResult.Status, exitCode: Int?, output: String
  ) {
    let (kept, dropped) = headAndTail(output)
    append(
      frame, part, .tool, provenance,
      .toolResult(
        ToolResult(
          call: call, status: status, exitCode: exitCode, output: redactor.redact(kept),
          droppedBytes: dropped)))
    if AgentMemory.hasExport(output) {
      message(frame, part: part + ".memory", actor: .memory, provenance: .memory, text: output)
    }
  }

  mutating func edit(_ frame: Frame, part: String, provenance: Provenance, _ edit: Edit) {
    let clean = Edit(
      call: edit.call, action: edit.action, path: edit.path, newPath: edit.newPath,
      before: redactor.redact(Self.cut(edit.before, options.editBytes)),
      after: redactor.redact(Self.cut(edit.after, options.editBytes)))
    append(frame, part, .assistant, provenance, .edit(clean))
  }

  mutating func approval(_ frame: Frame, part: String, _ approval: Approval) {
    let clean = Approval(
      call: approval.call,
      question: redactor.redact(Self.cut(approval.question, options.editBytes)),
      verdict: approval.verdict,
      answer: redactor.redact(Self.cut(approval.answer, options.editBytes)))
    append(frame, part, .human, .typed, .approval(clean))
  }

  mutating func boundary(_ frame: Frame, part: String, _ boundary: Event.Boundary) {
    append(frame, part, .harness, .harness, .boundary(boundary))
  }

  private mutating func append(
    _ frame: Frame, _ part: String, _ actor: Actor, _ provenance: Provenance, _ body: Event.Body
  ) {
    events.append(
      Event(
        id: ContentID.make("e", frame.key, part), session: frame.session, actor: actor,
        provenance: provenance, at: frame.at, place: frame.place, cwd: frame.cwd,
        branch: frame.branch, body: body))
  }

  /// The beginning of `text` that fits, cut between characters.
  static func cut(_ text: String, _ bytes: Int) -> String {
    guard text.utf8.count > bytes else { return text }
    return String(decoding: text.utf8.prefix(bytes), as: UTF8.self) + "\n…"
  }

  private func headAndTail(_ text: String) -> (kept: String, dropped: Int) {
    let limit = options.outputHeadBytes + options.outputTailBytes
    let size = text.utf8.count
    guard size > limit else { return (text, 0) }
    let head = String(decoding: text.utf8.prefix(options.outputHeadBytes), as: UTF8.self)
    let tail = String(decoding: text.utf8.suffix(options.outputTailBytes), as: UTF8.self)
    return (head + "\n[… \(size - limit) bytes …]\n" + tail, size - limit)
  }
}
