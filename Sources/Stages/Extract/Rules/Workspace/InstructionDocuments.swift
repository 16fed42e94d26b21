import KairosModel

/// Rules and descriptions that people wrote down for agents and contributors.
///
/// Prose is stale more often than not, so nothing here counts by itself: every statement carries
/// the names that it uses, and the tree must have all of them.
struct InstructionDocuments: WorkspaceRule {
  let name = "instruction-documents"

  /// At most so many statements of one file, in its order.
  private static let instructionsMax = 160
  private static let documentMax = 15

  func observations(in workspace: Workspace, context: ExtractContext) -> [Observation] {
    let facts = WorkspaceFacts(rule: name, workspace: workspace, context: context)
    let writer = DocumentStatements(entities: EntityReader(index: WorkspaceIndex(workspace)))
    var found: [Observation] = []
    for file in workspace.files {
      guard let text = file.text, !Self.isPersona(file.path),
        file.kind == .instructions || Self.isRead(file)
      else { continue }
      let limit = file.kind == .instructions ? Self.instructionsMax : Self.documentMax
      let statements = writer.statements(
        in: DocumentOutline(text), folder: Self.folder(of: file),
        isInstructions: file.kind == .instructions)
      found += statements.prefix(limit).map { statement in
        facts.written(
          in: file, lines: statement.lines, kind: statement.kind, subject: statement.subject,
          predicate: statement.predicate, value: statement.value, statement: statement.text,
          modality: statement.modality, polarity: statement.polarity,
          mentions: statement.mentions)
      }
    }
    return found
  }

  /// Prompts for sub-agents, slash commands and skills address a role for one job, not everybody
  /// who works on the project.
  private static func isPersona(_ path: String) -> Bool {
    let folders = ["agents/", "commands/", "skills/", "prompts/", "chatmodes/", "output-styles/"]
    return path.hasPrefix(".") && folders.contains { path.contains("/" + $0) }
  }

  private static func folder(of file: Workspace.File) -> String {
    file.path.split(separator: "/").dropLast().joined(separator: "/")
  }

  /// Documents about working on the project; not history, law, or pages for its end users.
  private static func isRead(_ file: Workspace.File) -> Bool {
    guard file.kind == .document else { return false }
    let name = file.path.split(separator: "/").last.map { $0.lowercased() } ?? ""
    let skipped = [
      "changelog", "license", "code_of_conduct", "security", "history", "releases", "authors",
      "notice", "governance", "roadmap", "todo",
    ]
    if skipped.contains(where: { name.hasPrefix($0) }) { return false }
    let foreign = ["testdata/", "fixtures/", "vendor/", "node_modules/", "examples/", "plans/"]
    return !foreign.contains { file.path.contains($0) }
  }
}
