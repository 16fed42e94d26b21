import KairosModel

/// What the histories of shells have in common: every entry is a command that a person typed, at
/// a time, in an unknown folder and with an unknown end.
///
/// So they become messages of a terminal and not calls: nothing says that the command worked, nor
/// that it has to do with the project; a call would count as something that was done there.
struct ShellEntry {
  let command: String
  let at: Timestamp?

  func emit(_ format: SourceFormat, _ block: TextBlock, into sink: inout EventSink) {
    let time = at.map { String($0.milliseconds) } ?? ""
    let frame = EventSink.Frame(
      key: "\(format.rawValue):\(time):\(LineKeys.short(command))", session: block.place.source,
      at: at, place: block.place, cwd: nil, branch: nil)
    sink.message(frame, part: "0", actor: .human, provenance: .terminal, text: command)
  }
}

/// `.bash_history` with times (`HISTTIMEFORMAT`): a line `#1700000000` before every command, which
/// may have several lines. Without times a history looks like any text and is not read.
struct BashHistory: TextAdapter {
  static let row = SourceRow(
    format: .bashHistory, agent: "bash", place: "`~/.bash_history` (`HISTFILE`)",
    reads: "commands with times (`HISTTIMEFORMAT` must be set); not told: folder, result")

  var session: String? { nil }
  var state = ""

  static func recognises(_ head: TextHead) -> Bool {
    // The second line is a command, so lists of numbers and comments are no histories.
    guard time(head.first[...]) != nil, head.lines.count > 1 else { return false }
    return time(head.lines[1][...]) == nil && !head.lines[1].hasPrefix("# ")
  }

  static func session(of head: TextHead) -> String? { nil }

  private static func time(_ line: Substring) -> Timestamp? {
    guard line.hasPrefix("#") else { return nil }
    let rest = line.dropFirst()
    return TextNumber.digits(rest) == rest ? TextNumber.epoch(rest) : nil
  }

  mutating func opens(_ line: TextLine) -> Bool {
    line.bytes.count <= 12 && Self.time(Substring(line.text)) != nil
  }

  mutating func read(_ block: TextBlock, into sink: inout EventSink) {
    let lines = block.lines
    let time = lines.first.flatMap { Self.time($0) }
    let command = lines.dropFirst(time == nil ? 0 : 1).joined(separator: "\n")
    ShellEntry(command: command, at: time).emit(.bashHistory, block, into: &sink)
  }
}

/// `.zsh_history` with `EXTENDED_HISTORY`: `: 1700000000:12;command`; a backslash at the end of a
/// line says that the command goes on. Bytes that mean something to zsh are "metafied": 0x83, then
/// the byte with its sixth bit turned.
struct ZshHistory: TextAdapter {
  static let row = SourceRow(
    format: .zshHistory, agent: "zsh", place: "`~/.zsh_history` (`HISTFILE`)",
    reads: "commands with times (`EXTENDED_HISTORY` must be set); not told: folder, result")

  private var goesOn = false

  var session: String? { nil }
  var state: String {
    get { goesOn ? "on" : "" }
    set { goesOn = newValue == "on" }
  }

  static func recognises(_ head: TextHead) -> Bool { entry(head.first[...]).at != nil }

  static func session(of head: TextHead) -> String? { nil }

  private static func entry(_ text: Substring) -> ShellEntry {
    let start = text.hasPrefix(": ") ? text.dropFirst(2) : text[text.endIndex...]
    let rest = start[TextNumber.digits(start).endIndex...]
    let after = rest.dropFirst()[TextNumber.digits(rest.dropFirst()).endIndex...]
    guard let time = TextNumber.epoch(start), rest.hasPrefix(":"), after.hasPrefix(";") else {
      return ShellEntry(command: String(text), at: nil)
    }
    return ShellEntry(command: String(after.dropFirst()), at: time)
  }

  mutating func opens(_ line: TextLine) -> Bool {
    defer { goesOn = line.bytes.last == UInt8(ascii: "\\") }
    return !goesOn
  }

  mutating func read(_ block: TextBlock, into sink: inout EventSink) {
    let plain = TextBlock(bytes: Self.unmetafied(block.bytes), place: block.place)
    let text = plain.lines.enumerated().map { index, line in
      index + 1 < plain.lines.count && line.hasSuffix("\\") ? line.dropLast() : line
    }.joined(separator: "\n")
    Self.entry(Substring(text)).emit(.zshHistory, block, into: &sink)
  }

  private static func unmetafied(_ bytes: [UInt8]) -> [UInt8] {
    var plain: [UInt8] = []
    plain.reserveCapacity(bytes.count)
    var isMeta = false
    for byte in bytes {
      if isMeta {
        plain.append(byte ^ 0x20)
        isMeta = false
      } else if byte == 0x83 {
        isMeta = true
      } else {
        plain.append(byte)
      }
    }
    return plain
  }
}

/// `fish_history`: `- cmd: …` with `\n` and `\\` escaped, then `  when: 1700000000`.
struct FishHistory: TextAdapter {
  static let row = SourceRow(
    format: .fishHistory, agent: "fish", place: "`~/.local/share/fish/fish_history`",
    reads: "commands with times; not told: folder, result")

  var session: String? { nil }
  var state = ""

  static func recognises(_ head: TextHead) -> Bool {
    guard head.first.hasPrefix("- cmd: "), head.lines.count > 1 else { return false }
    return time(head.lines[1][...]) != nil
  }

  static func session(of head: TextHead) -> String? { nil }

  private static func time(_ line: Substring) -> Timestamp? {
    let text = line.drop { $0 == " " }
    return text.hasPrefix("when: ") ? TextNumber.epoch(text.dropFirst(6)) : nil
  }

  mutating func opens(_ line: TextLine) -> Bool { line.hasPrefix("- cmd: ") }

  mutating func read(_ block: TextBlock, into sink: inout EventSink) {
    let lines = block.lines
    guard let first = lines.first, first.hasPrefix("- cmd: ") else { return }
    let time = lines.dropFirst().lazy.compactMap { Self.time($0) }.first
    ShellEntry(command: Self.unescaped(first.dropFirst(7)), at: time)
      .emit(.fishHistory, block, into: &sink)
  }

  private static func unescaped(_ text: Substring) -> String {
    var plain = ""
    var isEscape = false
    for character in text {
      if isEscape {
        plain += character == "n" ? "\n" : character == "\\" ? "\\" : "\\" + String(character)
        isEscape = false
      } else if character == "\\" {
        isEscape = true
      } else {
        plain.append(character)
      }
    }
    return plain
  }
}
