/// A moment in UTC, in whole milliseconds since 1970. No time zone, no clock, no floating point.
public struct Timestamp: Hashable, Comparable, Sendable {
  public let milliseconds: Int64

  public init(milliseconds: Int64) { self.milliseconds = milliseconds }
  public init(seconds: Int64) { milliseconds = seconds * 1000 }

  /// A total order, so that output never depends on hashing.
  public static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.milliseconds < right.milliseconds
  }

  /// Whole days since 1970-01-01.
  public var day: Int64 { Self.floorDivide(milliseconds, 86_400_000) }

  /// RFC 3339 in UTC: `2026-01-05T13:02:11Z`, with `.123` only when the milliseconds are not zero.
  public var rfc3339: String {
    let inDay = milliseconds - day * 86_400_000
    let (year, month, date) = Self.civil(fromDay: day)
    let seconds = inDay / 1000
    let fraction = inDay % 1000
    let time = [seconds / 3600, seconds / 60 % 60, seconds % 60]
      .map { Self.padded($0, 2) }.joined(separator: ":")
    let tail = fraction == 0 ? "" : "." + Self.padded(fraction, 3)
    return
      "\(Self.padded(year, 4))-\(Self.padded(month, 2))-\(Self.padded(date, 2))T\(time)\(tail)Z"
  }

  /// `2026-01-05`.
  public var dateText: String { String(rfc3339.prefix(10)) }

  /// Reads RFC 3339 with any zone (`Z`, `+11:00`), or without a zone (taken as UTC); a space may
  /// stand for the `T`; any number of fraction digits. `nil` when it is anything else.
  public init?(rfc3339 text: String) {
    var reader = DigitReader(bytes: Array(text.utf8))
    guard let year = reader.number(4), reader.skip("-"), let month = reader.number(2),
      reader.skip("-"), let date = reader.number(2), (1...12).contains(month),
      (1...31).contains(date), reader.skip("T") || reader.skip("t") || reader.skip(" "),
      let hour = reader.number(2), reader.skip(":"), let minute = reader.number(2), hour < 24,
      minute < 60
    else { return nil }
    var second: Int64 = 0
    if reader.skip(":") {
      guard let value = reader.number(2), value <= 60 else { return nil }
      second = value
    }
    let fraction = reader.fractionMilliseconds()
    guard let zone = reader.zoneMinutes() else { return nil }
    let days = Self.day(year: year, month: month, date: date)
    let minutes = days * 1440 + hour * 60 + minute - zone
    milliseconds = (minutes * 60 + second) * 1000 + fraction
  }

  private static func padded(_ value: Int64, _ width: Int) -> String {
    let text = String(value)
    return String(repeating: "0", count: max(0, width - text.count)) + text
  }

  private static func floorDivide(_ value: Int64, _ by: Int64) -> Int64 {
    value >= 0 ? value / by : -((by - 1 - value) / by)
  }

  // Civil calendar arithmetic after Howard Hinnant, "chrono-compatible low-level date algorithms".
  static func day(year: Int64, month: Int64, date: Int64) -> Int64 {
    let y = month <= 2 ? year - 1 : year
    let era = floorDivide(y, 400)
    let ofEra = y - era * 400
    let ofYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + date - 1
    return era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468
  }

  static func civil(fromDay day: Int64) -> (year: Int64, month: Int64, date: Int64) {
    let z = day + 719_468
    let era = floorDivide(z, 146_097)
    let ofEra = z - era * 146_097
    let yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
    let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * ofYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    return (
      yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, ofYear - (153 * shifted + 2) / 5 + 1
    )
  }
}

/// Reads fixed-width digits from left to right.
private struct DigitReader {
  let bytes: [UInt8]
  var at = 0

  mutating func number(_ width: Int) -> Int64? {
    guard at + width <= bytes.count else { return nil }
    var value: Int64 = 0
    for byte in bytes[at..<(at + width)] {
      guard (0x30...0x39).contains(byte) else { return nil }
      value = value * 10 + Int64(byte - 0x30)
    }
    at += width
    return value
  }

  mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard at < bytes.count, UInt32(bytes[at]) == character.value else { return false }
    at += 1
    return true
  }

  mutating func fractionMilliseconds() -> Int64 {
    guard skip(".") || skip(",") else { return 0 }
    var value: Int64 = 0
    var digits = 0
    while at < bytes.count, (0x30...0x39).contains(bytes[at]) {
      if digits < 3 { value = value * 10 + Int64(bytes[at] - 0x30) }
      digits += 1
      at += 1
    }
    while digits < 3 {
      value *= 10
      digits += 1
    }
    return value
  }

  /// Minutes east of UTC; `nil` when what is left is no zone.
  mutating func zoneMinutes() -> Int64? {
    if at == bytes.count { return 0 }
    if skip("Z") || skip("z") { return at == bytes.count ? 0 : nil }
    let sign: Int64
    if skip("+") { sign = 1 } else if skip("-") { sign = -1 } else { return nil }
    guard let hours = number(2) else { return nil }
    _ = skip(":")
    guard let minutes = number(2), at == bytes.count else { return nil }
    return sign * (hours * 60 + minutes)
  }
}
