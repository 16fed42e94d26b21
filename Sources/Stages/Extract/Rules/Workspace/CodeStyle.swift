import KairosJSON
import KairosModel

/// How code is set: line length, indentation, quotes, as formatters and editors are told.
struct CodeStyle: WorkspaceRule {
  let name = "code-style"

  /// One rule of style with its place.
  private struct Setting {
    let key: String
    let value: String
    let sentence: String
    let file: Workspace.File
    let line: Int
  }

  func observations(in workspace: Workspace, context: ExtractContext) -> [Observation] {
    let facts = WorkspaceFacts(rule: name, workspace: workspace, context: context)
    var seen: Set<String> = []
    return settings(workspace).filter { seen.insert($0.key).inserted }.map { setting in
      facts.stated(
        in: setting.file, lines: setting.line...setting.line, kind: .convention,
        predicate: "setting." + setting.key, value: setting.value,
        statement: "\(setting.sentence) (`\(setting.file.path)`).",
        quote: "\(setting.key) \(setting.value)")
    }
  }

  /// Formatters first: what they are told is what happens.
  private func settings(_ workspace: Workspace) -> [Setting] {
    let readers: [(String, (Workspace.File, String) -> [Setting])] = [
      ("pyproject.toml", python), ("ruff.toml", ruff), (".ruff.toml", ruff),
      ("rustfmt.toml", rustfmt), (".rustfmt.toml", rustfmt), (".swift-format", swiftFormat),
      (".prettierrc", prettier), (".prettierrc.json", prettier), ("biome.json", biome),
      (".clang-format", clang), (".editorconfig", editor),
      ("tsconfig.json", typescript),
    ]
    return readers.flatMap { path, read -> [Setting] in
      guard let file = workspace.file(path), let text = file.text else { return [] }
      return read(file, text)
    }
  }

  private func length(_ value: String, _ file: Workspace.File, _ line: Int) -> [Setting] {
    guard Int(value) != nil else { return [] }
    return [
      Setting(
        key: "line-length", value: value, sentence: "Lines are at most \(value) characters long",
        file: file, line: line)
    ]
  }

  private func indent(
    _ width: String?, tabs: Bool, _ file: Workspace.File, _ line: Int
  ) -> [Setting] {
    if tabs {
      return [
        Setting(
          key: "indentation", value: "tab", sentence: "Code is indented with tabs", file: file,
          line: line)
      ]
    }
    guard let width, Int(width) != nil else { return [] }
    return [
      Setting(
        key: "indentation", value: width, sentence: "Code is indented with \(width) spaces",
        file: file, line: line)
    ]
  }

  private func python(_ file: Workspace.File, _ text: String) -> [Setting] {
    SettingsText.toml(text).flatMap { entry -> [Setting] in
      let isLength = ["line-length", "line_length"].contains(entry.key)
      guard isLength, entry.path.first == "tool", entry.path.count == 3 else { return [] }
      return length(entry.value, file, entry.line)
    }
  }

  private func ruff(_ file: Workspace.File, _ text: String) -> [Setting] {
    SettingsText.toml(text).filter { $0.path == ["line-length"] }
      .flatMap { length($0.value, file, $0.line) }
  }

  private func rustfmt(_ file: Workspace.File, _ text: String) -> [Setting] {
    SettingsText.toml(text).flatMap { entry -> [Setting] in
      switch entry.path {
      case ["max_width"]: length(entry.value, file, entry.line)
      case ["tab_spaces"]: indent(entry.value, tabs: false, file, entry.line)
      case ["hard_tabs"] where entry.value == "true": indent(nil, tabs: true, file, entry.line)
      default: []
      }
    }
  }

  private func swiftFormat(_ file: Workspace.File, _ text: String) -> [Setting] {
    guard let root = try? JSONDocument.parse(text).root else { return [] }
    let width = root["lineLength"]?.numberText.map { length($0, file, 1) } ?? []
    return width + indent(root["indentation"]?["spaces"]?.numberText, tabs: false, file, 1)
  }

  /// Settings with comments and trailing commas, so by its text.
  private func typescript(_ file: Workspace.File, _ text: String) -> [Setting] {
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      let plain = line.filter { !$0.isWhitespace }
      guard plain.hasPrefix("\"strict\":true") else { continue }
      return [
        Setting(
          key: "typescript-strict", value: "true",
          sentence: "TypeScript is compiled in strict mode", file: file, line: index + 1)
      ]
    }
    return []
  }

  private func prettier(_ file: Workspace.File, _ text: String) -> [Setting] {
    guard let root = try? JSONDocument.parse(text).root else { return [] }
    var found = root["printWidth"]?.numberText.map { length($0, file, 1) } ?? []
    found += indent(
      root["tabWidth"]?.numberText, tabs: root["useTabs"]?.bool == true, file, 1)
    var style: [String] = []
    if let single = root["singleQuote"]?.bool {
      style.append(single ? "single quotes" : "double quotes")
    }
    if let semicolons = root["semi"]?.bool {
      style.append(semicolons ? "semicolons" : "no semicolons")
    }
    if !style.isEmpty {
      let text = style.joined(separator: " and ")
      found.append(
        Setting(
          key: "quotes", value: text, sentence: "Prettier is set to \(text)", file: file, line: 1))
    }
    return found
  }

  private func biome(_ file: Workspace.File, _ text: String) -> [Setting] {
    guard let formatter = try? JSONDocument.parse(text).root["formatter"] else { return [] }
    return (formatter["lineWidth"]?.numberText.map { length($0, file, 1) } ?? [])
      + indent(
        formatter["indentWidth"]?.numberText, tabs: formatter["indentStyle"]?.string == "tab", file,
        1)
  }

  private func clang(_ file: Workspace.File, _ text: String) -> [Setting] {
    SettingsText.yaml(text).flatMap { entry -> [Setting] in
      switch entry.path {
      case ["ColumnLimit"]: length(entry.value, file, entry.line)
      case ["IndentWidth"]: indent(entry.value, tabs: false, file, entry.line)
      default: []
      }
    }
  }

  /// The section for all files.
  private func editor(_ file: Workspace.File, _ text: String) -> [Setting] {
    var section = ""
    var found: [Setting] = []
    var tabs = false
    for (index, raw) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let line = raw.trimmed
      if line.hasPrefix("[") { section = line }
      guard section == "[*]", let equals = line.firstIndex(of: "=") else { continue }
      let key = line[..<equals].trimmed
      let value = line[line.index(after: equals)...].trimmed
      switch key {
      case "indent_style":
        tabs = value == "tab"
        if tabs { found += indent(nil, tabs: true, file, index + 1) }
      case "indent_size" where !tabs: found += indent(value, tabs: false, file, index + 1)
      case "max_line_length": found += length(value, file, index + 1)
      default: continue
      }
    }
    return found
  }
}
