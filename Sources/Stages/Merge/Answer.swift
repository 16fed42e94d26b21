import KairosModel

/// The observations of one slot whose values are equal but for spelling.
struct Answer {
  /// The earliest spelling; of equally early ones the smallest.
  let value: String
  let polarity: Polarity
  /// Sorted by time, then id.
  let observations: [Observation]
  /// Other spellings that were seen, sorted.
  let spellings: [String]

  /// Observations by value and polarity; sorted by first appearance, then value.
  static func grouped(_ observations: [Observation], slot: Slot) -> [Answer] {
    let spelling = Spelling(predicate: slot.predicate)
    var groups: [String: [Observation]] = [:]
    for observation in observations {
      let key = observation.polarity.rawValue + "\u{1f}" + spelling.key(observation.value)
      groups[key, default: []].append(observation)
    }
    return groups.values.map { Answer($0.sorted(by: Duplicates.isOrdered)) }.sorted()
  }

  private init(_ sorted: [Observation]) {
    observations = sorted
    polarity = sorted[0].polarity
    let earliest = sorted.prefix { $0.at == sorted[0].at }.map(\.value).min() ?? sorted[0].value
    value = earliest
    spellings = Set(sorted.map(\.value)).subtracting([earliest]).sorted()
  }
}

extension Answer: Comparable {
  static func == (left: Answer, right: Answer) -> Bool {
    left.value == right.value && left.polarity == right.polarity
  }

  static func < (left: Answer, right: Answer) -> Bool {
    let a = left.observations[0].at?.milliseconds ?? Int64.max
    let b = right.observations[0].at?.milliseconds ?? Int64.max
    if a != b { return a < b }
    return (left.value, left.polarity.rawValue) < (right.value, right.polarity.rawValue)
  }
}

/// When two values are one value written differently.
struct Spelling {
  /// Names of tools and versions are compared without case; a version's leading `v` is none of
  /// its digits. Commands, paths and settings mean their exact letters.
  private let ignoresCase: Bool
  private let isVersion: Bool

  init(predicate: String) {
    let base = Predicate.of(predicate).base
    ignoresCase = base == "tool" || base == "version"
    isVersion = base == "version"
  }

  /// Equal for spellings of one value.
  func key(_ value: String) -> String {
    var words = value.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    if words.count > 2, words.hasPrefix("`"), words.hasSuffix("`") {
      words = String(words.dropFirst().dropLast())
    }
    if ignoresCase { words = words.lowercased() }
    let second = words.dropFirst().first
    if isVersion, words.hasPrefix("v"), second?.isNumber == true { words.removeFirst() }
    return words
  }
}
