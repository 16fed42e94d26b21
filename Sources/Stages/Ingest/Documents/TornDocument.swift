import KairosJSON

/// Reads the beginning of a JSON document whose end is missing: what is whole is kept, what is
/// open is closed.
enum TornDocument {
  /// The document, or what can be read of it; `nil` when these are no JSON values, or several.
  static func read(_ bytes: [UInt8]) -> JSONDocument? {
    let body = withoutMark(bytes)
    do {
      return try JSONDocument.parse(body)
    } catch {
      guard error.kind == .unexpectedEnd else { return nil }
      return try? JSONDocument.parse(closed(body))
    }
  }

  /// Without the byte order mark that some editors put first.
  static func withoutMark(_ bytes: [UInt8]) -> [UInt8] {
    bytes.starts(with: [0xef, 0xbb, 0xbf]) ? Array(bytes[3...]) : bytes
  }

  /// The text up to its last whole value, or up to the end of a torn string, with everything
  /// closed that is open there.
  static func closed(_ bytes: [UInt8]) -> [UInt8] {
    var scan = Scan()
    bytes.withUnsafeBufferPointer { scan.run($0) }
    return Array(bytes[..<scan.end]) + scan.closing
  }

  /// Follows the containers of a text and remembers the last place where it could end.
  private struct Scan {
    private(set) var end = 0
    private var isInString = false
    /// The bytes that close the open containers, outermost first.
    private var open: [UInt8] = []
    /// What the text lacks at `end`: every container that opens or closes is such an end, so what
    /// is open last is open there.
    var closing: [UInt8] { (isInString ? [UInt8(ascii: "\"")] : []) + open.reversed() }
    /// Whether the next string of the innermost object is a key.
    private var wantsKey = false

    mutating func run(_ bytes: UnsafeBufferPointer<UInt8>) {
      var at = 0
      while at < bytes.count {
        switch bytes[at] {
        case UInt8(ascii: "{"), UInt8(ascii: "["):
          wantsKey = bytes[at] == UInt8(ascii: "{")
          open.append(wantsKey ? UInt8(ascii: "}") : UInt8(ascii: "]"))
          end = at + 1
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
          if !open.isEmpty { open.removeLast() }
          wantsKey = false
          end = at + 1
        case UInt8(ascii: ","):
          end = at
          wantsKey = open.last == UInt8(ascii: "}")
        case UInt8(ascii: ":"): wantsKey = false
        case UInt8(ascii: "\""):
          let (last, isTorn) = Self.stringEnd(bytes, at + 1)
          if !wantsKey {
            end = last
            isInString = isTorn
          }
          at = last - (isTorn ? 0 : 1)
          if isTorn { return }
        default: break
        }
        at += 1
      }
    }

    /// The exclusive end of a string; of a torn one, the end of its last whole character or
    /// escape.
    private static func stringEnd(
      _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int
    ) -> (end: Int, isTorn: Bool) {
      var at = start
      while at < bytes.count {
        switch bytes[at] {
        case UInt8(ascii: "\""): return (at + 1, false)
        case UInt8(ascii: "\\"):
          let isUnicode = at + 1 < bytes.count && bytes[at + 1] == UInt8(ascii: "u")
          let next = at + (isUnicode ? 6 : 2)
          if next > bytes.count { return (at, true) }
          at = next
        default: at += 1
        }
      }
      return (at, true)
    }
  }
}
