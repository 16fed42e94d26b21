/// Every rule over sessions, in the order of reading.
enum SessionRules {
  static let all: [any SessionRule] = [
    CommandOutcomes(), PathChanges(), ErrorFix(),
    HumanDirectives(),
    AnsweredQuestions(),
    Denials(),
    AssistantStatements(),
  ]
}

/// Every rule over workspace states.
enum WorkspaceRules {
  static let all: [any WorkspaceRule] = [
    TaskRunners(), ToolVersions(), Toolchain(), Dependencies(), ModuleIdentity(), Workflows(),
    LinterMessages(), IgnoredPaths(), PackagePurpose(), InstructionDocuments(), DocumentCommands(),
  ]
}
