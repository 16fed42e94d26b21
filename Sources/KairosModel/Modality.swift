/// How a statement is meant. Only `asserted` and, from a person, `obligation` can become firm.
public enum Modality: String, Sendable, CaseIterable {
  case asserted, hedged, question, hypothetical, conditional, planned, obligation, reported
}

/// Whether a statement says that the value holds or that it does not.
public enum Polarity: String, Sendable, CaseIterable {
  case affirmed, negated
}

/// What kind of knowledge a fact is (product vocabulary; order of exports).
public enum FactKind: String, Sendable, CaseIterable, Comparable {
  case command, tool, version, dependency, layout, purpose, convention, preference, decision, fix
  case gotcha, environment, workflow

  /// A total order, so that output never depends on hashing.
  public static func < (left: FactKind, right: FactKind) -> Bool {
    left.rank < right.rank
  }

  private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

  /// The kind as the heading of a list.
  public var title: String {
    switch self {
    case .command: "Commands"
    case .tool: "Tools"
    case .version: "Versions"
    case .dependency: "Dependencies"
    case .layout: "Layout"
    case .purpose: "What things are for"
    case .convention: "Conventions"
    case .preference: "Preferences"
    case .decision: "Decisions"
    case .fix: "Fixes"
    case .gotcha: "Traps"
    case .environment: "Environment"
    case .workflow: "Workflows"
    }
  }
}
