/// Logarithms and probabilities in integers: sums of them are equal to the bit in any order, on any
/// machine and in any engine.
///
/// A `…Q16` number is in units of 1/65,536; a probability that is shown is in parts per million.
public enum FixedPoint {
  /// One, as a Q16 number.
  public static let one: Int64 = 65_536

  /// `round(2^32 * ln 2)`.
  private static let ln2Q32: Int64 = 2_977_044_472

  /// The natural logarithm of a positive integer; of zero, that of one.
  ///
  /// The eleven leading bits choose two neighbours of the table, the rest interpolates; the error
  /// is under two units.
  public static func lnQ16(_ number: UInt64) -> Int64 {
    let number = max(number, 1)
    let exponent = 63 - number.leadingZeroBitCount
    let aligned = number << UInt64(63 - exponent)
    let index = Int(aligned >> 53) & 1023
    let fraction = Int64((aligned >> 37) & 0xffff)
    let low = FixedPointTables.mantissa[index]
    let high = FixedPointTables.mantissa[index + 1]
    return (Int64(exponent) * ln2Q32) >> 16 + low + ((high - low) * fraction) >> 16
  }

  /// The logarithm of a ratio of positive integers.
  public static func lnQ16(_ numerator: Int64, over denominator: Int64) -> Int64 {
    lnQ16(UInt64(max(numerator, 1))) - lnQ16(UInt64(max(denominator, 1)))
  }

  /// `ln(exp(a) + exp(b))`: the logarithm of a sum of two probabilities.
  public static func logAdd(_ a: Int64, _ b: Int64) -> Int64 {
    let difference = abs(a - b)
    let index = Int(min(difference >> 10, 768))
    guard index < 768 else { return max(a, b) }
    let low = FixedPointTables.logOnePlusExp[index]
    let high = FixedPointTables.logOnePlusExp[index + 1]
    return max(a, b) + low + ((high - low) * (difference & 1023)) >> 10
  }

  /// The probability in parts per million that belongs to log-odds.
  public static func logisticPPM(_ logOddsQ16: Int64) -> Int {
    if logOddsQ16 < 0 { return 1_000_000 - logisticPPM(-max(logOddsQ16, -Int64.max)) }
    let index = Int(min(logOddsQ16 >> 10, 1024))
    guard index < 1024 else { return 1_000_000 }
    let low = FixedPointTables.logisticPPM[index]
    let high = FixedPointTables.logisticPPM[index + 1]
    return Int(low + ((high - low) * (logOddsQ16 & 1023)) >> 10)
  }

  /// The logarithms of "still the same" and "changed at least once" after `days`, for something
  /// that lasts `lifetimeDays` on average: `(1 - 1/lifetime)^days` and its complement.
  public static func persistence(days: Int64, lifetimeDays: Int64) -> (same: Int64, changed: Int64)
  {
    let whole: UInt64 = 1 << 32
    var factor = whole - whole / UInt64(max(lifetimeDays, 2))
    var same = whole - 1
    var rest = max(days, 0)
    while rest > 0 {
      if rest & 1 == 1 { same = (same * factor) >> 32 }
      factor = (factor * factor) >> 32
      rest >>= 1
    }
    let unit = lnQ16(whole)
    return (lnQ16(same) - unit, lnQ16(whole - same) - unit)
  }
}
