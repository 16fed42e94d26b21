import KairosJSON
import KairosModel

/// Aider's chat history, a Markdown file to which all sessions of a repository are appended.
///
/// Every session begins with `# aider chat started at …`; the time is local without a zone and is
/// taken as UTC. Only this one time is known. Prompts stand after `#### `, what the program says
/// after `> `, everything else is the model's. Aider ends its own lines with two spaces, which
/// tells them from headings and quotations that the model wrote, and ends outputs of several
/// lines; files that an editor has cleaned are read by the marks alone.
struct Aider: TextAdapter {
  static let row = SourceRow(
    format: .aider, agent: "Aider", place: "`<repository>/.aider.chat.history.md`",
    reads: "prompts, answers, edits (SEARCH/REPLACE, whole files), answers to questions, commands "
      + "of `/run` and `/test` with outputs; not told: exit codes, times within a session, zone")

  /// Who wrote a line.
  private enum Kind: String { case header, prompt, program, model }

  private static let opening: StaticString = "# aider chat started at "

  private var kind: Kind?
  /// Digest of the file's first line: tells the files of two repositories apart.
  private var file = ""
  private(set) var session: String?
  private var start: Timestamp?
  /// Whether lines of the program end in two spaces, as it writes them.
  private var isMarked = false
  /// The program's line has not ended yet.
  private var isOpen = false
  private var keys = LineKeys()
  private var edits = AiderEdits()
  /// The command of the person whose output comes next.
  private var running: String?

  var state: String {
    get {
      CanonicalJSON.object {
        $0.member("kind", kind?.rawValue)
        $0.member("file", file)
        $0.member("session", session)
        $0.member("at", start)
        $0.member("marked", isMarked)
        $0.member("open", isOpen)
        $0.member("running", running)
        keys.write(to: &$0)
        edits.write(to: &$0)
      }.text
    }
    set {
      guard let root = try? JSONDocument.parse(newValue).root else { return }
      kind = root["kind"]?.string.flatMap { Kind(rawValue: $0) }
      file = root["file"]?.string ?? ""
      session = root["session"]?.string
      start = RecordTime.of(root["at"])
      isMarked = root["marked"]?.bool ?? false
      isOpen = root["open"]?.bool ?? false
      running = root["running"]?.string
      keys = LineKeys(root)
      edits = AiderEdits(root)
    }
  }

  // MARK: Detection

  /// The first line begins a session; or, in the rest of a longer log, the first lines are the
  /// program's and one begins further down.
  static func recognises(_ head: TextHead) -> Bool {
    if time(head.first[...]) != nil { return true }
    let isRest = head.lines.prefix(3).contains { $0.hasPrefix("> ") || $0.hasPrefix("#### ") }
    guard isRest else { return false }
    return head.bytes.split(separator: 0x0a).contains {
      time(Substring(String(decoding: $0.prefix(64), as: UTF8.self))) != nil
    }
  }

  static func session(of head: TextHead) -> String? { nil }

  private static func time(_ line: Substring) -> Timestamp? {
    guard line.hasBytesPrefix(opening) else { return nil }
    return Timestamp(
      rfc3339: line.dropFirst(opening.utf8CodeUnitCount).trimmedWhitespace)
  }

  // MARK: Blocks

  mutating func opens(_ line: TextLine) -> Bool {
    if file.isEmpty { file = LineKeys.short(line.text.trimmedWhitespace) }
    let next = kind(of: line)
    let isNewPrompt = next == .prompt && line.isAfterBlank
    defer { kind = next }
    return next != kind || isNewPrompt || next == .header
  }

  private mutating func kind(of line: TextLine) -> Kind {
    if line.hasPrefix(Self.opening), Self.time(Substring(line.text)) != nil {
      isOpen = false
      return .header
    }
    let isReturned = line.bytes.last == 0x0d
    let isEnded = line.bytes.dropLast(isReturned ? 1 : 0).suffix(2).elementsEqual([0x20, 0x20])
    if isOpen {
      isOpen = !isEnded
      return .program
    }
    let isPrompt = line.hasPrefix("#### ")
    let isProgram = line.hasPrefix("> ") || line.text.trimmedWhitespace == ">"
    if isEnded, isPrompt || isProgram { isMarked = true }
    if isPrompt {
      let isTyped = isMarked ? isEnded : line.isAfterBlank || kind == .prompt
      return isTyped ? .prompt : .model
    }
    guard isProgram else { return .model }
    if isMarked, !isEnded {
      guard kind != .model || line.hasPrefix("> Tokens: ") else { return .model }
      isOpen = true
      return .program
    }
    return isMarked || line.isAfterBlank || kind == .program || kind == .header
      ? .program : .model
  }

  mutating func read(_ block: TextBlock, into sink: inout EventSink) {
    let lines = block.lines
    guard let first = lines.first else { return }
    if let time = Self.time(first) {
      session = "aider:" + LineKeys.short(file + time.rfc3339)
      start = time
      keys = LineKeys()
      edits = AiderEdits()
      running = nil
      sink.boundary(frame(block, "start", sink), part: "0", .start)
      return
    }
    // A block of the model may begin with a heading, but never with a quotation.
    if first.hasPrefix("#### "), !isMarked || first.hasSuffix("  ") {
      prompt(AiderText.unquoted(lines, mark: "####"), block, into: &sink)
    } else if first.hasPrefix("> ") || first.trimmedWhitespace == ">" {
      program(AiderText.unquoted(lines, mark: ">"), block, into: &sink)
    } else {
      model(lines, block, into: &sink)
    }
  }

  private mutating func frame(
    _ block: TextBlock, _ kind: String, _ sink: EventSink
  ) -> EventSink.Frame {
    let session = session ?? "aider:" + file
    let key = keys.key(.aider, session + kind, block.text.trimmedWhitespace)
    return .init(
      key: key, session: session, at: start, place: block.place, cwd: Self.folder(sink.path),
      branch: nil)
  }

  /// The history lies in the root of its repository, unless it was copied or renamed.
  private static func folder(_ path: String) -> String? {
    let name = "/.aider.chat.history.md"
    return path.hasSuffix(name) ? String(path.dropLast(name.count)) : nil
  }

  // MARK: Events

  private mutating func model(
    _ lines: [Substring], _ block: TextBlock, into sink: inout EventSink
  ) {
    let said = edits.take(lines, sink)
    sink.message(
      frame(block, "model", sink), part: "0", actor: .assistant, provenance: .said, text: said)
  }

  private mutating func prompt(
    _ text: String, _ block: TextBlock, into sink: inout EventSink
  ) {
    running = nil
    let frame = frame(block, "prompt", sink)
    switch AiderText.prompt(text) {
    case .typed(let words): sink.prompt(frame, part: "0", text: words)
    case .command(let command):
      running = sink.terminal(frame, part: "run", command: command)
    case .program:
      sink.message(frame, part: "0", actor: .harness, provenance: .harness, text: text)
    }
  }

  private mutating func program(
    _ text: String, _ block: TextBlock, into sink: inout EventSink
  ) {
    let frame = frame(block, "program", sink)
    var rest: [Substring] = []
    var output: [Substring] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      if let approval = AiderText.approval(line) {
        sink.approval(frame, part: "approval.\(index)", approval)
        rest.append(line)
        if running != nil, line.contains("to the chat?") { end(&output, frame, into: &sink) }
      } else if let path = AiderText.applied(line) {
        for (number, edit) in edits.applied(path).enumerated() {
          sink.edit(frame, part: "edit.\(index).\(number)", provenance: .said, edit)
        }
        rest.append(line)
      } else if line.hasPrefix("Running ") {
        let call = ToolCall(
          call: frame.key + ".\(index)", tool: "shell", command: String(line.dropFirst(8)),
          workdir: nil, input: [:])
        sink.call(frame, part: "call.\(index)", provenance: .said, call)
      } else if running != nil {
        output.append(line)
      } else {
        rest.append(line)
      }
    }
    end(&output, frame, into: &sink)
    sink.message(
      frame, part: "0", actor: .harness, provenance: .harness,
      text: rest.joined(separator: "\n"))
  }

  /// What `/run` or `/test` printed; how it ended is not told.
  private mutating func end(
    _ output: inout [Substring], _ frame: EventSink.Frame, into sink: inout EventSink
  ) {
    guard let call = running else { return }
    running = nil
    sink.result(
      frame, part: "run.result", provenance: .terminal, call: call, status: .unknown,
      exitCode: nil, output: output.joined(separator: "\n").trimmedWhitespace)
    output = []
  }
}
