import KairosModel

/// One sentence of a memory file, as it is compared with others.
public struct MemorySentence: Sendable, Equatable {
  /// Without markup; code spans stay. An item under "Do not" says so itself.
  public let text: String
  public let lines: ClosedRange<Int>
  /// Headings above, outermost first.
  public let headings: [String]
  /// The line above a list that it belongs to.
  public let lead: String?
  /// The name at the start of its item, when the sentence is not the first one.
  public let label: String?
}

/// A thing outside of the file that a memory file names.
public struct MemoryReference: Sendable, Equatable {
  /// How it is written.
  public enum Kind: Sendable {
    /// A path in back-ticks.
    case path
    /// The target of a link, which starts at the file's folder.
    case link
    /// `@path`: agents load the file's text.
    case `import`
    /// A command line, in back-ticks or in a block of a shell.
    case command
  }

  public let kind: Kind
  public let name: String
  /// 1-based.
  public let line: Int
  /// The line that names it, without markup.
  public let sentence: String
}

/// Reads memory files of agents (CLAUDE.md, AGENTS.md, rules) for a check instead of for facts:
/// nothing is left out because it is no good statement.
public enum MemoryText {
  /// Sentences of items and paragraphs in order. Code, tables, questions, and examples of mistakes
  /// say nothing by themselves.
  public static func sentences(in text: String) -> [MemorySentence] {
    DocumentOutline(text).blocks.flatMap { block -> [MemorySentence] in
      switch block.kind {
      case .code, .row: return []
      case .item, .step, .paragraph: break
      }
      let lead = DocumentLead.of(line: block.lead, heading: block.headings.last)
      guard !DocumentLead.isMarkedWrong(block.text), lead != .unclear else { return [] }
      let text = plain(block.text)
      let label = label(of: text, bold: DocumentStatements.boldStart(of: block.text))
      return SentenceSplitter.split(text).enumerated().compactMap { index, sentence in
        guard !sentence.hasSuffix("?") else { return nil }
        let isForbidden = lead == .prohibition && block.kind.isItem
        return MemorySentence(
          text: isForbidden ? DocumentLead.prohibited(sentence) ?? sentence : sentence,
          lines: block.lines, headings: block.headings, lead: block.lead,
          label: index > 0 ? label : nil)
      }
    }
  }

  /// What an item's later sentences are about: its name in bold or code at the start.
  private static func label(of text: String, bold: String?) -> String? {
    if let bold { return bold }
    guard text.first == "`", let close = text.dropFirst().firstIndex(of: "`") else { return nil }
    return String(text[...close])
  }

  private static func plain(_ text: String) -> String {
    InlineMarkdown.plain(Typography.folded(text)).trimmed
  }

  /// Paths, links, imports and commands in the order of lines.
  public static func references(in text: String) -> [MemoryReference] {
    var reader = ReferenceReader()
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      reader.read(line.last == "\r" ? line.dropLast() : line, number: index + 1)
    }
    return reader.found
  }

  /// The text of a line outside of code spans and quotes: what its author says. Both are left as
  /// gaps.
  public static func ownWords(ofLine line: String) -> String {
    var words = ""
    var open: Character?
    for character in Typography.folded(line) {
      if let mark = open {
        if character == mark { open = nil }
      } else if character == "`" || character == "\"" {
        open = character
        words.append(" ")
      } else {
        words.append(character)
      }
    }
    return words
  }
}

/// Goes through the lines of a file and keeps what they name.
private struct ReferenceReader {
  private(set) var found: [MemoryReference] = []
  private var fence: (mark: Substring, isShell: Bool)?
  private var isInComment = false

  private static let shells: Set<String> = ["", "bash", "sh", "shell", "zsh", "console"]

  init() {}

  mutating func read(_ line: Substring, number: Int) {
    let trimmed = line.trimmed
    if let open = fence {
      if trimmed.hasPrefix(open.mark) {
        fence = nil
      } else if open.isShell {
        shell(trimmed, number)
      }
      return
    }
    if trimmed.hasPrefix("```") || trimmed.hasPrefix("~~~") {
      let mark = trimmed.prefix { $0 == trimmed.first }
      let language = trimmed.dropFirst(mark.count).trimmed.lowercased()
      fence = (mark, Self.shells.contains(language))
      return
    }
    if isInComment || trimmed.hasPrefix("<!--") {
      isInComment = !trimmed.contains("-->")
      return
    }
    let sentence = InlineMarkdown.plain(Typography.folded(trimmed))
    for span in DocumentPaths.codeSpans(trimmed) { code(span, number, sentence) }
    for target in Self.linkTargets(trimmed) {
      found.append(.init(kind: .link, name: target, line: number, sentence: sentence))
    }
    for name in Self.imports(trimmed) {
      found.append(.init(kind: .import, name: name, line: number, sentence: sentence))
    }
  }

  private mutating func shell(_ line: String, _ number: Int) {
    var text = line
    for prompt in ["$ ", "% ", "> "] where text.hasPrefix(prompt) {
      text = String(text.dropFirst(2))
    }
    guard !text.hasPrefix("#") else { return }
    for command in ShellLine(text).commands where !command.isDynamic && command.words.count > 1 {
      add(command: command.words.joined(separator: " "), number, line)
    }
  }

  private mutating func code(_ span: String, _ number: Int, _ sentence: String) {
    if span.contains(" ") {
      let commands = ShellLine(span).commands
      guard commands.count == 1, let command = commands.first, !command.isDynamic else { return }
      add(command: command.words.joined(separator: " "), number, sentence)
    } else if Names.isPath(Substring(span)), !span.hasPrefix("@") {
      found.append(.init(kind: .path, name: span, line: number, sentence: sentence))
    }
  }

  private mutating func add(command: String, _ number: Int, _ sentence: String) {
    // A name to fill in is no task.
    guard !command.contains(where: { "<>[]{}*…".contains($0) }), !command.contains("...") else {
      return
    }
    found.append(.init(kind: .command, name: command, line: number, sentence: sentence))
  }

  /// Targets of links to files, without anchor.
  private static func linkTargets(_ line: String) -> [String] {
    var targets: [String] = []
    var rest = withoutCode(line)[...]
    while let open = rest.firstRange(of: "](") {
      rest = rest[open.upperBound...]
      guard let close = rest.firstIndex(of: ")") else { break }
      let target = rest[..<close].prefix { $0 != "#" && $0 != " " && $0 != "?" }
      rest = rest[close...]
      let isFile =
        !target.isEmpty && !target.contains(":") && !target.contains("<") && !target.contains("{")
        && !target.contains("*") && (target.contains("/") || target.contains("."))
      if isFile { targets.append(String(target)) }
    }
    return targets
  }

  /// `@docs/style.md`: a word of its own with a known ending of a text.
  private static func imports(_ line: String) -> [String] {
    withoutCode(line).split(separator: " ").compactMap { word in
      guard word.hasPrefix("@"), let last = word.split(separator: ".").last, word.contains("."),
        ["md", "mdc", "txt", "mdx"].contains(last.lowercased())
      else { return nil }
      return String(word.dropFirst())
    }
  }

  private static func withoutCode(_ line: String) -> String {
    let parts = line.split(separator: "`", omittingEmptySubsequences: false)
    return parts.indices.filter { $0 % 2 == 0 }.map { String(parts[$0]) }.joined(separator: " ")
  }
}
