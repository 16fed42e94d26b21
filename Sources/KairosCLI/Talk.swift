import KairosModel
import KairosPipeline

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Writes data to stdout and talk to stderr.
struct Talk: Sendable {
  let isQuiet: Bool
  let isVerbose: Bool
  let hasColor: Bool

  /// Data: a line on stdout.
  func data(_ text: String) { Self.write(1, text + "\n") }

  /// Data that is complete with its own line ends.
  func data(bytes: [UInt8]) { Self.write(1, bytes) }

  /// What happened, on stderr, unless `--quiet`.
  func say(_ text: String) {
    if !isQuiet { Self.write(2, Printable.lines(text) + "\n") }
  }

  /// A part of a dialogue, on stderr, as it is; what comes from sources was made safe before.
  func show(_ text: String) { Self.write(2, text) }

  /// Details, on stderr, with `--verbose`.
  func detail(_ text: String) {
    if isVerbose { Self.write(2, Printable.lines(text) + "\n") }
  }

  /// An error, on stderr, always.
  func fail(_ sentence: String, hint: String?) {
    var text = styled("error: ", "1;31") + Printable.lines(sentence) + "\n"
    if let hint { text += styled("hint: ", "1;36") + Printable.lines(hint) + "\n" }
    Self.write(2, text)
  }

  /// Findings of a stage: warnings and errors always, notes with `--verbose`; `limit` lines.
  func findings(_ findings: [Finding], limit: Int = 20) {
    let shown = findings.filter { $0.severity > .note || isVerbose }
    for finding in shown.prefix(isVerbose ? .max : limit) { say(Self.line(of: finding)) }
    if shown.count > limit, !isVerbose {
      say("… and \(shown.count - limit) more; --verbose shows all of them")
    }
  }

  static func line(of finding: Finding) -> String {
    let place = [finding.path, finding.location].compactMap { $0 }.joined(separator: ", ")
    let prefix = "\(finding.severity.rawValue): \(finding.message)"
    return place.isEmpty ? prefix : "\(prefix) (\(place))"
  }

  func styled(_ text: String, _ code: String) -> String {
    hasColor ? "\u{1b}[\(code)m\(text)\u{1b}[0m" : text
  }

  private static func write(_ file: Int32, _ text: String) { write(file, Array(text.utf8)) }

  private static func write(_ file: Int32, _ bytes: [UInt8]) {
    bytes.withUnsafeBytes { buffer in
      var rest = buffer[...]
      while !rest.isEmpty {
        let part = UnsafeRawBufferPointer(rebasing: rest)
        #if canImport(Glibc)
          let count = Glibc.write(file, part.baseAddress, part.count)
        #else
          let count = Darwin.write(file, part.baseAddress, part.count)
        #endif
        if count < 0, errno == EINTR { continue }
        if count <= 0 { return }
        rest = rest.dropFirst(count)
      }
    }
  }
}

/// Makes text from sources safe to print: what a terminal would obey is shown instead.
enum Printable {
  /// One line: also line ends are escaped.
  static func line(_ text: String) -> String { escaped(text, keepsLines: false) }

  /// Several lines: line ends are kept.
  static func lines(_ text: String) -> String { escaped(text, keepsLines: true) }

  private static func escaped(_ text: String, keepsLines: Bool) -> String {
    guard text.unicodeScalars.contains(where: isControl) else { return text }
    var out = ""
    for scalar in text.unicodeScalars {
      if !isControl(scalar) || (keepsLines && scalar == "\n") {
        out.unicodeScalars.append(scalar)
      } else {
        out += "\\u{" + String(scalar.value, radix: 16) + "}"
      }
    }
    return out
  }

  /// C0 and C1 controls, DEL, and the marks that turn the direction of text (Unicode 16, 23.2).
  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7f..<0xa0, 0x200e...0x200f, 0x2028...0x202e, 0x2066...0x2069: true
    default: false
    }
  }
}
