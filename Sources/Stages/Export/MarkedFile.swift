/// A file of which kairos owns only the part between its markers.
///
/// Works on bytes, so whatever stands outside the markers survives: other encodings of single
/// bytes, mixed line ends, a missing last newline.
struct MarkedFile {
  static let begin = "<!-- kairos:begin"
  static let end = "<!-- kairos:end -->"

  private let bytes: [UInt8]
  /// From the first byte of the begin marker to the last byte of the end marker.
  private let section: Range<Int>?
  private let newline: [UInt8]

  init(bytes: [UInt8], path: String) throws(ExportError) {
    let isUTF16 = bytes.starts(with: [0xff, 0xfe]) || bytes.starts(with: [0xfe, 0xff])
    guard !isUTF16, !bytes.contains(0) else { throw .notText(path: path) }
    self.bytes = bytes
    newline = Self.usesCarriageReturns(bytes) ? [0x0d, 0x0a] : [0x0a]
    section = try Self.findSection(bytes, path)
  }

  /// The whole file with `lines` between the markers. A file without a section gets one at its
  /// end, after an empty line.
  ///
  /// A section that differs in its begin marker only stays as it is: the marker names the
  /// snapshot in which the text last changed, and a file that says the same is not touched.
  func replacing(with lines: [String]) -> [UInt8] {
    let text = Array(lines.map { Array($0.utf8) }.joined(separator: newline))
    guard let section else {
      return bytes + separator + text + newline
    }
    let old = bytes[section]
    if Self.afterFirstLine(old) == Self.afterFirstLine(text[...]) { return bytes }
    return Array(bytes[..<section.lowerBound]) + text + Array(bytes[section.upperBound...])
  }

  /// The size of what stands outside the section: what a limit on the whole file has to leave room
  /// for.
  var outside: (lines: Int, bytes: Int) {
    guard let section else { return Self.size(bytes + separator) }
    // The end of the last line counts with the section.
    let after = bytes[section.upperBound...].drop { $0 == 0x0d }
    let rest = after.first == 0x0a ? after.dropFirst() : after
    return Self.size(Array(bytes[..<section.lowerBound]) + rest)
  }

  private static func size(_ bytes: [UInt8]) -> (lines: Int, bytes: Int) {
    (bytes.count { $0 == 0x0a }, bytes.count)
  }

  var hasSection: Bool { section != nil }

  /// Whether nothing stands outside the section but white space and front matter with the keys that
  /// exports write.
  var isAllSection: Bool {
    guard let section else { return false }
    let before = String(decoding: bytes[..<section.lowerBound], as: UTF8.self)
    let after = String(decoding: bytes[section.upperBound...], as: UTF8.self)
    guard after.allSatisfy(\.isWhitespace) else { return false }
    let lines = before.split(whereSeparator: \.isNewline)
    guard lines.first == "---" else { return before.allSatisfy(\.isWhitespace) }
    return lines.count >= 2 && lines.last == "---"
      && lines.dropFirst().dropLast().allSatisfy(FrontMatter.isOwn)
  }

  private var separator: [UInt8] {
    if bytes.isEmpty || bytes == [0xef, 0xbb, 0xbf] { return [] }
    return bytes.last == 0x0a ? newline : newline + newline
  }

  private static func afterFirstLine(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    text[(text.firstIndex(of: 0x0a) ?? text.endIndex)...]
  }

  /// The file's line ends are those of its first line.
  private static func usesCarriageReturns(_ bytes: [UInt8]) -> Bool {
    guard let first = bytes.firstIndex(of: 0x0a), first > 0 else { return false }
    return bytes[first - 1] == 0x0d
  }

  private static func findSection(
    _ bytes: [UInt8], _ path: String
  ) throws(ExportError) -> Range<Int>? {
    var open: (start: Int, line: Int)?
    var found: Range<Int>?
    for (line, range) in lineRanges(bytes) {
      let text = bytes[range]
      if text.starts(with: begin.utf8) {
        if let open { throw .unpairedMarker(path: path, line: open.line) }
        if found != nil { throw .secondSection(path: path, line: line) }
        guard closesComment(text) else { throw .unpairedMarker(path: path, line: line) }
        open = (range.lowerBound, line)
      } else if text.starts(with: end.utf8) {
        guard let start = open?.start else { throw .unpairedMarker(path: path, line: line) }
        found = start..<(range.lowerBound + end.utf8.count)
        open = nil
      }
    }
    if let open { throw .unpairedMarker(path: path, line: open.line) }
    return found
  }

  private static func closesComment(_ line: ArraySlice<UInt8>) -> Bool {
    var text = line
    while let last = text.last, last == 0x20 || last == 0x09 || last == 0x0d { text.removeLast() }
    return text.suffix(3).elementsEqual("-->".utf8)
  }

  /// Number (from 1) and bytes of each line, without the newline; a byte order mark is skipped.
  private static func lineRanges(_ bytes: [UInt8]) -> [(line: Int, range: Range<Int>)] {
    var ranges: [(line: Int, range: Range<Int>)] = []
    var start = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0a) ?? bytes.count
      ranges.append((ranges.count + 1, start..<end))
      start = end + 1
    }
    return ranges
  }
}
