/// What a memory can be exported to.
public enum ExportTarget: String, Sendable, CaseIterable {
  /// The marked section of AGENTS.md, which most coding agents load.
  case agentsMD = "agents-md"
  /// The same section in CLAUDE.md.
  case claudeMD = "claude-md"
  /// An index that Claude Code loads, and one topic file for each kind that it reads on demand.
  case claudeMemory = "claude-memory"
  /// The same section in GEMINI.md.
  case geminiMD = "gemini-md"
  /// Rules with front matter: one that always applies, others for the folders they are about.
  case cursorRules = "cursor-rules"
  /// The same section in the instructions of a repository for Copilot.
  case copilotInstructions = "copilot-instructions"
  /// A memory extension: a source from which Codex consolidates its own memories.
  case codexExtension = "codex-extension"
  /// Proven procedures as Agent Skills.
  case skills
  /// The knowledge graph of the reference memory server of the Model Context Protocol.
  case mcpMemory = "mcp-memory-jsonl"
  /// One fact record a line: schema `kairos.fact/1`.
  case jsonl
  /// A report for people, by kind, with confidence and evidence times.
  case markdown
  /// One page for people with every state, its evidence and a search; needs no network.
  case html
  /// The members of a `.kairos.tar.zst` that people exchange.
  case bundle

  /// What `path` names, and so how the files of a result are written.
  public enum Form: Sendable {
    /// The one file of the result.
    case file
    /// A folder; the paths of the result's files begin below it.
    case folder
    /// The archive whose members the result's files are.
    case archive
  }

  /// What `path` names.
  public var form: Form {
    switch self {
    case .claudeMemory, .cursorRules, .codexExtension, .skills: .folder
    case .bundle: .archive
    default: .file
    }
  }

  /// Where the target's file stands in a project; for a bundle, the archive that holds its members;
  /// for a folder, its path with a slash at the end.
  public var path: String {
    switch self {
    case .agentsMD: "AGENTS.md"
    case .claudeMD: "CLAUDE.md"
    case .claudeMemory: ".claude/memory/"
    case .geminiMD: "GEMINI.md"
    case .cursorRules: ".cursor/rules/"
    case .copilotInstructions: ".github/copilot-instructions.md"
    case .codexExtension: ".codex/memories/extensions/kairos/"
    case .skills: ".claude/skills/"
    case .mcpMemory: "memory.jsonl"
    case .jsonl: "facts.jsonl"
    case .markdown: "memory.md"
    case .html: "memory.html"
    case .bundle: "memory.kairos.tar.zst"
    }
  }

  /// Whether the result is the list of an archive's members instead of a file.
  public var isArchive: Bool { form == .archive }

  /// Whether an export to a folder may change the file at `path` below it, so that its bytes are
  /// needed. No other file of the folder is looked at.
  public func mayChange(_ path: String) -> Bool {
    switch self {
    case .claudeMemory: path == ClaudeMemory.index || Self.isOwnName(path, ".md")
    case .cursorRules: path == "kairos.mdc" || Self.isOwnName(path, ".mdc")
    case .codexExtension:
      path == "instructions.md" || path.hasPrefix("resources/") && path.hasSuffix(".md")
    case .skills: ProcedureSkills.isSkill(path)
    default: path == self.path
    }
  }

  private static func isOwnName(_ path: String, _ ending: String) -> Bool {
    path.hasPrefix("kairos-") && path.hasSuffix(ending) && !path.contains("/")
  }
}
