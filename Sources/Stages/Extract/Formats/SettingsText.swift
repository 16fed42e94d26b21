/// One `key = value` of a settings file, with its table or parent path and its line.
struct SettingsEntry: Equatable {
  /// Names from the outside in (`tasks`, `test:ci`, `run`).
  let path: [String]
  let value: String
  /// 1-based.
  let line: Int

  var key: String { path.last ?? "" }
}

/// Tolerant readers of TOML and YAML that keep only what rules ask for: scalar values by path.
///
/// They accept more than the grammars do, so a file with an error still tells the rest.
enum SettingsText {
  // MARK: TOML

  static func toml(_ text: String) -> [SettingsEntry] {
    var entries: [SettingsEntry] = []
    var table: [String] = []
    var open: (path: [String], quote: String, line: Int, lines: [Substring])?
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      if var current = open {
        if let end = line.firstRange(of: current.quote) {
          current.lines.append(line[..<end.lowerBound])
          entries.append(
            SettingsEntry(
              path: current.path, value: current.lines.joined(separator: "\n").trimmed,
              line: current.line))
          open = nil
        } else {
          current.lines.append(line)
          open = current
        }
        continue
      }
      let trimmed = line.trimmed
      if trimmed.isEmpty || trimmed.hasPrefix("#") { continue }
      if trimmed.hasPrefix("[") {
        table = keys(trimmed.drop { $0 == "[" }.prefix { $0 != "]" })
        // `[[x]]` counts as x; a key with a bracket inside quotes is not used by any tool.
        continue
      }
      guard let equals = separator("=", in: trimmed[...]) else { continue }
      let path = table + keys(trimmed[..<equals])
      let value = trimmed[trimmed.index(after: equals)...].trimmed
      let quote = value.hasPrefix("\"\"\"") ? "\"\"\"" : value.hasPrefix("'''") ? "'''" : nil
      if let quote, value.dropFirst(3).firstRange(of: quote) == nil {
        open = (path, quote, index + 1, [value.dropFirst(3)])
      } else {
        entries += inline(path, value, line: index + 1)
      }
    }
    return entries
  }

  /// A scalar, or the members of an inline table.
  private static func inline(_ path: [String], _ value: String, line: Int) -> [SettingsEntry] {
    guard value.hasPrefix("{"), value.hasSuffix("}") else {
      return [SettingsEntry(path: path, value: scalar(value), line: line)]
    }
    var entries: [SettingsEntry] = []
    for member in split(value.dropFirst().dropLast()) {
      guard let equals = separator("=", in: member) else { continue }
      entries.append(
        SettingsEntry(
          path: path + keys(member[..<equals]),
          value: scalar(member[member.index(after: equals)...].trimmed), line: line))
    }
    return entries
  }

  /// Dotted keys with quoted parts.
  private static func keys(_ text: some StringProtocol) -> [String] {
    var parts: [String] = []
    var current = ""
    var quote: Character?
    for character in text {
      if character == quote {
        quote = nil
      } else if quote == nil, character == "\"" || character == "'" {
        quote = character
      } else if quote == nil, character == "." {
        parts.append(current.trimmed)
        current = ""
      } else {
        current.append(character)
      }
    }
    return (parts + [current.trimmed]).filter { !$0.isEmpty }
  }

  /// The first `mark` outside of quotes.
  private static func separator(_ mark: Character, in text: Substring) -> Substring.Index? {
    var quote: Character?
    for index in text.indices {
      let character = text[index]
      if character == quote {
        quote = nil
      } else if quote == nil, character == "\"" || character == "'" {
        quote = character
      } else if quote == nil, character == mark {
        return index
      }
    }
    return nil
  }

  /// Parts between commas outside of quotes and brackets.
  private static func split(_ text: Substring) -> [Substring] {
    var parts: [Substring] = []
    var start = text.startIndex
    var depth = 0
    var quote: Character?
    for index in text.indices {
      let character = text[index]
      if character == quote {
        quote = nil
      } else if quote != nil {
        continue
      } else if character == "\"" || character == "'" {
        quote = character
      } else if "[{".contains(character) {
        depth += 1
      } else if "]}".contains(character) {
        depth -= 1
      } else if character == ",", depth == 0 {
        parts.append(text[start..<index])
        start = text.index(after: index)
      }
    }
    return parts + [text[start...]]
  }

  /// The value without quotes and without a trailing comment.
  static func scalar(_ text: String) -> String {
    for quote in ["\"\"\"", "'''", "\"", "'"] where text.hasPrefix(quote) {
      let inner = text.dropFirst(quote.count)
      if let close = inner.firstRange(of: quote) { return String(inner[..<close.lowerBound]) }
    }
    return (text.firstRange(of: " #").map { String(text[..<$0.lowerBound]) } ?? text).trimmed
  }

  // MARK: YAML

  /// Scalars by path; items of a list have their number as a part of the path.
  static func yaml(_ text: String) -> [SettingsEntry] {
    var reader = YAMLReader()
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      reader.read(line.last == "\r" ? line.dropLast() : line, index + 1)
    }
    return reader.finish()
  }
}
