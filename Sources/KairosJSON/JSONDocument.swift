/// A parsed JSON text whose values are read lazily from its bytes.
///
/// Parsing makes one pass and records a flat list of nodes (the "tape"); strings are unescaped
/// only when asked for. The parser accepts what real transcripts contain: raw control characters
/// inside strings, lone surrogates and invalid UTF-8 become U+FFFD instead of losing the line.
public final class JSONDocument: Sendable {
  /// One value of the text, in document order. `end` is the exclusive end in bytes, `next` the
  /// index of the node that follows this value and everything inside it. Offsets of 32 bits halve
  /// the tape; longer texts are refused.
  struct Node: Sendable {
    var start: UInt32
    var end: UInt32
    var next: UInt32
    var kind: JSONKind

    var range: Range<Int> { Int(start)..<Int(end) }
  }

  public let bytes: [UInt8]
  let nodes: [Node]

  init(bytes: [UInt8], nodes: [Node]) {
    self.bytes = bytes
    self.nodes = nodes
  }

  /// Parses exactly one JSON value with nothing but white space around it.
  public static func parse(_ bytes: [UInt8]) throws(JSONError) -> JSONDocument {
    let (nodes, _, error) = bytes.withUnsafeBufferPointer { JSONParser.parse($0, isWhole: true) }
    if let error { throw error }
    return JSONDocument(bytes: bytes, nodes: nodes)
  }

  /// Parses the UTF-8 bytes of `text`.
  public static func parse(_ text: String) throws(JSONError) -> JSONDocument {
    try parse(Array(text.utf8))
  }

  /// Parses the values that stand one after the other in `bytes` (glued records of a crashed
  /// writer). Returns the values before the first error, their byte ranges, and that error.
  public static func parseSequence(
    _ bytes: [UInt8]
  ) -> (documents: [(document: JSONDocument, range: Range<Int>)], error: JSONError?) {
    bytes.withUnsafeBufferPointer { parseSequence($0) }
  }

  private static func parseSequence(
    _ bytes: UnsafeBufferPointer<UInt8>
  ) -> (documents: [(document: JSONDocument, range: Range<Int>)], error: JSONError?) {
    var found: [(document: JSONDocument, range: Range<Int>)] = []
    var offset = 0
    while true {
      while offset < bytes.count, JSONParser.isSpace(bytes[offset]) { offset += 1 }
      guard offset < bytes.count else { return (found, nil) }
      let rest = UnsafeBufferPointer(rebasing: bytes[offset...])
      let (nodes, end, error) = JSONParser.parse(rest, isWhole: false)
      if let error {
        return (found, JSONError(kind: error.kind, offset: error.offset + offset))
      }
      let document = JSONDocument(bytes: Array(rest[..<end]), nodes: nodes)
      found.append((document, offset..<(offset + end)))
      offset += end
    }
  }

  public var root: JSONValue { JSONValue(document: self, index: 0) }
}

/// The six kinds of JSON values; `true` and `false` are one kind.
public enum JSONKind: UInt8, Sendable { case object, array, string, number, bool, null }

/// Where and how a JSON text is broken. Never carries content of the text.
public struct JSONError: Error, Equatable, Sendable {
  /// What is wrong.
  public enum Kind: String, Sendable {
    case unexpectedEnd = "the text ends inside a value"
    case unexpectedByte = "there is a byte that cannot stand here"
    case tooDeep = "values are nested too deeply"
    case tooLong = "the text is longer than 4 GiB"
    case trailingBytes = "something follows the value"
  }
  public let kind: Kind
  /// Offset in bytes from the start of the text.
  public let offset: Int

  public init(kind: Kind, offset: Int) {
    self.kind = kind
    self.offset = offset
  }
}
