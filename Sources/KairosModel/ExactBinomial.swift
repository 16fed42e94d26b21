/// How many errors a checked sample may hold so that the share of right answers is certain enough:
/// the exact one-sided binomial test, in integers.
///
/// If answers of a kind were right in less than `rightPermille` of all cases, a sample with as few
/// errors as `allowedErrors` would turn up at most once in `oneIn` times. Every rounding is
/// upwards, so the test is never more lenient than the exact one.
public struct ExactBinomial: Sendable, Equatable {
  /// The share that is to be guaranteed, in thousandths; 1 to 999.
  public let rightPermille: UInt64
  /// The guarantee may fail once in so many times.
  public let oneIn: UInt64

  public init(rightPermille: UInt64, oneIn: UInt64) {
    self.rightPermille = min(max(rightPermille, 1), 999)
    self.oneIn = max(oneIn, 2)
  }

  /// The smallest sample that could pass, without any error.
  public var samplesMin: Int {
    var count = 1
    var chance = UpperBound(rightPermille, over: 1000)
    while !chance.isAtMost(oneIn: oneIn) {
      chance = chance.times(rightPermille, over: 1000)
      count += 1
    }
    return count
  }

  /// The most errors with which `samples` pass; `nil` when they are too few.
  public func allowedErrors(_ samples: Int) -> Int? {
    let samples = UInt64(min(max(samples, 0), Self.samplesMax))
    var term = UpperBound.power(of: rightPermille, over: 1000, samples)
    var sum = term
    guard sum.isAtMost(oneIn: oneIn) else { return nil }
    var errors: UInt64 = 0
    while errors < samples {
      term = term.times(
        (samples - errors) * (1000 - rightPermille), over: (errors + 1) * rightPermille)
      sum = sum.plus(term)
      guard sum.isAtMost(oneIn: oneIn) else { break }
      errors += 1
    }
    return Int(errors)
  }

  /// Larger samples count as this many, which is on the safe side.
  private static let samplesMax = 1_000_000
}

/// A positive number that is at least the true one: 31 binary digits and an exponent.
private struct UpperBound {
  /// From 2^30 up to 2^31 - 1.
  private let mantissa: UInt64
  private let exponent: Int

  init(_ numerator: UInt64, over denominator: UInt64) {
    self.init(rounding: Self.quotient(numerator, denominator))
  }

  private init(rounding number: (mantissa: UInt64, exponent: Int)) {
    var (mantissa, exponent) = number
    let extra = (64 - mantissa.leadingZeroBitCount) - 31
    if extra > 0 {
      let cut: UInt64 = (1 << UInt64(extra)) - 1
      mantissa = (mantissa >> UInt64(extra)) + (mantissa & cut == 0 ? 0 : 1)
    } else {
      mantissa <<= UInt64(-extra)
    }
    exponent += extra
    if mantissa == 1 << 31 {
      mantissa >>= 1
      exponent += 1
    }
    (self.mantissa, self.exponent) = (mantissa, exponent)
  }

  /// `numerator / denominator` with all digits that fit, the last one rounded up.
  private static func quotient(
    _ numerator: UInt64, _ denominator: UInt64
  ) -> (mantissa: UInt64, exponent: Int) {
    let shift = max(numerator.leadingZeroBitCount - 1, 0)
    let dividend = numerator << UInt64(shift)
    let (whole, rest) = dividend.quotientAndRemainder(dividingBy: denominator)
    return (whole + (rest == 0 ? 0 : 1), -shift)
  }

  /// Times a ratio whose parts are below 2^32.
  func times(_ numerator: UInt64, over denominator: UInt64) -> UpperBound {
    let (whole, shift) = Self.quotient(mantissa * numerator, denominator)
    return UpperBound(rounding: (whole, exponent + shift))
  }

  func times(_ other: UpperBound) -> UpperBound {
    UpperBound(rounding: (mantissa * other.mantissa, exponent + other.exponent))
  }

  func plus(_ other: UpperBound) -> UpperBound {
    let (large, small) = exponent >= other.exponent ? (self, other) : (other, self)
    let shift = large.exponent - small.exponent
    guard shift < 32 else {
      return UpperBound(rounding: (large.mantissa + 1, large.exponent))
    }
    return UpperBound(
      rounding: (large.mantissa << UInt64(shift) + small.mantissa, small.exponent))
  }

  /// The ratio multiplied by itself.
  static func power(of numerator: UInt64, over denominator: UInt64, _ count: UInt64) -> UpperBound {
    var result = UpperBound(1, over: 1)
    var factor = UpperBound(numerator, over: denominator)
    var rest = count
    while rest > 0 {
      if rest & 1 == 1 { result = result.times(factor) }
      factor = factor.times(factor)
      rest >>= 1
    }
    return result
  }

  /// Whether it is at most `1 / count`.
  func isAtMost(oneIn count: UInt64) -> Bool {
    let product = times(count, over: 1)
    return product.exponent < -30 || (product.exponent == -30 && product.mantissa == 1 << 30)
  }
}
