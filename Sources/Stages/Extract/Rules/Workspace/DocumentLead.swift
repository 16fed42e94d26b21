/// What the line above a list, or its heading, makes of the items.
enum DocumentLead: Equatable {
  case none
  /// The items say what must not be done.
  case prohibition
  /// The items are examples of mistakes, or belong to a sentence that is too long to repeat.
  case unclear
  case prefix(String)

  private static let prohibitions: Set<String> = [
    "do not", "don't", "dont", "never", "avoid", "don'ts", "donts", "do nots", "forbidden",
    "prohibited", "not allowed", "what not to do", "things to avoid", "must not",
  ]
  private static let mistakes: Set<String> = [
    "bad", "wrong", "incorrect", "before", "anti-patterns", "antipatterns", "anti patterns",
    "common mistakes", "mistakes", "pitfalls", "common pitfalls", "bad examples", "not good",
  ]
  private static let plain: Set<String> = [
    "do", "dos", "do's", "always", "key files", "usage", "how it works", "note", "notes", "good",
    "correct", "after",
  ]

  /// The lead by the text of the introducing line; without one by the nearest heading.
  static func of(line: String?, heading: String?) -> DocumentLead {
    guard let line else {
      let name = bare(heading ?? "")
      if prohibitions.contains(name) { return .prohibition }
      return mistakes.contains(name) ? .unclear : .none
    }
    let name = bare(line)
    if prohibitions.contains(name) { return .prohibition }
    if mistakes.contains(name) { return .unclear }
    if plain.contains(name) { return .none }
    let text = line.hasSuffix(":") ? String(line.dropLast()) : line
    if ["see", "e.g.", "example", "examples"].contains(name.split(separator: " ").first ?? "") {
      return .unclear
    }
    return text.split(separator: " ").count <= 8 ? .prefix(text) : .none
  }

  /// In small letters, without marks and signs around it.
  private static func bare(_ text: String) -> String {
    let inner = text.lowercased().drop { !$0.isLetter }
    return String(inner.reversed().drop { !$0.isLetter && $0 != ")" }.reversed())
  }

  /// The item as what must not be done; `nil` when that is unclear.
  static func prohibited(_ item: String) -> String? {
    let words = item.split(separator: " ", maxSplits: 1).map(String.init)
    guard let first = words.first?.lowercased().filter(\.isLetter) else { return nil }
    if ["don't", "never", "avoid", "do", "no", "dont"].contains(first) { return item }
    if Lexicon.baseByGerund[first] != nil { return "Avoid " + DocumentStatements.lowered(item) }
    // "gradients everywhere" under "Do not" is short for using them.
    guard Lexicon.baseVerbs.contains(first) else {
      return "Avoid " + DocumentStatements.lowered(item)
    }
    return "Do not " + DocumentStatements.lowered(item)
  }

  /// Details that lean on the thing that the heading is about: "Source: …", "Uses: …".
  static func isDetail(_ text: String) -> Bool {
    guard let colon = text.firstRange(of: ": ") else { return false }
    return details.contains(text[..<colon.lowerBound].lowercased())
  }

  private static let details: Set<String> = [
    "source", "sources", "embedded in", "uses", "used by", "catches", "fix", "fixes", "bug example",
    "bug", "example", "sections", "boundary", "detection", "location", "output", "input", "verify",
    "result", "returns", "called by",
  ]

  /// Items that say by a sign that they are mistakes.
  static func isMarkedWrong(_ text: String) -> Bool {
    ["❌", "🚫", "✗", "✘"].contains { text.hasPrefix($0) }
  }
}
