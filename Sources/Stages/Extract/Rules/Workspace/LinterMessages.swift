import KairosModel

/// What a linter's settings forbid or require with a message of the project's own.
struct LinterMessages: WorkspaceRule {
  let name = "linter-messages"

  /// A message with what it is about.
  private struct Rule {
    let message: String
    /// The thing it is about, as the settings name it.
    let thing: String?
    let line: Int
  }

  func observations(in workspace: Workspace, context: ExtractContext) -> [Observation] {
    let facts = WorkspaceFacts(rule: name, workspace: workspace, context: context)
    var found: [Observation] = []
    for file in workspace.files where file.kind == .manifest {
      guard let text = file.text, let linter = Self.linter(file.path) else { continue }
      let rules: [Rule]
      switch linter {
      case "golangci-lint", "SwiftLint": rules = Self.yaml(text)
      case "Clippy", "Ruff": rules = Self.toml(text)
      default: rules = Self.script(text)
      }
      found += rules.map { observation($0, linter, in: file, facts) }
    }
    return found
  }

  private static func linter(_ path: String) -> String? {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    if name.hasPrefix(".golangci") { return "golangci-lint" }
    if name.contains("eslint") { return "ESLint" }
    if name == ".swiftlint.yml" { return "SwiftLint" }
    if name.hasSuffix("clippy.toml") { return "Clippy" }
    return ["pyproject.toml", "ruff.toml", ".ruff.toml"].contains(name) ? "Ruff" : nil
  }

  /// `forbid: [{pattern, msg}]`, `deny: [{pkg, desc}]`, custom rules with `message`.
  private static func yaml(_ text: String) -> [Rule] {
    let entries = SettingsText.yaml(text)
    return entries.compactMap { entry in
      guard ["msg", "desc", "message"].contains(entry.key), entry.path.count >= 3 else {
        return nil
      }
      let siblings = entries.filter { $0.path.dropLast() == entry.path.dropLast() }
      let thing = siblings.first { ["pattern", "p", "pkg", "name"].contains($0.key) }?.value
      return Rule(message: entry.value, thing: thing.flatMap(plain), line: entry.line)
    }
  }

  /// `disallowed-methods = [{ path, reason }]`, `banned-api."x".msg`.
  private static func toml(_ text: String) -> [Rule] {
    var rules = SettingsText.toml(text).compactMap { entry -> Rule? in
      guard entry.key == "msg", let at = entry.path.firstIndex(of: "banned-api") else { return nil }
      let thing = entry.path[(at + 1)...].dropLast().joined(separator: ".")
      return Rule(message: entry.value, thing: thing, line: entry.line)
    }
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      if let reason = value(of: "reason", in: line), let path = value(of: "path", in: line) {
        rules.append(Rule(message: reason, thing: path, line: index + 1))
      }
    }
    return rules
  }

  /// `{ name: 'x', message: '…' }` on one line or on neighbouring ones.
  private static func script(_ text: String) -> [Rule] {
    var thing: String?
    var rules: [Rule] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      for key in ["name", "property", "object"] {
        if let name = value(of: key, in: line) { thing = name }
      }
      if line.contains("selector") { thing = nil }
      guard let message = value(of: "message", in: line) else { continue }
      rules.append(Rule(message: message, thing: thing, line: index + 1))
      thing = nil
    }
    return rules
  }

  /// The quoted text after `key` and a colon or equals sign.
  private static func value(of key: String, in line: Substring) -> String? {
    guard let found = line.firstRange(of: key) else { return nil }
    let rest = line[found.upperBound...].drop { "\"' ".contains($0) }
    guard let mark = rest.first, ":=".contains(mark) else { return nil }
    let value = rest.dropFirst().drop { $0 == " " }
    guard let quote = value.first, "'\"`".contains(quote) else { return nil }
    let text = value.dropFirst().prefix { $0 != quote }
    return text.isEmpty ? nil : String(text)
  }

  /// A pattern without the marks of regular expressions; `nil` when it is more than a name.
  private static func plain(_ pattern: String) -> String? {
    var text = pattern.filter { !"^$\\()?".contains($0) }
    if text.hasPrefix(".*.") { text = String(text.dropFirst(3)) }
    let isName = text.allSatisfy { $0.isLetter || $0.isNumber || "._/-".contains($0) }
    return isName && text.count >= 3 ? text : nil
  }

  private func observation(
    _ rule: Rule, _ linter: String, in file: Workspace.File, _ facts: WorkspaceFacts
  ) -> Observation {
    let text = rule.message.hasSuffix(".") ? String(rule.message.dropLast()) : rule.message
    let names = rule.thing.map { thing in
      let last = thing.split { ".:/".contains($0) }.last.map(String.init) ?? thing
      return text.contains(last)
    }
    let isNamed = names ?? true
    let start = isNamed ? text : "Do not use `\(rule.thing ?? "")`: \(text)"
    return facts.stated(
      in: file, lines: rule.line...rule.line, kind: .convention,
      subject: rule.thing.map { "symbol:" + $0 } ?? "path:" + file.path, predicate: "rule",
      value: StatementKey.value(ofSentence: text),
      statement: "\(start) (enforced by \(linter) in `\(file.path)`).", quote: rule.message)
  }
}
