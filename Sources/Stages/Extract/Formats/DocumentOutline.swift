/// Reads a Markdown text into the blocks that carry statements.
///
/// This is no renderer: it knows headings, list items, paragraphs, table rows and fenced code, and
/// where each stands. Everything inside HTML comments is left out.
struct DocumentOutline {
  /// What a block is to a reader.
  enum Kind: Equatable {
    case paragraph, item
    /// An item of a numbered list.
    case step
    case row(header: [String])
    case code(language: String)

    var isItem: Bool { self == .item || self == .step }

    var isRow: Bool {
      if case .row = self { return true }
      return false
    }
  }

  /// A piece of text with where it stands.
  struct Block: Equatable {
    let kind: Kind
    /// The text with line breaks folded; code keeps its lines.
    let text: String
    /// Headings above, outermost first, without markup.
    let headings: [String]
    /// 1-based.
    let lines: ClosedRange<Int>
    /// The item or paragraph that introduces a nested item, if it ends with a colon.
    let lead: String?
  }

  private static let titleMax = 100

  private(set) var blocks: [Block] = []
  private var headings: [(level: Int, text: String)] = []
  private var pending: [Substring] = []
  private var pendingStart = 0
  private var pendingIsItem = false
  private var pendingIsStep = false
  private var pendingIndent = 0
  private var fence: (mark: Substring, language: String, start: Int, lines: [Substring])?
  private var tableHeader: [String]?
  private var isInComment = false
  /// Names of the blocks that another tool writes, and the one that is open.
  private let closed: Set<String>
  private var foreign: String?
  /// The last block that ends with a colon, with its indentation.
  private var lead: (indent: Int, text: String)?

  init(_ text: String) {
    closed = Self.closedBlocks(text)
    var number = 0
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      number += 1
      read(line.last == "\r" ? line.dropLast() : line, number)
    }
    flush(number)
  }

  private mutating func read(_ line: Substring, _ number: Int) {
    let trimmed = line.drop { $0 == " " || $0 == "\t" }
    let indent = line.count - trimmed.count
    if foreign == nil, readFence(trimmed, line, number) { return }
    if readComment(trimmed) { return }
    if trimmed.isEmpty {
      flush(number - 1)
      tableHeader = nil
    } else if let level = headingLevel(trimmed) {
      flush(number - 1)
      lead = nil
      headings.removeAll { $0.level >= level }
      headings.append((level, InlineMarkdown.plain(String(trimmed.drop { $0 == "#" })).trimmed))
    } else if trimmed.first == "|" {
      flush(number - 1)
      row(trimmed, number)
    } else if let item = itemText(trimmed) {
      flush(number - 1)
      start(item, number, isItem: true, indent: indent)
      pendingIsStep = trimmed.first?.isNumber == true
    } else if pending.isEmpty {
      if isRule(trimmed) { return }
      start(trimmed, number, isItem: false, indent: indent)
    } else {
      pending.append(trimmed)
    }
  }

  private mutating func readFence(_ trimmed: Substring, _ line: Substring, _ number: Int) -> Bool {
    if var open = fence {
      if trimmed.hasPrefix(open.mark) {
        fence = nil
        add(
          .code(language: open.language), open.lines.joined(separator: "\n"),
          (open.start + 1)...max(open.start + 1, number - 1))
      } else {
        open.lines.append(line)
        fence = open
      }
      return true
    }
    guard trimmed.hasPrefix("```") || trimmed.hasPrefix("~~~") else { return false }
    flush(number - 1)
    let mark = trimmed.prefix { $0 == trimmed.first }
    let language = trimmed.dropFirst(mark.count).prefix { $0.isLetter || $0.isNumber }
    fence = (mark, String(language), number, [])
    return true
  }

  private mutating func readComment(_ trimmed: Substring) -> Bool {
    if isInComment {
      if trimmed.contains("-->") { isInComment = false }
      return true
    }
    if let name = foreign {
      if Self.closing(trimmed) == name { foreign = nil }
      return true
    }
    guard trimmed.hasPrefix("<!--") else { return false }
    if let name = Self.marker(trimmed.dropFirst(4)), closed.contains(name) { foreign = name }
    isInComment = !trimmed.contains("-->")
    return true
  }

  /// Names behind `<!-- /name -->`: the text between both marks is some tool's, not the authors'.
  private static func closedBlocks(_ text: String) -> Set<String> {
    guard text.contains("<!-- /") else { return [] }
    return Set(text.split(separator: "\n").compactMap { closing($0) })
  }

  private static func closing(_ line: Substring) -> String? {
    line.hasPrefix("<!-- /") ? marker(line.dropFirst(6)) : nil
  }

  private static func marker(_ text: Substring) -> String? {
    text.split { " >".contains($0) }.first.map(String.init)
  }

  private mutating func start(_ text: Substring, _ number: Int, isItem: Bool, indent: Int) {
    pending = [text]
    pendingStart = number
    pendingIsItem = isItem
    pendingIndent = isItem ? indent + 1 : 0
  }

  private mutating func flush(_ last: Int) {
    guard !pending.isEmpty else { return }
    let text = pending.joined(separator: " ")
    pending = []
    if let open = lead, open.indent >= pendingIndent { lead = nil }
    add(
      pendingIsItem ? (pendingIsStep ? .step : .item) : .paragraph, text,
      pendingStart...max(pendingStart, last))
    // "**Name** (details)" above a list is its title.
    let isTitle = !pendingIsItem && text.hasPrefix("**") && text.count <= Self.titleMax
    if text.trimmed.hasSuffix(":") || text.trimmed.hasSuffix(":**") || isTitle {
      lead = (pendingIndent, text)
    } else if !pendingIsItem {
      lead = nil
    }
  }

  private mutating func row(_ line: Substring, _ number: Int) {
    let cells = line.dropFirst().split(separator: "|", omittingEmptySubsequences: false)
      .map { $0.trimmed }.dropLast(line.hasSuffix("|") ? 1 : 0)
    if cells.allSatisfy({ !$0.isEmpty && $0.allSatisfy { "-: ".contains($0) } }) { return }
    guard let header = tableHeader else {
      tableHeader = Array(cells)
      return
    }
    add(.row(header: header), cells.joined(separator: "\t"), number...number)
  }

  private mutating func add(_ kind: Kind, _ text: String, _ lines: ClosedRange<Int>) {
    blocks.append(
      Block(
        kind: kind, text: text, headings: headings.map(\.text), lines: lines, lead: lead?.text))
  }

  private func headingLevel(_ line: Substring) -> Int? {
    let level = line.prefix { $0 == "#" }.count
    return (1...6).contains(level) && line.dropFirst(level).first == " " ? level : nil
  }

  private func itemText(_ line: Substring) -> Substring? {
    if let first = line.first, "-*+".contains(first), line.dropFirst().first == " " {
      let text = line.dropFirst(2).drop { $0 == " " }
      return text.hasPrefix("[ ] ") || text.hasPrefix("[x] ") ? text.dropFirst(4) : text
    }
    let digits = line.prefix { $0.isNumber }
    guard !digits.isEmpty, digits.count <= 2 else { return nil }
    let rest = line.dropFirst(digits.count)
    return rest.hasPrefix(". ") || rest.hasPrefix(") ") ? rest.dropFirst(2) : nil
  }

  private func isRule(_ line: Substring) -> Bool {
    line.count >= 3 && line.allSatisfy { "-*_= ".contains($0) }
  }
}

extension StringProtocol {
  /// Without white space at both ends.
  var trimmed: String {
    guard let first = firstIndex(where: { !$0.isWhitespace }),
      let last = lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(self[first...last])
  }
}
