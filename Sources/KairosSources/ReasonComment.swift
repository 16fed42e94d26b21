/// Finds the comments worth keeping of a code file: those that tell why, not what.
///
/// Here only the words decide, cheaply and generously; what the sentence is worth is for the rules
/// of extraction to say.
enum ReasonComment {
  /// Longer comments are documentation.
  private static let bytesMax = 1500

  /// Words of reasons, limits and substitutes.
  private static let cues = [
    "because", "instead of", "rather than", "work around", "workaround", "works around", "doesn't",
    "does not", "don't", "cannot", "can't", "otherwise", "to avoid", "prevent", "due to", "since ",
    " bug", "not supported", "must not", "ignores", "never ",
  ]

  /// The comment without its marks, its paragraphs as lines; `nil` when it gives no reason.
  static func text(of comment: [Substring]) -> String? {
    guard !comment.isEmpty, !DocComment.isLicence(comment) else { return nil }
    var text = ""
    var startsParagraph = false
    for line in comment where !DocComment.isDirective(line) {
      let words = DocComment.stripped(line)
      if words.isEmpty {
        startsParagraph = !text.isEmpty
        continue
      }
      if !text.isEmpty { text += startsParagraph ? "\n" : " " }
      startsParagraph = false
      text += words
    }
    guard (30...bytesMax).contains(text.utf8.count) else { return nil }
    let lower = text.lowercased()
    return cues.contains { lower.firstRange(of: $0) != nil } ? text : nil
  }
}
