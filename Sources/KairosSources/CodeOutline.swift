import KairosModel

/// What a code file defines, and the comment it opens with.
struct CodeOutline {
  private(set) var symbols: [Workspace.Symbol] = []
  /// The comment before the first code, or the one that documents the package.
  private(set) var opening: String?
  /// Comments that give a reason.
  private(set) var remarks: [Workspace.Remark] = []

  /// Definitions of one file beyond this number come from generators.
  private static let symbolsMax = 2000
  private static let openingBytesMax = 4096
  private static let remarksMax = 100

  private let language: Language
  private let lines: [Substring]
  /// Comment lines directly above the current line.
  private var comment: [Substring] = []
  private var inBlockComment = false
  private var longQuote: String?
  /// The definer of an open Go group.
  private var group: String?
  private var hasCode = false

  /// Reads `text` line by line.
  static func of(_ text: String, language: Language) -> CodeOutline {
    var outline = CodeOutline(text, language)
    for index in outline.lines.indices { outline.read(index) }
    outline.keepRemark(before: outline.lines.count)
    if outline.opening == nil, !outline.hasCode { outline.open(outline.comment) }
    return outline
  }

  private init(_ text: String, _ language: Language) {
    self.language = language
    lines = text.split(separator: "\n", omittingEmptySubsequences: false)
  }

  private mutating func read(_ index: Int) {
    let line = CodeLine(lines[index])
    if let quote = longQuote {
      if Self.occurrences(of: quote, in: line.text) % 2 == 1 { longQuote = nil }
      return
    }
    if readComment(line, index) { return }
    if line.isEmpty {
      if !hasCode, opening == nil { open(comment) }
      keepRemark(before: index)
      comment.removeAll()
      return
    }
    if !hasCode { firstCode(index) }
    if Self.isAttribute(line.text), !definesAfterAttribute(line.text) { return }
    define(line, index)
    keepRemark(before: index)
    comment.removeAll()
    longQuote = language.longQuotes.first { Self.occurrences(of: $0, in: line.text) % 2 == 1 }
  }

  // MARK: Comments

  /// True when the line is part of a comment.
  private mutating func readComment(_ line: CodeLine, _ index: Int) -> Bool {
    if inBlockComment {
      comment.append(lines[index])
      if line.text.contains("*/") { inBlockComment = false }
      return true
    }
    if language.hasBlockComments, line.text.hasPrefix("/*") {
      comment.append(lines[index])
      inBlockComment = !line.text.dropFirst(2).contains("*/")
      return true
    }
    guard language.lineComments.contains(where: { line.text.hasPrefix($0) }),
      language.definers["#define"] == nil || !line.text.hasPrefix("#")
    else { return false }
    // `#[attribute]` of PHP and the like.
    if line.text.hasPrefix("#[") { return false }
    // `//!` documents the file, not what follows.
    if let last = comment.last, CodeLine(last).text.hasPrefix("//!"), !line.text.hasPrefix("//!") {
      if !hasCode, opening == nil { open(comment) }
      comment.removeAll()
    }
    comment.append(lines[index])
    return true
  }

  private mutating func firstCode(_ index: Int) {
    hasCode = true
    if language.hasDocStrings, let doc = docString(at: index) {
      keepOpening(doc.joined(separator: "\n"))
    } else if opening == nil {
      open(comment)
    }
  }

  private mutating func open(_ lines: [Substring]) {
    guard !DocComment.isLicence(lines) else { return }
    let text = lines.filter { !DocComment.isDirective($0) }.map { DocComment.stripped($0) }
      .joined(separator: "\n")
    keepOpening(text)
  }

  private mutating func keepOpening(_ text: String) {
    let trimmed = String(text.drop { $0.isWhitespace })
    let cut = DocComment.cut(trimmed, bytes: Self.openingBytesMax)
    if cut.utf8.contains(where: { CodeLine.isName($0) }) { opening = cut }
  }

  /// Keeps the comment that ends above a line when it gives a reason.
  private mutating func keepRemark(before index: Int) {
    guard remarks.count < Self.remarksMax, let text = ReasonComment.text(of: comment) else {
      return
    }
    let defined = symbols.last.flatMap { $0.line == index + 1 ? $0.name : nil }
    remarks.append(
      Workspace.Remark(line: index - comment.count + 1, symbol: defined, text: text))
  }

  /// The lines of a triple-quoted string that starts at a line.
  private func docString(at index: Int) -> [Substring]? {
    guard index < lines.count else { return nil }
    let first = CodeLine(lines[index]).text
    guard let quote = ["\"\"\"", "'''"].first(where: { first.hasPrefix($0) }) else { return nil }
    let rest = first.dropFirst(3)
    if let end = rest.firstRange(of: quote) { return [rest[..<end.lowerBound]] }
    var found = [rest]
    for line in lines[(index + 1)...].prefix(200) {
      let text = CodeLine(line).text
      if let end = text.firstRange(of: quote) {
        found.append(text[..<end.lowerBound])
        break
      }
      found.append(text)
    }
    return found
  }

  /// The documentation string below a definition whose head may take several lines.
  private func docStringBelow(_ index: Int) -> [Substring]? {
    var at = index
    while at < min(lines.count, index + 20), !CodeLine(lines[at]).text.hasSuffix(":") { at += 1 }
    return docString(at: at + 1)
  }

  private static func occurrences(of quote: String, in text: Substring) -> Int {
    guard text.utf8.contains(quote.utf8.first ?? 0) else { return 0 }
    var count = 0
    var rest = text
    while let found = rest.firstRange(of: quote) {
      // A quoted quote: '`' or "`".
      let before = text[..<found.lowerBound].last
      let after = text[found.upperBound...].first
      let isQuoted =
        quote.utf8.count == 1
        && (before == "\\" || (before == after && (before == "'" || before == "\"")))
      if !isQuoted { count += 1 }
      rest = rest[found.upperBound...]
    }
    return count
  }

  // MARK: Definitions

  private static func isAttribute(_ text: Substring) -> Bool {
    text.hasPrefix("@") || text.hasPrefix("#[") || text.hasPrefix("#![")
      || (text.hasPrefix("[") && text.hasSuffix("]"))
  }

  /// `@MainActor func …`, `@interface Name`.
  private func definesAfterAttribute(_ text: Substring) -> Bool {
    text.hasPrefix("@interface")
      || text.split(separator: " ").dropFirst().contains {
        language.definers[String($0)] != nil
      }
  }

  private mutating func define(_ line: CodeLine, _ index: Int) {
    guard symbols.count < Self.symbolsMax else { return }
    if let definer = group {
      if line.text.hasPrefix(")") { group = nil }
      if line.indent > 0, line.indent <= 4 { add(definer, CodeLine.name(line.text), index) }
      return
    }
    let reader = DefinitionReader(language: language, line: line)
    if let definer = reader.group {
      group = definer
    } else if let found = reader.definition {
      add(found.kind, found.name, index)
    }
  }

  private mutating func add(_ kind: String, _ name: Substring, _ index: Int) {
    guard let first = name.utf8.first, !(0x30...0x39).contains(first), name != "_" else { return }
    let doc =
      language.hasDocStrings
      ? docStringBelow(index).flatMap { DocComment.sentence($0) } : nil
    symbols.append(
      Workspace.Symbol(
        kind: kind, name: String(name), line: index + 1,
        doc: doc ?? (DocComment.isLicence(comment) ? nil : DocComment.sentence(comment))))
  }
}
