/// One pass over the bytes of a text.
///
/// Work is done at three kinds of places only: the start of a word (by its first two bytes), a
/// `:` or `=` (the name before it decides), and a row of dashes (key blocks). Everything else is
/// one table look-up per byte.
struct SecretScanner {
  let bytes: UnsafeBufferPointer<UInt8>
  let table: TokenTable
  private(set) var hits: [SecretHit] = []
  /// End of the last hit: nothing before it is looked at again.
  private(set) var done = 0

  private static let wordAction: UInt8 = 1
  private static let separatorAction: UInt8 = 2
  private static let dashAction: UInt8 = 3
  private static let escapeAction: UInt8 = 4
  private static let foldAction: UInt8 = 5
  /// Parts of the text, of whole lines where they are short, with encodings that `FoldedText`
  /// takes off; in order, none overlapping.
  private var encoded: [Range<Int>] = []

  /// What the pass does at a byte: 0 nothing, 1 inside a word, 2 a separator, 3 a dash, 4 an
  /// escape, whose letter belongs to no word, 5 what may start an encoding.
  static func action(of byte: UInt8) -> UInt8 {
    if !ByteClass.of(byte).isDisjoint(with: .word) { return wordAction }
    switch byte {
    case UInt8(ascii: ":"), UInt8(ascii: "="): return separatorAction
    case UInt8(ascii: "-"): return dashAction
    case UInt8(ascii: "\\"): return escapeAction
    case UInt8(ascii: "%"), UInt8(ascii: "&"), UInt8(ascii: "+"), 0x1b: return foldAction
    default: return 0
    }
  }

  /// The secrets of a text in order: those that stand in it as it is, and those that show when
  /// its encodings are taken off.
  static func scan(_ bytes: UnsafeBufferPointer<UInt8>) -> [SecretHit] {
    guard bytes.count >= 6 else { return [] }
    var scanner = SecretScanner(bytes: bytes, table: .shared)
    scanner.run()
    guard !scanner.encoded.isEmpty else { return scanner.hits }
    return united(scanner.hits + scanner.encoded.flatMap { hidden(bytes, $0) })
  }

  /// The secrets that show in a part when its encodings are taken off.
  private static func hidden(
    _ bytes: UnsafeBufferPointer<UInt8>, _ part: Range<Int>
  ) -> [SecretHit] {
    let folded = FoldedText(UnsafeBufferPointer(rebasing: bytes[part]))
    return folded.bytes.withUnsafeBufferPointer { text in
      var scanner = SecretScanner(bytes: text, table: .shared)
      scanner.run()
      return scanner.hits.map { hit in
        let range = folded.original(hit.range)
        return SecretHit(
          rule: hit.rule,
          range: (part.lowerBound + range.lowerBound)..<(part.lowerBound + range.upperBound))
      }
    }
  }

  /// Hits in order; those that overlap are one, named by what starts first.
  private static func united(_ hits: [SecretHit]) -> [SecretHit] {
    var united: [SecretHit] = []
    let sorted = hits.enumerated().sorted {
      ($0.element.range.lowerBound, $0.offset) < ($1.element.range.lowerBound, $1.offset)
    }
    for hit in sorted.map(\.element) {
      guard let last = united.last, hit.range.lowerBound < last.range.upperBound else {
        united.append(hit)
        continue
      }
      let end = max(last.range.upperBound, hit.range.upperBound)
      united[united.count - 1] = SecretHit(
        rule: last.rule, range: last.range.lowerBound..<end)
    }
    return united
  }

  private init(bytes: UnsafeBufferPointer<UInt8>, table: TokenTable) {
    self.bytes = bytes
    self.table = table
  }

  private mutating func run() {
    let table = table
    table.actions.withUnsafeBufferPointer { actions in
      table.pairs.withUnsafeBufferPointer { pairs in
        var at = 0
        var inWord = false
        while at < bytes.count {
          let action = actions[Int(bytes[at])]
          if action == Self.wordAction {
            if at + 1 < bytes.count {
              if !inWord {
                let bucket = pairs[Int(bytes[at]) << 8 | Int(bytes[at + 1])]
                if bucket != 0 { wordStart(at, bucket: Int(bucket) - 1) }
              } else if Self.startsPart(bytes[at - 1], bytes[at]) {
                let bucket = pairs[Int(bytes[at]) << 8 | Int(bytes[at + 1])]
                if bucket != 0 { partStart(at, bucket: Int(bucket) - 1) }
              }
            }
            inWord = true
          } else {
            inWord = false
            if action != 0 { at = punctuation(at, action) }
          }
          if done > at {
            at = done
            inWord = false
          } else {
            at += 1
          }
        }
      }
    }
  }

  /// Returns the last byte that is dealt with.
  private mutating func punctuation(_ at: Int, _ action: UInt8) -> Int {
    switch action {
    case Self.separatorAction: separator(at)
    case Self.dashAction: keyBlock(at)
    case Self.escapeAction where at + 2 < bytes.count:
      // One backslash is the layer that every rule knows.
      if bytes[at + 1] == UInt8(ascii: "\\") || bytes[at + 1] == UInt8(ascii: "u")
        || bytes[at + 1] <= 0x0d
      {
        if !isNoted(at), FoldedText.folds(bytes, at) { note(at) }
      }
      // The letter of `\n` does not belong to the word after it.
      return at + 1
    case Self.foldAction where !isNoted(at): if startsEncoding(at) { note(at) }
    default: break
    }
    return at
  }

  private func isNoted(_ at: Int) -> Bool {
    encoded.last.map { at < $0.upperBound - Self.encodedAfter } ?? false
  }

  /// How far the text around an encoding is looked at: back to the name of a value, on to its end.
  private static let encodedBefore = 128
  private static let encodedAfter = 256

  private mutating func note(_ at: Int) {
    var start = at
    let limit = max(0, at - Self.encodedBefore)
    while start > limit, bytes[start - 1] != 0x0a { start -= 1 }
    let end = min(bytes.count, at + 2 * Self.encodedAfter)
    if let last = encoded.last, start <= last.upperBound {
      encoded[encoded.count - 1] = last.lowerBound..<end
    } else {
      encoded.append(start..<end)
    }
  }

  private func startsEncoding(_ at: Int) -> Bool {
    guard bytes[at] == UInt8(ascii: "+") else { return FoldedText.folds(bytes, at) }
    // `" + "`: the quote before it decides.
    var quote = at - 1
    while quote > 0, at - quote < 16, bytes[quote] <= 0x20 { quote -= 1 }
    return quote >= 0 && (bytes[quote] == UInt8(ascii: "\"") || bytes[quote] == UInt8(ascii: "'"))
      && FoldedText.folds(bytes, quote)
  }

  /// Notes a secret and skips it, with its rest when a line's end cut it.
  mutating func hit(_ rule: String, _ range: Range<Int>) {
    guard range.lowerBound >= done, !range.isEmpty else { return }
    let end = wrappedEnd(range)
    hits.append(SecretHit(rule: rule, range: range.lowerBound..<end))
    done = end
  }

  /// The end of a random value whose line is cut: the next line goes on with nothing else than
  /// random bytes.
  private func wrappedEnd(_ range: Range<Int>) -> Int {
    guard let next = nextLine(range.upperBound), range.count >= 12 else { return range.upperBound }
    let end = runEnd(next, of: .path)
    let isAlone = end == bytes.count || " \"'`\n\r,;".utf8.contains(bytes[end])
    let rest = SecretValue(bytes, next..<end)
    return isAlone && rest.length >= 8 && rest.looksRandom && SecretValue(bytes, range).looksRandom
      ? end : range.upperBound
  }

  /// Where the text of the next line starts, past marks of diffs and quotations; `nil` when no
  /// line ends at `at`.
  private func nextLine(_ at: Int) -> Int? {
    var at = at
    if at < bytes.count, bytes[at] == 0x0d { at += 1 }
    guard at < bytes.count, bytes[at] == 0x0a else { return nil }
    at += 1
    let limit = min(bytes.count, at + 8)
    while at < limit, " \t+>|".utf8.contains(bytes[at]) { at += 1 }
    return at
  }

  // MARK: Words

  /// A capital after a small letter, and anything after `_`.
  private static func startsPart(_ before: UInt8, _ byte: UInt8) -> Bool {
    before == 0x5f || (byte & 0xe0 == 0x40 && before & 0xe0 != 0x40)
  }

  /// A capital inside a word (`vendorTOKEN`, `VENDOR_KEY`) may start a keyword, but no token.
  private mutating func partStart(_ at: Int, bucket: Int) {
    for case .keyword(let word) in table.buckets[bucket] where keyword(word, at) { return }
  }

  private mutating func wordStart(_ at: Int, bucket: Int) {
    for entry in table.buckets[bucket] {
      switch entry {
      case .token(let compiled):
        if let range = match(compiled, at) { return hit(compiled.rule.name, range) }
      case .keyword(let word): if keyword(word, at) { return }
      case .jwt: if let range = jwt(at) { return hit("jwt", range) }
      case .discordBot: if let range = discordBot(at) { return hit("discord-token", range) }
      }
    }
  }

  /// The token rule that matches at `at`, for values whose name already said that they are secret.
  func token(at: Int) -> (name: String, range: Range<Int>)? {
    guard at + 1 < bytes.count else { return nil }
    let bucket = table.pairs[Int(bytes[at]) << 8 | Int(bytes[at + 1])]
    guard bucket != 0 else { return nil }
    for entry in table.buckets[Int(bucket) - 1] {
      switch entry {
      case .token(let compiled):
        if let range = match(compiled, at) { return (compiled.rule.name, range) }
      case .jwt: if let range = jwt(at) { return ("jwt", range) }
      case .discordBot: if let range = discordBot(at) { return ("discord-token", range) }
      case .keyword: break
      }
    }
    return nil
  }

  private func match(_ compiled: TokenTable.CompiledRule, _ at: Int) -> Range<Int>? {
    let prefix = compiled.prefix
    guard starts(with: prefix, at) else { return nil }
    let rule = compiled.rule
    let body = at + prefix.count
    var end = runEnd(body, of: rule.alphabet)
    // A full stop or dash after a token is the sentence's.
    while end > body, bytes[end - 1] == UInt8(ascii: ".") || bytes[end - 1] == UInt8(ascii: "-") {
      end -= 1
    }
    if end - body < rule.length.lowerBound, let whole = joined(body..<end, rule) {
      return at..<whole
    }
    guard rule.length.contains(end - body), !continuesWord(end) else { return nil }
    let value = SecretValue(bytes, body..<end)
    guard value.distinct >= rule.distinct, !value.isPlaceholder else { return nil }
    if rule.mustLookRandom, !value.looksRandom, !value.looksMade { return nil }
    return addressStart(at)..<end
  }

  /// The end of a token that a line's end cut into two.
  private func joined(_ part: Range<Int>, _ rule: TokenRule) -> Int? {
    guard part.count >= 8, let next = nextLine(part.upperBound) else { return nil }
    let end = runEnd(next, of: rule.alphabet)
    guard rule.length.contains(part.count + end - next), !continuesWord(end),
      SecretValue(bytes, part).looksRandom, SecretValue(bytes, next..<end).looksRandom
    else { return nil }
    return end
  }

  /// Web addresses are secrets as a whole.
  private func addressStart(_ at: Int) -> Int {
    let scheme = Array("https://".utf8)
    let start = at - scheme.count
    return start >= done && starts(with: scheme, start) ? start : at
  }

  private func continuesWord(_ at: Int) -> Bool {
    at < bytes.count && !table.classes[Int(bytes[at])].isDisjoint(with: .word)
  }

  func starts(with word: [UInt8], _ at: Int) -> Bool {
    guard at >= 0, at + word.count <= bytes.count else { return false }
    for index in 0..<word.count where bytes[at + index] != word[index] { return false }
    return true
  }

  /// The same in either case; `word` is in lower case.
  func starts(withAnyCase word: [UInt8], _ at: Int) -> Bool {
    guard at >= 0, at + word.count <= bytes.count else { return false }
    for index in 0..<word.count {
      let byte = bytes[at + index]
      if (SecretName.isUpper(byte) ? byte | 0x20 : byte) != word[index] { return false }
    }
    return true
  }

  /// No token is longer; without a limit, text made for it would take quadratic time.
  private static let runMax = 16 * 1024

  /// The exclusive end of the run of `alphabet` that starts at `at`.
  func runEnd(_ at: Int, of alphabet: ByteClass) -> Int {
    var end = at
    let limit = min(bytes.count, at + Self.runMax)
    while end < limit, !table.classes[Int(bytes[end])].isDisjoint(with: alphabet) {
      end += 1
    }
    return end
  }

  // MARK: Shapes of several parts

  /// Three parts of base 64, the first two of which are JSON objects (RFC 7519).
  private func jwt(_ at: Int) -> Range<Int>? {
    guard starts(with: Array("eyJ".utf8), at), at == 0 || bytes[at - 1] != UInt8(ascii: "-")
    else { return nil }
    let header = runEnd(at, of: .base64URL)
    guard header - at >= 16, starts(with: Array(".eyJ".utf8), header) else { return nil }
    let payload = runEnd(header + 1, of: .base64URL)
    guard payload < bytes.count, bytes[payload] == UInt8(ascii: ".") else { return nil }
    let end = runEnd(payload + 1, of: .base64URL)
    return end - payload > 16 ? at..<end : nil
  }

  private func discordBot(_ at: Int) -> Range<Int>? {
    let first = runEnd(at, of: .base64URL)
    guard (23...28).contains(first - at), first < bytes.count, bytes[first] == UInt8(ascii: ".")
    else { return nil }
    let second = runEnd(first + 1, of: .base64URL)
    guard second - first == 7, second < bytes.count, bytes[second] == UInt8(ascii: ".") else {
      return nil
    }
    let end = runEnd(second + 1, of: .base64URL)
    return (27...45).contains(end - second - 1) ? at..<end : nil
  }

  /// `-----BEGIN … PRIVATE KEY-----` up to its end, or as far as the block goes when it is cut.
  private mutating func keyBlock(_ at: Int) {
    let begin = Array("-----BEGIN ".utf8)
    guard starts(with: begin, at) else { return }
    let title = at + begin.count
    let titleEnd = runEnd(title, of: .word)
    var end = titleEnd
    while end < bytes.count, end - title < 40, bytes[end] == 0x20 {
      end = runEnd(end + 1, of: .word)
    }
    let dashes = Array("-----".utf8)
    let words = SecretWords(bytes, title..<end)
    guard starts(with: dashes, end), words.contains("PRIVATE KEY") else { return }
    let body = end + dashes.count
    let stop = keyBlockEnd(body)
    guard stop.keyBytes >= 40 else { return }
    hit("private-key", at..<stop.end)
  }

  /// Longest key block: a 16384-bit RSA key takes 13 KB.
  private static let keyBlockMax = 32 * 1024

  private func keyBlockEnd(_ body: Int) -> (end: Int, keyBytes: Int) {
    let close = Array("-----END ".utf8)
    let limit = min(bytes.count, body + Self.keyBlockMax)
    var at = body
    var keyBytes = 0
    var lastKeyByte = body
    while at < limit {
      if bytes[at] == UInt8(ascii: "-"), starts(with: close, at) {
        var end = at + close.count
        while end < limit, bytes[end] != UInt8(ascii: "-") { end += 1 }
        return (runEnd(end, of: .dash), keyBytes)
      }
      let run = runEnd(at, of: .base64)
      // Lines of a key are long; shorter words end a block that was cut.
      if run - at >= 20 {
        keyBytes += run - at
        lastKeyByte = run
      } else if run > lastKeyByte + 200 {
        break
      }
      at = max(run, at + 1)
    }
    return (lastKeyByte, keyBytes)
  }
}

/// Whether words stand in a range of bytes.
private struct SecretWords {
  private let text: String

  init(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
    text = String(decoding: bytes[range], as: UTF8.self)
  }

  func contains(_ words: String) -> Bool { text.contains(words) }
}
