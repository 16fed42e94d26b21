/// Damages inputs in the ways that readers stumble over; the same seed damages alike.
public struct Mutator: Sendable {
  private var random: SeededGenerator

  public init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  /// What formats are made of, and what breaks them.
  private static let words: [[UInt8]] =
    [
      "\"", "\\", "{", "}", "[", "]", ":", ",", "\n", "\r\n", "\u{0}", "\u{feff}", "\u{202e}",
      "null", "true", "-1", "1e999", "99999999999999999999", "\\ud800", "\\u0000", "\u{1b}[",
      "\u{1b}]0;", "\u{1b}[999999999;999999999H", "\u{1b}[99999999L", "---\n", "```\n",
      "@@ -1 +1 @@\n",
      "&a [*a,*a]", "!!binary ", "{\"type\":", "}{", "🀄", "e\u{301}", "%00", "..", "/", "~",
    ].map { Array($0.utf8) } + [
      [0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0x28, 0xb5, 0x2f, 0xfd],
    ]

  /// One variation of `input`, with pieces of `other` in it; rarely much longer than both.
  public mutating func variation(of input: [UInt8], with other: [UInt8]) -> [UInt8] {
    var bytes = input
    for _ in 0..<Int.random(in: 1...4, using: &random) { change(&bytes, other) }
    return bytes
  }

  private mutating func change(_ bytes: inout [UInt8], _ other: [UInt8]) {
    let range = piece(of: bytes)
    switch Int.random(in: 0..<9, using: &random) {
    case 0: bytes.removeSubrange(range)
    case 1: bytes.removeSubrange(range.lowerBound...)
    case 2: bytes.insert(contentsOf: bytes[range], at: range.upperBound)
    case 3: bytes.insert(contentsOf: other[piece(of: other)], at: range.lowerBound)
    case 4: bytes.replaceSubrange(range, with: other[piece(of: other)])
    case 5:
      bytes.insert(contentsOf: Self.words.randomElement(using: &random) ?? [], at: range.lowerBound)
    case 6: bytes.replaceSubrange(range, with: Self.words.randomElement(using: &random) ?? [])
    case 7:
      let word = Self.words.randomElement(using: &random) ?? []
      let copies = Int.random(in: 1...2000, using: &random)
      bytes.insert(
        contentsOf: Array(repeating: word, count: copies).joined(), at: range.lowerBound)
    default:
      guard !bytes.isEmpty else { return }
      bytes[Int.random(in: 0..<bytes.count, using: &random)] ^=
        1 << UInt8.random(in: 0..<8, using: &random)
    }
  }

  /// A part of the bytes, mostly short.
  private mutating func piece(of bytes: [UInt8]) -> Range<Int> {
    let start = Int.random(in: 0...bytes.count, using: &random)
    let most = Bool.random(using: &random) ? 16 : bytes.count
    return start..<min(bytes.count, start + Int.random(in: 0...max(0, most), using: &random))
  }
}

/// Feeds variations of a corpus to a target and keeps the first that the target fails on.
public enum Fuzz {
  /// Rounds for each seed of the corpus: `full` is for `make test-full`.
  public static func rounds(isFull: Bool) -> Int { isFull ? 2_000 : 12 }

  /// The first variation for which `holds` is false; `nil` when there is none.
  public static func firstFailure(
    _ corpus: [[UInt8]], rounds: Int, seed: UInt64, holds: ([UInt8]) throws -> Bool
  ) rethrows -> [UInt8]? {
    var mutator = Mutator(seed: seed)
    for round in 0..<(rounds * corpus.count) {
      let input = corpus[round % corpus.count]
      let other = corpus[(round / corpus.count + round) % corpus.count]
      let variation = mutator.variation(of: input, with: other)
      if try !holds(variation) { return variation }
    }
    return nil
  }
}
