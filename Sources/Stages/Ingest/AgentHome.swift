/// Where one agent keeps its transcripts, as its developers chose it.
///
/// Folders are written as people know them: `~`; `{data}` and `{config}` for the XDG base folders;
/// `{editor}` for the user data of VS Code and of everything made from it, `{cursor}` for Cursor's
/// alone; `{project}` for every folder of the project; `{memory}` for kairos's own. A `*` stands
/// for any characters in one name.
public struct AgentHome: Sendable, Equatable {
  /// The program, for people.
  public let agent: String
  /// Environment variables that say where the folder is instead, each with what follows its value
  /// (`GEMINI_CLI_HOME/.gemini`). The first one that is set decides.
  public let variables: [String]
  public let folders: [String]
  /// What is read in each folder: names of folders and files; empty for the folder itself.
  public let inside: [String]

  init(
    _ agent: String, movedBy variables: [String] = [], _ folders: [String], _ inside: [String] = []
  ) {
    self.agent = agent
    self.variables = variables
    self.folders = folders
    self.inside = inside
  }
}

/// Every known home of every agent; the one table of places. Formats are told by content, so a
/// home says where to look and nothing else.
public enum AgentHomes {
  public static let all: [AgentHome] = [
    AgentHome(
      "Claude Code", movedBy: ["CLAUDE_CONFIG_DIR"], ["~/.claude", "{config}/claude"],
      ["projects", "history.jsonl"]),
    AgentHome(
      "Codex CLI", movedBy: ["CODEX_HOME"], ["~/.codex"],
      ["sessions", "archived_sessions", "history.jsonl"]),
    AgentHome(
      "Gemini CLI", movedBy: ["GEMINI_CLI_HOME/.gemini"], ["~/.gemini"],
      ["tmp/*/chats", "tmp/*/logs.json"]),
    AgentHome(
      "Qwen Code", movedBy: ["QWEN_RUNTIME_DIR", "QWEN_HOME"], ["~/.qwen"],
      ["projects", "tmp/*/chats", "tmp/*/logs.json"]),
    AgentHome("Aider", ["{project}"], [".aider.chat.history.md"]),
    AgentHome("Cline", ["{editor}/globalStorage/saoudrizwan.claude-dev"], ["tasks"]),
    AgentHome(
      "Cline", movedBy: ["CLINE_DATA_DIR", "CLINE_DIR/data"], ["~/.cline/data"], ["tasks"]),
    AgentHome("Roo Code", ["{editor}/globalStorage/rooveterinaryinc.roo-cline"], ["tasks"]),
    AgentHome("OpenCode", ["{data}/opencode"], ["opencode*.db", "storage", "project/*/storage"]),
    AgentHome("OpenCode", ["{project}/.opencode"], ["opencode.db"]),
    AgentHome("Crush", ["{project}/.crush"], ["crush.db"]),
    AgentHome("Goose", movedBy: ["GOOSE_PATH_ROOT/data"], ["{data}/goose"], ["sessions"]),
    AgentHome(
      "Cursor", ["{cursor}"], ["globalStorage/state.vscdb", "workspaceStorage/*/state.vscdb"]),
    AgentHome(
      "Cursor CLI", movedBy: ["CURSOR_DATA_DIR", "CURSOR_CONFIG_DIR"],
      ["~/.cursor", "{config}/cursor"], ["chats", "projects/*/agent-transcripts"]),
    AgentHome(
      "GitHub Copilot in VS Code", ["{editor}"],
      ["workspaceStorage/*/chatSessions", "globalStorage/emptyWindowChatSessions"]),
    AgentHome(
      "GitHub Copilot CLI", movedBy: ["COPILOT_HOME"], ["~/.copilot"],
      ["session-state", "history-session-state"]),
    AgentHome("SpecStory", ["{project}/.specstory"], ["history"]),
    AgentHome(
      "OpenHands",
      movedBy: ["OPENHANDS_CONVERSATIONS_DIR", "OPENHANDS_PERSISTENCE_DIR/conversations"],
      ["~/.openhands/conversations"]),
    AgentHome("SWE-agent", ["{project}"], ["trajectories"]),
    AgentHome(
      "mini-swe-agent", movedBy: ["MSWEA_GLOBAL_CONFIG_DIR"], ["{config}/mini-swe-agent"],
      ["*.traj.json"]),
    AgentHome("Amp", movedBy: ["AMP_DATA_HOME"], ["{data}/amp"], ["threads"]),
    AgentHome(
      "Factory Droid", movedBy: ["FACTORY_HOME_OVERRIDE/.factory"], ["~/.factory"], ["sessions"]),
    AgentHome(
      "pi", movedBy: ["PI_CODING_AGENT_SESSION_DIR", "PI_CODING_AGENT_DIR/sessions"],
      ["~/.pi/agent/sessions"]),
    AgentHome("Entire", ["{project}/.entire"], ["metadata"]),
    AgentHome("kairos record", ["{memory}"], ["recordings"]),
    AgentHome("atuin", movedBy: ["ATUIN_DB_PATH"], ["{data}/atuin/history.db"]),
    AgentHome("bash and zsh", movedBy: ["HISTFILE"], ["~/.bash_history", "~/.zsh_history"]),
    AgentHome("fish", ["{data}/fish"], ["fish_history"]),
  ]

  /// The homes as a Markdown table, for `docs/sources.md`.
  public static var markdown: String {
    "| Agent | Where kairos looks | Moved by |\n| --- | --- | --- |\n"
      + all.map { home in
        let places = home.folders.flatMap { folder in
          home.inside.isEmpty ? [folder] : home.inside.map { folder + "/" + $0 }
        }
        return "| \(home.agent) | \(quoted(places)) | \(quoted(home.variables)) |\n"
      }.joined()
  }

  private static func quoted(_ names: [String]) -> String {
    names.map { "`\($0)`" }.joined(separator: ", ")
  }
}

/// One machine, person and project, as far as homes depend on them.
public struct HomePlaces: Sendable {
  private let home: String?
  private let environment: [String: String]
  private let projectFolders: [String]
  private let memoryFolder: String

  public init(
    home: String?, environment: [String: String], projectFolders: [String], memoryFolder: String
  ) {
    self.home = home
    self.environment = environment
    self.projectFolders = projectFolders
    self.memoryFolder = memoryFolder
  }

  /// One place to look at.
  public struct Place: Sendable, Hashable {
    public let agent: String
    /// Absolute; `*` stands for any characters in one name.
    public let pattern: String
    /// What lies here is the project's own, whatever it says.
    public let isProjects: Bool
  }

  /// The places of all agents, in the order of `AgentHomes.all`.
  public var places: [Place] {
    AgentHomes.all.flatMap { home in
      let folders = moved(home) ?? home.folders.flatMap(resolved)
      let isProjects = home.folders.allSatisfy {
        $0.hasPrefix("{project}") || $0.hasPrefix("{memory}")
      }
      return folders.flatMap { folder in
        (home.inside.isEmpty ? [""] : home.inside.map { "/" + $0 }).map {
          Place(agent: home.agent, pattern: folder + $0, isProjects: isProjects)
        }
      }
    }
  }

  /// The folders that the first variable which is set names; with commas there are several.
  private func moved(_ home: AgentHome) -> [String]? {
    for variable in home.variables {
      let parts = variable.split(separator: "/", maxSplits: 1)
      guard let value = value(String(parts[0])) else { continue }
      let tail = parts.count > 1 ? "/" + parts[1] : ""
      let folders = value.split(separator: ",").compactMap { absolute(String($0)) }
      return folders.map { $0 + tail }
    }
    return nil
  }

  private func resolved(_ folder: String) -> [String] {
    let parts = folder.split(separator: "/", maxSplits: 1)
    let tail = parts.count > 1 ? "/" + parts[1] : ""
    let bases: [String] =
      switch parts.first {
      case "{project}": projectFolders
      case "{memory}": [memoryFolder]
      case "{data}": based("XDG_DATA_HOME", ".local/share")
      case "{config}": based("XDG_CONFIG_HOME", ".config")
      case "{editor}": editors(Editor.all)
      case "{cursor}": editors([Editor.cursor])
      default: home.map { [$0] } ?? []
      }
    return bases.map { $0 + tail }
  }

  /// Relative values of the XDG variables are invalid (XDG Base Directory Specification 0.8).
  private func based(_ variable: String, _ usual: String) -> [String] {
    if let folder = value(variable), folder.hasPrefix("/") { return [folder] }
    return home.map { [$0 + "/" + usual] } ?? []
  }

  private func editors(_ editors: [Editor]) -> [String] {
    editors.flatMap { editor in
      based("XDG_CONFIG_HOME", ".config").map { "\($0)/\(editor.name)/User" }
        + (home.map {
          [
            "\($0)/Library/Application Support/\(editor.name)/User",
            "\($0)/\(editor.server)/data/User",
          ]
        } ?? [])
    }
  }

  private func value(_ variable: String) -> String? {
    environment[variable].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// A variable's value as an absolute path; what is relative depends on where the agent was
  /// started, so nothing can be said about it.
  private func absolute(_ path: String) -> String? {
    let trimmed = path.hasSuffix("/") && path != "/" ? String(path.dropLast()) : path
    if trimmed.hasPrefix("/") { return trimmed }
    guard let home else { return nil }
    return trimmed == "~" ? home : trimmed.hasPrefix("~/") ? home + trimmed.dropFirst() : nil
  }
}

/// VS Code and its relatives: the name of the folder with user data, and of the one on machines
/// that are reached over the network.
private struct Editor {
  let name: String
  let server: String

  static let cursor = Editor(name: "Cursor", server: ".cursor-server")
  static let all = [
    Editor(name: "Code", server: ".vscode-server"),
    Editor(name: "Code - Insiders", server: ".vscode-server-insiders"),
    Editor(name: "VSCodium", server: ".vscodium-server"),
    cursor,
    Editor(name: "Windsurf", server: ".windsurf-server"),
  ]
}
