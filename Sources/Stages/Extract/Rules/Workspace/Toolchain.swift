import KairosModel

/// The tools of the trade that a project has chosen, known by the files that configure them.
struct Toolchain: WorkspaceRule {
  let name = "toolchain"

  /// A tool with the files that show it.
  private struct Tool {
    let role: String
    let name: String
    /// Any of these at the root proves it.
    let files: [String]
    let sentence: String
  }

  /// `%` stands for the file that was found.
  private static let tools: [Tool] = [
    Tool(
      role: "task-runner", name: "mise", files: ["mise.toml", ".mise.toml"],
      sentence: "`mise` is the task runner and tool-version manager; tasks are defined in `%`."),
    Tool(
      role: "task-runner", name: "make", files: ["Makefile", "GNUmakefile"],
      sentence: "`make` is the task runner (`%`)."),
    Tool(
      role: "task-runner", name: "just", files: ["justfile", "Justfile"],
      sentence: "`just` is the task runner (`%`)."),
    Tool(
      role: "task-runner", name: "task", files: ["Taskfile.yml", "Taskfile.yaml"],
      sentence: "Task (`task`) is the task runner (`%`)."),
    Tool(
      role: "package-manager", name: "pnpm", files: ["pnpm-lock.yaml"],
      sentence: "`pnpm` is the package manager (`%`)."),
    Tool(
      role: "package-manager", name: "yarn", files: ["yarn.lock"],
      sentence: "`yarn` is the package manager (`%`)."),
    Tool(
      role: "package-manager", name: "bun", files: ["bun.lockb", "bun.lock"],
      sentence: "`bun` is the package manager (`%`)."),
    Tool(
      role: "package-manager", name: "npm", files: ["package-lock.json"],
      sentence: "`npm` is the package manager (`%`)."),
    Tool(
      role: "package-manager", name: "uv", files: ["uv.lock"],
      sentence: "`uv` manages Python dependencies (`%`)."),
    Tool(
      role: "package-manager", name: "poetry", files: ["poetry.lock"],
      sentence: "Poetry manages Python dependencies (`%`)."),
    Tool(
      role: "package-manager", name: "cargo", files: ["Cargo.lock", "Cargo.toml"],
      sentence: "`cargo` builds the project (`%`)."),
    Tool(
      role: "package-manager", name: "swiftpm", files: ["Package.swift"],
      sentence: "Swift Package Manager builds the project (`%`)."),
    Tool(
      role: "package-manager", name: "bundler", files: ["Gemfile"],
      sentence: "Bundler manages Ruby dependencies (`%`)."),
    Tool(
      role: "build", name: "gradle",
      files: ["gradlew", "build.gradle", "build.gradle.kts", "settings.gradle.kts"],
      sentence: "Gradle builds the project (`%`)."),
    Tool(
      role: "build", name: "maven", files: ["pom.xml"],
      sentence: "Maven builds the project (`%`)."),
    Tool(
      role: "build", name: "cmake", files: ["CMakeLists.txt"],
      sentence: "CMake configures the build (`%`)."),
    Tool(
      role: "build", name: "bazel", files: ["MODULE.bazel", "WORKSPACE"],
      sentence: "Bazel builds the project (`%`)."),
    Tool(
      role: "linter", name: "golangci-lint",
      files: [".golangci.yml", ".golangci.yaml", ".golangci.toml"],
      sentence: "Go code is linted with golangci-lint, configured in `%`."),
    Tool(
      role: "linter", name: "eslint",
      files: [
        "eslint.config.js", "eslint.config.mjs", "eslint.config.ts", ".eslintrc.json",
        ".eslintrc.js", ".eslintrc.cjs", ".eslintrc",
      ], sentence: "JavaScript and TypeScript are linted with ESLint, configured in `%`."),
    Tool(
      role: "linter", name: "ruff", files: ["ruff.toml", ".ruff.toml"],
      sentence: "Python is linted with Ruff, configured in `%`."),
    Tool(
      role: "linter", name: "swiftlint", files: [".swiftlint.yml"],
      sentence: "Swift is linted with SwiftLint, configured in `%`."),
    Tool(
      role: "formatter", name: "prettier",
      files: [".prettierrc", ".prettierrc.json", "prettier.config.js", ".prettierrc.yaml"],
      sentence: "Code is formatted with Prettier, configured in `%`."),
    Tool(
      role: "formatter", name: "biome", files: ["biome.json", "biome.jsonc"],
      sentence: "Code is linted and formatted with Biome, configured in `%`."),
    Tool(
      role: "formatter", name: "rustfmt", files: ["rustfmt.toml", ".rustfmt.toml"],
      sentence: "Rust is formatted with rustfmt, configured in `%`."),
    Tool(
      role: "formatter", name: "swift-format", files: [".swift-format"],
      sentence: "Swift is formatted with swift-format, configured in `%`."),
    Tool(
      role: "hooks", name: "pre-commit", files: [".pre-commit-config.yaml"],
      sentence: "Git hooks are managed by pre-commit (`%`)."),
    Tool(
      role: "hooks", name: "lefthook", files: ["lefthook.yml"],
      sentence: "Git hooks are managed by Lefthook (`%`)."),
    Tool(
      role: "monorepo", name: "turborepo", files: ["turbo.json"],
      sentence: "Turborepo orchestrates the packages of the monorepo (`%`)."),
    Tool(
      role: "monorepo", name: "nx", files: ["nx.json"],
      sentence: "Nx orchestrates the packages of the monorepo (`%`)."),
    Tool(
      role: "test-runner", name: "vitest", files: ["vitest.config.ts", "vitest.config.js"],
      sentence: "Tests run with Vitest, configured in `%`."),
    Tool(
      role: "test-runner", name: "jest", files: ["jest.config.js", "jest.config.ts"],
      sentence: "Tests run with Jest, configured in `%`."),
    Tool(
      role: "test-runner", name: "pytest", files: ["pytest.ini"],
      sentence: "Tests run with pytest, configured in `%`."),
    Tool(
      role: "test-runner", name: "tox", files: ["tox.ini"],
      sentence: "tox runs the tests in their environments (`%`)."),
    Tool(
      role: "e2e", name: "playwright", files: ["playwright.config.ts", "playwright.config.js"],
      sentence: "End-to-end tests run with Playwright, configured in `%`."),
    Tool(
      role: "release", name: "goreleaser", files: [".goreleaser.yaml", ".goreleaser.yml"],
      sentence: "Releases are built with GoReleaser, configured in `%`."),
    Tool(
      role: "release", name: "changesets", files: [".changeset/config.json"],
      sentence: "Releases and changelogs are managed with Changesets (`%`)."),
  ]

  func observations(in workspace: Workspace, context: ExtractContext) -> [Observation] {
    let facts = WorkspaceFacts(rule: name, workspace: workspace, context: context)
    return Self.tools.compactMap { tool in
      guard let file = tool.files.lazy.compactMap({ workspace.file($0) }).first else { return nil }
      var shown = file.path
      if tool.name == "mise", workspace.hasFolder("mise-tasks") { shown += "` and `mise-tasks/" }
      let sentence = tool.sentence.split(separator: "%", omittingEmptySubsequences: false)
        .joined(separator: shown)
      return facts.stated(
        in: file, lines: nil, kind: .tool, predicate: "tool." + tool.role, value: tool.name,
        statement: sentence, quote: file.path)
    }
  }

  /// The JavaScript package manager that the lockfile shows.
  static func packageManager(_ workspace: Workspace) -> String? {
    for (file, manager) in [
      ("pnpm-lock.yaml", "pnpm"), ("yarn.lock", "yarn"), ("bun.lockb", "bun"), ("bun.lock", "bun"),
      ("package-lock.json", "npm"),
    ] where workspace.file(file) != nil {
      return manager
    }
    return nil
  }
}
