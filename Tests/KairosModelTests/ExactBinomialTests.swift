import KairosModel
import Testing

@Suite struct ExactBinomialTests {
  /// Samples needed for a share with 0, 1, 2 and 5 errors at one failure in ten: textbook values of
  /// the exact test.
  @Test(
    arguments: [
      (900, [22, 38, 52, 91]), (950, [45, 77, 105, 184]), (980, [114, 194, 265, 462]),
      (990, [230, 388, 531, 926]),
    ] as [(UInt64, [Int])])
  func samplesNeeded(permille: UInt64, samples: [Int]) {
    let test = ExactBinomial(rightPermille: permille, oneIn: 10)
    #expect(test.samplesMin == samples[0])
    for (errors, count) in zip([0, 1, 2, 5], samples) {
      #expect(test.allowedErrors(count) == errors)
      #expect((test.allowedErrors(count - 1) ?? -1) < errors)
    }
  }

  @Test func neverMoreLenientThanTheTarget() {
    let test = ExactBinomial(rightPermille: 950, oneIn: 120)
    #expect(test.samplesMin == 94 && test.allowedErrors(93) == nil)
    var last = 0
    for count in stride(from: 94, through: 20_000, by: 613) {
      let allowed = test.allowedErrors(count) ?? -1
      #expect(allowed >= last && allowed * 20 < count)
      last = allowed
    }
    #expect(last > 850)
  }
}
