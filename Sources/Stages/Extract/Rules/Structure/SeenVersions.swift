import KairosModel

/// Versions that tools reported when the agent asked them (`go version`, `node --version`).
///
/// They are the machine's, not the project's: what files pin outranks them.
struct SeenVersions: SessionRule {
  let name = "seen-versions"

  /// Programs with the tool's key and how people write it.
  private static let tools: [String: (key: String, title: String)] = [
    "go": ("go", "Go"), "node": ("node", "Node.js"), "python": ("python", "Python"),
    "python3": ("python", "Python"), "rustc": ("rust", "Rust"), "swift": ("swift", "Swift"),
    "ruby": ("ruby", "Ruby"), "php": ("php", "PHP"), "deno": ("deno", "Deno"),
    "bun": ("bun", "Bun"), "npm": ("npm", "npm"), "pnpm": ("pnpm", "pnpm"),
    "yarn": ("yarn", "Yarn"), "uv": ("uv", "uv"), "elixir": ("elixir", "Elixir"),
    "dotnet": ("dotnet", ".NET"), "golangci-lint": ("golangci-lint", "golangci-lint"),
    "tsc": ("typescript", "TypeScript"), "java": ("java", "Java"), "cmake": ("cmake", "CMake"),
  ]

  func observations(in session: SessionView, context: ExtractContext) -> [Observation] {
    var seen: Set<String> = []
    var found: [Observation] = []
    for event in session.events {
      guard case .toolCall(let call) = event.body, let text = call.command,
        let tool = Self.tool(ShellLine(text)),
        let result = session.result(of: call)?.result, result.status == .succeeded,
        let version = Self.version(in: result.output), seen.insert(tool.key + version).inserted
      else { continue }
      found.append(
        Observation(
          rule: name, kind: .version,
          slot: Slot(
            scope: context.scope, subject: "project", predicate: "version." + tool.key),
          value: version,
          statement: "The project is worked on with \(tool.title) \(version).", actor: .tool,
          grounded: true, session: event.session, lineage: event.id, at: event.at,
          evidence: Evidence(
            place: event.place, session: event.session, event: event.id, actor: .tool,
            at: event.at, quote: result.output)))
    }
    return found
  }

  /// The tool that a line of one command asks for its version.
  private static func tool(_ line: ShellLine) -> (key: String, title: String)? {
    let commands = line.commands.filter { $0.words.first != "cd" && $0.joint != .pipe }
    guard commands.count == 1, let words = commands.first?.words, words.count == 2,
      ["version", "--version", "-v", "-version", "-V"].contains(words[1])
    else { return nil }
    return tools[words[0]]
  }

  /// The first dotted number of the first line.
  private static func version(in output: String) -> String? {
    guard let line = output.split(separator: "\n").first, line.count <= 200 else { return nil }
    for word in line.split(whereSeparator: { !$0.isLetter && !$0.isNumber && $0 != "." }) {
      let digits = word.drop { !$0.isNumber }.prefix { $0.isNumber || $0 == "." }
      let parts = digits.split(separator: ".")
      let head = word.prefix { !$0.isNumber }
      if (2...3).contains(parts.count), head.count <= 2 || head == "go" {
        return parts.joined(separator: ".")
      }
    }
    return nil
  }
}
