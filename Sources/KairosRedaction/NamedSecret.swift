// Secrets known by what stands before them: a name and a separator, a word of prose, a URL.
extension SecretScanner {
  private static let tick = UInt8(ascii: "`")
  private static let longestValue = 2048

  // MARK: name = value, name: value

  /// A `:` or `=`: userinfo of a URL, a bot's number, or a value with a name.
  mutating func separator(_ at: Int) {
    let isColon = bytes[at] == UInt8(ascii: ":")
    let next = at + 1 < bytes.count ? bytes[at + 1] : 0
    if isColon, next == UInt8(ascii: "/"), userinfo(at) { return }
    if isColon, next == UInt8(ascii: "A"), telegramBot(at) { return }
    // `::`, `:=`, `==`: the second byte decides.
    if next == UInt8(ascii: "=") || (isColon && next == UInt8(ascii: ":")) { return }
    guard let name = nameRange(before: at) else { return }
    if isColon, userOption(name, at) { return }
    guard let kind = SecretName.of(bytes, name) else { return }
    switch kind {
    case .authorization: authorization(at + 1)
    case .cookie: if isColon { cookie(at + 1) }
    // `PASS: TestName/2`, `auth: none`: the short names are words of reports, too.
    case .password, .token, .machine: named(kind, at, mustBeStrong: name.count <= 4)
    }
  }

  private func isComparison(_ at: Int) -> Bool {
    guard bytes[at] == UInt8(ascii: "="), at > 0 else { return false }
    return "=!<>~".utf8.contains(bytes[at - 1])
  }

  /// The identifier before a separator, past quotes, brackets, spaces and marks.
  private func nameRange(before at: Int) -> Range<Int>? {
    var end = at
    let limit = max(done, at - 12)
    while end > limit, Self.isFrame[Int(bytes[end - 1])] { end -= 1 }
    var start = end
    let lower = max(done, end - 64)
    while start > lower, !table.classes[Int(bytes[start - 1])].isDisjoint(with: .dotted) {
      start -= 1
    }
    return start < end ? start..<end : nil
  }

  /// What may stand between a name and its separator.
  private static let isFrame: [Bool] = {
    var frame = [Bool](repeating: false, count: 256)
    for byte in " \t\"'`\\]?*:=!".utf8 { frame[Int(byte)] = true }
    return frame
  }()

  private mutating func named(_ kind: SecretName, _ separator: Int, mustBeStrong: Bool) {
    let isColon = bytes[separator] == UInt8(ascii: ":")
    guard var value = value(at: separator + 1) else { return }
    if isColon, !value.quoted, let typed = valueAfterType(value.range) { value = typed }
    if isComparison(separator), !value.quoted { return }
    if let found = token(at: value.range.lowerBound) { return hit(found.name, found.range) }
    let judge = SecretValue(bytes, value.range)
    guard !judge.isPlaceholder, !judge.isPath else { return }
    if !value.quoted, judge.isExpression || (mustBeStrong && !judge.looksStrong) { return }
    switch kind {
    case .password:
      if judge.looksChosen, !judge.isPublicPassword { hit("password", value.range) }
    case .token, .authorization, .cookie:
      if judge.length >= 10, judge.looksRandom || judge.looksMade { hit("secret", value.range) }
    case .machine:
      if judge.looksMade || judge.looksRandom && judge.length >= 24 { hit("secret", value.range) }
    }
  }

  /// The value that starts at or after `at` on this line.
  private func value(at start: Int) -> (range: Range<Int>, quoted: Bool)? {
    var at = start
    while at < bytes.count,
      bytes[at] == 0x20 || bytes[at] == 0x09 || bytes[at] == UInt8(ascii: ">")
        || bytes[at] == UInt8(ascii: "*")
    { at += 1 }
    var isEscaped = false
    if at + 1 < bytes.count, bytes[at] == UInt8(ascii: "\\"), bytes[at + 1] == UInt8(ascii: "\"") {
      isEscaped = true
      at += 1
    }
    guard at < bytes.count else { return nil }
    let quote = bytes[at]
    if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") || quote == Self.tick {
      if let end = quotedEnd(at + 1, quote, isEscaped: isEscaped) {
        return end > at + 1 ? (at + 1..<end, true) : nil
      }
      // A text or a line that was cut may end inside its quotes.
      at += 1
      let end = bareEnd(at)
      guard end == bytes.count || "\n\r\\".utf8.contains(bytes[end]) else { return nil }
    }
    let end = bareEnd(at)
    return end > at ? (at..<end, false) : nil
  }

  /// A quoted secret has no spaces and ends on its line.
  private func quotedEnd(_ start: Int, _ quote: UInt8, isEscaped: Bool) -> Int? {
    var at = start
    while at < bytes.count, at - start < Self.longestValue {
      let byte = bytes[at]
      if byte == quote { return isEscaped && at > start ? at - 1 : at }
      if byte <= 0x20 { return nil }
      at += byte == UInt8(ascii: "\\") && !isEscaped ? 2 : 1
    }
    return nil
  }

  private static let endsBare: [Bool] = {
    var ends = [Bool](repeating: false, count: 256)
    for byte in 0...0x20 { ends[byte] = true }
    for byte in "\"'`,;)}]\\".utf8 { ends[Int(byte)] = true }
    return ends
  }()

  private func bareEnd(_ start: Int) -> Int {
    var at = start
    while at < bytes.count, at - start < Self.longestValue {
      if Self.endsBare[Int(bytes[at])] { break }
      // The next field of a query.
      if bytes[at] == UInt8(ascii: "&") {
        let next = runEnd(at + 1, of: .dotted)
        if next > at + 1, next < bytes.count, bytes[next] == UInt8(ascii: "=") { break }
      }
      at += 1
    }
    while at > start, bytes[at - 1] == UInt8(ascii: ".") { at -= 1 }
    return at
  }

  /// `name: Type = "value"`.
  private func valueAfterType(_ type: Range<Int>) -> (range: Range<Int>, quoted: Bool)? {
    var at = type.upperBound
    while at < bytes.count, bytes[at] == 0x20 { at += 1 }
    guard at > type.upperBound, at < bytes.count, bytes[at] == UInt8(ascii: "=") else {
      return nil
    }
    return value(at: at + 1)
  }

  // MARK: Headers

  private static let schemes = ["bearer", "basic", "token", "digest", "apikey", "bot", "ssws"].map {
    Array($0.utf8)
  }

  /// `Authorization: Bearer …`, also as a JSON member.
  private mutating func authorization(_ start: Int) {
    var at = start
    while at < bytes.count, " \t\"'`\\".utf8.contains(bytes[at]) { at += 1 }
    for scheme in Self.schemes where starts(withAnyCase: scheme, at) {
      let end = at + scheme.count
      guard end < bytes.count, bytes[end] == 0x20 else { continue }
      at = end + 1
      break
    }
    credential(at, least: 8)
  }

  private mutating func credential(_ at: Int, least: Int) {
    if let found = token(at: at) { return hit(found.name, found.range) }
    let range = at..<bareEnd(at)
    let judge = SecretValue(bytes, range)
    guard judge.length >= least, !judge.isPlaceholder, !judge.isPath, !judge.isExpression,
      judge.looksRandom
    else {
      return
    }
    hit("authorization", range)
  }

  /// Values of cookies that look like sessions.
  private mutating func cookie(_ start: Int) {
    var at = start
    let limit = min(bytes.count, start + 8192)
    while at < limit, bytes[at] != 0x0a, bytes[at] != UInt8(ascii: "\"") || at < start + 3 {
      guard bytes[at] == UInt8(ascii: "=") else {
        at += 1
        continue
      }
      let range = at + 1..<bareEnd(at + 1)
      let judge = SecretValue(bytes, range)
      if judge.length >= 12, judge.looksRandom, !judge.isPlaceholder { hit("cookie", range) }
      at = max(range.upperBound, at + 1)
    }
  }

  // MARK: Command lines and addresses

  private static let userOptions = ["-u", "--user", "--proxy-user"].map { Array($0.utf8) }

  /// `curl -u name:password`.
  private mutating func userOption(_ name: Range<Int>, _ at: Int) -> Bool {
    guard name.upperBound == at else { return false }
    var end = name.lowerBound
    while end > done, " ='\"".utf8.contains(bytes[end - 1]) { end -= 1 }
    let isOption = Self.userOptions.contains {
      starts(with: $0, end - $0.count) && end < name.lowerBound
        && (end == $0.count || bytes[end - $0.count - 1] == 0x20)
    }
    guard isOption, let value = value(at: at + 1) else { return false }
    let judge = SecretValue(bytes, value.range)
    guard judge.length >= 4, !judge.isPlaceholder, !judge.isPublicPassword else { return false }
    hit("password", value.range)
    return true
  }

  /// `scheme://user:password@host`, or a token in the user's place.
  private mutating func userinfo(_ colon: Int) -> Bool {
    guard colon + 2 < bytes.count, bytes[colon + 2] == UInt8(ascii: "/") else { return false }
    let start = colon + 3
    var at = start
    var sign: Int?
    var split: Int?
    while at < bytes.count, at - start < 512, !Self.endsAuthority[Int(bytes[at])] {
      if bytes[at] == UInt8(ascii: "@") { sign = at }
      if bytes[at] == UInt8(ascii: ":"), split == nil, sign == nil { split = at }
      at += 1
    }
    guard let sign else { return false }
    let range = (split.map { $0 + 1 } ?? start)..<sign
    guard let found = range.isEmpty ? nil : token(at: range.lowerBound) else {
      let judge = SecretValue(bytes, range)
      let isSecret =
        split == nil
        ? judge.length >= 20 && judge.looksRandom
        : judge.length >= 4 && !judge.isPublicPassword
      guard isSecret, !judge.isPlaceholder else { return false }
      hit("url-password", range)
      return true
    }
    hit(found.name, found.range)
    return true
  }

  private static let endsAuthority: [Bool] = {
    var ends = [Bool](repeating: false, count: 256)
    for byte in 0...0x20 { ends[byte] = true }
    for byte in "/\"'`<>()\\|,".utf8 { ends[Int(byte)] = true }
    return ends
  }()

  /// `123456789:A…`: the number of a Telegram bot and its key.
  private mutating func telegramBot(_ colon: Int) -> Bool {
    var start = colon
    while start > done, SecretName.isDigit(bytes[start - 1]) { start -= 1 }
    guard (8...11).contains(colon - start) else { return false }
    let end = runEnd(colon + 1, of: .base64URL)
    guard (33...36).contains(end - colon - 1) else { return false }
    hit("telegram-token", start..<end)
    return true
  }

  // MARK: Prose

  private static let connectors = ["is", "was", "to", "are", "be", "as", "of"].map {
    Array($0.utf8)
  }

  /// `the password is …`, `--token …`, `Bearer …`. True when a secret was found.
  mutating func keyword(_ word: [UInt8], _ at: Int) -> Bool {
    let wordEnd = at + word.count
    guard starts(withAnyCase: word, at), wordEnd < bytes.count,
      bytes[wordEnd] == 0x20 || bytes[wordEnd] == UInt8(ascii: "\"")
        || bytes[wordEnd] == Self.tick || bytes[wordEnd] == UInt8(ascii: "'")
        || bytes[wordEnd] == UInt8(ascii: ">") || bytes[wordEnd] == UInt8(ascii: "-")
        || bytes[wordEnd] == 0x0a
    else { return false }
    let before = hits.count
    if made(word, at, wordEnd) { return true }
    guard bytes[wordEnd] != UInt8(ascii: "-"), bytes[wordEnd] != 0x0a,
      !Self.weakKeywords.contains(word)
    else { return false }
    if word.elementsEqual("key".utf8),
      !SecretName.qualifiesKey(bytes, max(done, at - 24)..<at)
    {
      return false
    }
    if bytes[wordEnd] == UInt8(ascii: ">") {
      element(word, wordEnd + 1)
    } else if word.elementsEqual("bearer".utf8) {
      credential(wordEnd + 1, least: 16)
    } else {
      prose(word, from: at, wordEnd)
    }
    return hits.count > before
  }

  /// Words that name a secret only in capitals and before a value that a machine made.
  private static let weakKeywords: [[UInt8]] = ["private", "access"].map { Array($0.utf8) }

  /// `vendor SECRET 1f3a…`, `vendor-token-1f3a…`: a value that no person and no program would write
  /// for anything else.
  private mutating func made(_ word: [UInt8], _ at: Int, _ wordEnd: Int) -> Bool {
    guard !word.elementsEqual("bearer".utf8), word[0] != UInt8(ascii: "p") || word.count > 6
    else { return false }
    let isShouted = SecretName.isUpper(bytes[at]) && SecretName.isUpper(bytes[at + 1])
    let isKey = word.elementsEqual("key".utf8)
    if Self.weakKeywords.contains(word), !isShouted { return false }
    if isKey, SecretName.isHarmlessKey(bytes, max(done, at - 24)..<at) { return false }
    let isJoined = bytes[wordEnd] == UInt8(ascii: "-")
    var start = wordEnd + 1
    while start < bytes.count, start - wordEnd < 4, " \"'`\n".utf8.contains(bytes[start]) {
      start += 1
    }
    let range = start..<bareEnd(start)
    let judge = SecretValue(bytes, range)
    guard judge.length >= 20, judge.looksMade, !judge.isPlaceholder, !judge.isPath,
      !judge.isExpression, isShouted || !judge.isDigest || !isKey
    else { return false }
    if !isShouted, isKey, !SecretName.qualifiesKey(bytes, max(done, at - 24)..<at) {
      // A lower-case "key" names addresses as often as secrets.
      guard !isJoined, judge.looksRandom else { return false }
    }
    hit("secret", range)
    return true
  }

  /// `<password>…</password>`.
  private mutating func element(_ word: [UInt8], _ start: Int) {
    var end = start
    while end < bytes.count, bytes[end] > 0x20, bytes[end] != UInt8(ascii: "<") { end += 1 }
    guard end < bytes.count, bytes[end] == UInt8(ascii: "<") else { return }
    let judge = SecretValue(bytes, start..<end)
    let isPassword = word[0] == UInt8(ascii: "p")
    guard !judge.isPlaceholder, !judge.isPublicPassword,
      isPassword ? judge.looksChosen : judge.looksRandom
    else { return }
    hit(isPassword ? "password" : "secret", start..<end)
  }

  private mutating func prose(_ word: [UInt8], from start: Int, _ wordEnd: Int) {
    var at = wordEnd
    while at < bytes.count, " \"'`".utf8.contains(bytes[at]) { at += 1 }
    var isNamed = start >= 2 && bytes[start - 1] == UInt8(ascii: "-")
    for connector in Self.connectors where starts(withAnyCase: connector, at) {
      let end = at + connector.count
      guard end < bytes.count, bytes[end] == 0x20 || bytes[end] == UInt8(ascii: ":") else {
        continue
      }
      isNamed = true
      at = end + 1
      break
    }
    guard let value = value(at: at) else { return }
    if let found = token(at: value.range.lowerBound) { return hit(found.name, found.range) }
    let judge = SecretValue(bytes, value.range)
    guard !judge.isPlaceholder, !judge.isPath, value.quoted || !judge.isExpression else { return }
    let isPassword = word[0] == UInt8(ascii: "p")
    let isSecret =
      isNamed || value.quoted
      ? judge.length >= 8
        && (judge.looksRandom || isPassword && (judge.looksStrong || judge.mixesClasses))
      : judge.looksStrong && (isPassword || judge.looksRandom && judge.length >= 16)
    if isSecret { hit(isPassword ? "password" : "secret", value.range) }
  }
}
