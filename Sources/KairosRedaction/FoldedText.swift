/// A text with its outer encodings taken off, and where each byte came from, so that a secret that
/// is percent-encoded, escaped twice, coloured, or cut by a line's end is found like a plain one.
///
/// One layer of each encoding per pass; rows of backslashes count as one layer however long.
struct FoldedText {
  private(set) var bytes: [UInt8] = []
  /// Start and length in the original of each byte.
  private var starts: [Int] = []
  private var lengths: [UInt8] = []

  init(_ source: UnsafeBufferPointer<UInt8>) {
    bytes.reserveCapacity(source.count)
    starts.reserveCapacity(source.count)
    lengths.reserveCapacity(source.count)
    var at = 0
    while at < source.count {
      let piece = Self.piece(source, at)
      if let byte = piece.byte {
        bytes.append(byte)
        starts.append(at)
        lengths.append(UInt8(clamping: piece.length))
      }
      at += piece.length
    }
  }

  /// The original bytes of a range of the folded text.
  func original(_ range: Range<Int>) -> Range<Int> {
    starts[range.lowerBound]..<(starts[range.upperBound - 1] + Int(lengths[range.upperBound - 1]))
  }

  /// Whether something that starts at `at` would be folded; only asked at the bytes that can.
  static func folds(_ source: UnsafeBufferPointer<UInt8>, _ at: Int) -> Bool {
    let piece = piece(source, at)
    return piece.length > 1 || piece.byte != source[at]
  }

  /// What stands at `at`: its meaning (`nil` for nothing) and how many bytes it takes.
  private static func piece(
    _ source: UnsafeBufferPointer<UInt8>, _ at: Int
  ) -> (byte: UInt8?, length: Int) {
    let byte = source[at]
    switch byte {
    case UInt8(ascii: "%"):
      if let value = hex(source, at + 1), (0x20..<0x7f).contains(value) { return (value, 3) }
    case UInt8(ascii: "\\"): return escape(source, at)
    case UInt8(ascii: "&"):
      for (name, meaning) in entities where starts(source, at, name) {
        return (meaning, name.count)
      }
    case 0x1b: return (nil, colour(source, at))
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      if let length = joint(source, at) { return (nil, length) }
    default: break
    }
    return (byte, 1)
  }

  private static let entities: [(name: [UInt8], meaning: UInt8)] = [
    ("&quot;", "\""), ("&#34;", "\""), ("&#39;", "'"), ("&apos;", "'"), ("&amp;", "&"),
  ].map { (Array($0.0.utf8), Array($0.1.utf8)[0]) }

  private static func starts(
    _ source: UnsafeBufferPointer<UInt8>, _ at: Int, _ word: [UInt8]
  ) -> Bool {
    at + word.count <= source.count && word.indices.allSatisfy { source[at + $0] == word[$0] }
  }

  /// The value of two hexadecimal digits.
  private static func hex(_ source: UnsafeBufferPointer<UInt8>, _ at: Int) -> UInt8? {
    guard at + 1 < source.count, let high = digit(source[at]), let low = digit(source[at + 1])
    else { return nil }
    return high << 4 | low
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x37
    case 0x61...0x66: byte - 0x57
    default: nil
    }
  }

  /// `\"`, `\\\"`, `\u0022`, `\\n`, and a backslash at the end of a line.
  private static func escape(
    _ source: UnsafeBufferPointer<UInt8>, _ at: Int
  ) -> (byte: UInt8?, length: Int) {
    var end = at
    // Deeper nesting is nobody's; the length must fit a byte.
    while end < source.count, end - at < 128, source[end] == UInt8(ascii: "\\") { end += 1 }
    guard end < source.count else { return (source[at], 1) }
    let count = end - at
    switch source[end] {
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return (source[end], count + 1)
    case UInt8(ascii: "n") where count > 1: return (0x0a, count + 1)
    case UInt8(ascii: "u"):
      if starts(source, end, Array("u00".utf8)), let value = hex(source, end + 3),
        (0x20..<0x7f).contains(value)
      {
        return (value, count + 5)
      }
    case 0x0a: return (nil, count + 1)
    case 0x0d where end + 1 < source.count && source[end + 1] == 0x0a: return (nil, count + 2)
    default: break
    }
    return (source[at], 1)
  }

  /// Length of a control sequence of a terminal.
  private static func colour(_ source: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int {
    guard at + 1 < source.count, source[at + 1] == UInt8(ascii: "[") else { return 1 }
    var end = at + 2
    while end < source.count, end - at < 32, (0x20..<0x40).contains(source[end]) { end += 1 }
    return end < source.count ? end - at + 1 : end - at
  }

  /// Length of `" + "`, with which programs join two parts of a text.
  private static func joint(_ source: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int? {
    var end = at + 1
    var signs = 0
    while end < source.count, end - at < 64 {
      switch source[end] {
      case 0x20, 0x09, 0x0a, 0x0d: end += 1
      case UInt8(ascii: "+"):
        signs += 1
        end += 1
      case source[at]: return signs == 1 ? end - at + 1 : nil
      default: return nil
      }
    }
    return nil
  }
}
