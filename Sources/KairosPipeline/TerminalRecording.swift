import Ingest
import KairosModel
import KairosRedaction

/// One command with what it printed, as an asciicast of version 2 (asciinema's format).
///
/// What is kept is the text that stood on the screen: colours, overwritten lines and full-screen
/// programs are gone, so a secret cannot hide between control sequences. Keys are never kept.
public struct TerminalRecording: Sendable {
  /// What was run, and where.
  public struct Command: Sendable {
    public let arguments: [String]
    public let folder: String
    public let columns: Int
    public let rows: Int
    public let startedAt: Timestamp

    public init(
      arguments: [String], folder: String, columns: Int, rows: Int, startedAt: Timestamp
    ) {
      self.arguments = arguments
      self.folder = folder
      self.columns = columns
      self.rows = rows
      self.startedAt = startedAt
    }
  }

  /// A piece of the screen with its time since the start.
  private struct Piece {
    let milliseconds: Int64
    let text: String
  }

  /// Bytes that are kept from the beginning and from the end; what lies between is left out.
  static let sideBytes = 2 << 20

  private let command: Command
  private var screen = ScreenReplay()
  /// The beginning of a character whose rest has not come yet.
  private var torn: [UInt8] = []
  private var head: [Piece] = []
  private var tail: [Piece] = []
  private var headBytes = 0
  private var tailBytes = 0
  private var leftOut = 0

  public init(_ command: Command) { self.command = command }

  /// Takes what the command printed, cut anywhere.
  public mutating func print(_ bytes: some Collection<UInt8>, after milliseconds: Int64) {
    torn += bytes
    let end = Self.wholeCharacters(torn)
    screen.write(String(decoding: torn[..<end], as: UTF8.self))
    torn.removeFirst(end)
    keep(screen.takeLines(), milliseconds)
  }

  /// The recording as a file: redacted, with the command and its exit code.
  public consuming func finish(
    exitCode: Int32, after milliseconds: Int64, redactor: Redactor
  ) -> [UInt8] {
    screen.write(String(decoding: torn, as: UTF8.self))
    keep(screen.take(), milliseconds)
    var pieces = head
    if leftOut > 0 {
      let time = tail.first?.milliseconds ?? milliseconds
      pieces.append(
        Piece(milliseconds: time, text: "[\(leftOut) bytes of output were left out]\n"))
    }
    pieces = Self.redacted(pieces + tail, redactor)
    var lines = [header(redactor)]
    lines += pieces.map { Self.event($0.milliseconds, "o", $0.text.replacing("\n", with: "\r\n")) }
    lines.append(Self.event(milliseconds, "x", String(exitCode)))
    return Array(lines.map { $0 + "\n" }.joined().utf8)
  }

  private mutating func keep(_ text: String, _ milliseconds: Int64) {
    guard !text.isEmpty else { return }
    let piece = Piece(milliseconds: milliseconds, text: text)
    let count = text.utf8.count
    if tail.isEmpty, headBytes + count <= Self.sideBytes {
      head.append(piece)
      headBytes += count
      return
    }
    tail.append(piece)
    tailBytes += count
    var gone = 0
    while tailBytes > Self.sideBytes, gone + 1 < tail.count {
      tailBytes -= tail[gone].text.utf8.count
      leftOut += tail[gone].text.utf8.count
      gone += 1
    }
    tail.removeFirst(gone)
  }

  /// How many bytes at the beginning end with a whole character; broken ones count as whole.
  private static func wholeCharacters(_ bytes: [UInt8]) -> Int {
    for back in 1...3 where back <= bytes.count {
      let byte = bytes[bytes.count - back]
      if byte & 0xc0 == 0x80 { continue }
      let length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1
      return length > back ? bytes.count - back : bytes.count
    }
    return bytes.count
  }

  /// The pieces without secrets. A secret may lie in several of them, or be known by what stands
  /// before it; then times give way, and the text is one piece.
  private static func redacted(_ pieces: [Piece], _ redactor: Redactor) -> [Piece] {
    let whole = redactor.redact(pieces.map(\.text).joined())
    let apart = pieces.map {
      Piece(milliseconds: $0.milliseconds, text: redactor.redact($0.text))
    }
    if apart.map(\.text).joined() == whole { return apart }
    return [Piece(milliseconds: pieces.last?.milliseconds ?? 0, text: whole)]
  }

  private func header(_ redactor: Redactor) -> String {
    CanonicalJSON.object {
      $0.member("version", 2)
      $0.member("width", command.columns)
      $0.member("height", command.rows)
      $0.member("timestamp", command.startedAt.milliseconds / 1000)
      $0.member("command", redactor.redact(Self.shellLine(command.arguments)))
      $0.member("cwd", redactor.redact(command.folder))
    }.text
  }

  /// `[1.250, "o", "text"]`.
  private static func event(_ milliseconds: Int64, _ code: String, _ text: String) -> String {
    let fraction = String(1000 + milliseconds % 1000).dropFirst()
    var json = CanonicalJSON()
    json.value(text)
    return "[\(milliseconds / 1000).\(fraction), \"\(code)\", \(json.text)]"
  }

  /// The arguments as a person would have typed them.
  static func shellLine(_ arguments: [String]) -> String {
    arguments.map { argument in
      let isPlain =
        !argument.isEmpty
        && argument.utf8.allSatisfy {
          switch $0 {
          case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
          default: "_-./:=@%+,".utf8.contains($0)
          }
        }
      return isPlain ? argument : "'" + argument.replacing("'", with: "'\\''") + "'"
    }.joined(separator: " ")
  }
}

extension MemoryFolder {
  /// Keeps a recording; `kairos ingest` finds it. Returns its path.
  public func keep(
    _ recording: consuming TerminalRecording, exitCode: Int32, after milliseconds: Int64,
    startedAt: Timestamp, process: Int32
  ) throws -> String {
    let configuration = try MemoryConfiguration.read(self.configuration)
    try FolderMaker.make(recordings, mode: 0o700)
    let time = startedAt.rfc3339.filter { $0.isNumber || $0 == "T" }
    let path = "\(recordings)/\(time)-\(process).cast"
    let bytes = recording.finish(
      exitCode: exitCode, after: milliseconds, redactor: Redactor(key: configuration.project))
    try AtomicFile.write(bytes, to: path, mode: 0o600)
    return path
  }
}
