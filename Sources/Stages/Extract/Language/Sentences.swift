/// Splits texts into sentences without being fooled by paths, versions and code.
public enum SentenceSplitter {
  /// The sentences of paragraphs and list items in order; headings, quotes, tables and code are
  /// no sentences. Emphasis and list markers are gone, punctuation is ASCII, code spans stay.
  public static func sentences(in text: String) -> [String] {
    MarkdownBlocks.blocks(in: text).flatMap { block in
      block.kind == .paragraph || block.kind == .bullet ? split(block.text) : []
    }
  }

  /// The sentences of one block's text.
  static func split(_ text: String) -> [String] {
    let bytes = Array(text.utf8)
    var sentences: [String] = []
    var start = 0
    var at = 0
    while at < bytes.count {
      if let end = InlineMarkdown.codeSpanEnd(bytes, at) {
        at = end
      } else if let end = boundary(bytes, at, from: start) {
        append(bytes[start..<end], to: &sentences)
        start = end
        at = end
      } else {
        at += 1
      }
    }
    append(bytes[start...], to: &sentences)
    return sentences
  }

  private static func append(_ bytes: ArraySlice<UInt8>, to sentences: inout [String]) {
    let text = Substring(String(decoding: bytes, as: UTF8.self)).trimmingSpaces()
    if text.contains(where: { $0.isLetter }) { sentences.append(String(text)) }
  }

  /// The end of the sentence whose last mark is at `at`; `nil` when none ends there.
  private static func boundary(_ bytes: [UInt8], _ at: Int, from start: Int) -> Int? {
    if let end = wideBoundary(bytes, at) { return end }
    let marks: [UInt8] = [UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?")]
    guard marks.contains(bytes[at]), at == start || !marks.contains(bytes[at - 1]) else {
      return nil
    }
    var end = at + 1
    while end < bytes.count, marks.contains(bytes[end]) { end += 1 }
    let ellipsis = end - at >= 2 && bytes[at..<end].allSatisfy { $0 == UInt8(ascii: ".") }
    let closers = Array("\")'*_".utf8)
    while end < bytes.count, closers.contains(bytes[end]) { end += 1 }
    guard end == bytes.count || bytes[end] == UInt8(ascii: " ") else { return nil }
    guard end < bytes.count else { return end }
    let next = end + 1 < bytes.count ? bytes[end + 1] : UInt8(ascii: " ")
    let lower = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(next)
    if ellipsis { return lower ? nil : end }
    guard bytes[at] == UInt8(ascii: ".") else { return end }
    return isAbbreviation(bytes[start..<at], beforeLower: lower) ? nil : end
  }

  /// Full stop, exclamation and question mark of scripts that put no space after them.
  private static func wideBoundary(_ bytes: [UInt8], _ at: Int) -> Int? {
    guard at + 2 < bytes.count, bytes[at] == 0xe3 || bytes[at] == 0xef else { return nil }
    let mark = Array(bytes[at...at + 2])
    return wideMarks.contains(mark) ? at + 3 : nil
  }

  private static let wideMarks = ["\u{3002}", "\u{ff01}", "\u{ff1f}"].map { Array($0.utf8) }

  /// Never end a sentence.
  private static let abbreviations: Set<String> = [
    "e.g", "i.e", "eg", "ie", "vs", "cf", "approx", "resp", "fig", "figs", "eq", "mr", "mrs", "ms",
    "dr", "prof", "st", "incl", "viz", "al",
  ]
  /// End one unless a small letter follows.
  private static let openAbbreviations: Set<String> = [
    "etc", "inc", "ltd", "co", "corp", "jr", "sr", "no", "a.m", "p.m", "u.s", "est", "max", "min",
  ]

  private static func isAbbreviation(_ before: ArraySlice<UInt8>, beforeLower: Bool) -> Bool {
    let space = before.lastIndex(of: UInt8(ascii: " ")).map { $0 + 1 } ?? before.startIndex
    var word = before[space...]
    while let first = word.first, first == UInt8(ascii: "(") || first == UInt8(ascii: "\"") {
      word = word.dropFirst()
    }
    let text = String(decoding: word, as: UTF8.self).lowercased()
    if abbreviations.contains(text) { return true }
    // A number at the start of a sentence counts an item.
    if space == before.startIndex, !text.isEmpty, text.allSatisfy(\.isNumber) { return true }
    guard openAbbreviations.contains(text), beforeLower else { return false }
    // "no. that is wrong" answers; "see no. five" counts.
    return text != "no" || space != before.startIndex
  }
}
