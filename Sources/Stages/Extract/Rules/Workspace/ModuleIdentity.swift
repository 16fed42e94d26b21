import KairosJSON
import KairosModel

/// The name under which the project's package or module is known to its ecosystem.
struct ModuleIdentity: WorkspaceRule {
  let name = "module-identity"

  func observations(in workspace: Workspace, context: ExtractContext) -> [Observation] {
    let facts = WorkspaceFacts(rule: name, workspace: workspace, context: context)
    var found: [Observation] = []
    func add(
      _ file: Workspace.File, _ ecosystem: String, _ what: String, _ value: String, line: Int
    ) {
      found.append(
        facts.stated(
          in: file, lines: line...line, kind: .dependency, predicate: "module." + ecosystem,
          value: value, statement: "\(what) is `\(value)` (`\(file.path)`).", quote: value))
    }
    if let file = workspace.file("go.mod"),
      let line = file.text?.split(separator: "\n").first(where: { $0.hasPrefix("module ") })
    {
      add(file, "go", "The Go module path", line.dropFirst(7).trimmed, line: 1)
    }
    if let file = workspace.file("package.json"), let text = file.text,
      let name = try? JSONDocument.parse(text).root["name"]?.string
    {
      add(file, "npm", "The npm package name", name, line: JSONMembers.line(of: ["name"], in: text))
    }
    for (path, table, ecosystem, what) in [
      ("Cargo.toml", "package", "cargo", "The crate name"),
      ("pyproject.toml", "project", "pypi", "The Python package name"),
    ] {
      guard let file = workspace.file(path), let text = file.text else { continue }
      if let entry = SettingsText.toml(text).first(where: { $0.path == [table, "name"] }) {
        add(file, ecosystem, what, entry.value, line: entry.line)
      }
    }
    return found + released(workspace, facts) + commands(workspace, facts)
  }

  /// The version under which the package was released last.
  private func released(_ workspace: Workspace, _ facts: WorkspaceFacts) -> [Observation] {
    var found: [(file: Workspace.File, version: String, line: Int)] = []
    if let file = workspace.file("package.json"), let text = file.text,
      let root = try? JSONDocument.parse(text).root, let version = root["version"]?.string
    {
      found.append((file, version, JSONMembers.line(of: ["version"], in: text)))
    }
    for (path, table) in [("Cargo.toml", "package"), ("pyproject.toml", "project")] {
      guard let file = workspace.file(path), let text = file.text,
        let entry = SettingsText.toml(text).first(where: { $0.path == [table, "version"] })
      else { continue }
      found.append((file, entry.value, entry.line))
    }
    // 0.0.0 stands for packages that are never released.
    return found.filter { $0.version.first?.isNumber == true && $0.version != "0.0.0" }.map { one in
      facts.stated(
        in: one.file, lines: one.line...one.line, kind: .version, predicate: "version.package",
        value: one.version,
        statement: "The package's version is \(one.version) (`\(one.file.path)`).",
        quote: one.version)
    }
  }

  /// Commands that the package installs, with the code that they start.
  private func commands(_ workspace: Workspace, _ facts: WorkspaceFacts) -> [Observation] {
    var found: [(file: Workspace.File, command: String, target: String, line: Int)] = []
    if let file = workspace.file("pyproject.toml"), let text = file.text {
      for entry in SettingsText.toml(text)
      where entry.path.count == 3 && entry.path.starts(with: ["project", "scripts"]) {
        found.append((file, entry.key, entry.value, entry.line))
      }
    }
    if let file = workspace.file("package.json"), let text = file.text,
      let root = try? JSONDocument.parse(text).root
    {
      for (command, target) in root["bin"]?.members ?? [] {
        let line = JSONMembers.line(of: ["bin", command], in: text)
        if let target = target.string { found.append((file, command, target, line)) }
      }
    }
    return found.prefix(6).map { one in
      facts.stated(
        in: one.file, lines: one.line...one.line, kind: .layout, subject: "command:" + one.command,
        predicate: "layout", value: one.target,
        statement: "The command `\(one.command)` starts `\(one.target)` (`\(one.file.path)`).",
        quote: one.command + " " + one.target)
    }
  }
}
