/// Typed English without its apostrophes, where the spelling alone is another word: `its better`
/// means "it's better", `lets use` means "let's use". Spellings that are no word are
/// contractions of the lexicon.
enum TypedEnglish {
  /// After `its`: what is said of a matter, not owned by it.
  private static let complements: Set<String> = [
    "better", "best", "important", "fine", "ok", "okay", "not", "a", "an", "the", "possible",
    "preferable", "safer", "easier", "enough", "worth", "bad", "good", "always", "never", "only",
    "because", "just", "also", "still",
  ]

  /// After `lets`, before its verb.
  private static let adverbs: Set<String> = ["not", "always", "never", "also", "just"]

  static func normalised(_ tokens: [Token]) -> [Token] {
    guard tokens.contains(where: { $0.lower == "its" || $0.lower == "lets" }) else { return tokens }
    return tokens.indices.map { at in
      let token = tokens[at]
      let next = at + 1 < tokens.count ? tokens[at + 1].lower : ""
      switch token.lower {
      case "its" where complements.contains(next): return token.reading("it's")
      case "lets"
      where opens(tokens, at) && (adverbs.contains(next) || Lexicon.verbs.contains(next)):
        return token.reading("let's")
      default: return token
      }
    }
  }

  /// Whether a clause starts here: "it lets commands run" has another subject.
  private static func opens(_ tokens: [Token], _ at: Int) -> Bool {
    guard at > 0 else { return true }
    let before = tokens[at - 1]
    return before.kind == .punctuation
      || ["so", "and", "then", "ok", "okay", "yes", "yeah", "but", "please"].contains(before.lower)
  }
}
