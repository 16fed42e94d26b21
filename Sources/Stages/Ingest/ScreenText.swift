/// Takes the control sequences of terminals out of texts (ECMA-48: CSI, OSC and two-byte
/// escapes), so that equal outputs read equal with and without colours.
enum ScreenText {
  private static let escape: UInt8 = 0x1b

  /// The text as a reader of the screen saw it; the same text when it has no escapes.
  static func plain(_ text: String) -> String {
    guard text.hasBytes("\u{1b}") else { return text }
    let bytes = Array(text.utf8)
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    var at = 0
    while at < bytes.count {
      if bytes[at] == escape {
        at = end(of: bytes, from: at + 1)
      } else {
        out.append(bytes[at])
        at += 1
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// The offset after the sequence whose escape stands before `start`.
  private static func end(of bytes: [UInt8], from start: Int) -> Int {
    guard start < bytes.count else { return start }
    switch bytes[start] {
    case UInt8(ascii: "["):
      // Parameters and intermediates, then one final byte; anything else breaks the sequence off.
      let final = bytes[(start + 1)...].firstIndex { !(0x20...0x3f).contains($0) }
      guard let final else { return bytes.count }
      return (0x40...0x7e).contains(bytes[final]) ? final + 1 : final
    case UInt8(ascii: "]"):
      // Ended by BEL or by an escape and a backslash.
      let last = bytes[(start + 1)...].firstIndex { $0 == 0x07 || $0 == escape || $0 == 0x0a }
      guard let last else { return bytes.count }
      if bytes[last] == 0x07 { return last + 1 }
      let isTerminator = last + 1 < bytes.count && bytes[last + 1] == UInt8(ascii: "\\")
      return bytes[last] == escape && isTerminator ? last + 2 : last
    case 0x20...0x2f:
      let final = bytes[start...].firstIndex { !(0x20...0x2f).contains($0) }
      guard let final else { return bytes.count }
      return (0x30...0x7e).contains(bytes[final]) ? final + 1 : final
    case 0x30...0x7e: return start + 1
    default: return start
    }
  }
}
