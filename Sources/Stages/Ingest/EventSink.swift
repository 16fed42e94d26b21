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
  /// Memories of kairos that were met.
  private(set) var exports = 0

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

  /// A row of a database that is not what should stand there.
  mutating func badRow(_ table: String, _ id: String) {
    counts.badLines += 1
    guard counts.badLines <= IngestFinding.placesMax else { return }
    findings.append(IngestFinding.badRow(path: path, table: table, id: redactor.redact(id)))
  }

  mutating func message(
    _ frame: Frame, part: String, actor: Actor, provenance: Provenance, text: String
  ) {
    if provenance == .memory, AgentMemory.hasExport(text) { exports += 1 }
    let limit = provenance == .memory ? options.memoryBytes : options.messageBytes
    let text = limited(ScreenText.plain(text), limit)
    guard text.utf8.contains(where: { $0 > 0x20 }) else { return }
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
      call: SafeIdentifier.of(call.call), tool: redactor.redact(call.tool),
      command: call.command.map { limited($0, options.editBytes) },
      workdir: call.workdir.map(redactor.redact),
      input: call.input.mapValues { redactor.redact($0) })
    append(frame, part, .assistant, provenance, .toolCall(clean))
  }

  /// A command that a person ran themselves, with what came back where the source tells. Returns
  /// the id of the call.
  @discardableResult
  mutating func terminal(
    _ frame: Frame, part: String, command: String,
    result: (status: ToolResult.Status, exitCode: Int?, output: String)? = nil
  ) -> String {
    let id = ContentID.make("e", frame.key, part)
    let call = ToolCall(
      call: id, tool: "terminal", command: limited(ScreenText.plain(command), options.editBytes),
      workdir: nil, input: [:])
    append(frame, part, .human, .terminal, .toolCall(call))
    if let result {
      self.result(
        frame, part: part + ".result", provenance: .terminal, call: id, status: result.status,
        exitCode: result.exitCode, output: result.output)
    }
    return id
  }

  mutating func result(
    _ frame: Frame, part: String, provenance: Provenance, call: String,
    status: ToolResult.Status, exitCode: Int?, output: String
  ) {
    let output = ScreenText.plain(output)
    let (kept, dropped) = headAndTail(output)
    append(
      frame, part, .tool, provenance,
      .toolResult(
        ToolResult(
          call: SafeIdentifier.of(call), status: status, exitCode: exitCode, output: kept,
          droppedBytes: dropped)))
    guard AgentMemory.hasExport(output) else { return }
    for (index, export) in AgentMemory.split(output).exports.enumerated() {
      message(
        frame, part: part + ".export.\(index)", actor: .memory, provenance: .memory, text: export)
    }
  }

  mutating func edit(_ frame: Frame, part: String, provenance: Provenance, _ edit: Edit) {
    append(frame, part, .assistant, provenance, .edit(cleaned(edit)))
  }

  /// The edit without secrets and within the limits; cleaning it again changes nothing.
  func cleaned(_ edit: Edit) -> Edit {
    Edit(
      call: edit.call.map(SafeIdentifier.of), action: edit.action, path: redactor.redact(edit.path),
      newPath: edit.newPath.map(redactor.redact), before: limited(edit.before, options.editBytes),
      after: limited(edit.after, options.editBytes))
  }

  mutating func approval(_ frame: Frame, part: String, _ approval: Approval) {
    let clean = Approval(
      call: approval.call.map(SafeIdentifier.of),
      question: limited(approval.question, options.editBytes),
      verdict: approval.verdict, answer: limited(approval.answer, options.editBytes))
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
        id: ContentID.make("e", frame.key, part), session: SafeIdentifier.of(frame.session),
        actor: actor, provenance: provenance, at: frame.at, place: frame.place,
        cwd: frame.cwd.map(redactor.redact), branch: frame.branch.map(redactor.redact), body: body))
  }

  /// A secret may lie across the cut, so more than the limit is redacted before cutting; longer
  /// than this is no secret that a rule knows.
  private static let marginBytes = 8192
  private static let mark = "\n…"

  /// The beginning of `text`, redacted.
  func limited(_ text: String, _ bytes: Int) -> String {
    guard text.utf8.count > bytes + Self.mark.utf8.count else { return redactor.redact(text) }
    let clean = redactor.redact(String(text.head(bytes: bytes + Self.marginBytes)))
    return String(clean.head(bytes: bytes)) + Self.mark
  }

  private func headAndTail(_ text: String) -> (kept: String, dropped: Int) {
    let limit = options.outputHeadBytes + options.outputTailBytes
    let size = text.utf8.count
    guard size > limit else { return (redactor.redact(text), 0) }
    guard size > limit + 2 * Self.marginBytes else {
      let clean = redactor.redact(text)
      let dropped = clean.utf8.count - limit
      return dropped > 0 ? (joined(clean, clean, dropped), dropped) : (clean, 0)
    }
    let head = redactor.redact(String(text.head(bytes: options.outputHeadBytes + Self.marginBytes)))
    let tail = redactor.redact(String(text.tail(bytes: options.outputTailBytes + Self.marginBytes)))
    return (joined(head, tail, size - limit), size - limit)
  }

  private func joined(_ head: String, _ tail: String, _ dropped: Int) -> String {
    head.head(bytes: options.outputHeadBytes) + "\n[… \(dropped) bytes …]\n"
      + tail.tail(bytes: options.outputTailBytes)
  }
}
