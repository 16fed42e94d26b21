/// The first two bytes of everything that can start a secret, so that one look at a word's start
/// rules out nearly all words.
struct TokenTable: Sendable {
  /// What to try at the start of a word.
  enum Entry: Sendable {
    case token(CompiledRule)
    /// A word of prose after which a secret may follow.
    case keyword([UInt8])
    case jwt
    case discordBot
  }

  /// A token rule with its alphabet as a table.
  struct CompiledRule: Sendable {
    let rule: TokenRule
    let prefix: [UInt8]
  }

  /// Classes of every byte value.
  let classes: [ByteClass]
  /// What the pass does at a byte value; see `SecretScanner`.
  let actions: [UInt8]
  /// By first byte and second byte: 0, or 1 + index into `buckets`.
  let pairs: [UInt8]
  let buckets: [[Entry]]

  static let shared = TokenTable()

  private static let keywords = [
    "password", "passwd", "passphrase", "passcode", "pwd", "pw", "secret", "token", "key",
    "bearer", "private", "access",
  ]

  private init() {
    classes = (0...255).map { ByteClass.of(UInt8($0)) }
    actions = (0...255).map { SecretScanner.action(of: UInt8($0)) }
    var pairs = [UInt8](repeating: 0, count: 65_536)
    var buckets: [[Entry]] = []
    func add(_ first: UInt8, _ second: UInt8, _ entry: Entry) {
      let pair = Int(first) << 8 | Int(second)
      if pairs[pair] == 0 {
        buckets.append([])
        pairs[pair] = UInt8(buckets.count)
      }
      buckets[Int(pairs[pair]) - 1].append(entry)
    }
    for rule in RedactionRules.tokens {
      let prefix = Array(rule.prefix.utf8)
      add(prefix[0], prefix[1], .token(CompiledRule(rule: rule, prefix: prefix)))
    }
    for keyword in Self.keywords {
      let word = Array(keyword.utf8)
      for first in [word[0], word[0] & 0xdf] {
        for second in [word[1], word[1] & 0xdf] { add(first, second, .keyword(word)) }
      }
    }
    add(UInt8(ascii: "e"), UInt8(ascii: "y"), .jwt)
    // A bot's token starts with its numeric id in base 64.
    for first in "MNO".utf8 {
      for second in "TDjz".utf8 { add(first, second, .discordBot) }
    }
    self.pairs = pairs
    self.buckets = buckets
  }
}
