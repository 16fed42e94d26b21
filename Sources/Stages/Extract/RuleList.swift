/// Every rule over sessions, in the order of reading.
enum SessionRules {
  static let all: [any SessionRule] = []
}

/// Every rule over workspace states.
enum WorkspaceRules {
  static let all: [any WorkspaceRule] = []
}
