/// One spelling for the punctuation that keyboards, word processors and models write differently.
enum Typography {
  /// Curly quotes, non-breaking hyphens and spaces, and ellipses in ASCII; zero-width characters
  /// dropped. Dashes between clauses become ` - `, so that they can end one.
  static func folded(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 >= 0x80 }) else { return text }
    var out = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x2018, 0x2019, 0x201b, 0x2032: out.append("'")
      case 0x201c, 0x201d, 0x201e, 0x2033, 0xab, 0xbb: out.append("\"")
      case 0x2010, 0x2011, 0x2212, 0x2013: out.append("-")
      case 0x2014, 0x2015: out.append(contentsOf: " - ".unicodeScalars)
      case 0x2026: out.append(contentsOf: "...".unicodeScalars)
      case 0xa0, 0x2007, 0x2009, 0x202f: out.append(" ")
      case 0x200b...0x200d, 0x2060, 0xfeff, 0xfe0f: break
      case 0x2192: out.append(contentsOf: "->".unicodeScalars)
      default: out.append(scalar)
      }
    }
    return String(out)
  }

  /// Runs of spaces and line ends as one space; none at the ends.
  static func collapsed(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}

/// Removes the marks of inline markdown that are no part of a sentence; code spans stay as they
/// are.
enum InlineMarkdown {
  static func plain(_ text: String) -> String {
    let bytes = Array(text.utf8)
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    var at = 0
    while at < bytes.count {
      if let end = codeSpanEnd(bytes, at) {
        out.append(contentsOf: bytes[at..<end])
        at = end
      } else if bytes[at] == UInt8(ascii: "*"), let length = emphasis(bytes, at) {
        at += length
      } else if bytes[at] == UInt8(ascii: "["), let link = link(bytes, at) {
        out.append(contentsOf: bytes[link.text])
        at = link.end
      } else {
        out.append(bytes[at])
        at += 1
      }
    }
    return Typography.collapsed(String(decoding: out, as: UTF8.self))
  }

  /// The end of the code span that starts at `at`; `nil` when none does, or it never closes.
  static func codeSpanEnd(_ bytes: [UInt8], _ at: Int) -> Int? {
    let tick = UInt8(ascii: "`")
    guard bytes[at] == tick else { return nil }
    var open = at
    while open < bytes.count, bytes[open] == tick { open += 1 }
    let length = open - at
    var run = 0
    for index in open..<bytes.count {
      run = bytes[index] == tick ? run + 1 : 0
      if run == length, index + 1 == bytes.count || bytes[index + 1] != tick { return index + 1 }
    }
    return nil
  }

  /// The length of an emphasis mark at `at`: asterisks that touch a word on one side and a gap on
  /// the other. Globs (`src/**/*.ts`, `*.go`) touch neither or a path.
  private static func emphasis(_ bytes: [UInt8], _ at: Int) -> Int? {
    var end = at
    while end < bytes.count, bytes[end] == UInt8(ascii: "*") { end += 1 }
    guard end - at <= 3 else { return nil }
    let before = at > 0 ? bytes[at - 1] : UInt8(ascii: " ")
    let after = end < bytes.count ? bytes[end] : UInt8(ascii: " ")
    let path = [UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "*")]
    let single = end - at == 1
    if isGap(before), !isGap(after), !(single && path.contains(after)) {
      return closes(bytes, from: end, length: end - at) ? end - at : nil
    }
    let ends = isGap(after) || (!single && after == UInt8(ascii: "."))
    if !isGap(before), ends, !path.contains(before) { return end - at }
    return nil
  }

  private static func closes(_ bytes: [UInt8], from: Int, length: Int) -> Bool {
    var run = 0
    for index in from..<bytes.count {
      run = bytes[index] == UInt8(ascii: "*") ? run + 1 : 0
      if run == length { return true }
    }
    return false
  }

  private static func isGap(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: " "), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: ","),
      UInt8(ascii: ":"), UInt8(ascii: ";"), UInt8(ascii: "\""), UInt8(ascii: "'"),
      UInt8(ascii: "!"), UInt8(ascii: "?"):
      true
    default: false
    }
  }

  /// A link `[text](target)`: its text without the target.
  private static func link(_ bytes: [UInt8], _ at: Int) -> (text: Range<Int>, end: Int)? {
    guard let close = bytes[at...].firstIndex(of: UInt8(ascii: "]")), close > at + 1,
      close + 1 < bytes.count, bytes[close + 1] == UInt8(ascii: "("),
      let end = bytes[(close + 1)...].firstIndex(of: UInt8(ascii: ")"))
    else { return nil }
    return (at + 1..<close, end + 1)
  }
}
