/// A Swift file as far as rules of style need it: code and comments apart, strings blanked.
///
/// A scanner and no parser: it knows comments, strings and brackets, which is enough for the rules
/// here and needs no dependency.
struct SwiftText {
  let path: String
  let lines: [String]
  /// The lines without comments and without what stands in strings; columns stay.
  let code: [String]
  /// The lines with nothing but comments.
  let comments: [String]

  init(path: String, _ text: String) {
    self.path = path
    var masker = Masker(bytes: Array(text.utf8))
    masker.run()
    lines = Self.split(Array(text.utf8))
    code = Self.split(masker.code)
    comments = Self.split(masker.comments)
  }

  private static func split(_ bytes: [UInt8]) -> [String] {
    bytes.split(separator: 0x0a, omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
  }
}

/// Writes code and comments into two copies of a file, each blank where the other one stands.
private struct Masker {
  let bytes: [UInt8]
  var code: [UInt8] = []
  var comments: [UInt8] = []
  private var at = 0

  init(bytes: [UInt8]) {
    self.bytes = bytes
    code = bytes.map { $0 == 0x0a ? 0x0a : 0x20 }
    comments = code
  }

  mutating func run() {
    while at < bytes.count { step() }
  }

  /// One byte of code, one comment, or one string.
  private mutating func step() {
    if starts("//") {
      while at < bytes.count, bytes[at] != 0x0a { keepComment() }
    } else if starts("/*") {
      blockComment()
    } else if let pounds = stringStart() {
      string(pounds: pounds)
    } else {
      keepCode()
    }
  }

  private func starts(_ text: String) -> Bool { bytes[at...].starts(with: text.utf8) }

  private mutating func keepCode() {
    code[at] = bytes[at]
    at += 1
  }

  private mutating func keepComment() {
    comments[at] = bytes[at]
    at += 1
  }

  private mutating func blockComment() {
    var depth = 0
    repeat {
      if starts("/*") {
        depth += 1
        keepComment()
      } else if starts("*/") {
        depth -= 1
        keepComment()
      }
      if at < bytes.count { keepComment() }
    } while depth > 0 && at < bytes.count
  }

  /// The number of `#` before the quote when a string starts here.
  private func stringStart() -> Int? {
    var end = at
    while end < bytes.count, bytes[end] == UInt8(ascii: "#") { end += 1 }
    return end < bytes.count && bytes[end] == UInt8(ascii: "\"") ? end - at : nil
  }

  private mutating func string(pounds: Int) {
    for _ in 0..<pounds { keepCode() }
    let quote = starts("\"\"\"") ? "\"\"\"" : "\""
    for _ in quote.utf8 { keepCode() }
    let hash = String(repeating: "#", count: pounds)
    let end = quote + hash
    while at < bytes.count, !starts(end) {
      if starts("\\\(hash)(") {
        at += 1 + pounds
        interpolation()
      } else if starts("\\\(hash)") {
        at += 2 + pounds
      } else {
        at += 1
      }
    }
    for _ in end.utf8 where at < bytes.count { keepCode() }
  }

  /// Code inside a string, from its opening to its closing bracket.
  private mutating func interpolation() {
    var depth = 0
    repeat {
      if bytes[at] == UInt8(ascii: "(") { depth += 1 }
      if bytes[at] == UInt8(ascii: ")") { depth -= 1 }
      step()
    } while depth > 0 && at < bytes.count
  }
}
