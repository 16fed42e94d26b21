import KairosModel

/// Recordings of `script` (util-linux): a line that begins them, the raw output, a line that ends
/// them with the exit code. `script -a` puts several into one file; each is a session.
struct Typescript: TextAdapter {
  static let row = SourceRow(
    format: .typescript, agent: "script", place: "`typescript`, or any file that `script` wrote",
    reads: "what was printed, with the exit code of a named command (`-c`); not told: folder")

  private static let opening: StaticString = "Script started on "
  private static let closing: StaticString = "Script done on "

  private(set) var session: String?
  private var ordinal = 0
  private var at: Timestamp?
  private var isCommand = false
  private var replay = ScreenReplay()
  /// A recording is read whole whenever it has grown.
  var state = ""

  static func recognises(_ head: TextHead) -> Bool {
    guard head.first.hasBytesPrefix(opening) else { return false }
    let rest = head.first.dropFirst(opening.utf8CodeUnitCount)
    // A date with a clock time, in the words of any locale.
    return rest.prefix(60).contains(":") && rest.prefix(60).contains { $0.isNumber }
  }

  static func session(of head: TextHead) -> String? { key(head.first[...]) }

  /// The line names the second, the terminal and the command.
  private static func key(_ line: Substring) -> String {
    "typescript:" + LineKeys.short(line.trimmedWhitespace)
  }

  mutating func opens(_ line: TextLine) -> Bool {
    if line.hasPrefix(Self.opening) {
      isCommand = Self.command(in: Substring(line.text)) != nil
      return true
    }
    return line.blockBytes >= Recording.blockBytes(isCommand: isCommand)
  }

  mutating func read(_ block: TextBlock, into sink: inout EventSink) {
    // Split by scalars: to characters, CR and LF are one.
    var lines = block.text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
      .map { Substring($0) }[...]
    var recording = Recording(output: "")
    if let first = lines.first, first.hasBytesPrefix(Self.opening) {
      session = Self.key(first)
      at = Self.time(first.dropFirst(Self.opening.utf8CodeUnitCount))
      recording.command = Self.command(in: first)
      ordinal = 0
      replay = ScreenReplay()
      lines = lines.dropFirst()
    }
    if let last = lines.last, last.hasBytesPrefix(Self.closing) {
      recording.exitCode = Self.value("COMMAND_EXIT_CODE=\"", in: last).flatMap {
        Int(TextNumber.digits($0))
      }
      lines = lines.dropLast()
    }
    for line in lines { replay.write(line + "\n") }
    recording.output = replay.take()
    recording.at = at
    recording.emit(.typescript, block, ordinal, session: session, into: &sink)
    ordinal += 1
  }

  /// `2023-09-13 02:03:56-04:00`; dates in the words of a locale give none.
  private static func time(_ text: Substring) -> Timestamp? {
    let stamp = text.prefix { $0 != "[" }.trimmedWhitespace
    return Timestamp(rfc3339: stamp)
  }

  private static func value(_ name: StaticString, in line: Substring) -> Substring? {
    line.bytesRange(of: name).map { line[$0.upperBound...] }
  }

  /// The command in `[COMMAND="…" <not executed on terminal>]`; its own quotes are not escaped.
  private static func command(in line: Substring) -> String? {
    guard let rest = value("[COMMAND=\"", in: line) else { return nil }
    let ends: [StaticString] = [
      "\" <not executed", "\" TERM=\"", "\" TTY=\"", "\" COLUMNS=\"", "\"]",
    ]
    let end = ends.lazy.compactMap { rest.bytesRange(of: $0)?.lowerBound }.first
    return end.map { String(rest[..<$0]) }
  }
}
