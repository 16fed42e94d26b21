/// Writes statements: one sentence that is understood without its conversation, or none.
struct StatementWriter {
  let entities: EntityReader

  /// The longest statement.
  static let charactersMax = 240

  /// A person's clause as a statement; `nil` when it cannot stand alone.
  func statement(_ clause: Clause, act: DialogueAct = .other) -> Statement? {
    let spoken = StandingOpenings.removed(from: Openings.withoutPleasantries(clause.tokens))
    let opened = Openings.impersonal(Openings.withoutPleasantries(spoken))
    guard let main = Openings.withoutPersons(Openings.withoutPleasantries(opened)),
      let sentence = finished(main, contentMin: Self.contentMin(main, act))
    else { return nil }
    guard !clause.reason.isEmpty, let reason = Openings.withoutPersons(clause.reason),
      let joined = finished(main + Self.link(reason))
    else { return sentence }
    // The reason explains; it is no part of the answer.
    return Statement(text: joined.text, tokens: sentence.tokens)
  }

  /// "Always answer in English" says enough with two words; "use pagination" does not.
  private static func contentMin(_ tokens: [Token], _ act: DialogueAct) -> Int {
    let absolute = tokens.contains { $0.lower == "always" || $0.lower == "never" }
    return absolute || act == .prohibition || act == .statement ? 2 : StatementGate.contentMin
  }

  /// Tokens as a statement, when they can stand alone.
  func finished(_ tokens: [Token], contentMin: Int = StatementGate.contentMin) -> Statement? {
    let tokens = resolved(Self.tidied(tokens))
    guard StatementGate.passes(tokens, contentMin: contentMin) else { return nil }
    var text = tokens.rendered
    guard let first = text.first else { return nil }
    if first.isLowercase, tokens[0].kind == .word { text = first.uppercased() + text.dropFirst() }
    text += "."
    guard text.count <= Self.charactersMax else { return nil }
    return Statement(text: text, tokens: tokens)
  }

  /// The words between a statement and its reason.
  private static func link(_ reason: [Token]) -> [Token] {
    switch reason[0].lower {
    case "because", "since", "as": reason
    case "otherwise": [Token(.punctuation, ",", spaced: false)] + reason
    default: [Token(.punctuation, ":", spaced: false)] + reason
    }
  }

  /// Names with their full path where the workspace knows one.
  private func resolved(_ tokens: [Token]) -> [Token] {
    tokens.enumerated().map { position, token in
      guard let entity = entities.entity(token, at: position), entity.resolved,
        entity.mention.kind == .path
      else { return token }
      return Token(.path, entity.mention.name, spaced: token.spaced)
    }
  }

  /// Without the remains of speech: emoji, closing pleasantries, lonely quotes.
  private static func tidied(_ tokens: [Token]) -> [Token] {
    var out = tokens.filter { token in
      token.isName || token.text.unicodeScalars.contains { $0.value < 0x2190 }
    }
    out = ClauseSplitter.trimmed(out)
    let closers: Set<String> = [
      "please", "thanks", "ok", "okay", "btw", "though", "too", "pls", "thx",
    ]
    while let last = out.last,
      closers.contains(last.lower) || last.kind == .punctuation && !"\")]'".contains(last.text)
    {
      out.removeLast()
    }
    if out.count(where: { $0.text == "\"" }) % 2 == 1 { out.removeAll { $0.text == "\"" } }
    return out
  }
}

/// A finished statement and the tokens its key is made of.
struct Statement: Equatable {
  let text: String
  let tokens: [Token]
}

/// Decides whether a sentence stands alone: it names what it is about, points at nothing outside,
/// and belongs to the project instead of one person, ticket or moment.
enum StatementGate {
  /// Content words that a statement needs at least.
  static let contentMin = 3

  static func passes(_ tokens: [Token], contentMin: Int) -> Bool {
    let content = StatementKey.value(of: tokens).split(separator: " ").count
    guard content >= contentMin, content <= 34 else { return false }
    return balanced(tokens) && !tokens.contains(where: isForeign) && !leans(tokens)
      && isEnglish(tokens)
  }

  private static func balanced(_ tokens: [Token]) -> Bool {
    var depth = 0
    for token in tokens where token.kind == .punctuation {
      if token.text == "(" || token.text == "[" || token.text == "{" { depth += 1 }
      if token.text == ")" || token.text == "]" || token.text == "}" { depth -= 1 }
      if depth < 0 { return false }
    }
    return depth == 0
  }

  /// Names that belong to one person, machine, ticket or moment.
  private static func isForeign(_ token: Token) -> Bool {
    let text = token.text
    if token.kind == .url { return true }
    for mark in ["/Users/", "/home/", ":\\", "/tmp/", "/var/folders", "redacted", "REDACTED"]
    where text.contains(mark) {
      return true
    }
    let samples: Set<String> = [
      "foo", "bar", "baz", "abc123", "def456", "deadbeef", "xyz", "lorem",
    ]
    if samples.contains(text.lowercased()) { return true }
    if text.hasPrefix("#"), text.dropFirst().first?.isNumber == true { return true }
    return isTicket(text) || isHash(text) || pointsAtLine(text) || isDate(text)
  }

  /// `ABC-123`, but not the names of standards.
  private static func isTicket(_ text: String) -> Bool {
    let parts = text.split(separator: "-")
    guard parts.count == 2, parts[0].count >= 2, parts[0].allSatisfy(\.isUppercase),
      parts[1].allSatisfy(\.isNumber)
    else { return false }
    let standards: Set<String> = [
      "UTF", "SHA", "ISO", "RFC", "AES", "MD", "HTTP", "GPT", "IEEE", "PEP",
    ]
    return !standards.contains(String(parts[0]))
  }

  /// A commit or session id: many hexadecimal digits with letters among them.
  private static func isHash(_ text: String) -> Bool {
    let part = text.split(separator: "-").first ?? ""
    guard part.count >= 7, part.count <= 64, part.allSatisfy(\.isHexDigit) else { return false }
    return part.contains(where: \.isNumber) && part.contains(where: \.isLetter)
  }

  /// `hooks.go:281`.
  private static func pointsAtLine(_ text: String) -> Bool {
    guard let colon = text.lastIndex(of: ":") else { return false }
    return text[..<colon].contains(".") && text[text.index(after: colon)...].first?.isNumber == true
      && !text.contains(" ")
  }

  /// `2026-01-05`.
  private static func isDate(_ text: String) -> Bool {
    let parts = text.split(separator: "-")
    return parts.count >= 3 && parts[0].count == 4 && parts[0].allSatisfy(\.isNumber)
      && parts[1].allSatisfy(\.isNumber)
  }

  /// Whether a pronoun or a deictic word points outside the sentence.
  private static func leans(_ tokens: [Token]) -> Bool {
    for (index, token) in tokens.enumerated() where token.kind == .word {
      let word = token.lower
      if Lexicon.deictics.contains(word) { return true }
      if Lexicon.firstPerson.contains(word) { return true }
      if Lexicon.plural.contains(word), token.text != "US" { return true }
      let pronouns: Set<String> = [
        "it", "they", "them", "he", "she", "him", "its", "it's", "their",
      ]
      if pronouns.contains(word), !isAnchored(tokens, at: index) { return true }
      if word == "that", isDemonstrative(tokens, at: index) { return true }
      if ["that's", "there's", "here's"].contains(word), index == 0 { return true }
    }
    return false
  }

  /// Whether a noun phrase and a break or subordinator stand before a pronoun, so that it can mean
  /// something in its own sentence.
  private static func isAnchored(_ tokens: [Token], at index: Int) -> Bool {
    guard index >= 3 else { return false }
    let before = tokens[1..<index]
    if tokens[index].lower == "its" || tokens[index].lower == "their" {
      return before.contains { $0.isName || $0.lower.count > 4 }
    }
    let breaks: Set<String> = [
      "because", "since", "as", "if", "when", "whenever", "unless", "so", "but", "otherwise",
      "while", "until", "which", "where", "by", ",", ":", ";", "(",
    ]
    return before.dropFirst().contains { breaks.contains($0.lower) }
  }

  /// "that" as a pronoun ("do that", "like that"), not before a clause.
  private static func isDemonstrative(_ tokens: [Token], at index: Int) -> Bool {
    guard index > 0, index + 1 < tokens.count else { return true }
    let before = tokens[index - 1].lower
    let next = tokens[index + 1]
    if next.kind == .punctuation, next.text != "\"" { return true }
    let after: Set<String> = [
      "to", "in", "is", "as", "for", "and", "so", "at", "with", "by", "into",
    ]
    if after.contains(next.lower), before != "so" { return true }
    return ["of", "for", "with", "to", "like", "do", "about", "from", "than", "on", "at", "as"]
      .contains(before)
  }

  /// Whether the words are English letters at all.
  private static func isEnglish(_ tokens: [Token]) -> Bool {
    let words = tokens.filter { $0.kind == .word }
    let ascii = words.count { $0.text.utf8.allSatisfy { $0 < 0x80 } }
    return ascii * 10 >= words.count * 9
  }
}
