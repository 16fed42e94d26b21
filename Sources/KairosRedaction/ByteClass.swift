/// Sets of bytes that token alphabets are made of.
struct ByteClass: OptionSet, Sendable {
  let rawValue: UInt16

  static let lower = ByteClass(rawValue: 1)
  static let upper = ByteClass(rawValue: 2)
  static let digit = ByteClass(rawValue: 4)
  /// `a` to `f`.
  static let lowerHexLetter = ByteClass(rawValue: 8)
  static let underscore = ByteClass(rawValue: 16)
  static let dash = ByteClass(rawValue: 32)
  /// `+` and `/`.
  static let base64Symbol = ByteClass(rawValue: 64)
  static let equals = ByteClass(rawValue: 128)
  static let dot = ByteClass(rawValue: 256)
  static let percent = ByteClass(rawValue: 512)
  static let colon = ByteClass(rawValue: 1024)

  static let letter: ByteClass = [.lower, .upper]
  static let base62: ByteClass = [.lower, .upper, .digit]
  static let word: ByteClass = [.lower, .upper, .digit, .underscore]
  static let base64URL: ByteClass = [.lower, .upper, .digit, .underscore, .dash]
  static let base64: ByteClass = [.lower, .upper, .digit, .base64Symbol, .equals]
  static let hex: ByteClass = [.digit, .lowerHexLetter]
  static let upperDigits: ByteClass = [.upper, .digit]
  static let lowerDigits: ByteClass = [.lower, .digit]
  static let dotted: ByteClass = [.lower, .upper, .digit, .underscore, .dash, .dot]
  static let path: ByteClass = [
    .lower, .upper, .digit, .underscore, .dash, .dot, .base64Symbol, .percent,
  ]

  /// The classes of one byte.
  static func of(_ byte: UInt8) -> ByteClass {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "f"): [.lower, .lowerHexLetter]
    case UInt8(ascii: "g")...UInt8(ascii: "z"): .lower
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): .upper
    case UInt8(ascii: "0")...UInt8(ascii: "9"): .digit
    case UInt8(ascii: "_"): .underscore
    case UInt8(ascii: "-"): .dash
    case UInt8(ascii: "+"), UInt8(ascii: "/"): .base64Symbol
    case UInt8(ascii: "="): .equals
    case UInt8(ascii: "."): .dot
    case UInt8(ascii: "%"): .percent
    case UInt8(ascii: ":"): .colon
    default: []
    }
  }
}
