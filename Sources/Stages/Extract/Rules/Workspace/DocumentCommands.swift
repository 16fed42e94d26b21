import KairosModel

/// Command lines in the code blocks of documents about working on the project.
///
/// A task that no task runner of the tree knows is stale prose and is left out. Several commands
/// in a block under a heading that says when ("Before every commit") are a workflow.
struct DocumentCommands: WorkspaceRule {
  let name = "document-commands"

  func observations(in workspace: Workspace, context: ExtractContext) -> [Observation] {
    let facts = WorkspaceFacts(rule: name, workspace: workspace, context: context)
    let index = WorkspaceIndex(workspace)
    var found: [Observation] = []
    var seen: Set<String> = []
    for file in workspace.files where file.kind == .instructions || Self.isContributing(file) {
      for block in DocumentOutline(file.text ?? "").blocks {
        guard case .code(let language) = block.kind,
          ["", "bash", "sh", "shell", "zsh", "console"].contains(language),
          let heading = block.headings.last
        else { continue }
        let commands = block.text.split(separator: "\n").compactMap { Self.command($0, index) }
        if let workflow = Self.workflow(commands, heading) {
          found.append(
            facts.written(
              in: file, lines: block.lines, kind: .workflow,
              subject: "topic:" + heading.lowercased(),
              predicate: "rule", value: commands.map(\.line).joined(separator: " && "),
              statement: workflow, modality: .obligation,
              mentions: Self.mentions(commands.map(\.line))))
        }
        for command in commands where seen.insert(command.line).inserted {
          guard let statement = Self.statement(command, heading, isAlone: commands.count == 1)
          else { continue }
          found.append(
            facts.written(
              in: file, lines: block.lines, kind: .command, subject: "project",
              predicate: "command." + (CommandLine.parse(command.line).first?.role ?? .task).rawValue,
              value: command.line, statement: statement, mentions: Self.mentions([command.line])))
        }
      }
    }
    return found
  }

  private static func isContributing(_ file: Workspace.File) -> Bool {
    guard file.kind == .document else { return false }
    let name = file.path.split(separator: "/").last?.lowercased() ?? ""
    return ["contributing", "readme", "development", "developing", "hacking", "testing"]
      .contains { name.hasPrefix($0) } && file.path.split(separator: "/").count <= 2
  }

  private typealias Command = (line: String, comment: String?)

  /// One line of a shell block: a project command with its comment; placeholders and set-up lines
  /// of one machine are none.
  private static func command(_ line: Substring, _ index: WorkspaceIndex) -> Command? {
    var text = line.trimmed
    if text.hasPrefix("$ ") { text = String(text.dropFirst(2)) }
    let comment = text.firstRange(of: " #").map { text[$0.upperBound...].trimmed }
    if let mark = text.firstRange(of: " #") { text = text[..<mark.lowerBound].trimmed }
    guard !text.hasPrefix("#"), !text.contains(where: { "<>|$\\`\"'(".contains($0) }),
      !text.contains(" && "), text.count <= 80,
      let program = text.split(separator: " ").first.map(String.init),
      ProgramTable.isProjectTool(program), text.contains(" ") || program.hasPrefix("./")
    else { return nil }
    guard index.verify(Mention(kind: .command, name: text)) != nil else { return nil }
    return (text, comment)
  }

  private static func workflow(_ commands: [Command], _ heading: String) -> String? {
    let when = heading.lowercased()
    guard (2...5).contains(commands.count),
      ["before", "after", "when", "pre-", "every", "releas", "to add", "adding"]
        .contains(where: { when.hasPrefix($0) })
    else { return nil }
    let list = commands.map { "`\($0.line)`" }
    let steps = list.dropLast().joined(separator: ", ") + " and " + (list.last ?? "")
    let plain = heading.split(separator: "(").first.map { String($0).trimmed } ?? heading
    let first = plain.prefix(1) + plain.dropFirst().lowercased()
    let statement = "\(first), run \(steps)."
    return statement.count <= 240 ? statement : nil
  }

  private static func statement(_ command: Command, _ heading: String, isAlone: Bool) -> String? {
    if let comment = command.comment, comment.count > 3 {
      let text = comment.hasSuffix(".") ? String(comment.dropLast()) : comment
      return "`\(command.line)`: \(DocumentStatements.lowered(text))."
    }
    guard isAlone, heading.split(separator: " ").count <= 8 else { return nil }
    return "\(heading): `\(command.line)`."
  }

  private static func mentions(_ lines: [String]) -> [Mention] {
    lines.map { Mention(kind: .command, name: $0) }.sorted()
  }
}
