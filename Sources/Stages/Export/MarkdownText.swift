/// Makes a statement safe as one line of a Markdown file that agents load.
enum MarkdownText {
  /// The text in one line. Line breaks become spaces, and nothing in it can open an HTML comment,
  /// which would hide whatever follows from readers; name a file to import; or run a command.
  static func line(_ text: String) -> String {
    var out = ""
    for character in text {
      out.append(character.isNewline ? " " : character)
      if out.hasSuffix("<!--") {
        out.removeLast(2)
        out += " --"
      }
    }
    return withoutInsertions(out)
  }

  /// Outside code, Claude Code and Gemini CLI replace `@path` by the file, and skills replace
  /// `` !`command` `` by its output. An `@word` is put in code, where it stays a word; the
  /// exclamation mark gets a space.
  private static func withoutInsertions(_ text: String) -> String {
    let parts = text.split(separator: "`", omittingEmptySubsequences: false)
    // With an odd backtick it cannot be told what is code, so that nothing may rely on it.
    let isPaired = parts.count % 2 == 1
    var out = ""
    for (index, part) in parts.enumerated() {
      if index > 0 { out += out.hasSuffix("!") ? " `" : "`" }
      out += isPaired && index % 2 == 1 ? String(part) : withoutImports(part, inCode: isPaired)
    }
    return out
  }

  private static func withoutImports(_ text: Substring, inCode: Bool) -> String {
    guard text.contains("@") else { return String(text) }
    let words = text.split(separator: " ", omittingEmptySubsequences: false)
    return words.map { word in
      guard word.first == "@", word.count > 1 else { return String(word) }
      return inCode ? "`\(word)`" : "&#64;\(word.dropFirst())"
    }.joined(separator: " ")
  }
}
