/// One line of code, cut for looking at.
struct CodeLine {
  /// Columns of white space at the start; a tab is four.
  let indent: Int
  /// Without white space at both ends.
  let text: Substring

  init(_ line: Substring) {
    var indent = 0
    var rest = line.utf8[...]
    while let byte = rest.first, byte == 0x20 || byte == 0x09 {
      indent += byte == 0x09 ? 4 : 1
      rest.removeFirst()
    }
    while let byte = rest.last, byte == 0x20 || byte == 0x09 || byte == 0x0d { rest.removeLast() }
    self.indent = indent
    text = Substring(rest)
  }

  var isEmpty: Bool { text.isEmpty }

  /// Whether a byte belongs to a name.
  static func isName(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x5f, 0x24, 0x80...0xff: true
    default: false
    }
  }

  /// The name at the start of `text`, with `extra` bytes counted in.
  static func name(_ text: Substring, extra: String = "") -> Substring {
    Substring(text.utf8.prefix { isName($0) || extra.utf8.contains($0) })
  }

  /// The word up to white space or a bracket.
  static func word(_ text: Substring) -> Substring {
    Substring(text.utf8.prefix { $0 > 0x20 && !"({[<=;".utf8.contains($0) })
  }

  /// `text` without leading spaces.
  static func trimmed(_ text: Substring) -> Substring {
    Substring(text.utf8.drop { $0 == 0x20 || $0 == 0x09 })
  }
}
