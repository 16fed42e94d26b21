/// What may be tuned about merging. The defaults put precision first: two statements kept apart
/// cost a line, two wrongly merged ones corrupt both.
public struct MergeOptions: Sendable, Equatable {
  /// Share of equal words that two wordings need, in thousandths. 750 allows one added word in
  /// about three.
  public var agreementPermille = 750
  /// Fewer words than this are too little to compare.
  public var wordsMin = 2
  /// Wordings in one cluster at most, so that a cluster can be read.
  public var clusterMax = 64

  public init() {}

  /// All settings as one line, for the configuration digest.
  public var canonicalText: String {
    "merge/1 agreement=\(agreementPermille) words=\(wordsMin) cluster=\(clusterMax)"
  }
}
