import KairosJSON
import KairosModel

/// What a project's settings tell agent programs: hooks that run, tools that may not be used,
/// servers that are at hand.
struct AgentSettings: WorkspaceRule {
  let name = "agent-settings"

  func observations(in workspace: Workspace, context: ExtractContext) -> [Observation] {
    let facts = WorkspaceFacts(rule: name, workspace: workspace, context: context)
    return settings(workspace, facts) + servers(workspace, facts)
  }

  // MARK: Hooks and permissions

  private func settings(_ workspace: Workspace, _ facts: WorkspaceFacts) -> [Observation] {
    guard let file = workspace.file(".claude/settings.json"), let text = file.text,
      let root = try? JSONDocument.parse(text).root
    else { return [] }
    var found = Self.hooks(root["hooks"]).compactMap { command, events -> Observation? in
      let list = events.map { "`\($0)`" }.joined(separator: ", ")
      return said(
        "Claude Code hooks of the project run `\(command)` on \(list)", kind: .environment,
        value: command, in: file, facts)
    }
    let denied = (root["permissions"]?["deny"]?.elements ?? []).compactMap(\.string)
    if !denied.isEmpty {
      let list = denied.prefix(8).map { "`\($0)`" }.joined(separator: ", ")
      let more = denied.count > 8 ? " and \(denied.count - 8) more" : ""
      found += [
        said(
          "Claude Code is denied \(list)\(more) in this project", kind: .convention,
          value: denied.joined(separator: " "), in: file, facts)
      ].compactMap { $0 }
    }
    return found
  }

  /// Commands with the events on which they run. Commands that differ in their last word only are
  /// one: `tool hooks stop` and `tool hooks start` are `tool hooks …`.
  private static func hooks(_ hooks: JSONValue?) -> [(command: String, events: [String])] {
    var found: [(command: String, events: [String])] = []
    for (event, groups) in hooks?.members ?? [] {
      for hook in groups.elements.flatMap({ $0["hooks"]?.elements ?? [] }) {
        guard let raw = hook["command"]?.string, !raw.contains("`"), raw.count <= 160 else {
          continue
        }
        let command = projectRelative(raw)
        let head = head(of: command)
        if let at = found.firstIndex(where: {
          $0.command == command || self.head(of: $0.command) == head
        }) {
          if found[at].command != command { found[at].command = head + " …" }
          if !found[at].events.contains(event) { found[at].events.append(event) }
        } else {
          found.append((command, [event]))
        }
      }
    }
    return found
  }

  /// All words but the last of a command with arguments.
  private static func head(of command: String) -> String {
    let words = command.split(separator: " ")
    return words.count > 2 ? words.dropLast().joined(separator: " ") : command
  }

  private static func projectRelative(_ command: String) -> String {
    var text = command
    for place in ["\"$CLAUDE_PROJECT_DIR\"/", "${CLAUDE_PROJECT_DIR}/", "$CLAUDE_PROJECT_DIR/"] {
      text = text.replacing(place, with: "")
    }
    return text.filter { $0 != "\"" }
  }

  private func said(
    _ text: String, kind: FactKind, value: String, in file: Workspace.File,
    _ facts: WorkspaceFacts
  ) -> Observation? {
    let statement = "\(text) (`\(file.path)`)."
    guard statement.count <= 240 else { return nil }
    return facts.stated(
      in: file, lines: nil, kind: kind, subject: "path:" + file.path, predicate: "workflow.agent",
      value: value, statement: statement, quote: text)
  }

  // MARK: Servers

  private func servers(_ workspace: Workspace, _ facts: WorkspaceFacts) -> [Observation] {
    [".mcp.json", ".cursor/mcp.json", ".vscode/mcp.json"].compactMap { path in
      guard let file = workspace.file(path), let text = file.text,
        let root = try? JSONDocument.parse(text).root
      else { return nil }
      let names = (root["mcpServers"] ?? root["servers"])?.members.map(\.key) ?? []
      guard !names.isEmpty else { return nil }
      return facts.stated(
        in: file, lines: nil, kind: .tool, predicate: "tool.mcp-server",
        value: names.joined(separator: " "),
        statement:
          "MCP servers of the project (`\(path)`): "
          + names.map { "`\($0)`" }.joined(separator: ", ") + ".",
        quote: names.joined(separator: " "))
    }
  }
}
