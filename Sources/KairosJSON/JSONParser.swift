import CKairos

/// Builds the node tape of one JSON text without recursion, so that depth is limited by a number
/// and not by the stack.
///
/// It reads raw memory because it sees every byte of every transcript; every read is guarded by
/// `count`.
struct JSONParser {
  /// Deeper nesting is refused: no transcript format needs it, and it is a known attack.
  static let depthMax = 512

  private let base: UnsafePointer<UInt8>
  private let count: Int
  private var nodes: [JSONDocument.Node] = []
  /// Indices of the containers that are not closed yet.
  private var open: [Int] = []

  private init(_ base: UnsafePointer<UInt8>, _ count: Int) {
    self.base = base
    self.count = count
    // Measured on transcripts: about one node per 40 bytes, far fewer in lines of long texts.
    nodes.reserveCapacity(min(count / 32, 4096) + 8)
  }

  /// The nodes of the first value of `bytes` and its exclusive end. With `isWhole`, anything but
  /// white space after it is an error.
  static func parse(
    _ bytes: UnsafeBufferPointer<UInt8>, isWhole: Bool
  ) -> (nodes: [JSONDocument.Node], end: Int, error: JSONError?) {
    guard let base = bytes.baseAddress, bytes.count > 0 else {
      return ([], 0, JSONError(kind: .unexpectedEnd, offset: 0))
    }
    guard bytes.count < Int(UInt32.max) else {
      return ([], 0, JSONError(kind: .tooLong, offset: Int(UInt32.max)))
    }
    var parser = JSONParser(base, bytes.count)
    do throws(JSONError) {
      let end = try parser.parseOne()
      let rest = isWhole ? parser.skipSpace(end) : bytes.count
      guard rest == bytes.count else { throw JSONError(kind: .trailingBytes, offset: rest) }
      return (parser.nodes, end, nil)
    } catch {
      return ([], 0, error)
    }
  }

  /// Parses the first value and returns the exclusive end of it.
  private mutating func parseOne() throws(JSONError) -> Int {
    var at = try value(0)
    while let container = open.last {
      at = skipSpace(at)
      guard at < count else { throw JSONError(kind: .unexpectedEnd, offset: at) }
      let isObject = nodes[container].kind == .object
      switch base[at] {
      case UInt8(ascii: ","):
        at = try isObject ? member(at + 1) : value(at + 1)
      case UInt8(ascii: "}") where isObject, UInt8(ascii: "]") where !isObject:
        at += 1
        close(container, end: at)
      default: throw JSONError(kind: .unexpectedByte, offset: at)
      }
    }
    return at
  }

  /// Reads a value; of a container that is not empty, everything up to the end of its first
  /// scalar.
  private mutating func value(_ start: Int) throws(JSONError) -> Int {
    var at = start
    while true {
      at = skipSpace(at)
      guard at < count else { throw JSONError(kind: .unexpectedEnd, offset: at) }
      switch base[at] {
      case UInt8(ascii: "\""):
        let end = try stringEnd(at)
        append(.string, at, end)
        return end
      case UInt8(ascii: "{"):
        try push(.object, at)
        at = skipSpace(at + 1)
        if at < count, base[at] == UInt8(ascii: "}") { return closeEmpty(at) }
        at = try key(at)
      case UInt8(ascii: "["):
        try push(.array, at)
        at = skipSpace(at + 1)
        if at < count, base[at] == UInt8(ascii: "]") { return closeEmpty(at) }
      default:
        return try scalarEnd(at)
      }
    }
  }

  private mutating func member(_ start: Int) throws(JSONError) -> Int {
    try value(key(skipSpace(start)))
  }

  /// Reads `"key" :` and returns the offset after the colon.
  private mutating func key(_ at: Int) throws(JSONError) -> Int {
    guard at < count else { throw JSONError(kind: .unexpectedEnd, offset: at) }
    guard base[at] == UInt8(ascii: "\"") else {
      throw JSONError(kind: .unexpectedByte, offset: at)
    }
    let end = try stringEnd(at)
    append(.string, at, end)
    let colon = skipSpace(end)
    guard colon < count else { throw JSONError(kind: .unexpectedEnd, offset: colon) }
    guard base[colon] == UInt8(ascii: ":") else {
      throw JSONError(kind: .unexpectedByte, offset: colon)
    }
    return colon + 1
  }

  private mutating func push(_ kind: JSONKind, _ start: Int) throws(JSONError) {
    guard open.count < Self.depthMax else { throw JSONError(kind: .tooDeep, offset: start) }
    open.append(nodes.count)
    append(kind, start, start)
  }

  private mutating func closeEmpty(_ at: Int) -> Int {
    if let container = open.last { close(container, end: at + 1) }
    return at + 1
  }

  private mutating func close(_ container: Int, end: Int) {
    open.removeLast()
    nodes[container].end = UInt32(truncatingIfNeeded: end)
    nodes[container].next = UInt32(truncatingIfNeeded: nodes.count)
  }

  private mutating func append(_ kind: JSONKind, _ start: Int, _ end: Int) {
    nodes.append(
      .init(
        start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: end),
        next: UInt32(truncatingIfNeeded: nodes.count + 1), kind: kind))
  }

  /// The exclusive end of the string that starts with a quote at `start`.
  private func stringEnd(_ start: Int) throws(JSONError) -> Int {
    var at = start + 1
    while at < count {
      at = kairos_json_string_stop(base + at, base + count) - base
      guard at < count else { break }
      switch base[at] {
      case UInt8(ascii: "\""): return at + 1
      case UInt8(ascii: "\\"): at += 2
      // A newline inside a string means that the line was cut; other raw control characters occur.
      case UInt8(ascii: "\n"): throw JSONError(kind: .unexpectedByte, offset: at)
      default: at += 1
      }
    }
    throw JSONError(kind: .unexpectedEnd, offset: count)
  }

  private mutating func scalarEnd(_ start: Int) throws(JSONError) -> Int {
    var end = start
    while end < count, Self.isScalarByte(base[end]) { end += 1 }
    let text = UnsafeBufferPointer(start: base + start, count: end - start)
    let kind: JSONKind
    if text.elementsEqual("true".utf8) || text.elementsEqual("false".utf8) {
      kind = .bool
    } else if text.elementsEqual("null".utf8) {
      kind = .null
    } else if Self.isNumber(text) {
      kind = .number
    } else {
      throw JSONError(kind: end == count ? .unexpectedEnd : .unexpectedByte, offset: start)
    }
    append(kind, start, end)
    return end
  }

  private func skipSpace(_ start: Int) -> Int {
    var at = start
    while at < count, Self.isSpace(base[at]) { at += 1 }
    return at
  }

  static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09
  }

  private static func isScalarByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "+"), UInt8(ascii: "-"),
      UInt8(ascii: "."):
      true
    default: false
    }
  }

  /// The number grammar of RFC 8259, section 6.
  private static func isNumber(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var at = 0
    func digits() -> Bool {
      let start = at
      while at < text.count, (0x30...0x39).contains(text[at]) { at += 1 }
      return at > start
    }
    if at < text.count, text[at] == UInt8(ascii: "-") { at += 1 }
    if at < text.count, text[at] == UInt8(ascii: "0") {
      at += 1
    } else if !digits() {
      return false
    }
    if at < text.count, text[at] == UInt8(ascii: ".") {
      at += 1
      guard digits() else { return false }
    }
    if at < text.count, text[at] | 0x20 == UInt8(ascii: "e") {
      at += 1
      if at < text.count, text[at] == UInt8(ascii: "+") || text[at] == UInt8(ascii: "-") {
        at += 1
      }
      guard digits() else { return false }
    }
    return at == text.count
  }
}
