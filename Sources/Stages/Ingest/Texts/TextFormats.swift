import KairosJSON
import KairosModel

/// The formats of plain text, and how each is told by its beginning.
enum TextFormats {
  static let all: [any TextAdapter.Type] = [
    SpecStory.self, Asciicast.self, Typescript.self, ZshHistory.self, BashHistory.self,
    FishHistory.self, Aider.self,
  ]

  static func adapter(of format: SourceFormat) -> (any TextAdapter)? {
    all.first { $0.row.format == format }?.init()
  }

  /// The format of a file from its first bytes.
  static func detect(head: [UInt8]) -> IngestStage.Detection? {
    let head = TextHead(head)
    guard let adapter = all.first(where: { $0.recognises(head) }) else { return nil }
    return .init(format: adapter.row.format, session: adapter.session(of: head))
  }

  /// Bytes from the beginning that tell one file from others of its format; first lines alone are
  /// the same in every file of some.
  static func identifyingBytes(of format: SourceFormat, head: [UInt8]) -> Int {
    let lines =
      switch format {
      case .specStory: 12
      case .asciicast, .aider, .bashHistory, .zshHistory, .fishHistory: 8
      case .geminiLines: 2
      default: 1
      }
    var end = -1
    for _ in 0..<lines {
      guard let next = head[(end + 1)...].firstIndex(of: 0x0a) else { return head.count }
      end = next
    }
    return end
  }
}

/// The beginning of a file as text.
struct TextHead {
  /// Bytes in which a format must show itself, except where a whole line is searched.
  private static let bytesMax = 8192
  let bytes: [UInt8]
  /// The first lines that are not blank, without white space at their ends.
  let lines: [String]

  init(_ head: [UInt8]) {
    let body = head.starts(with: [0xef, 0xbb, 0xbf]) ? head[3...] : head[...]
    bytes = Array(body)
    lines = body.prefix(Self.bytesMax).split(separator: 0x0a).prefix(40)
      .map { String(decoding: $0, as: UTF8.self).trimmedWhitespace }.filter { !$0.isEmpty }
  }

  var first: String { lines.first ?? "" }
}

/// Reads numbers in texts.
enum TextNumber {
  /// The digits at the beginning.
  static func digits(_ text: Substring) -> Substring { text.prefix { $0.isASCII && $0.isNumber } }

  /// An epoch in seconds: nine digits or more, since 1973.
  static func epoch(_ text: Substring) -> Timestamp? {
    let digits = digits(text)
    guard (9...10).contains(digits.utf8.count) else { return nil }
    return Int64(digits).map { Timestamp(seconds: $0) }
  }

  /// Seconds with a fraction, in whole milliseconds.
  static func milliseconds(_ text: String) -> Int64? {
    let parts = text.split(separator: ".", maxSplits: 1)
    guard let whole = parts.first.flatMap({ Int64($0) }), whole >= 0, whole < 1 << 40 else {
      return nil
    }
    let digits = parts.count > 1 ? parts[1].prefix(3) : ""
    let fraction = Int64(digits + String(repeating: "0", count: 3 - digits.count)) ?? 0
    return whole * 1000 + fraction
  }
}
