import KairosModel

/// How often each kind of witness was right where files of the same time tell the truth: sums of
/// whole numbers, so that any order and any partition of the evidence gives the same.
public struct AnchorTable: Sendable, Equatable {
  /// Whose answers to which questions are counted together; empty parts stand for all.
  public struct Key: Hashable, Comparable, Sendable {
    /// Who speaks and how: `tool`, `human`, `assistant-hedged`, …
    public let witness: String
    /// Which one of them: a model family, a site, a person.
    public let speaker: String
    /// The question.
    public let predicate: String

    public init(witness: String, speaker: String = "", predicate: String = "") {
      self.witness = witness
      self.speaker = speaker
      self.predicate = predicate
    }

    /// A total order, so that output never depends on hashing.
    public static func < (left: Key, right: Key) -> Bool {
      (left.witness, left.speaker, left.predicate) < (right.witness, right.speaker, right.predicate)
    }
  }

  /// What was counted under one key.
  public struct Count: Sendable, Equatable {
    public var right: Int64 = 0
    public var seen: Int64 = 0
  }

  /// One answer that the files of its time confirm or refute.
  public struct Comparison: Sendable, Equatable {
    public let key: Key
    public let isRight: Bool
  }

  public private(set) var counts: [Key: Count] = [:]

  public init() {}

  public var isEmpty: Bool { counts.isEmpty }

  /// Counts one comparison for the witness, for the speaker and for the question.
  public mutating func add(_ comparison: Comparison) {
    for key in Set(Self.chain(comparison.key)) {
      counts[key, default: Count()].seen += 1
      if comparison.isRight { counts[key, default: Count()].right += 1 }
    }
  }

  /// From the general to the particular.
  private static func chain(_ key: Key) -> [Key] {
    [
      Key(witness: key.witness), Key(witness: key.witness, speaker: key.speaker), key,
    ]
  }

  /// What was counted under the most particular key that has a count.
  func closest(_ key: Key) -> Count? {
    Self.chain(key).reversed().lazy.compactMap { counts[$0] }.first
  }

  /// The share of right answers in thousandths: counts shrunk to those of the more general keys,
  /// the most general one to `prior`, which weighs as much as `strength` comparisons.
  func permille(_ key: Key, prior: Int64, strength: Int64) -> Int64 {
    guard counts[Key(witness: key.witness)] != nil else { return prior }
    var ppm = prior * 1000
    var weight = strength
    var last: Key?
    for key in Self.chain(key) where key != last {
      last = key
      guard let count = counts[key] else { break }
      ppm = (count.right * 1_000_000 + weight * ppm) / (count.seen + weight)
      weight = Self.shrinkage
    }
    return min(max((ppm + 500) / 1000, 20), 998)
  }

  /// How many comparisons a more general count is worth to a particular one (design: m = 8).
  private static let shrinkage: Int64 = 8

  /// All counts as one text, for the digest of what results depend on.
  public var canonicalText: String {
    counts.sorted { $0.key < $1.key }.map { key, count in
      [key.witness, key.speaker, key.predicate, String(count.right), String(count.seen)]
        .joined(separator: "\u{1f}")
    }.joined(separator: "\n")
  }
}
