/// Decides whether a value whose name promises a secret is one, or a placeholder, a word, code.
struct SecretValue {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let range: Range<Int>
  private var letters = 0
  private var lower = 0
  private var digits = 0
  private var symbols = 0
  /// Changes between letter cases, digits and symbols; a capital that starts a word and the signs
  /// that join words are none.
  private var changes = 0
  private var longestRun = 0
  private(set) var distinct = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
    self.bytes = bytes
    self.range = range
    count()
  }

  private mutating func count() {
    var seen: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    var before = 0
    var run = 0
    for at in range {
      let byte = bytes[at]
      let kind = Self.kind(byte)
      let joinsWords = "_-.".utf8.contains(byte)
      switch kind {
      case 1: lower += 1
      case 3: digits += 1
      case 4: symbols += 1
      default: break
      }
      if kind == 1 || kind == 2 { letters += 1 }
      if before != 0, !joinsWords, kind != before, !(before == 2 && kind == 1) { changes += 1 }
      before = joinsWords ? 0 : kind
      run = at > range.lowerBound && bytes[at - 1] == byte ? run + 1 : 1
      longestRun = max(longestRun, run)
      let bit: UInt64 = 1 << UInt64(byte & 63)
      switch byte >> 6 {
      case 0: seen.0 |= bit
      case 1: seen.1 |= bit
      case 2: seen.2 |= bit
      default: seen.3 |= bit
      }
    }
    distinct =
      seen.0.nonzeroBitCount + seen.1.nonzeroBitCount + seen.2.nonzeroBitCount
      + seen.3.nonzeroBitCount
  }

  private static func kind(_ byte: UInt8) -> Int {
    if SecretName.isDigit(byte) { return 3 }
    guard SecretName.isLetter(byte) else { return 4 }
    return SecretName.isUpper(byte) ? 2 : 1
  }

  var length: Int { range.count }

  /// Letters, digits and cases change too often for words.
  var looksRandom: Bool {
    guard length >= 8, distinct >= 6, longestRun < 6 else { return false }
    let percent = changes * 100 / (length - 1)
    if digits == 0 { return length >= 16 && percent >= 25 && distinct >= 10 }
    guard letters > 0 else { return false }
    return percent >= (length >= 24 ? 18 : 25)
  }

  /// No word and no name: a part of letters and digits, at least eight long, a tenth of it digits,
  /// in a value of sixteen characters or more.
  var looksMade: Bool {
    guard length >= 16, length <= 2048, distinct >= 6, longestRun < 6 else { return false }
    if letters == 0 { return length >= 24 && digits == length }
    // No word of one case is that long.
    if digits < 3 { return length >= 24 && letters == length && (lower == 0 || lower == letters) }
    var (start, digitCount, letterCount) = (range.lowerBound, 0, 0)
    for at in range {
      let byte = bytes[at]
      if SecretName.isDigit(byte) {
        digitCount += 1
      } else if SecretName.isLetter(byte) {
        letterCount += 1
      } else {
        guard "_-.+/=~%!:".utf8.contains(byte) else { return false }
        if Self.isMade(at - start, digitCount, letterCount) { return true }
        (start, digitCount, letterCount) = (at + 1, 0, 0)
      }
    }
    return Self.isMade(range.upperBound - start, digitCount, letterCount)
  }

  private static func isMade(_ count: Int, _ digits: Int, _ letters: Int) -> Bool {
    count >= 8 && digits >= 2 && letters > 0 && digits * 10 >= count
  }

  /// As long as the digests that version control and package managers print.
  var isDigest: Bool {
    (length == 40 || length == 64 || length == 32)
      && range.allSatisfy {
        SecretName.isDigit(bytes[$0]) || (0x61...0x66).contains(bytes[$0])
      }
  }

  /// A password that somebody chose: letters with digits or with signs, or a long row of digits.
  var looksChosen: Bool {
    guard length >= 6, length <= 256, longestRun < 5 else { return false }
    if letters == 0 { return digits >= 6 && symbols == 0 }
    return digits > 0 || hasStrongSymbol || looksRandom
  }

  /// Both cases and digits, or letters, digits and a sign that prose does not use.
  var looksStrong: Bool {
    guard length >= 8, letters > 0, digits > 0, !contains([UInt8(ascii: "/")]) else {
      return false
    }
    return (mixesClasses && looksRandom) || hasStrongSymbol
  }

  /// Small letters, capitals and digits together.
  var mixesClasses: Bool { lower > 0 && lower < letters && digits > 0 }

  private var hasStrongSymbol: Bool {
    range.contains { Self.strong.contains(bytes[$0]) }
  }

  private static let strong = Array("!@#$%^&*?~+=".utf8)

  /// Stands for a secret without being one: a variable, a mask, an instruction to fill in.
  var isPlaceholder: Bool {
    guard let first = range.first else { return true }
    if length >= 4, longestRun == length { return true }
    let next = first + 1 < range.upperBound ? bytes[first + 1] : 0
    switch bytes[first] {
    case UInt8(ascii: "<"), UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "("),
      UInt8(ascii: "*"), UInt8(ascii: "|"):
      return true
    case UInt8(ascii: "$"), UInt8(ascii: "%"):
      if SecretName.isLetter(next) || next == 0x5f || next == 0x7b || next == 0x28 { return true }
    case UInt8(ascii: "&"), UInt8(ascii: "@"), UInt8(ascii: "!"):
      if symbols == 1, digits == 0 { return true }
    default: break
    }
    return Self.placeholderParts.contains { contains($0) }
      || Self.placeholderWords.contains { containsWord($0) }
  }

  private static let placeholderParts: [[UInt8]] = [
    "example", "placeholder", "changeme", "change_me", "change-me", "redacted", "xxxx", "****",
    "...", "…", "${", "{{", "$(", "%s", "%v", "process.env", "os.environ", "getenv", "secrets.",
    "replace_", "replace-", "<your", "yourapi", "yourtoken", "yoursecret", "yourpassword",
  ].map { Array($0.utf8) }

  private static let placeholderWords: [[UInt8]] = [
    "your", "my", "dummy", "fake", "mock", "sample", "test", "insert", "todo", "some", "invalid",
  ].map { Array($0.utf8) }

  /// Passwords of tutorials and local databases: nothing is lost when they are read.
  var isPublicPassword: Bool {
    Self.publicPasswords.contains { $0.count == length && contains($0) }
  }

  private static let publicPasswords: [[UInt8]] = [
    "password", "passwd", "pass", "secret", "postgres", "root", "admin", "user", "test", "guest",
    "mysql", "redis", "mongo", "default", "token", "username", "pwd", "example", "foo", "bar",
    "rabbitmq", "minio", "minioadmin", "x-access-token", "oauth2", "git",
  ].map { Array($0.utf8) }

  /// A path or an address: names a secret's place, not the secret.
  var isPath: Bool {
    guard let first = range.first else { return false }
    if contains(Array("://".utf8)) { return true }
    let slash = UInt8(ascii: "/")
    let start = bytes[first]
    guard start == slash || start == UInt8(ascii: "~") || start == UInt8(ascii: ".") else {
      return false
    }
    return range.contains { bytes[$0] == slash } && !(start == slash && looksRandom)
  }

  /// Names joined by dots, or a call: an expression of a program. Only for unquoted values.
  var isExpression: Bool {
    var hasDot = false
    for at in range {
      switch bytes[at] {
      case UInt8(ascii: "("), UInt8(ascii: "<"), UInt8(ascii: "["), UInt8(ascii: "{"),
        UInt8(ascii: "|"), UInt8(ascii: ">"):
        return true
      case UInt8(ascii: "."): hasDot = true
      default: break
      }
    }
    // The labels of a call (`accept(token:flags:)`).
    if digits == 0, range.contains(where: { bytes[$0] == UInt8(ascii: ":") }) { return true }
    return hasDot && !hasStrongSymbol && !looksRandom && !looksMade
  }

  private func contains(_ word: [UInt8]) -> Bool {
    guard length >= word.count else { return false }
    for start in range.lowerBound...(range.upperBound - word.count) where matches(word, start) {
      return true
    }
    return false
  }

  /// The word with no letter or digit beside it.
  private func containsWord(_ word: [UInt8]) -> Bool {
    guard length >= word.count else { return false }
    for start in range.lowerBound...(range.upperBound - word.count) where matches(word, start) {
      let end = start + word.count
      if start > range.lowerBound, Self.kind(bytes[start - 1]) != 4 { continue }
      if end < range.upperBound, Self.kind(bytes[end]) != 4 { continue }
      return true
    }
    return false
  }

  private func matches(_ word: [UInt8], _ start: Int) -> Bool {
    for index in 0..<word.count {
      let byte = bytes[start + index]
      if (SecretName.isUpper(byte) ? byte | 0x20 : byte) != word[index] { return false }
    }
    return true
  }
}
