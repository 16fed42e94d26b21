/// Reads the block style of YAML line by line: maps, lists, block scalars, flow lists of scalars.
struct YAMLReader {
  private var entries: [SettingsEntry] = []
  private var stack: [(indent: Int, name: String)] = []
  private var counts: [String: Int] = [:]
  private var block: (indent: Int, line: Int, lines: [Substring])?

  mutating func read(_ line: Substring, _ number: Int) {
    let trimmed = line.drop { $0 == " " }
    let indent = line.count - trimmed.count
    if block != nil {
      if trimmed.isEmpty || indent > (block?.indent ?? 0) {
        block?.lines.append(trimmed)
        return
      }
      closeBlock()
    }
    if trimmed.isEmpty || trimmed.hasPrefix("#") || trimmed.hasPrefix("---") { return }
    node(trimmed, indent, number)
  }

  mutating func finish() -> [SettingsEntry] {
    closeBlock()
    return entries
  }

  private mutating func closeBlock() {
    guard let open = block else { return }
    block = nil
    entries.append(
      SettingsEntry(
        path: stack.map(\.name), value: open.lines.joined(separator: "\n").trimmed,
        line: open.line))
  }

  private mutating func node(_ text: Substring, _ indent: Int, _ number: Int) {
    if text == "-" || text.hasPrefix("- ") {
      stack.removeAll { $0.indent > indent || $0.indent == indent && Int($0.name) != nil }
      let parent = stack.map(\.name).joined(separator: "\u{1f}")
      let count = counts[parent, default: 0]
      counts[parent] = count + 1
      stack.append((indent, String(count)))
      let rest = text.dropFirst().drop { $0 == " " }
      if !rest.isEmpty { node(rest, indent + text.count - rest.count, number) }
      return
    }
    guard let (key, value) = pair(text) else {
      entries.append(
        SettingsEntry(
          path: stack.map(\.name), value: SettingsText.scalar(String(text)), line: number))
      return
    }
    stack.removeAll { $0.indent >= indent && !(Int($0.name) != nil && $0.indent < indent) }
    stack.append((indent, key))
    put(value, indent, number)
  }

  private mutating func put(_ value: String, _ indent: Int, _ number: Int) {
    if value.isEmpty { return }
    if value.hasPrefix("|") || value.hasPrefix(">") {
      block = (indent, number, [])
    } else if value.hasPrefix("["), value.hasSuffix("]") {
      for (index, item) in value.dropFirst().dropLast().split(separator: ",").enumerated() {
        entries.append(
          SettingsEntry(
            path: stack.map(\.name) + [String(index)], value: SettingsText.scalar(item.trimmed),
            line: number))
      }
    } else {
      entries.append(
        SettingsEntry(
          path: stack.map(\.name), value: SettingsText.scalar(value), line: number))
    }
  }

  /// `key: value` with a plain or quoted key.
  private func pair(_ text: Substring) -> (key: String, value: String)? {
    if let quote = text.first, quote == "\"" || quote == "'" {
      let inner = text.dropFirst()
      guard let close = inner.firstIndex(of: quote) else { return nil }
      let rest = inner[inner.index(after: close)...]
      return rest.hasPrefix(":") ? (String(inner[..<close]), rest.dropFirst().trimmed) : nil
    }
    var search = text.startIndex
    while let colon = text[search...].firstIndex(of: ":") {
      let after = text.index(after: colon)
      if after == text.endIndex || text[after] == " " {
        return (text[..<colon].trimmed, text[after...].trimmed)
      }
      search = after
    }
    return nil
  }
}
