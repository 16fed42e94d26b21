/// Every rule over sessions, in the order of reading.
enum SessionRules {
  static let all: [any SessionRule] = [
    CommandOutcomes(), SeenVersions(), PathChanges(), IdentifierRenames(), ErrorFix(),
    HumanDirectives(),
    Corrections(),
    AnsweredQuestions(),
    Denials(),
    AssistantStatements(),
  ]
}

/// Every rule over workspace states.
enum WorkspaceRules {
  static let all: [any WorkspaceRule] = [
    TaskRunners(), EcosystemCommands(), ToolVersions(), Toolchain(), DeclaredTools(), Libraries(),
    Dependencies(), ModuleIdentity(), ProjectPurpose(), Workflows(), GitHooks(), AgentSettings(),
    LinterMessages(), IgnoredPaths(), CodeStyle(), EnvironmentVariables(), Licence(), Layout(),
    PackagePurpose(), InstructionDocuments(), DocumentCommands(), ReasonComments(),
  ]
}
