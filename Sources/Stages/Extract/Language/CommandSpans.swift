/// Finds command lines that people write without back-ticks ("run mise run test before …") and
/// makes one code token of each, so that statements show them exactly.
enum CommandSpans {
  /// Programs whose name is no English word.
  private static let programs: Set<String> = [
    "git", "npm", "npx", "pnpm", "yarn", "bun", "bunx", "cargo", "rustup", "mise", "pytest", "tox",
    "pip", "pipx", "uv", "uvx", "poetry", "docker", "kubectl", "helm", "terraform", "bundle",
    "rake",
    "gradle", "./gradlew", "mvn", "./mvnw", "dotnet", "composer", "pre-commit", "eslint",
    "golangci-lint",
    "ruff", "mypy", "deno", "xcodebuild", "swiftlint", "flutter", "cmake", "ctest", "ninja",
    "bazel",
    "gh", "brew", "rspec", "rubocop", "phpunit", "jest", "vitest", "tsc", "prettier", "nox",
    "hatch",
  ]
  /// Programs that are words too, with the words that make them commands.
  private static let ambiguous: [String: Set<String>] = [
    "go": ["test", "build", "run", "mod", "vet", "fmt", "generate", "install", "get", "tool"],
    "make": ["test", "build", "lint", "install", "check", "format", "clean", "fmt", "dev", "run"],
    "swift": ["test", "build", "run", "package", "format"],
    "just": ["test", "build", "lint", "check", "format", "fmt", "dev", "run"],
    "mix": ["test", "format", "compile", "deps.get", "credo"],
    "python": ["-m"], "python3": ["-m"],
  ]
  /// Subcommands that take another word.
  private static let carriers: Set<String> = ["run", "exec", "x", "compose", "mod", "-m", "tool"]
  /// Words after which prose goes on.
  private static let prose: Set<String> = [
    "before", "after", "and", "or", "to", "when", "if", "in", "on", "for", "as", "is", "are", "was",
    "with", "the", "a", "an", "so", "because", "instead", "first", "again", "once", "at", "from",
    "commit", "history", "repo", "repos", "repository", "hooks", "hook", "cli", "commands",
  ]

  static func joined(_ tokens: [Token]) -> [Token] {
    var out: [Token] = []
    var at = 0
    while at < tokens.count {
      if let end = end(tokens, from: at) {
        out.append(
          Token(
            .code, tokens[at..<end].map(\.text).joined(separator: " "), spaced: tokens[at].spaced))
        at = end
      } else {
        out.append(tokens[at])
        at += 1
      }
    }
    return out
  }

  /// The end of the command that starts at `at`; `nil` when none does.
  private static func end(_ tokens: [Token], from at: Int) -> Int? {
    guard at + 1 < tokens.count, tokens[at].kind != .code, tokens[at + 1].spaced else { return nil }
    let program = tokens[at].text
    let next = tokens[at + 1]
    if let words = ambiguous[program] {
      guard words.contains(next.text) else { return nil }
    } else {
      guard programs.contains(program), isArgument(next), starts(next),
        next.kind != .word || !prose.contains(next.lower)
      else { return nil }
    }
    var end = at + 2
    if carriers.contains(next.text), end < tokens.count, isArgument(tokens[end]),
      !prose.contains(tokens[end].lower)
    {
      end += 1
    }
    while end < tokens.count, tokens[end].spaced, isExact(tokens[end]) { end += 1 }
    if end + 1 < tokens.count, tokens[end].text == "&&", let rest = self.end(tokens, from: end + 1)
    {
      return rest
    }
    return end
  }

  private static func isArgument(_ token: Token) -> Bool {
    switch token.kind {
    case .word, .flag, .path, .identifier: token.spaced
    default: false
    }
  }

  /// Whether a word can follow a program: a flag, a path, or a verb of the command line.
  private static func starts(_ token: Token) -> Bool {
    token.kind != .word || subcommands.contains(token.text) || isExact(token)
  }

  /// Words that follow programs; "git branches" and "npm packages" are prose.
  private static let subcommands: Set<String> = [
    "run", "test", "build", "install", "add", "remove", "exec", "lint", "fmt", "format", "check",
    "start", "dev", "serve", "watch", "publish", "ci", "update", "upgrade", "sync", "compose", "up",
    "down", "init", "clean", "generate", "migrate", "apply", "x", "dlx", "create", "push", "pull",
    "fetch", "rebase", "merge", "checkout", "switch", "restore", "stash", "log", "diff", "status",
    "reset", "clone", "worktree", "gc", "config", "cherry-pick", "revert", "bisect", "clippy",
    "doc",
    "mod", "audit", "typecheck", "bench", "release", "tsc", "pr", "workflow",
  ]

  /// Arguments that no prose has.
  private static func isExact(_ token: Token) -> Bool {
    switch token.kind {
    case .flag: true
    case .punctuation: token.text.hasPrefix("./")
    case .path, .identifier: token.text.contains("/") || token.text.contains("_")
    default: token.kind == .word && token.text.dropFirst().contains(":")
    }
  }
}
