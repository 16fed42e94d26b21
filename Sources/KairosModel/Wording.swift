/// What a free-text statement says, as far as words show it: enough to tell a variant of the
/// wording from another statement, never enough to call two statements equal by likeness alone.
///
/// The vetoes follow a measurement: by similarity of embeddings, "listens on 8080" and "listens on
/// 3000" are nearer than most paraphrases. So names, numbers, negation and restrictions are taken
/// apart from the other words and must agree exactly.
public struct Wording: Sendable, Equatable {
  /// Names, paths, flags, numbers and versions, and every word in backticks, in their order and
  /// exact spelling.
  public let exact: [String]
  /// Stems of the other words that carry meaning; a negated one has a `!` before it.
  public let words: Set<String>
  /// Restrictions and directions: only, unless, before, from, every …
  public let limits: Set<String>
  /// All of it in order.
  public let sequence: [String]

  /// The negated stems.
  public var negated: Set<String> { words.filter { $0.hasPrefix("!") } }

  public init(_ text: String) {
    var reader = WordingReader()
    for piece in Self.pieces(text) { reader.read(piece.text, quoted: piece.quoted) }
    exact = reader.exact
    words = Set(reader.words)
    limits = reader.limits
    sequence = reader.sequence
  }

  /// Why two texts cannot be variants of one statement; `nil` when nothing forbids it.
  public func conflict(with other: Wording) -> String? {
    if negated != other.negated { return "one of them negates what the other does not" }
    if exact.sorted() != other.exact.sorted() { return "names, numbers or versions differ" }
    if exact != other.exact { return "the same names stand in another order" }
    if limits != other.limits { return "a restriction differs" }
    if let pair = Self.opposite(words, other.words) { return "opposites: \(pair)" }
    // "A calls B" and "B calls A" are the same bag of words.
    let common = Set(sequence).intersection(other.sequence)
    return sequence.filter(common.contains) == other.sequence.filter(common.contains)
      ? nil : "the same words stand in another order"
  }

  /// Share of equal words in thousandths (Dice); 0 when each side has words that the other lacks,
  /// since a replaced word is a replaced meaning until something proves a synonym.
  public func agreementPermille(with other: Wording) -> Int {
    let common = words.intersection(other.words).count
    guard common == words.count || common == other.words.count else { return 0 }
    let total = words.count + other.words.count + exact.count + other.exact.count
    return total == 0 ? 1000 : 2000 * (common + exact.count) / total
  }

  private static func opposite(_ left: Set<String>, _ right: Set<String>) -> String? {
    for (a, b) in WordingLists.opposites {
      let one = left.contains(a) && !left.contains(b) && right.contains(b) && !right.contains(a)
      let two = left.contains(b) && !left.contains(a) && right.contains(a) && !right.contains(b)
      if one || two { return "\(a), \(b)" }
    }
    return nil
  }

  /// Words at white space; what stands in backticks is marked.
  private static func pieces(_ text: String) -> [(text: String, quoted: Bool)] {
    var found: [(text: String, quoted: Bool)] = []
    for (index, part) in text.split(separator: "`", omittingEmptySubsequences: false).enumerated() {
      for word in part.split(whereSeparator: \.isWhitespace) {
        found.append((String(word), index % 2 == 1))
      }
    }
    return found
  }
}

/// Reads words one by one and keeps what negation means for the next one.
private struct WordingReader {
  var exact: [String] = []
  var words: [String] = []
  var limits: Set<String> = []
  var sequence: [String] = []
  private var negates = false

  init() {}

  mutating func read(_ raw: String, quoted: Bool) {
    let trimmed = Self.trimmed(raw, quoted: quoted)
    guard !trimmed.isEmpty else { return }
    if quoted || Self.isExact(trimmed) {
      let token = negates ? "!" + trimmed : trimmed
      if negates { words.append("!") }
      negates = false
      exact.append(token)
      sequence.append(token)
      return
    }
    for part in trimmed.lowercased().split(whereSeparator: { $0 == "-" || $0 == "—" }) {
      plain(String(part))
    }
  }

  private mutating func plain(_ word: String) {
    if WordingLists.negations.contains(word) || word.hasSuffix("n't") {
      negates = true
      return
    }
    if WordingLists.limits.contains(word) {
      limits.insert(word)
      sequence.append(word)
      return
    }
    guard !WordingLists.fillers.contains(word) else { return }
    let stem = (negates ? "!" : "") + Self.stem(word)
    negates = false
    words.append(stem)
    sequence.append(stem)
  }

  private static func trimmed(_ raw: String, quoted: Bool) -> String {
    let straight = raw.replacing("’", with: "'")
    let edges: Set<Character> = [
      ".", ",", ";", ":", "!", "?", "(", ")", "[", "]", "{", "}", "\"", "'", "“", "”", "*", "…",
    ]
    var text = Substring(straight)
    while let last = text.last, edges.contains(last) { text = text.dropLast() }
    // A leading dot belongs to a name (`.env`), other marks do not.
    while let first = text.first, edges.contains(first), first != ".", !quoted {
      text = text.dropFirst()
    }
    return String(text)
  }

  /// Code-like by its shape: a digit, a path or scope mark, a flag, or capitals inside.
  private static func isExact(_ token: String) -> Bool {
    let bytes = Array(token.utf8)
    if bytes[0] == UInt8(ascii: "-") && bytes.count > 1 { return true }
    var lowerSeen = false
    for (index, byte) in bytes.enumerated() {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "_"),
        UInt8(ascii: "\\"), UInt8(ascii: "@"), UInt8(ascii: "="), UInt8(ascii: "$"),
        UInt8(ascii: "#"), UInt8(ascii: "%"), UInt8(ascii: "~"):
        return true
      case UInt8(ascii: "."), UInt8(ascii: ":"): if index < bytes.count - 1 { return true }
      case UInt8(ascii: "a")...UInt8(ascii: "z"): lowerSeen = true
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): if lowerSeen { return true }
      default: break
      }
    }
    return false
  }

  /// Endings of English words, cut so that tests/test, committing/commit, writes/write agree.
  private static func stem(_ word: String) -> String {
    if let alias = WordingLists.aliases[word] { return alias }
    var stem = word.hasSuffix("'s") ? String(word.dropLast(2)) : word
    if stem.hasSuffix("ies"), stem.count > 4 { stem = stem.dropLast(3) + "y" }
    let keeps = ["ss", "us", "is"].contains { stem.hasSuffix($0) }
    if stem.hasSuffix("s"), stem.count > 3, !keeps { stem.removeLast() }
    for ending in ["ing", "ed"] where stem.hasSuffix(ending) && stem.count >= ending.count + 3 {
      stem.removeLast(ending.count)
      if let last = stem.last, stem.dropLast().last == last, !"lsz".contains(last) {
        stem.removeLast()
      }
      break
    }
    if stem.hasSuffix("e"), stem.count > 3 { stem.removeLast() }
    return WordingLists.aliases[stem] ?? stem
  }
}

/// The closed word lists. Words with one sense in talk about software; a doubtful one is left out,
/// which costs a merge and never makes a wrong one.
private enum WordingLists {
  static let negations: Set<String> = [
    "not", "never", "no", "dont", "cannot", "without", "avoid", "nor", "neither", "instead",
    "rather", "stop",
  ]

  static let limits: Set<String> = [
    "only", "except", "unless", "if", "when", "until", "before", "after", "from", "into", "over",
    "than", "then", "every", "each", "all", "any", "some", "most", "first", "last", "while",
    "during", "between", "under", "outside", "inside", "longer", "again", "also",
  ]

  static let fillers: Set<String> = [
    "a", "an", "the", "to", "of", "in", "on", "at", "for", "with", "and", "or", "by", "as", "is",
    "are", "was", "were", "be", "been", "being", "do", "does", "did", "it", "its", "this", "that",
    "these", "those", "there", "we", "you", "i", "our", "your", "they", "their", "them", "us",
    "must", "should", "shall", "will", "always", "please", "need", "needs", "have", "has", "make",
    "sure", "ensure", "so", "just", "can",
  ]

  static let aliases: [String: String] = [
    "use": "use", "used": "use", "uses": "use", "using": "use", "utilize": "use", "folder": "dir",
    "directory": "dir", "directori": "dir", "repository": "repo", "configuration": "config",
    "delete": "remove", "delet": "remove", "remov": "remove", "function": "func",
    "documentation": "doc", "execute": "run", "execut": "run", "ran": "run",
  ]

  static let opposites: [(String, String)] = [
    ("enabl", "disabl"), ("allow", "deny"), ("allow", "forbid"), ("add", "remove"),
    ("includ", "exclud"), ("start", "end"), ("open", "clos"), ("public", "privat"),
    ("sync", "async"), ("tru", "fals"), ("on", "off"), ("up", "down"), ("above", "below"),
    ("more", "les"), ("more", "fewer"), ("more", "less"), ("min", "max"), ("minimum", "maximum"),
    ("read", "writ"), ("client", "server"), ("local", "remot"), ("local", "global"),
    ("input", "output"), ("request", "respons"), ("success", "failur"), ("succeed", "fail"),
    ("accept", "reject"), ("lock", "unlock"), ("push", "pull"), ("upload", "download"),
    ("encod", "decod"), ("requir", "optional"), ("requir", "forbid"), ("internal", "external"),
    ("old", "new"), ("ascend", "descend"), ("left", "right"), ("mutabl", "immutabl"),
    ("keep", "remove"), ("tab", "spac"), ("singl", "doubl"), ("lower", "upper"),
  ]
}
