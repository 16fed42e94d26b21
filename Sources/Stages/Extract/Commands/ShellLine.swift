/// Splits a shell line into simple commands.
enum ShellLine {
  /// Commands joined by `&&`, `;`, `||` and line ends; of a pipeline only its first, marked as
  /// piped. Here-documents, loops and substitutions end the reading: such a line is a script.
  static func commands(_ line: String) -> [(words: [String], isPiped: Bool)] {
    guard line.utf8.count <= 2000, !line.contains("<<") else { return [] }
    var found: [(words: [String], isPiped: Bool)] = []
    for part in split(line) {
      var words = part.words
      strip(&words)
      guard let first = words.first,
        ![
          "cd", "export", "set", "for", "while", "if", "do", "then",
          "fi", "done", "else", "source", ".", "echo", "sleep", "true", "pushd", "popd", "exit",
        ]
        .contains(first)
      else { continue }
      found.append((words, part.isPiped))
    }
    return found
  }

  /// Assignments, wrappers and redirections say nothing about the command.
  private static func strip(_ words: inout [String]) {
    while let first = words.first {
      let name = first.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
      let isAssignment = !name.isEmpty && first.dropFirst(name.count).hasPrefix("=")
      if isAssignment || ["sudo", "time", "env", "command", "nohup", "exec"].contains(first) {
        words.removeFirst()
      } else if first == "timeout", words.count > 2 {
        words.removeFirst(2)
      } else {
        break
      }
    }
    words.removeAll { word in
      word.hasPrefix("2>") || word.hasPrefix("1>") || word.hasPrefix("&>") || word == "&"
    }
    if let arrow = words.firstIndex(where: { $0.hasPrefix(">") }) { words.removeSubrange(arrow...) }
  }

  private struct Part {
    var words: [String] = []
    var isPiped = false
  }

  private static func split(_ line: String) -> [Part] {
    var parts: [Part] = []
    var part = Part()
    var word = ""
    var hasWord = false
    var quote: Character?
    var isAfterPipe = false
    func endWord() {
      if hasWord { part.words.append(word) }
      word = ""
      hasWord = false
    }
    func endPart() {
      endWord()
      if !part.words.isEmpty, !isAfterPipe { parts.append(part) }
      part = Part()
    }
    var rest = Substring(line)
    while let character = rest.first {
      rest = rest.dropFirst()
      if let open = quote {
        if character == open { quote = nil }
        word.append(character)
      } else if character == "'" || character == "\"" {
        quote = character
        word.append(character)
        hasWord = true
      } else if character == "|" {
        let isOr = rest.first == "|"
        if isOr { rest = rest.dropFirst() } else { part.isPiped = true }
        endPart()
        isAfterPipe = !isOr
      } else if character == ";" || character == "\n" || character == "&" && rest.first == "&" {
        if character == "&" { rest = rest.dropFirst() }
        endPart()
        isAfterPipe = false
      } else if character == " " || character == "\t" {
        endWord()
      } else {
        word.append(character)
        hasWord = true
      }
    }
    endPart()
    return parts
  }
}
