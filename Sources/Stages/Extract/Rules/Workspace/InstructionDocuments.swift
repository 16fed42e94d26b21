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
    let index = WorkspaceIndex(workspace)
    let tree = TreeNames(workspace, index: index, tasks: TaskRunners.tasks(workspace))
    var found: [Written] = []
    for file in workspace.files {
      guard let text = file.text, let audience = Self.audience(file) else { continue }
      let writer = DocumentStatements(
        entities: EntityReader(index: index), tree: tree,
        paths: DocumentPaths(index: index, folder: Self.folder(of: file)), audience: audience,
        topic: Self.topic(of: file))
      let limit = audience == .agents ? Self.instructionsMax : Self.documentMax
      found += writer.statements(in: DocumentOutline(text)).prefix(limit).map { statement in
        Written(
          audience: audience, isRestating: statement.isRestating,
          observation: facts.written(
            in: file, lines: statement.lines, kind: statement.kind, subject: statement.subject,
            predicate: statement.predicate, value: statement.value, statement: statement.text,
            modality: statement.modality, polarity: statement.polarity,
            mentions: statement.mentions))
      }
    }
    return Self.withOnePurpose(found, documented: PackagePurpose().subjects(in: workspace))
  }

  /// A statement with the audience of its document.
  private struct Written {
    let audience: DocumentStatements.Audience
    let isRestating: Bool
    let observation: Observation
  }

  /// A thing has one purpose: what agents are told wins, then the comment in its code. One that
  /// only restates the name keeps others from taking its place, and is dropped.
  private static func withOnePurpose(
    _ found: [Written], documented: Set<String>
  ) -> [Observation] {
    let purposes = found.filter { $0.observation.slot.predicate == "purpose" }
    var best: [String: DocumentStatements.Audience] = [:]
    for one in purposes {
      let subject = one.observation.slot.subject
      best[subject] = min(best[subject] ?? one.audience, one.audience)
    }
    var taken: Set<String> = []
    return found.filter { one in
      let slot = one.observation.slot
      guard slot.predicate == "purpose", slot.subject.hasPrefix("path:") else { return true }
      if one.audience != .agents, documented.contains(slot.subject) { return false }
      return one.audience == best[slot.subject] && taken.insert(slot.subject).inserted
    }.filter { !$0.isRestating }.map(\.observation)
  }

  /// Whom the file addresses; `nil` when it is not about the work on this project.
  private static func audience(_ file: Workspace.File) -> DocumentStatements.Audience? {
    if file.kind == .instructions {
      return isPersona(file.path) || isOthers(file.path) ? nil : .agents
    }
    guard DocumentSections.isRead(file), !DocumentHistory.isHistory(file) else { return nil }
    return DocumentSections.isDevelopers(file.path) ? .developers : .everybody
  }

  /// Prompts for sub-agents, slash commands and skills address a role for one job, not everybody
  /// who works on the project.
  private static func isPersona(_ path: String) -> Bool {
    let folders = ["agents/", "commands/", "skills/", "prompts/", "chatmodes/", "output-styles/"]
    return path.hasPrefix(".") && folders.contains { path.contains("/" + $0) }
  }

  /// Whether the file instructs agents that work on something else: another project's tree inside
  /// this one, or data that tests read.
  private static func isOthers(_ path: String) -> Bool {
    path.lowercased().split(separator: "/").dropLast().contains { otherFolders.contains($0) }
  }

  private static let otherFolders: Set<Substring> = [
    "testdata", "fixtures", "__fixtures__", "external", "externals", "extern", "subprojects",
    "submodules", "deps", "third-party", "examples", "templates",
  ]

  private static func topic(of file: Workspace.File) -> String {
    let name = file.path.split(separator: "/").last ?? ""
    return String(name.prefix { $0 != "." })
  }

  private static func folder(of file: Workspace.File) -> String {
    file.path.split(separator: "/").dropLast().joined(separator: "/")
  }
}
