import KairosJSON
import KairosModel

/// Tools and frameworks that a manifest declares rather than a settings file of their own.
struct DeclaredTools: WorkspaceRule {
  let name = "declared-tools"

  /// A tool with the role that it plays.
  private struct Tool {
    let role: String
    let name: String
    /// `%` stands for the manifest.
    let sentence: String

    init(_ role: String, _ name: String, _ sentence: String) {
      self.role = role
      self.name = name
      self.sentence = sentence
    }
  }

  func observations(in workspace: Workspace, context: ExtractContext) -> [Observation] {
    let facts = WorkspaceFacts(rule: name, workspace: workspace, context: context)
    let found =
      packageJSON(workspace) + pyproject(workspace) + composer(workspace)
      + gemfile(workspace) + services(workspace)
    return found.map { file, line, tool in
      let sentence = tool.sentence.split(separator: "%", omittingEmptySubsequences: false)
        .joined(separator: file.path)
      return facts.stated(
        in: file, lines: line.map { $0...$0 }, kind: .tool, predicate: "tool." + tool.role,
        value: tool.name, statement: sentence, quote: tool.name)
    }
  }

  private typealias Found = (file: Workspace.File, line: Int?, tool: Tool)

  // MARK: JavaScript

  private static let packages: [String: Tool] = [
    "vitest": Tool("test-runner", "vitest", "Tests run with Vitest (`%`)."),
    "jest": Tool("test-runner", "jest", "Tests run with Jest (`%`)."),
    "mocha": Tool("test-runner", "mocha", "Tests run with Mocha (`%`)."),
    "ava": Tool("test-runner", "ava", "Tests run with AVA (`%`)."),
    "tap": Tool("test-runner", "tap", "Tests run with node-tap (`%`)."),
    "@playwright/test": Tool("e2e", "playwright", "End-to-end tests run with Playwright (`%`)."),
    "cypress": Tool("e2e", "cypress", "End-to-end tests run with Cypress (`%`)."),
    "eslint": Tool(
      "linter", "eslint", "JavaScript and TypeScript are linted with ESLint (`%`)."),
    "xo": Tool("linter", "xo", "JavaScript and TypeScript are linted with XO (`%`)."),
    "oxlint": Tool("linter", "oxlint", "JavaScript and TypeScript are linted with Oxlint (`%`)."),
    "prettier": Tool("formatter", "prettier", "Code is formatted with Prettier (`%`)."),
    "@biomejs/biome": Tool(
      "formatter", "biome", "Code is linted and formatted with Biome (`%`)."),
    "typescript": Tool("language", "typescript", "The project is written in TypeScript (`%`)."),
    "vite": Tool("bundler", "vite", "Vite builds and serves the front end (`%`)."),
    "webpack": Tool("bundler", "webpack", "Webpack bundles the code (`%`)."),
    "tsup": Tool("bundler", "tsup", "tsup bundles the library (`%`)."),
    "husky": Tool("hooks", "husky", "Git hooks are managed by Husky (`%`)."),
    "@changesets/cli": Tool(
      "release", "changesets", "Releases and changelogs are managed with Changesets (`%`)."),
  ]

  private func packageJSON(_ workspace: Workspace) -> [Found] {
    guard let file = workspace.file("package.json"), let text = file.text,
      let root = try? JSONDocument.parse(text).root
    else { return [] }
    var found: [Found] = []
    for key in ["dependencies", "devDependencies"] {
      for (name, _) in root[key]?.members ?? [] {
        if let tool = Self.packages[name] { found.append((file, nil, tool)) }
      }
    }
    return found
  }

  // MARK: Python

  private static let tables: [(path: [String], tool: Tool)] = [
    (["tool", "ruff"], Tool("linter", "ruff", "Python is linted with Ruff, configured in `%`.")),
    (
      ["tool", "black"],
      Tool("formatter", "black", "Python is formatted with Black, configured in `%`.")
    ),
    (
      ["tool", "mypy"],
      Tool("type-checker", "mypy", "Python types are checked with mypy, configured in `%`.")
    ),
    (
      ["tool", "pyright"],
      Tool("type-checker", "pyright", "Python types are checked with Pyright, configured in `%`.")
    ),
    (["tool", "pytest"], Tool("test-runner", "pytest", "Tests run with pytest, set up in `%`.")),
    (["tool", "tox"], Tool("test-runner", "tox", "tox runs the tests and checks, set up in `%`.")),
    (
      ["tool", "hatch", "envs"],
      Tool("package-manager", "hatch", "Hatch manages the project (`%`).")
    ),
    (["tool", "pdm"], Tool("package-manager", "pdm", "PDM manages Python dependencies (`%`).")),
  ]

  /// `hatchling` of `hatchling.build`, `setuptools` of `setuptools.build_meta`.
  private static func backend(_ value: String) -> String {
    let head = value.split(separator: ".").first.map(String.init) ?? value
    let names = [
      "poetry": "poetry-core", "flit_core": "flit-core", "pdm": "pdm-backend",
      "scikit_build_core": "scikit-build-core", "mesonpy": "meson-python",
    ]
    return names[head] ?? head
  }

  private func pyproject(_ workspace: Workspace) -> [Found] {
    var found: [Found] = []
    if let file = workspace.file("pyproject.toml"), let text = file.text {
      let entries = SettingsText.toml(text)
      for (path, tool) in Self.tables {
        if let entry = entries.first(where: { $0.path.starts(with: path) }) {
          found.append((file, entry.line, tool))
        }
      }
      if let entry = entries.first(where: { $0.path == ["build-system", "build-backend"] }) {
        let backend = Self.backend(entry.value)
        let sentence = "Packages are built with \(backend) (`%`)."
        found.append((file, entry.line, Tool("build-backend", backend, sentence)))
      }
    }
    return found
  }

  // MARK: Other languages

  private func composer(_ workspace: Workspace) -> [Found] {
    guard let file = workspace.file("composer.json"), let text = file.text,
      let root = try? JSONDocument.parse(text).root
    else { return [] }
    let names =
      (root["require"]?.members ?? []).map(\.key)
      + (root["require-dev"]?.members ?? []).map(\.key)
    let known = [
      "phpunit/phpunit": Tool("test-runner", "phpunit", "Tests run with PHPUnit (`%`)."),
      "phpstan/phpstan": Tool("type-checker", "phpstan", "PHP is analysed with PHPStan (`%`)."),
    ]
    return names.compactMap { name in known[name].map { (file, nil, $0) } }
  }

  private func gemfile(_ workspace: Workspace) -> [Found] {
    guard let file = workspace.file("Gemfile"), let text = file.text else { return [] }
    let known = [
      "rspec": Tool("test-runner", "rspec", "Tests run with RSpec (`%`)."),
      "rspec-rails": Tool("test-runner", "rspec", "Tests run with RSpec (`%`)."),
      "rubocop": Tool("linter", "rubocop", "Ruby is linted with RuboCop (`%`)."),
    ]
    var found: [Found] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    where line.trimmed.hasPrefix("gem ") {
      let name = line.trimmed.dropFirst(4).drop { "'\" ".contains($0) }
        .prefix { !"'\"".contains($0) }
      if let tool = known[String(name)] { found.append((file, index + 1, tool)) }
    }
    return found
  }

  // MARK: Services

  private func services(_ workspace: Workspace) -> [Found] {
    let known: [(String, Tool)] = [
      (".gitlab-ci.yml", Tool("ci", "gitlab-ci", "CI runs on GitLab (`%`).")),
      (".circleci/config.yml", Tool("ci", "circleci", "CI runs on CircleCI (`%`).")),
      ("Jenkinsfile", Tool("ci", "jenkins", "CI runs on Jenkins (`%`).")),
      ("azure-pipelines.yml", Tool("ci", "azure-pipelines", "CI runs on Azure Pipelines (`%`).")),
      (".travis.yml", Tool("ci", "travis", "CI runs on Travis CI (`%`).")),
      ("renovate.json", Tool("updates", "renovate", "Renovate updates dependencies (`%`).")),
      (
        ".github/dependabot.yml",
        Tool("updates", "dependabot", "Dependabot updates dependencies (`%`).")
      ),
      (
        "docker-compose.yml",
        Tool("services", "docker-compose", "Docker Compose starts the services (`%`).")
      ),
      (
        "compose.yml",
        Tool("services", "docker-compose", "Docker Compose starts the services (`%`).")
      ),
      (
        "compose.yaml",
        Tool("services", "docker-compose", "Docker Compose starts the services (`%`).")
      ),
    ]
    return known.compactMap { path, tool in workspace.file(path).map { ($0, nil, tool) } }
  }
}
