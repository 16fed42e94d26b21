import KairosJSON

/// Writes the one form of JSON that kairos stores: keys in the order of writing, no white space,
/// no floats, strings with the fewest escapes, `\u00xx` for control characters only.
public struct CanonicalJSON: Sendable {
  public private(set) var bytes: [UInt8] = []
  private var needsComma = false

  public init() {}

  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// One object with the members that `write` adds.
  public static func object(_ write: (inout CanonicalJSON) -> Void) -> CanonicalJSON {
    var json = CanonicalJSON()
    json.object(write)
    return json
  }

  /// Writes an object with the members that `write` adds.
  public mutating func object(_ write: (inout CanonicalJSON) -> Void) {
    separate()
    bytes.append(UInt8(ascii: "{"))
    needsComma = false
    write(&self)
    bytes.append(UInt8(ascii: "}"))
    needsComma = true
  }

  /// Writes an array with one value per element, in their order.
  public mutating func array<T>(
    _ values: some Sequence<T>, _ write: (inout CanonicalJSON, T) -> Void
  ) {
    separate()
    bytes.append(UInt8(ascii: "["))
    needsComma = false
    for value in values { write(&self, value) }
    bytes.append(UInt8(ascii: "]"))
    needsComma = true
  }

  /// Writes a member's name; its value must follow.
  public mutating func key(_ name: String) {
    separate()
    quoted(name)
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  /// Writes a string value.
  public mutating func value(_ text: String) {
    separate()
    quoted(text)
    needsComma = true
  }

  /// Writes an integer value.
  public mutating func value(_ number: Int64) { literal(String(number)) }
  /// Writes an integer value.
  public mutating func value(_ number: Int) { literal(String(number)) }
  /// Writes `true` or `false`.
  public mutating func value(_ flag: Bool) { literal(flag ? "true" : "false") }
  /// Writes `null`.
  public mutating func null() { literal("null") }

  // Members: a key and its value. Optionals are written as `null`, so that every record has
  // every key.
  /// Writes a member with a string or `null`.
  public mutating func member(_ name: String, _ text: String?) {
    key(name)
    if let text { value(text) } else { null() }
  }

  /// Writes a member with an integer.
  public mutating func member(_ name: String, _ number: Int) {
    key(name)
    value(number)
  }

  /// Writes a member with an integer or `null`.
  public mutating func member(_ name: String, _ number: Int64?) {
    key(name)
    if let number { value(number) } else { null() }
  }

  /// Writes a member with a truth value.
  public mutating func member(_ name: String, _ flag: Bool) {
    key(name)
    value(flag)
  }

  /// Writes a member with a time in RFC 3339 or `null`.
  public mutating func member(_ name: String, _ time: Timestamp?) {
    member(name, time?.rfc3339)
  }

  /// Writes a member with an array of strings.
  public mutating func member(_ name: String, _ texts: [String]) {
    key(name)
    array(texts) { $0.value($1) }
  }

  /// Writes a member with an object.
  public mutating func member(_ name: String, object write: (inout CanonicalJSON) -> Void) {
    key(name)
    object(write)
  }

  private mutating func literal(_ text: String) {
    separate()
    bytes.append(contentsOf: text.utf8)
    needsComma = true
  }

  private mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    needsComma = false
  }

  private mutating func quoted(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""): bytes.append(contentsOf: [UInt8(ascii: "\\"), byte])
      case UInt8(ascii: "\\"): bytes.append(contentsOf: [byte, byte])
      case 0x0a: bytes.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "n")])
      case 0x0d: bytes.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "r")])
      case 0x09: bytes.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "t")])
      case 0..<0x20:
        let digits = Array("0123456789abcdef".utf8)
        bytes.append(contentsOf: Array("\\u00".utf8))
        bytes.append(contentsOf: [digits[Int(byte >> 4)], digits[Int(byte & 15)]])
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}

/// A value that has a canonical JSON form and can be read back from it.
public protocol CanonicalRecord: Sendable {
  func write(to json: inout CanonicalJSON)
  init(json: JSONValue) throws(RecordError)
}

extension CanonicalRecord {
  /// The record as one line of JSON, without a newline.
  public var canonicalBytes: [UInt8] {
    var json = CanonicalJSON()
    write(to: &json)
    return json.bytes
  }

  public init(canonicalBytes: [UInt8]) throws(RecordError) {
    let document: JSONDocument
    do { document = try JSONDocument.parse(canonicalBytes) } catch {
      throw RecordError(record: "\(Self.self)", field: "(JSON at byte \(error.offset))")
    }
    try self.init(json: document.root)
  }
}

/// A stored record that cannot be read. Names the record's type and field, never its content.
public struct RecordError: Error, Equatable, Sendable, CustomStringConvertible {
  public let record: String
  public let field: String

  public init(record: String, field: String) {
    self.record = record
    self.field = field
  }

  public var description: String { "a \(record) record is unreadable at \(field)" }
}

/// Reads the members of one record, naming the field that is missing or of the wrong kind.
public struct RecordReader: Sendable {
  public let record: String
  public let json: JSONValue

  public init(_ record: String, _ json: JSONValue) {
    self.record = record
    self.json = json
  }

  /// The error that names `field` of this record.
  public func error(_ field: String) -> RecordError { RecordError(record: record, field: field) }

  /// The string at `field`; throws when it is missing or of another kind.
  public func string(_ field: String) throws(RecordError) -> String {
    guard let value = json[field]?.string else { throw error(field) }
    return value
  }

  /// The string at `field`, or `nil`.
  public func optionalString(_ field: String) -> String? { json[field]?.string }

  /// The integer at `field`; throws when it is missing or of another kind.
  public func int(_ field: String) throws(RecordError) -> Int64 {
    guard let value = json[field]?.int else { throw error(field) }
    return value
  }

  /// The truth value at `field`; throws when it is missing or of another kind.
  public func bool(_ field: String) throws(RecordError) -> Bool {
    guard let value = json[field]?.bool else { throw error(field) }
    return value
  }

  /// The time at `field`, or `nil` when it is missing, `null` or unreadable.
  public func time(_ field: String) -> Timestamp? {
    json[field]?.string.flatMap { Timestamp(rfc3339: $0) }
  }

  /// The strings of the array at `field`; empty when there is none.
  public func strings(_ field: String) -> [String] {
    json[field]?.elements.compactMap(\.string) ?? []
  }

  /// The case of `type` that the string at `field` names; throws for any other string.
  public func choice<T: RawRepresentable>(
    _ field: String, _ type: T.Type
  ) throws(RecordError) -> T where T.RawValue == String {
    guard let value = json[field]?.string.flatMap({ T(rawValue: $0) }) else { throw error(field) }
    return value
  }
}
