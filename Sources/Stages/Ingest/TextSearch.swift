import KairosJSON

/// Exact searches over UTF-8 bytes. The ones of the standard library compare characters, which is
/// a hundred times slower and finds nothing more in marks of plain ASCII.
extension StringProtocol {
  /// The first occurrence of `needle` at or after `start`.
  func bytesRange(of needle: StaticString, from start: String.Index? = nil) -> Range<String.Index>?
  {
    let from = start ?? startIndex
    let found = utf8.withContiguousStorageIfAvailable { bytes in
      ByteScan.first(
        needle, in: UnsafeRawBufferPointer(bytes),
        from: utf8.distance(from: startIndex, to: from))
    }
    guard let offset = found ?? nil else { return nil }
    let lower = utf8.index(startIndex, offsetBy: offset)
    return lower..<utf8.index(lower, offsetBy: needle.utf8CodeUnitCount)
  }

  /// Whether `needle` occurs.
  func hasBytes(_ needle: StaticString) -> Bool { bytesRange(of: needle) != nil }

  /// Whether the text begins with exactly these bytes.
  func hasBytesPrefix(_ prefix: StaticString) -> Bool {
    prefix.withUTF8Buffer { utf8.starts(with: $0) }
  }

  /// Without white space at both ends.
  var trimmedWhitespace: String {
    guard let first = firstIndex(where: { !$0.isWhitespace }),
      let last = lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(self[first...last])
  }
}

extension String {
  /// At most `bytes` bytes from the beginning, cut between characters.
  func head(bytes: Int) -> Substring {
    guard utf8.count > bytes else { return self[...] }
    var end = utf8.index(startIndex, offsetBy: bytes)
    while end > startIndex, !isScalarStart(end) { end = utf8.index(before: end) }
    return self[..<end]
  }

  /// At most `bytes` bytes from the end, cut between characters.
  func tail(bytes: Int) -> Substring {
    guard utf8.count > bytes else { return self[...] }
    var start = utf8.index(endIndex, offsetBy: -bytes)
    while start < endIndex, !isScalarStart(start) { start = utf8.index(after: start) }
    return self[start...]
  }

  private func isScalarStart(_ index: Index) -> Bool {
    index == endIndex || utf8[index] & 0xc0 != 0x80
  }
}
