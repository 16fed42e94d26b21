import Testing

@testable import KairosRedaction

@Suite struct RedactionRulesTests {
  /// A run of the rule's alphabet as a machine would make it; no secret of anybody.
  private func body(_ rule: TokenRule, count: Int) -> String {
    let alphabet = (UInt8(0x2b)...0x7a).filter {
      !ByteClass.of($0).isDisjoint(with: rule.alphabet.intersection([.base62, .hex]))
    }
    var state: UInt64 = 20_260_105
    let bytes = (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return alphabet[Int(state >> 33) % alphabet.count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test(arguments: RedactionRules.tokens.indices) func eachRuleKnowsItsToken(index: Int) {
    let rule = RedactionRules.tokens[index]
    let secret =
      rule.prefix + body(rule, count: min(max(rule.length.lowerBound, 20), rule.length.upperBound))
    let hits = Redactor(key: "k").secrets(in: "it is \(secret), see")
    let whole = 6..<(6 + secret.utf8.count)
    #expect(hits.map(\.rule) == [rule.name], "\(rule.prefix)")
    #expect(hits.map(\.range) == [whole], "\(rule.prefix)")
  }

  @Test(arguments: RedactionRules.tokens.indices) func eachRuleLeavesAMaskAndAShortRun(index: Int) {
    let rule = RedactionRules.tokens[index]
    let mask = String(repeating: "x", count: rule.length.lowerBound)
    let short = body(rule, count: min(7, rule.length.lowerBound - 1))
    for text in ["it is \(rule.prefix)\(mask), see", "it is \(rule.prefix)\(short), see"] {
      #expect(Redactor(key: "k").redact(text) == text)
    }
  }
}
