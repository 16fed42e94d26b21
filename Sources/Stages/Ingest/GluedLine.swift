import KairosJSON

/// Saves what follows a torn record: a program that was killed in the middle of a write leaves
/// half a record, and its successor appends without a newline between.
enum GluedLine {
  /// Beginnings of records in each format; a nested object rarely begins so.
  private static func beginnings(_ format: SourceFormat) -> [StaticString] {
    switch format {
    case .claudeCode: ["{\"parentUuid\":", "{\"type\":", "{\"sessionId\":", "{\"uuid\":"]
    case .codex: ["{\"timestamp\":"]
    case .observations: ["{\"id\":"]
    default: []
    }
  }

  /// Every try parses the rest of the line, so their number and the bytes of all are limited.
  private static let triesMax = 32
  private static let bytesMax = 64 << 20

  /// The records after the first place from which records fill the line to its end. Something
  /// nested in the torn record cannot: the torn record's own closing follows it.
  static func recordsAfterBreak(
    _ bytes: [UInt8], from start: Int, format: SourceFormat
  ) -> [(document: JSONDocument, range: Range<Int>)] {
    let candidates = beginnings(format).flatMap { positions(of: $0, in: bytes) }.sorted()
    // The first value may be torn anywhere before the byte at which the parser gave up.
    let tries = max(1, min(triesMax, bytesMax / max(1, bytes.count)))
    for position in candidates.filter({ $0 > 0 }).suffix(tries) {
      let (documents, error) = JSONDocument.parseSequence(Array(bytes[position...]))
      let lasts = documents.map {
        ($0.document, ($0.range.lowerBound + position)..<($0.range.upperBound + position))
      }
      if error == nil { return lasts.filter { $0.1.upperBound > start } }
    }
    return []
  }

  private static func positions(of needle: StaticString, in bytes: [UInt8]) -> [Int] {
    bytes.withUnsafeBytes { raw in
      var found: [Int] = []
      var from = 0
      while let hit = ByteScan.first(needle, in: raw, from: from) {
        found.append(hit)
        from = hit + needle.utf8CodeUnitCount
      }
      return found
    }
  }
}
