/// A block of a markdown text: what it is decides whether its sentences are anybody's words.
struct TextBlock: Equatable {
  /// What the block is to a reader.
  enum Kind: Equatable { case paragraph, bullet, heading, quote, table, code }

  let kind: Kind
  /// Lines joined, list markers and emphasis removed; code blocks verbatim.
  let text: String
}

/// Splits markdown into blocks. Tolerant: a text that is no markdown is paragraphs.
enum MarkdownBlocks {
  /// A line this long was wrapped by its writer, so the next one continues it.
  private static let wrappedLineMin = 60

  static func blocks(in text: String) -> [TextBlock] {
    var reader = Reader()
    for line in Typography.folded(text).split(
      omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    {
      reader.take(line)
    }
    reader.flush()
    return reader.blocks
  }

  /// Collects lines into blocks.
  private struct Reader {
    var blocks: [TextBlock] = []
    private var kind: TextBlock.Kind = .paragraph
    private var lines: [Substring] = []
    /// The run of back-ticks or tildes that opened the current fence.
    private var fence: Substring?

    mutating func take(_ raw: Substring) {
      let line = raw.trimmingSpaces()
      if let open = fence {
        if line.hasPrefix(open), line.allSatisfy({ $0 == open.first }) {
          flush()
          fence = nil
        } else {
          lines.append(raw)
        }
        return
      }
      if line.hasPrefix("```") || line.hasPrefix("~~~") {
        flush()
        fence = line.prefix { $0 == line.first }
        kind = .code
        return
      }
      takeProse(line, indented: raw.hasPrefix("    ") || raw.hasPrefix("\t"))
    }

    private mutating func takeProse(_ line: Substring, indented: Bool) {
      if line.isEmpty || line.isRule || line.isTag {
        flush()
      } else if line.hasPrefix("#"), line.drop(while: { $0 == "#" }).hasPrefix(" ") {
        start(.heading, line.drop { $0 == "#" })
        flush()
      } else if line.hasPrefix(">") {
        continueBlock(.quote, line.drop { $0 == ">" })
      } else if line.hasPrefix("|") {
        continueBlock(.table, line)
      } else if let item = line.listItem {
        start(.bullet, item)
      } else if lines.isEmpty, indented {
        start(.code, line)
        flush()
      } else if lines.isEmpty || breaks(before: line) {
        start(.paragraph, line)
      } else {
        lines.append(line)
      }
    }

    /// Whether a line starts a sentence of its own: people end lines instead of sentences.
    private func breaks(before line: Substring) -> Bool {
      guard kind == .paragraph || kind == .bullet else { return true }
      guard let last = lines.last, last.utf8.count < wrappedLineMin else { return false }
      return line.first?.isLowercase != true
    }

    private mutating func start(_ kind: TextBlock.Kind, _ line: Substring) {
      flush()
      self.kind = kind
      lines = [line.trimmingSpaces()]
    }

    private mutating func continueBlock(_ kind: TextBlock.Kind, _ line: Substring) {
      if self.kind == kind, !lines.isEmpty {
        lines.append(line.trimmingSpaces())
      } else {
        start(kind, line)
      }
    }

    mutating func flush() {
      if !lines.isEmpty {
        let text =
          kind == .code
          ? lines.joined(separator: "\n")
          : InlineMarkdown.plain(lines.joined(separator: " "))
        if !text.isEmpty { blocks.append(TextBlock(kind: kind, text: text)) }
      }
      lines = []
      kind = .paragraph
    }
  }
}

extension Substring {
  /// Without spaces at both ends.
  func trimmingSpaces() -> Substring {
    var text = self
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }

  /// A horizontal rule.
  fileprivate var isRule: Bool {
    utf8.count >= 3
      && (allSatisfy { $0 == "-" } || allSatisfy { $0 == "*" || $0 == "_" }
        || allSatisfy { $0 == "=" })
  }

  /// A line that is one HTML tag or comment.
  fileprivate var isTag: Bool { hasPrefix("<") && hasSuffix(">") }

  /// What follows the marker of a list item; `nil` when the line is none.
  fileprivate var listItem: Substring? {
    var rest = self
    if let first = rest.first, "-*+•".contains(first) {
      rest.removeFirst()
    } else {
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      guard (1...3).contains(digits.count) else { return nil }
      rest = rest.dropFirst(digits.count)
      guard let mark = rest.popFirst(), mark == "." || mark == ")" else { return nil }
    }
    guard rest.first == " " else { return nil }
    rest = rest.trimmingSpaces()
    for box in ["[ ] ", "[x] ", "[X] "] where rest.hasPrefix(box) {
      rest = rest.dropFirst(box.count)
    }
    return rest
  }
}
