import Foundation
import KairosModel
import Testing

@Suite struct FixedPointTests {
  /// Units that rounding of table and interpolation may cost.
  private let tolerance = 3.0

  @Test(arguments: [1, 2, 3, 7, 19, 250, 998, 1000, 65_535, 1 << 32, UInt64.max])
  func logarithmsOfIntegers(number: UInt64) {
    let exact = log(Double(number)) * 65_536
    #expect(abs(Double(FixedPoint.lnQ16(number)) - exact) <= tolerance)
  }

  @Test func tablesFollowTheirFormulas() {
    for step in stride(from: Int64(0), through: 14 * 65_536, by: 997) {
      let x = Double(step) / 65_536
      let sum = log1p(exp(-x)) * 65_536
      #expect(abs(Double(FixedPoint.logAdd(0, -step)) - sum) <= tolerance)
      let probability = 1e6 / (1 + exp(-x))
      #expect(abs(Double(FixedPoint.logisticPPM(step)) - probability) <= 10)
    }
  }

  @Test func probabilitiesAreSymmetricAndBounded() {
    for odds in [0, 1, 65_536, 192_967, 1 << 40, Int64.max] as [Int64] {
      #expect(FixedPoint.logisticPPM(odds) + FixedPoint.logisticPPM(-odds) == 1_000_000)
    }
    #expect(abs(FixedPoint.logisticPPM(192_967) - 950_000) < 10)
    #expect(FixedPoint.logisticPPM(Int64.min) == 0)
  }

  @Test(arguments: [(1, 600), (30, 600), (365, 600), (100_000, 150), (0, 600)] as [(Int64, Int64)])
  func persistenceOverDays(days: Int64, lifetime: Int64) {
    let (same, changed) = FixedPoint.persistence(days: days, lifetimeDays: lifetime)
    let stays = pow(1 - 1 / Double(lifetime), Double(days))
    if stays > 1e-6 { #expect(abs(Double(same) - log(stays) * 65_536) <= 8) }
    if stays < 1 { #expect(abs(Double(changed) - log(1 - stays) * 65_536) <= 8) }
    #expect(same <= 0 && changed <= 0)
  }
}
