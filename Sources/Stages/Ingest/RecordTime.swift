import KairosJSON
import KairosModel

/// Reads the time of a record in the forms that transcripts use.
enum RecordTime {
  /// From this number on an epoch counts milliseconds: 5138 as a year in seconds, 1973 in
  /// milliseconds.
  private static let millisecondsMin: Int64 = 100_000_000_000

  /// RFC 3339, or seconds or milliseconds since 1970, with or without a fraction.
  static func of(_ value: JSONValue?) -> Timestamp? {
    if let text = value?.string { return Timestamp(rfc3339: text) }
    return value?.numberText.flatMap(epoch)
  }

  /// The time of a row: programs store it as a number, as a number in text, or as a date with or
  /// without zone, which then is UTC.
  static func of(_ row: DatabaseRow, _ column: String) -> Timestamp? {
    guard let text = row.text(column) else { return nil }
    if let time = epoch(text) { return time }
    return Timestamp(rfc3339: text)
      ?? Timestamp(rfc3339: text.replacing(" ", with: "T") + (text.hasSuffix("Z") ? "" : "Z"))
  }

  private static func epoch(_ number: String) -> Timestamp? {
    let parts = number.split(separator: ".", maxSplits: 1)
    guard let whole = parts.first.flatMap({ Int64($0) }), whole >= 0 else { return nil }
    if whole >= millisecondsMin { return Timestamp(milliseconds: whole) }
    let digits = parts.count > 1 ? parts[1].prefix(3) : ""
    let fraction = Int64(digits + String(repeating: "0", count: 3 - digits.count)) ?? 0
    return Timestamp(milliseconds: whole * 1000 + fraction)
  }
}
