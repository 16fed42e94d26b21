/// What the name before a value says about it.
enum SecretName: Sendable {
  /// A person chose it: short values count.
  case password
  /// A machine made it: the value must look random.
  case token
  /// It may be a machine's: the value must look made by one and by nothing else.
  case machine
  /// A header with a scheme word before the secret.
  case authorization
  /// A header of several `name=value` pairs.
  case cookie

  /// A name that ends a secret's identifier.
  private struct Suffix {
    let bytes: [UInt8]
    let kind: SecretName
    /// Must start a word (`DB_PASS`, `dbPass`), since other words end alike (`bypass`).
    let startsWord: Bool

    init(_ text: String, _ kind: SecretName, startsWord: Bool = false) {
      bytes = Array(text.utf8)
      self.kind = kind
      self.startsWord = startsWord
    }
  }

  private static let suffixes: [Suffix] = [
    Suffix("password", .password), Suffix("passwd", .password), Suffix("passphrase", .password),
    Suffix("passcode", .password), Suffix("pwd", .password, startsWord: true),
    Suffix("pass", .password, startsWord: true), Suffix("pw", .password, startsWord: true),
    Suffix("contraseña", .password), Suffix("passwort", .password),
    Suffix("secret", .token), Suffix("token", .token), Suffix("apikey", .token),
    Suffix("credential", .token), Suffix("credentials", .token),
    Suffix("private", .machine), Suffix("access", .machine), Suffix("api", .machine),
    Suffix("pat", .token, startsWord: true), Suffix("auth", .token, startsWord: true),
    Suffix("sig", .token, startsWord: true), Suffix("webhook_secret", .token),
    Suffix("authorization", .authorization), Suffix("cookie", .cookie, startsWord: true),
  ]

  /// Words that make a `key` a secret.
  private static let keyQualifiers: [[UInt8]] = [
    "api", "access", "secret", "private", "auth", "account", "storage", "encryption", "signing",
    "service", "master", "client", "shared", "admin", "app", "application", "write", "session",
    "consumer", "license", "deploy", "webhook", "ingest", "integration", "hmac", "aes", "jwt",
    "functions", "subscription", "live", "bot", "user", "project", "team", "developer", "partner",
  ].map { Array($0.utf8) }

  /// Words before `token` that make it no secret: cursors and marks of grammars.
  private static let harmlessTokens: [[UInt8]] = [
    "page", "next", "continuation", "cancellation", "eos", "bos", "pad", "sync", "unk", "mask",
    "stop", "start", "end", "first", "last", "current", "previous", "per", "peek",
  ].map { Array($0.utf8) }

  /// Words before `key` that make it an address in a map, a table or a cache, or half of a pair
  /// that may be known.
  private static let harmlessKeys: [[UInt8]] = [
    "cache", "primary", "foreign", "sort", "partition", "public", "idempotency", "object", "row",
    "map", "group", "hash", "index", "lookup", "dedupe", "dedup", "ordering", "unique", "restore",
    "routing", "range", "issue", "json", "dict", "item", "node", "state", "file", "storage_s",
    "composite", "natural", "surrogate", "translation", "host", "known", "pub", "hot", "short",
    "modifier", "arrow", "enter", "return", "escape", "tab", "left", "right", "any", "each",
  ].map { Array($0.utf8) }

  private static let lastLetters: [Bool] = {
    var table = [Bool](repeating: false, count: 256)
    for suffix in suffixes { table[Int(suffix.bytes[suffix.bytes.count - 1])] = true }
    table[Int(UInt8(ascii: "y"))] = true
    return table
  }()

  /// Reads the identifier `bytes[range]`; `nil` when it names no secret.
  static func of(
    _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>
  ) -> SecretName? {
    var end = range.upperBound
    // PASSWORD_2, token1
    while end > range.lowerBound, isDigit(bytes[end - 1]) || bytes[end - 1] == 0x5f { end -= 1 }
    guard end > range.lowerBound, lastLetters[Int(bytes[end - 1] | 0x20)] else { return nil }
    let name = range.lowerBound..<end
    for suffix in suffixes where ends(bytes, name, with: suffix.bytes) {
      let start = end - suffix.bytes.count
      if suffix.startsWord, !startsWord(bytes, start, from: range.lowerBound) { continue }
      if suffix.bytes.elementsEqual("token".utf8),
        followsWord(bytes, range.lowerBound..<start, anyOf: harmlessTokens)
      {
        return nil
      }
      return suffix.kind
    }
    guard ends(bytes, name, with: Array("key".utf8)) else { return nil }
    let before = range.lowerBound..<(end - 3)
    if follows(bytes, before, anyOf: keyQualifiers) { return .token }
    // `vendor_key`, `vendorKey`: a name that says whose key it is.
    let letters = before.count { isLetter(bytes[$0]) }
    return letters >= 2 && !followsWord(bytes, before, anyOf: harmlessKeys) ? .machine : nil
  }

  /// Whether the word before a `key` in prose makes it an address and no secret.
  static func isHarmlessKey(
    _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>
  ) -> Bool {
    followsWord(bytes, range, anyOf: harmlessKeys)
  }

  /// Whether a `key` in prose is one, by the word before it at `end`.
  static func qualifiesKey(
    _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>
  ) -> Bool {
    follows(bytes, range, anyOf: keyQualifiers)
  }

  private static func follows(
    _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, anyOf words: [[UInt8]]
  ) -> Bool {
    var end = range.upperBound
    while end > range.lowerBound, !isLetter(bytes[end - 1]) { end -= 1 }
    return words.contains { ends(bytes, range.lowerBound..<end, with: $0) }
  }

  /// The same for whole words: a `statuspage` is no `page`.
  private static func followsWord(
    _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, anyOf words: [[UInt8]]
  ) -> Bool {
    var end = range.upperBound
    while end > range.lowerBound, !isLetter(bytes[end - 1]) { end -= 1 }
    let name = range.lowerBound..<end
    return words.contains {
      ends(bytes, name, with: $0) && startsWord(bytes, end - $0.count, from: name.lowerBound)
    }
  }

  private static func ends(
    _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, with word: [UInt8]
  ) -> Bool {
    guard range.count >= word.count else { return false }
    let start = range.upperBound - word.count
    for index in 0..<word.count {
      let byte = bytes[start + index]
      guard (isLetter(byte) ? byte | 0x20 : byte) == word[index] else { return false }
    }
    return true
  }

  private static func startsWord(
    _ bytes: UnsafeBufferPointer<UInt8>, _ at: Int, from lower: Int
  ) -> Bool {
    guard at > lower else { return true }
    let before = bytes[at - 1]
    if !isLetter(before) { return true }
    return isUpper(bytes[at]) && !isUpper(before)
  }

  static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }
  static func isUpper(_ byte: UInt8) -> Bool { byte &- 0x41 < 26 }
  static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
}
