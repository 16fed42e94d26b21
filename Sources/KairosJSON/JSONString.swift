import CKairos

/// Unescapes JSON strings.
enum JSONString {
  /// The text between the quotes of `range`, with escapes resolved; bytes that are no UTF-8 become
  /// U+FFFD.
  static func decode(_ bytes: [UInt8], _ range: Range<Int>) -> String {
    bytes.withUnsafeBufferPointer { all in
      let inner = UnsafeBufferPointer(
        rebasing: all[(range.lowerBound + 1)..<(range.upperBound - 1)])
      let first = backslash(inner, from: 0)
      if first == inner.count { return String(decoding: inner, as: UTF8.self) }
      // The longest answer per escaped byte: `\u` without digits, two bytes, becomes U+FFFD, three.
      return String(unsafeUninitializedCapacity: inner.count + inner.count / 2 + 3) { out in
        unescape(inner, first, into: out)
      }
    }
  }

  /// Whether the string at `range` reads `key`. Keys with escapes are compared after decoding.
  static func matches(_ bytes: [UInt8], _ range: Range<Int>, _ key: String) -> Bool {
    let start = range.lowerBound + 1
    let count = range.count - 2
    var key = key
    let isEqual = bytes.withUnsafeBufferPointer { all in
      key.withUTF8 { wanted in
        guard wanted.count == count else { return false }
        var at = 0
        while at < count, all[start + at] == wanted[at] { at += 1 }
        return at == count
      }
    }
    if isEqual { return true }
    return count > key.utf8.count && bytes[start..<(start + count)].contains(UInt8(ascii: "\\"))
      && decode(bytes, range) == key
  }

  /// Offset of the next backslash, or the end.
  private static func backslash(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    guard let base = text.baseAddress else { return 0 }
    var at = start
    while at < text.count {
      at = kairos_json_string_stop(base + at, base + text.count) - base
      if at < text.count, text[at] == UInt8(ascii: "\\") { return at }
      at += 1
    }
    return text.count
  }

  /// Writes the text without escapes and returns its length.
  private static func unescape(
    _ text: UnsafeBufferPointer<UInt8>, _ first: Int, into out: UnsafeMutableBufferPointer<UInt8>
  ) -> Int {
    var written = 0
    var from = 0
    var at = first
    func put(_ byte: UInt8) {
      out[written] = byte
      written += 1
    }
    while true {
      let run = UnsafeBufferPointer(rebasing: text[from..<at])
      _ = UnsafeMutableBufferPointer(rebasing: out[written...]).update(fromContentsOf: run)
      written += run.count
      guard at < text.count else { return written }
      guard at + 1 < text.count else {
        put(text[at])
        return written
      }
      from = escape(text, at + 1, put)
      at = backslash(text, from: from)
    }
  }

  /// Resolves the escape whose letter stands at `at`; returns the offset after it.
  private static func escape(
    _ text: UnsafeBufferPointer<UInt8>, _ at: Int, _ put: (UInt8) -> Void
  ) -> Int {
    switch text[at] {
    case UInt8(ascii: "n"): put(0x0a)
    case UInt8(ascii: "t"): put(0x09)
    case UInt8(ascii: "r"): put(0x0d)
    case UInt8(ascii: "b"): put(0x08)
    case UInt8(ascii: "f"): put(0x0c)
    case UInt8(ascii: "u"): return unicode(text, at + 1, put)
    default: put(text[at])
    }
    return at + 1
  }

  private static func unicode(
    _ text: UnsafeBufferPointer<UInt8>, _ at: Int, _ put: (UInt8) -> Void
  ) -> Int {
    guard let first = hex4(text, at) else {
      write("\u{FFFD}", put)
      return at
    }
    let next = at + 4
    if (0xD800...0xDBFF).contains(first), next + 1 < text.count,
      text[next] == UInt8(ascii: "\\"), text[next + 1] == UInt8(ascii: "u"),
      let second = hex4(text, next + 2), (0xDC00...0xDFFF).contains(second),
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    {
      write(scalar, put)
      return next + 6
    }
    write(Unicode.Scalar(first) ?? "\u{FFFD}", put)
    return next
  }

  private static func hex4(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> UInt32? {
    guard at + 4 <= text.count else { return nil }
    var value: UInt32 = 0
    for byte in text[at..<(at + 4)] {
      switch byte {
      case 0x30...0x39: value = value << 4 | UInt32(byte - 0x30)
      case 0x41...0x46: value = value << 4 | UInt32(byte - 0x41 + 10)
      case 0x61...0x66: value = value << 4 | UInt32(byte - 0x61 + 10)
      default: return nil
      }
    }
    return value
  }

  private static func write(_ scalar: Unicode.Scalar, _ put: (UInt8) -> Void) {
    for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter { put(byte) }
  }
}
