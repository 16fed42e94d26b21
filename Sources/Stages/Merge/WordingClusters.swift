import KairosModel

/// Puts the variants of one statement together.
///
/// Complete link: a cluster grows only when every pair in it agrees, so a chain of small steps
/// never joins two statements that differ. Pairs are taken best first, ties by value: the result is
/// a function of the set.
struct WordingClusters {
  let options: MergeOptions

  /// `answers` come sorted; so do the clusters.
  func clusters(_ answers: [Answer]) -> [WordingCluster] {
    let variants = answers.map { WordingVariant($0) }
    var clusters = variants.indices.map { [$0] }
    var clusterOf = Array(variants.indices)
    var scores: [Pair: Int] = [:]
    let pairs = agreeingPairs(variants)
    for pair in pairs { scores[pair.pair] = pair.score }
    for (pair, _) in pairs {
      let (left, right) = (clusterOf[pair.low], clusterOf[pair.high])
      guard left != right, clusters[left].count + clusters[right].count <= options.clusterMax
      else { continue }
      let agrees = clusters[left].allSatisfy { a in
        clusters[right].allSatisfy { scores[Pair(a, $0)] != nil }
      }
      guard agrees else { continue }
      let (into, from) = (min(left, right), max(left, right))
      for member in clusters[from] { clusterOf[member] = into }
      clusters[into] += clusters[from]
      clusters[from] = []
    }
    return clusters.filter { !$0.isEmpty }.map { members in
      let sorted = members.sorted()
      let shares = sorted.dropFirst().map { scores[Pair(sorted[0], $0)] ?? 0 }
      return WordingCluster(answers: sorted.map { answers[$0] }, shares: Array(shares))
    }
  }

  /// Pairs that may be one statement, best first. One side's words contain the other's, so every
  /// partner of a variant has the variant's rarest word: comparing all pairs is not needed.
  private func agreeingPairs(_ variants: [WordingVariant]) -> [(pair: Pair, score: Int)] {
    var withWord: [String: [Int]] = [:]
    for (index, variant) in variants.enumerated() {
      for word in variant.allWords { withWord[word, default: []].append(index) }
    }
    var found: [Pair: Int] = [:]
    for (index, variant) in variants.enumerated() {
      let lists = variant.allWords.compactMap { withWord[$0] }
      guard let candidates = lists.min(by: { $0.count < $1.count }) else { continue }
      for candidate in candidates where candidate != index {
        let pair = Pair(index, candidate)
        guard found[pair] == nil, let score = score(variant, variants[candidate]) else { continue }
        found[pair] = score
      }
    }
    return found.map { ($0.key, $0.value) }.sorted {
      $0.score == $1.score ? $0.pair < $1.pair : $0.score > $1.score
    }
  }

  private func score(_ left: WordingVariant, _ right: WordingVariant) -> Int? {
    guard left.polarity == right.polarity, left.confidence == right.confidence,
      left.mentions == right.mentions,
      min(left.allWords.count, right.allWords.count) >= options.wordsMin,
      left.wording.conflict(with: right.wording) == nil,
      left.statement.conflict(with: right.statement) == nil
    else { return nil }
    let score = left.wording.agreementPermille(with: right.wording)
    return score >= options.agreementPermille ? score : nil
  }
}

/// An unordered pair of positions.
private struct Pair: Hashable, Comparable {
  let low: Int
  let high: Int

  init(_ a: Int, _ b: Int) {
    low = min(a, b)
    high = max(a, b)
  }

  static func < (left: Pair, right: Pair) -> Bool {
    (left.low, left.high) < (right.low, right.high)
  }
}

/// One answer as it is compared.
private struct WordingVariant {
  /// How the statement is meant at its plainest; variants must agree in it.
  enum Confidence { case plain, hedged, silent }

  let wording: Wording
  /// The sentence itself: a value may have lost its negations and restrictions.
  let statement: Wording
  let allWords: Set<String>
  let polarity: Polarity
  let confidence: Confidence
  /// Paths, symbols, packages and commands that it names.
  let mentions: [Mention]

  init(_ answer: Answer) {
    wording = Wording(answer.value)
    statement = Wording(answer.observations[0].statement)
    allWords = wording.words.union(wording.exact)
    polarity = answer.polarity
    let voiced = answer.observations.filter { $0.silence == nil }
    let isPlain = voiced.contains { !$0.isHedged }
    confidence = voiced.isEmpty ? .silent : isPlain ? .plain : .hedged
    mentions = Set(answer.observations.flatMap(\.mentions)).filter { $0.kind != .word }.sorted()
  }
}
