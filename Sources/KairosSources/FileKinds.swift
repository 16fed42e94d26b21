import KairosModel

/// Tells by its path what a file is to a reader of the project. One table per kind.
enum FileKinds {
  /// Folders that hold no project: version control, kairos's own, installed and cached things.
  static let neverEntered: Set<String> = [
    ".git", ".hg", ".svn", ".jj", ".bzr", "CVS", ".kairos", "node_modules", "bower_components",
    ".venv", "venv", "__pycache__", ".tox", ".nox", ".mypy_cache", ".pytest_cache", ".ruff_cache",
    ".gradle", ".terraform", ".next", ".nuxt", ".svelte-kit", ".cache", ".parcel-cache",
    "DerivedData", "Pods", ".build", "elm-stuff", ".dart_tool", ".eggs", "site-packages",
    ".yarn", ".pnpm-store", ".turbo", ".DS_Store", ".stack-work", "_opam",
  ]

  /// Folders that hold output unless somebody put them under version control.
  static let outputFolders: Set<String> = [
    "vendor", "third_party", "dist", "build", "target", "out", "coverage", "_build", "deps",
    ".output", "htmlcov",
  ]

  /// Folders of other people's code: their paths count, their words and documents do not.
  static let foreignFolders: Set<String> = [
    "vendor", "third_party", "third-party", "thirdparty", "subprojects", "dist", "node_modules",
    "bower_components", "site-packages", "Pods",
  ]

  /// Files and folders where agents keep transcripts inside a project.
  static let transcriptFolders = [
    ".specstory/history/", ".claude/projects/", ".codex/sessions/", ".gemini/tmp/",
    ".cursor/chats/", ".opencode/storage/", ".entire/metadata/", ".crush/logs/",
  ]
  static let transcriptFiles: Set<String> = [
    ".aider.chat.history.md", ".aider.input.history", ".aider.llm.history",
  ]

  /// Names that are never read: keys and other people's secrets.
  private static let secretFiles: Set<String> = [
    "id_rsa", "id_ed25519", "id_ecdsa", ".netrc", ".pgpass",
  ]

  private static let manifestNames: Set<String> = [
    "package.json", "package.swift", "package.resolved", "go.mod", "go.sum", "go.work",
    "cargo.toml", "cargo.lock", "pyproject.toml", "setup.py", "setup.cfg", "pipfile",
    "pipfile.lock", "poetry.lock", "uv.lock", "tox.ini", "noxfile.py", "pytest.ini", "mise.toml",
    ".mise.toml", "mise.local.toml", ".tool-versions", "makefile", "gnumakefile", "justfile",
    ".justfile", "taskfile.yml", "taskfile.yaml", "build.gradle", "build.gradle.kts",
    "settings.gradle", "settings.gradle.kts", "gradle.properties", "libs.versions.toml", "pom.xml",
    "gemfile", "gemfile.lock", "rakefile", "composer.json", "composer.lock", "mix.exs", "mix.lock",
    "cmakelists.txt", "cmakepresets.json", "meson.build", "configure.ac", "dockerfile",
    "containerfile", "compose.yml", "compose.yaml", "docker-compose.yml", "docker-compose.yaml",
    ".dockerignore", ".gitlab-ci.yml", "azure-pipelines.yml", "jenkinsfile", ".travis.yml",
    "bitbucket-pipelines.yml", "appveyor.yml", "cloudbuild.yaml", ".drone.yml",
    "package-lock.json", "yarn.lock", "pnpm-lock.yaml", "pnpm-workspace.yaml", "bun.lock",
    "bun.lockb", "bunfig.toml", "deno.json", "deno.jsonc", "deno.lock", "turbo.json", "nx.json",
    "lerna.json", "tsconfig.json", "jsconfig.json", "biome.json", "biome.jsonc", "ruff.toml",
    ".ruff.toml", ".flake8", ".pylintrc", "mypy.ini", ".mypy.ini", "pyrightconfig.json",
    ".rubocop.yml", ".swiftlint.yml", ".swift-format", ".swiftformat", "rustfmt.toml",
    ".rustfmt.toml", "clippy.toml", ".clippy.toml", "deny.toml", ".clang-format", ".clang-tidy",
    ".editorconfig", ".gitignore", ".gitattributes", ".gitmodules", ".nvmrc", ".node-version",
    ".python-version", ".ruby-version", ".java-version", ".swift-version", ".go-version",
    ".sdkmanrc", "rust-toolchain", "rust-toolchain.toml", ".npmrc", ".yarnrc.yml",
    ".pre-commit-config.yaml", "lefthook.yml", "lefthook.yaml", "renovate.json", "codecov.yml",
    ".codecov.yml", "procfile", "vercel.json", "netlify.toml", "fly.toml", "wrangler.toml",
    "wrangler.jsonc", "serverless.yml", "chart.yaml", "skaffold.yaml", "tiltfile", "flake.nix",
    "shell.nix", "default.nix", "devenv.nix", "build.zig", "build.zig.zon", "build.sbt",
    "stack.yaml", "cabal.project", "pubspec.yaml", "pubspec.lock", "analysis_options.yaml",
    "rebar.config", "dune-project", "module.bazel", "workspace.bazel", "build.bazel", ".bazelrc",
    ".bazelversion", "project.clj", "deps.edn", "environment.yml", "environment.yaml",
    "manifest.json", "devcontainer.json", "vitest.config.ts", "playwright.config.ts", "podfile",
    "podfile.lock", "cartfile", "brewfile", "vagrantfile", "sonar-project.properties",
    "mkdocs.yml", "global.json", "nuget.config", "directory.build.props",
    "directory.packages.props", "phpunit.xml", "phpunit.xml.dist", "phpstan.neon", "psalm.xml",
    "commitlint.config.js", ".releaserc", ".releaserc.json", ".allowed-licenses",
  ]

  private static let manifestStarts = [
    ".golangci", ".eslintrc", "eslint.config.", ".prettierrc", "prettier.config.",
    ".goreleaser", ".stylelintrc", "dockerfile.", "docker-compose.", "compose.",
    "tsconfig.", "vite.config.", "vitest.config.", "jest.config.", "webpack.config.",
    "rollup.config.", "babel.config.", ".babelrc", "next.config.", "tailwind.config.",
    "postcss.config.", "playwright.config.", ".markdownlint", ".env.example", ".env.sample",
    ".env.template", "svelte.config.", "astro.config.", "cypress.config.", "drizzle.config.",
  ]

  private static let manifestExtensions: Set<String> = [
    "csproj", "fsproj", "vbproj", "sln", "slnx", "gemspec", "podspec", "cabal", "nimble", "mk",
    "bzl", "tf",
  ]

  private static let manifestFolders = [
    ".github/workflows/", ".github/actions/", ".circleci/", ".buildkite/", "mise-tasks/",
    ".mise/tasks/", ".config/mise/", ".husky/",
    ".githooks/", ".woodpecker/", ".forgejo/workflows/", ".gitea/workflows/",
  ]

  /// What a project tells agent programs in settings.
  private static let agentSettings: Set<String> = [
    ".claude/settings.json", ".mcp.json", ".cursor/mcp.json", ".vscode/mcp.json",
    ".gemini/settings.json",
  ]

  private static let instructionNames: Set<String> = [
    "agents.md", "agents.override.md", "claude.md", "claude.local.md", "gemini.md", "agent.md",
    "warp.md", "crush.md", "qwen.md", ".cursorrules", ".windsurfrules", ".clinerules",
    ".roorules", ".goosehints", "conventions.md", "copilot-instructions.md", ".rules",
  ]

  private static let instructionFolders = [
    ".cursor/rules/", ".windsurf/rules/", ".clinerules/", ".roo/rules/", ".github/instructions/",
    ".github/prompts/", ".claude/commands/", ".claude/agents/", ".claude/skills/",
    ".claude/rules/", ".kiro/steering/", ".continue/rules/", ".amazonq/rules/", ".junie/",
    ".gemini/commands/", ".agents/", ".opencode/agent/", ".opencode/command/",
  ]

  private static let documentNames = [
    "readme", "contributing", "changelog", "security", "architecture", "code_of_conduct",
    "authors", "install", "hacking", "history", "news", "todo", "roadmap", "design", "support",
    "governance", "maintainers", "license", "licence", "copying", "notice",
  ]

  private static let documentExtensions: Set<String> = [
    "md", "mdx", "markdown", "rst", "adoc", "asciidoc", "org", "txt", "textile",
  ]

  /// The kind of a file by its path below the root.
  static func kind(of path: String) -> Workspace.File.Kind {
    let lower = path.lowercased()
    let name = lower.split(separator: "/").last.map(String.init) ?? lower
    let dot = name.lastIndex(of: ".")
    let suffix = dot.map { String(name[name.index(after: $0)...]) } ?? ""
    if instructionNames.contains(name) || isBelow(lower, instructionFolders) {
      return .instructions
    }
    if agentSettings.contains(where: { lower == $0 || lower.hasSuffix("/" + $0) }) {
      return .manifest
    }
    if manifestNames.contains(name) || manifestExtensions.contains(suffix)
      || manifestStarts.contains(where: { name.hasPrefix($0) })
      || isBelow(lower, manifestFolders)
      || (name.hasPrefix("requirements") && (suffix == "txt" || suffix == "in"))
    {
      return .manifest
    }
    if Language.of(path: path) != nil { return .code }
    if documentExtensions.contains(suffix) { return .document }
    let stem = dot.map { String(name[..<$0]) } ?? name
    return suffix.isEmpty && documentNames.contains(stem) ? .document : .other
  }

  private static func isBelow(_ path: String, _ folders: [String]) -> Bool {
    folders.contains { path.hasPrefix($0) || path.contains("/" + $0) }
  }

  /// Whether the file holds a key by its name.
  static func isKey(_ path: String) -> Bool {
    secretFiles.contains(path.split(separator: "/").last.map(String.init) ?? path)
  }

  /// Whether agents are known to keep transcripts at this path.
  static func isTranscriptPlace(_ path: String) -> Bool {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return transcriptFiles.contains(name) || isBelow(path, transcriptFolders)
  }

  /// Whether somebody else wrote the file, or a program did.
  static func isForeign(_ path: String) -> Bool {
    let parts = path.split(separator: "/")
    if parts.dropLast().contains(where: { foreignFolders.contains(String($0)) }) { return true }
    let name = parts.last ?? ""
    return [".min.js", ".min.css", ".bundle.js", ".map", ".svg", ".snap"]
      .contains { name.hasSuffix($0) }
  }

  /// Whether any folder on the way is in `names`.
  static func passes(_ path: String, through names: Set<String>) -> Bool {
    path.split(separator: "/").dropLast().contains { names.contains(String($0)) }
  }
}
