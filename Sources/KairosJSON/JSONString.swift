/// Unescapes JSON strings in place of their bytes.
enum JSONString {
  /// The text between the quotes of `range`, with escapes resolved.
  static func decode(_ bytes: [UInt8], _ range: Range<Int>) -> String {
    let inner = (range.lowerBound + 1)..<(range.upperBound - 1)
    guard bytes[inner].contains(UInt8(ascii: "\\")) else {
      return String(decoding: bytes[inner], as: UTF8.self)
    }
    var out: [UInt8] = []
    out.reserveCapacity(inner.count)
    var at = inner.lowerBound
    while at < inner.upperBound {
      let byte = bytes[at]
      guard byte == UInt8(ascii: "\\"), at + 1 < inner.upperBound else {
        out.append(byte)
        at += 1
        continue
      }
      at = escape(bytes, at + 1, inner.upperBound, into: &out)
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// Whether the string at `range` reads `key`. Keys with escapes are compared after decoding.
  static func matches(_ bytes: [UInt8], _ range: Range<Int>, _ key: String) -> Bool {
    let inner = bytes[(range.lowerBound + 1)..<(range.upperBound - 1)]
    if inner.elementsEqual(key.utf8) { return true }
    return inner.contains(UInt8(ascii: "\\")) && decode(bytes, range).utf8.elementsEqual(key.utf8)
  }

  /// Resolves the escape whose letter stands at `at`; returns the offset after it.
  private static func escape(
    _ bytes: [UInt8], _ at: Int, _ end: Int, into out: inout [UInt8]
  ) -> Int {
    switch bytes[at] {
    case UInt8(ascii: "n"): out.append(0x0a)
    case UInt8(ascii: "t"): out.append(0x09)
    case UInt8(ascii: "r"): out.append(0x0d)
    case UInt8(ascii: "b"): out.append(0x08)
    case UInt8(ascii: "f"): out.append(0x0c)
    case UInt8(ascii: "u"): return unicode(bytes, at + 1, end, into: &out)
    default: out.append(bytes[at])
    }
    return at + 1
  }

  private static func unicode(
    _ bytes: [UInt8], _ at: Int, _ end: Int, into out: inout [UInt8]
  ) -> Int {
    guard let first = hex4(bytes, at, end) else {
      append("\u{FFFD}", to: &out)
      return at
    }
    let next = at + 4
    if (0xD800...0xDBFF).contains(first), next + 1 < end, bytes[next] == UInt8(ascii: "\\"),
      bytes[next + 1] == UInt8(ascii: "u"), let second = hex4(bytes, next + 2, end),
      (0xDC00...0xDFFF).contains(second),
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    {
      append(scalar, to: &out)
      return next + 6
    }
    append(Unicode.Scalar(first) ?? "\u{FFFD}", to: &out)
    return next
  }

  private static func hex4(_ bytes: [UInt8], _ at: Int, _ end: Int) -> UInt32? {
    guard at + 4 <= end else { return nil }
    var value: UInt32 = 0
    for byte in bytes[at..<(at + 4)] {
      switch byte {
      case 0x30...0x39: value = value << 4 | UInt32(byte - 0x30)
      case 0x41...0x46: value = value << 4 | UInt32(byte - 0x41 + 10)
      case 0x61...0x66: value = value << 4 | UInt32(byte - 0x61 + 10)
      default: return nil
      }
    }
    return value
  }

  private static func append(_ scalar: Unicode.Scalar, to out: inout [UInt8]) {
    out.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  }
}
