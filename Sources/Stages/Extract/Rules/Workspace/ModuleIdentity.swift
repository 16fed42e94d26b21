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
      add(file, "npm", "The npm package name", name, line: 1)
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
    return found
  }
}
