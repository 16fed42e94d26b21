import KairosModel

/// Finds pasted blocks inside a prompt: code, logs, diffs, tables, quotes, whole documents.
///
/// What a person types is prose in paragraphs; what is pasted has the look of its origin. A prompt
/// that goes on with headings is a document from its first heading on.
enum PastedText {
  /// Prose beyond this many bytes in one prompt is taken for a document when it has its structure.
  private static let typedBytesMax = 4000

  /// The typed and the pasted parts of `text` in order.
  static func pieces(of text: String) -> [VoiceClassifier.Piece] {
    var pieces: [VoiceClassifier.Piece] = []
    var isDocument = false
    for block in blocks(of: text) {
      if block.isHeading, block.bytesBefore > 0 || text.utf8.count > typedBytesMax {
        isDocument = true
      }
      let isPasted = isDocument || block.isFence || looksPasted(block.lines)
      append(block.lines.joined(separator: "\n"), isPasted: isPasted, to: &pieces)
    }
    return pieces
  }

  private static func append(
    _ text: String, isPasted: Bool, to pieces: inout [VoiceClassifier.Piece]
  ) {
    guard text.contains(where: { !$0.isWhitespace }) else { return }
    let provenance: Provenance = isPasted ? .pasted : .typed
    if let last = pieces.last, last.provenance == provenance {
      pieces[pieces.count - 1] = .init(provenance: provenance, text: last.text + "\n\n" + text)
    } else {
      pieces.append(.init(provenance: provenance, text: text))
    }
  }

  private struct Block {
    var lines: [Substring]
    var isFence: Bool
    var isHeading: Bool
    var bytesBefore: Int
  }

  /// Paragraphs and fenced blocks.
  private static func blocks(of text: String) -> [Block] {
    var blocks: [Block] = []
    var current: [Substring] = []
    var isInFence = false
    var bytes = 0
    func flush(isFence: Bool) {
      guard let first = current.first else { return }
      let isHeading = !isFence && first.hasPrefix("#") && first.drop { $0 == "#" }.hasPrefix(" ")
      blocks.append(
        Block(lines: current, isFence: isFence, isHeading: isHeading, bytesBefore: bytes))
      bytes += current.reduce(0) { $0 + $1.utf8.count }
      current = []
    }
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let start = line.drop { $0 == " " || $0 == "\t" }
      if start.hasPrefix("```") || start.hasPrefix("~~~") {
        if !isInFence { flush(isFence: false) }
        current.append(line)
        if isInFence { flush(isFence: true) }
        isInFence.toggle()
      } else if start.isEmpty, !isInFence {
        flush(isFence: false)
      } else {
        current.append(line)
      }
    }
    flush(isFence: isInFence)
    return blocks
  }

  /// Three lines or more of which most look like output, code or a quote; or one very long line
  /// that is no prose.
  private static func looksPasted(_ lines: [Substring]) -> Bool {
    if lines.count < 3 {
      return lines.contains { $0.utf8.count > 400 && spaces(in: $0) * 12 < $0.utf8.count }
        || lines.allSatisfy { $0.hasPrefix(">") || $0.hasPrefix("$ ") || $0.hasPrefix("⏺") }
    }
    let technical = lines.count { isTechnical($0) }
    return technical * 10 >= lines.count * 6
  }

  private static func spaces(in line: Substring) -> Int { line.utf8.count { $0 == 0x20 } }

  private static func isTechnical(_ line: Substring) -> Bool {
    guard let first = line.unicodeScalars.first else { return false }
    if first == "\t" || line.hasPrefix("    ") { return true }
    if "+@|>│┃└├╭╰⎿⏺✓✔✗✘●$%".unicodeScalars.contains(first) { return true }
    if line.hasPrefix("at ") || line.hasPrefix("diff ") || line.hasPrefix("Traceback") {
      return true
    }
    let tail = line.unicodeScalars.last
    if let tail, "{};\\".unicodeScalars.contains(tail) { return true }
    return hasLogHead(line) || letters(in: line) * 2 < line.unicodeScalars.count
  }

  /// `2026-01-05T…`, `[12:03:11]`, `ERROR …`, `path/file.go:12:3: …`.
  private static func hasLogHead(_ line: Substring) -> Bool {
    let head = line.prefix { $0 != " " }
    let digits = head.utf8.count { (0x30...0x39).contains($0) }
    if head.count >= 8, digits * 2 >= head.utf8.count { return true }
    if ["ERROR", "WARN", "INFO", "DEBUG", "FAIL", "error:", "warning:", "---", "==="]
      .contains(where: { head.hasPrefix($0) })
    {
      return true
    }
    return digits > 0 && head.hasSuffix(":") && head.contains(".")
  }

  private static func letters(in line: Substring) -> Int {
    line.unicodeScalars.count { $0.properties.isAlphabetic || $0 == " " }
  }
}
