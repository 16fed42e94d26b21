import KairosJSON
import KairosModel

/// Recordings of asciinema: version 1 (one document), 2 (times since the start) and 3 (times since
/// the event before).
///
/// Only what was printed is read. Keys are not: passwords are among them. A recording of one
/// command (`asciinema rec -c`) becomes a call with its result, any other messages of a terminal.
struct Asciicast: TextAdapter {
  static let row = SourceRow(
    format: .asciicast, agent: "asciinema", place: "`*.cast`, versions 1 to 3",
    reads: "what was printed, with the exit code of a named command; not told: folder, but "
      + "in recordings of `kairos record`")

  private var ordinal = 0
  private var start: Timestamp?
  /// Only `kairos record` writes one.
  private var folder: String?
  private var elapsed: Int64 = 0
  private var isRelative = false
  private var isCommand = false
  /// Version 1: all lines are one document.
  private var isDocument = false
  private var replay = ScreenReplay()

  var session: String? { nil }
  /// A recording is read whole whenever it has grown: what is on the screen is no text to keep.
  var state = ""

  static func recognises(_ head: TextHead) -> Bool {
    guard head.first.hasPrefix("{") else { return false }
    guard let root = try? JSONDocument.parse(head.first).root,
      [2, 3].contains(root["version"]?.int ?? 0)
    else { return isFirstVersion(head) }
    let isCast = root["width"]?.int != nil || root["term"]?["cols"]?.int != nil
    let second = head.lines.dropFirst().first
    return isCast && second.map { $0.hasPrefix("[") || $0.hasPrefix("#") } ?? true
  }

  private static func isFirstVersion(_ head: TextHead) -> Bool {
    let mayBe = head.bytes.withUnsafeBytes { ByteScan.first("\"stdout\"", in: $0) != nil }
    guard mayBe, let root = TornDocument.read(head.bytes)?.root else { return false }
    return root["version"]?.int == 1 && root["width"]?.int != nil && root["stdout"]?.isArray == true
  }

  static func session(of head: TextHead) -> String? { nil }

  mutating func opens(_ line: TextLine) -> Bool {
    if isDocument { return false }
    guard line.blockBytes == 0, line.hasPrefix("{") else {
      return line.blockBytes >= Recording.blockBytes(isCommand: isCommand)
    }
    let root = try? JSONDocument.parse(Array(line.bytes)).root
    isDocument = root.map { $0["version"]?.int == 1 } ?? true
    isCommand = root?["command"]?.string?.isEmpty == false
    return true
  }

  mutating func read(_ block: TextBlock, into sink: inout EventSink) {
    var command: String?
    var exitCode: Int?
    let before = elapsed
    if isDocument, let root = TornDocument.read(block.bytes)?.root {
      command = header(root)
      for event in root["stdout"]?.elements ?? [] {
        if let data = event.elements.last?.string { replay.write(data) }
      }
    }
    for line in isDocument ? [] : block.lines where !line.hasPrefix("#") {
      guard let root = try? JSONDocument.parse(String(line)).root else {
        if line.contains(where: { !$0.isWhitespace }) { sink.counts.badLines += 1 }
        continue
      }
      if root.isObject {
        command = header(root)
      } else if let code = take(root.elements) {
        exitCode = code
      }
    }
    let time = start.map { Timestamp(milliseconds: $0.milliseconds + before) }
    Recording(command: command, exitCode: exitCode, output: replay.take(), at: time, cwd: folder)
      .emit(.asciicast, block, ordinal, session: nil, into: &sink)
    ordinal += 1
  }

  private mutating func header(_ root: JSONValue) -> String? {
    isRelative = root["version"]?.int == 3
    start = RecordTime.of(root["timestamp"])
    folder = root["cwd"]?.string
    return root["command"]?.string
  }

  /// One event `[time, code, data]`; returns the exit code when it is one.
  private mutating func take(_ event: [JSONValue]) -> Int? {
    guard event.count >= 3, let data = event[2].string else { return nil }
    let time = event[0].numberText.flatMap { TextNumber.milliseconds($0) } ?? 0
    elapsed = isRelative ? elapsed + time : max(elapsed, time)
    switch event[1].string {
    case "o": replay.write(data)
    case "x": return Int(data)
    default: break
    }
    return nil
  }
}

/// A piece of what a terminal printed.
struct Recording {
  var command: String?
  var exitCode: Int?
  var output: String
  var at: Timestamp?
  var cwd: String?

  /// A command and all of its output are one block; other recordings are cut into messages.
  static func blockBytes(isCommand: Bool) -> Int { isCommand ? 8 << 20 : 32 << 10 }

  func emit(
    _ format: SourceFormat, _ block: TextBlock, _ ordinal: Int, session: String?,
    into sink: inout EventSink
  ) {
    let session = session ?? block.place.source
    let frame = EventSink.Frame(
      key: "\(format.rawValue):\(session):\(block.place.digest):\(ordinal)", session: session,
      at: at, place: block.place, cwd: cwd.map(sink.redactor.redact), branch: nil)
    guard let command, !command.isEmpty else {
      sink.message(frame, part: "0", actor: .tool, provenance: .terminal, text: output)
      return
    }
    let status: ToolResult.Status = exitCode.map { $0 == 0 ? .succeeded : .failed } ?? .unknown
    sink.terminal(frame, part: "0", command: command, result: (status, exitCode, output))
  }
}
