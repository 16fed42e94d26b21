import CKairos

/// Builds the node tape of one JSON text without recursion, so that depth is limited by a number
/// and not by the stack.
struct JSONParser {
  /// Deeper nesting is refused: no transcript format needs it, and it is a known attack.
  static let depthMax = 512

  let bytes: [UInt8]
  var nodes: [JSONDocument.Node] = []
  private var open: [Int] = []

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func parseWhole() throws(JSONError) {
    let end = try parseOne()
    var rest = end
    while rest < bytes.count, Self.isSpace(bytes[rest]) { rest += 1 }
    guard rest == bytes.count else { throw JSONError(kind: .trailingBytes, offset: rest) }
  }

  /// Parses the first value and returns the exclusive end of it.
  mutating func parseOne() throws(JSONError) -> Int {
    var at = 0
    var expectsValue = true
    repeat {
      at = skipSpace(at)
      guard at < bytes.count else { throw JSONError(kind: .unexpectedEnd, offset: at) }
      if expectsValue {
        at = try value(at, expectsValue: &expectsValue)
      } else {
        at = try afterValue(at, expectsValue: &expectsValue)
      }
    } while !open.isEmpty || expectsValue
    return at
  }

  /// Reads a value, or opens a container and its first key.
  private mutating func value(_ start: Int, expectsValue: inout Bool) throws(JSONError) -> Int {
    switch bytes[start] {
    case UInt8(ascii: "{"):
      try push(.object, start)
      return try objectStart(start + 1, expectsValue: &expectsValue)
    case UInt8(ascii: "["):
      try push(.array, start)
      let at = skipSpace(start + 1)
      guard at < bytes.count, bytes[at] == UInt8(ascii: "]") else { return at }
      expectsValue = false
      return at
    case UInt8(ascii: "\""):
      let end = try stringEnd(start)
      append(.string, start, end)
      expectsValue = false
      return end
    default:
      let end = try scalarEnd(start)
      expectsValue = false
      return end
    }
  }

  private mutating func objectStart(
    _ start: Int, expectsValue: inout Bool
  ) throws(JSONError) -> Int {
    let at = skipSpace(start)
    guard at < bytes.count else { throw JSONError(kind: .unexpectedEnd, offset: at) }
    if bytes[at] == UInt8(ascii: "}") {
      expectsValue = false
      return at
    }
    return try key(at)
  }

  private mutating func afterValue(
    _ at: Int, expectsValue: inout Bool
  ) throws(JSONError) -> Int {
    guard let container = open.last else { return at }
    let isObject = nodes[container].kind == .object
    switch bytes[at] {
    case UInt8(ascii: ","):
      expectsValue = true
      let next = skipSpace(at + 1)
      return isObject ? try key(next) : next
    case UInt8(ascii: "}") where isObject, UInt8(ascii: "]") where !isObject:
      open.removeLast()
      nodes[container].end = at + 1
      nodes[container].next = nodes.count
      return at + 1
    default:
      throw JSONError(kind: .unexpectedByte, offset: at)
    }
  }

  /// Reads `"key" :` and returns the offset after the colon.
  private mutating func key(_ at: Int) throws(JSONError) -> Int {
    guard at < bytes.count else { throw JSONError(kind: .unexpectedEnd, offset: at) }
    guard bytes[at] == UInt8(ascii: "\"") else {
      throw JSONError(kind: .unexpectedByte, offset: at)
    }
    let end = try stringEnd(at)
    append(.string, at, end)
    let colon = skipSpace(end)
    guard colon < bytes.count else { throw JSONError(kind: .unexpectedEnd, offset: colon) }
    guard bytes[colon] == UInt8(ascii: ":") else {
      throw JSONError(kind: .unexpectedByte, offset: colon)
    }
    return colon + 1
  }

  private mutating func push(_ kind: JSONKind, _ start: Int) throws(JSONError) {
    guard open.count < Self.depthMax else { throw JSONError(kind: .tooDeep, offset: start) }
    open.append(nodes.count)
    append(kind, start, start)
  }

  private mutating func append(_ kind: JSONKind, _ start: Int, _ end: Int) {
    nodes.append(.init(kind: kind, start: start, end: end, next: nodes.count + 1))
  }

  /// The exclusive end of the string that starts with a quote at `start`.
  private func stringEnd(_ start: Int) throws(JSONError) -> Int {
    var at = start + 1
    while true {
      at = stringStop(at)
      guard at < bytes.count else { throw JSONError(kind: .unexpectedEnd, offset: at) }
      switch bytes[at] {
      case UInt8(ascii: "\""): return at + 1
      case UInt8(ascii: "\\"): at += 2
      // A newline inside a string means that the line was cut; other raw control characters occur.
      case UInt8(ascii: "\n"): throw JSONError(kind: .unexpectedByte, offset: at)
      default: at += 1
      }
    }
  }

  private func stringStop(_ at: Int) -> Int {
    guard at < bytes.count else { return bytes.count }
    return bytes.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return at }
      let stop = kairos_json_string_stop(base + at, base + buffer.count)
      return stop.map { $0 - base } ?? at
    }
  }

  private mutating func scalarEnd(_ start: Int) throws(JSONError) -> Int {
    var end = start
    while end < bytes.count, Self.isScalarByte(bytes[end]) { end += 1 }
    let text = bytes[start..<end]
    let kind: JSONKind
    if text.elementsEqual("true".utf8) || text.elementsEqual("false".utf8) {
      kind = .bool
    } else if text.elementsEqual("null".utf8) {
      kind = .null
    } else if Self.isNumber(text) {
      kind = .number
    } else {
      throw JSONError(
        kind: end == bytes.count ? .unexpectedEnd : .unexpectedByte, offset: start)
    }
    append(kind, start, end)
    return end
  }

  private func skipSpace(_ start: Int) -> Int {
    var at = start
    while at < bytes.count, Self.isSpace(bytes[at]) { at += 1 }
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
  private static func isNumber(_ text: ArraySlice<UInt8>) -> Bool {
    var at = text.startIndex
    func digits() -> Bool {
      let start = at
      while at < text.endIndex, (0x30...0x39).contains(text[at]) { at += 1 }
      return at > start
    }
    if at < text.endIndex, text[at] == UInt8(ascii: "-") { at += 1 }
    if at < text.endIndex, text[at] == UInt8(ascii: "0") {
      at += 1
    } else if !digits() {
      return false
    }
    if at < text.endIndex, text[at] == UInt8(ascii: ".") {
      at += 1
      guard digits() else { return false }
    }
    if at < text.endIndex, text[at] | 0x20 == UInt8(ascii: "e") {
      at += 1
      if at < text.endIndex, text[at] == UInt8(ascii: "+") || text[at] == UInt8(ascii: "-") {
        at += 1
      }
      guard digits() else { return false }
    }
    return at == text.endIndex
  }
}
