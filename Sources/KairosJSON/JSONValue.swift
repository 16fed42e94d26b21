/// One value inside a `JSONDocument`.
///
/// Accessors answer `nil` (or nothing) when the value is of another kind, so that a chain of
/// look-ups over drifting formats needs no error handling.
public struct JSONValue: Sendable {
  let document: JSONDocument
  let index: Int

  public var kind: JSONKind { document.nodes[index].kind }
  /// The place of the value in the document, in bytes.
  public var range: Range<Int> { document.nodes[index].range }
  /// The bytes of the value as written.
  public var rawBytes: ArraySlice<UInt8> { document.bytes[range] }

  public var isNull: Bool { kind == .null }
  public var isObject: Bool { kind == .object }
  public var isArray: Bool { kind == .array }

  public var bool: Bool? {
    kind == .bool ? document.bytes[range.lowerBound] == UInt8(ascii: "t") : nil
  }

  /// The number if it is written as an integer that fits 64 bits.
  public var int: Int64? {
    guard kind == .number else { return nil }
    return Int64(String(decoding: rawBytes, as: UTF8.self))
  }

  /// The number as it is written. Fractions are never converted to floating point.
  public var numberText: String? {
    kind == .number ? String(decoding: rawBytes, as: UTF8.self) : nil
  }

  /// The unescaped string; broken escapes and bytes become U+FFFD.
  public var string: String? {
    kind == .string ? JSONString.decode(document.bytes, range) : nil
  }

  /// The first member called `key`, or `nil`.
  public subscript(_ key: String) -> JSONValue? {
    guard kind == .object else { return nil }
    var child = index + 1
    let end = Int(document.nodes[index].next)
    while child < end {
      if JSONString.matches(document.bytes, document.nodes[child].range, key) {
        return JSONValue(document: document, index: child + 1)
      }
      child = Int(document.nodes[child + 1].next)
    }
    return nil
  }

  /// The values of an array in order; empty for any other kind.
  public var elements: [JSONValue] {
    guard kind == .array else { return [] }
    var found: [JSONValue] = []
    var child = index + 1
    let end = Int(document.nodes[index].next)
    while child < end {
      found.append(JSONValue(document: document, index: child))
      child = Int(document.nodes[child].next)
    }
    return found
  }

  /// The members of an object in the order of the text; empty for any other kind.
  public var members: [(key: String, value: JSONValue)] {
    guard kind == .object else { return [] }
    var found: [(key: String, value: JSONValue)] = []
    var child = index + 1
    let end = Int(document.nodes[index].next)
    while child < end {
      let key = JSONString.decode(document.bytes, document.nodes[child].range)
      found.append((key, JSONValue(document: document, index: child + 1)))
      child = Int(document.nodes[child + 1].next)
    }
    return found
  }
}
