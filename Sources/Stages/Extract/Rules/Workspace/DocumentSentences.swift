import KairosModel

/// Blocks of a document as sentences that name what they are about.
extension DocumentStatements {
  func sentences(of block: DocumentOutline.Block) -> [String] {
    switch block.kind {
    case .code: return []
    case .row(let header): return [Self.row(block.text, header)].compactMap { $0 }
    case .item, .step, .paragraph:
      if DocumentLead.isMarkedWrong(block.text) { return [] }
      let text = Self.plain(namingFiles(block.text))
      if block.kind.isItem, let labelled = Self.labelled(text) { return [labelled] }
      return Self.withLabel(SentenceSplitter.split(text), of: block.text)
    }
  }

  /// With a file's name in bold at the start as code.
  func namingFiles(_ text: String) -> String {
    guard let bold = Self.boldStart(of: text) else { return text }
    let name = bold.hasSuffix(":") ? String(bold.dropLast()) : bold
    guard !name.contains("`"), !name.contains(" "), Names.isPath(Substring(name)) else {
      return text
    }
    let rest = text.dropFirst(bold.count + 4)
    return "`\(name)`" + (bold.hasSuffix(":") ? ":" : "") + rest
  }

  /// What stands in bold at the start of a text.
  static func boldStart(of text: String) -> String? {
    guard text.hasPrefix("**"), let close = text.dropFirst(2).firstRange(of: "**") else {
      return nil
    }
    return String(text.dropFirst(2)[..<close.lowerBound])
  }

  /// Later sentences of a block that starts with a label in bold are about the label.
  static func withLabel(_ sentences: [String], of text: String) -> [String] {
    guard let label = boldStart(of: text).map(plain) else { return sentences }
    let name = label.hasSuffix(":") ? String(label.dropLast()) : label
    guard !name.isEmpty, name.split(separator: " ").count <= 5 else { return sentences }
    return sentences.enumerated().map { index, sentence in
      index > 0 && needsSubject(sentence) ? name + ": " + lowered(sentence) : sentence
    }
  }

  /// Text without emphasis and links; code spans stay.
  static func plain(_ text: String) -> String {
    var parts = Typography.folded(text).split(separator: "`", omittingEmptySubsequences: false)
      .map(String.init)
    for at in parts.indices where at % 2 == 0 {
      parts[at] = parts[at].split(separator: "**", omittingEmptySubsequences: false).joined()
    }
    return InlineMarkdown.plain(parts.joined(separator: "`")).trimmed
  }

  /// A row as a sentence: "first: header2: cell2; header3: cell3".
  static func row(_ text: String, _ header: [String]) -> String? {
    let cells = text.split(separator: "\t", omittingEmptySubsequences: false)
      .map { plain(String($0)) }
    guard cells.count == header.count, cells.count >= 2, !cells[0].isEmpty else { return nil }
    if cells.count == 2 { return "\(cells[0]): \(cells[1])" }
    let rest = zip(header, cells).dropFirst().filter { !$1.isEmpty && $1 != "-" }
      .map { "\(plain($0).lowercased()): \($1)" }
    return "\(cells[0]) - " + rest.joined(separator: "; ")
  }

  /// "`registry.go` - Strategy registration", "`Get()` / `List()` - …": an item that names things
  /// and says what they are.
  static func labelled(_ text: String) -> String? {
    var rest = text[...]
    while rest.first == "`", let close = rest.dropFirst().firstIndex(of: "`") {
      rest = rest[rest.index(after: close)...]
      if let joint = [" / ", ", ", " and "].first(where: { rest.hasPrefix($0 + "`") }) {
        rest = rest.dropFirst(joint.count)
        continue
      }
      for mark in [" - ", ": ", " -- "] where rest.hasPrefix(mark) {
        let body = rest.dropFirst(mark.count).trimmed
        return body.isEmpty ? nil : text[..<rest.startIndex] + ": " + body
      }
      return nil
    }
    return nil
  }
}
