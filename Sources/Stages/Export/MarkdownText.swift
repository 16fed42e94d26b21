/// Makes a statement safe as one line of a Markdown file.
enum MarkdownText {
  /// The text in one line. Line breaks become spaces, and nothing in it can open an HTML comment,
  /// which would hide whatever follows from readers.
  static func line(_ text: String) -> String {
    var out = ""
    for character in text {
      out.append(character.isNewline ? " " : character)
      if out.hasSuffix("<!--") {
        out.removeLast(2)
        out += " --"
      }
    }
    return out
  }
}
