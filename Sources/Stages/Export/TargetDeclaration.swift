/// What is known about the program that reads a target: the rules that its export keeps, and where
/// they are written down.
struct TargetDeclaration {
  let consumer: String
  let limits: String
  /// Where the consumer's rules were looked up.
  let source: String

  /// The table of `docs/exports.md`, one row for each target.
  static var table: String {
    let rows = ExportTarget.allCases.map { target in
      let declared = target.declaration
      return "| `\(target.rawValue)` | `\(target.path)` | \(declared.consumer) "
        + "| \(declared.limits) | \(declared.source) |"
    }
    let head = [
      "| target | file or folder | read by | limits kept | source |", "|---|---|---|---|---|",
    ]
    return (head + rows).joined(separator: "\n") + "\n"
  }
}

extension ExportTarget {
  /// The consumer's rules.
  var declaration: TargetDeclaration {
    switch self {
    case .agentsMD, .claudeMD, .geminiMD, .copilotInstructions: instructionFile
    case .claudeMemory, .cursorRules, .codexExtension, .skills, .mcpMemory: agentStore
    case .jsonl: .init(consumer: "programs", limits: "none", source: "`kairos.fact/1`")
    case .markdown: .init(consumer: "people", limits: "none", source: "—")
    case .html:
      .init(
        consumer: "people, in a browser", limits: "one file, no network, no foreign script",
        source: "Content Security Policy Level 3")
    case .bundle: .init(consumer: "`kairos import`", limits: "none", source: "below")
    }
  }

  private var instructionFile: TargetDeclaration {
    switch self {
    case .claudeMD:
      .init(
        consumer: "Claude Code", limits: "200 lines, 25,000 bytes; no `@path` outside code",
        source: "code.claude.com/docs/en/memory")
    case .geminiMD:
      .init(
        consumer: "Gemini CLI", limits: "200 lines, 25,000 bytes; no `@path` outside code",
        source: "google-gemini/gemini-cli: docs/cli/gemini-md.md, docs/reference/memport.md")
    case .copilotInstructions:
      .init(
        consumer: "GitHub Copilot",
        limits: "200 lines, 4,000 bytes: its code review reads no more than 4,000 characters",
        source: "github/docs: content/copilot/tutorials/use-custom-instructions.md")
    default:
      .init(
        consumer: "Codex, Cursor, Copilot, Gemini CLI (by setting) and others",
        limits: "200 lines, 25,000 bytes; Codex cuts all AGENTS.md together at 32 KiB",
        source: "agents.md; openai/codex: codex-rs/core/src/project_doc.rs")
    }
  }

  private var agentStore: TargetDeclaration {
    switch self {
    case .claudeMemory:
      .init(
        consumer: "Claude Code (auto memory)",
        limits: "whole MEMORY.md 200 lines, 25,000 bytes; topic files 2,000 lines",
        source: "code.claude.com/docs/en/memory")
    case .cursorRules:
      .init(
        consumer: "Cursor",
        limits: "`.mdc`; `description`, `globs` (commas, no quotes), `alwaysApply`; each rule 200 "
          + "lines of at most 500",
        source: "cursor.com/docs/rules")
    case .codexExtension:
      .init(
        consumer: "Codex (memories)",
        limits: "`instructions.md` and `resources/*.md`; 200 lines, 25,000 bytes; no time in the "
          + "name, since Codex deletes such files after 7 days",
        source: "openai/codex: codex-rs/memories/write/src/lib.rs, "
          + "templates/memories/consolidation.md")
    case .skills:
      .init(
        consumer:
          "Claude Code, Copilot, Cursor, OpenCode; Codex and Gemini CLI in `.agents/skills/`",
        limits: "`name` 1–64 of `a-z0-9-` as its folder, `description` 1–1,024 characters, 200 "
          + "lines of at most 500; no `` !` `` which would run a command",
        source: "agentskills.io/specification; code.claude.com/docs/en/skills")
    default:
      .init(
        consumer: "`@modelcontextprotocol/server-memory`",
        limits: "`entity` and `relation` records with exactly the server's members; both ends of "
          + "a relation exist",
        source: "modelcontextprotocol/servers: src/memory/index.ts")
    }
  }
}
