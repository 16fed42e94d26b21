/// What a memory can be exported to.
public enum ExportTarget: String, Sendable, CaseIterable {
  /// The marked section of AGENTS.md, which most coding agents load.
  case agentsMD = "agents-md"
  /// The same section in CLAUDE.md.
  case claudeMD = "claude-md"
  /// One fact record a line: schema `kairos.fact/1`.
  case jsonl
  /// A report for people, by kind, with confidence and evidence times.
  case markdown
  /// The members of a `.kairos.tar.zst` that people exchange.
  case bundle

  /// Where the target's file stands in a project; for a bundle, the archive that holds its members.
  public var path: String {
    switch self {
    case .agentsMD: "AGENTS.md"
    case .claudeMD: "CLAUDE.md"
    case .jsonl: "facts.jsonl"
    case .markdown: "memory.md"
    case .bundle: "memory.kairos.tar.zst"
    }
  }

  /// Whether the result is the list of an archive's members instead of a file.
  public var isArchive: Bool { self == .bundle }
}
