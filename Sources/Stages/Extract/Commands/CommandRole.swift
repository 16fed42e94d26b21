/// What a command is for. The raw value is the qualifier of the predicate `command`.
enum CommandRole: String, CaseIterable {
  case test, lint, format, build, run, install, generate, migrate, release, deploy, typecheck
  case bench, coverage, docs, clean, check, task

  /// Words in a task's name or description that give the role away, strongest first.
  private static let words: [(CommandRole, [String])] = [
    (.lint, ["lint", "linter", "vet", "clippy", "eslint", "golangci-lint", "style"]),
    (.format, ["fmt", "format", "prettier", "gofmt"]),
    (.typecheck, ["typecheck", "type-check", "mypy", "tsc", "types", "typing"]),
    (.bench, ["bench", "benchmark", "benchmarks"]),
    (.coverage, ["coverage", "cov"]),
    (.test, ["test", "tests", "e2e", "spec", "pytest", "testing"]),
    (.build, ["build", "compile", "bundle", "dist", "assemble", "package"]),
    (.run, ["run", "start", "dev", "serve", "server", "watch", "preview"]),
    (.generate, ["generate", "gen", "codegen", "completions"]),
    (.migrate, ["migrate", "migration", "migrations"]),
    (.release, ["release", "publish"]), (.deploy, ["deploy"]),
    (.docs, ["docs", "doc", "docc", "documentation"]), (.clean, ["clean"]),
    (.install, ["install", "setup", "bootstrap", "init", "deps"]),
    (.check, ["check", "ci", "verify", "validate", "qa", "dup", "audit"]),
  ]

  /// The role of a task by the parts of its name.
  init(taskName: String) {
    let parts = taskName.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    let found = Self.words.first { entry in parts.contains { entry.1.contains($0) } }
    self = found?.0 ?? .task
  }

  /// The beginning of a sentence that ends with the command.
  var phrase: String {
    switch self {
    case .test: "Run the tests with"
    case .lint: "Lint with"
    case .format: "Format the code with"
    case .build: "Build with"
    case .run: "Run the project with"
    case .install: "Install dependencies with"
    case .generate: "Generate code with"
    case .migrate: "Run migrations with"
    case .release: "Release with"
    case .deploy: "Deploy with"
    case .typecheck: "Check types with"
    case .bench: "Run the benchmarks with"
    case .coverage: "Measure coverage with"
    case .docs: "Build the documentation with"
    case .clean: "Clean with"
    case .check: "Check with"
    case .task: "Use"
    }
  }

  /// The task's name says no more than the role does.
  func isPlain(_ name: String) -> Bool {
    let plain: [CommandRole: Set<String>] = [
      .test: ["test", "tests"], .lint: ["lint"], .format: ["fmt", "format"], .build: ["build"],
      .run: ["run", "start", "dev", "serve"], .install: ["install", "setup"],
      .typecheck: ["typecheck", "type-check"], .bench: ["bench"], .coverage: ["coverage"],
      .docs: ["docs"], .clean: ["clean"], .generate: ["generate"], .release: ["release"],
      .deploy: ["deploy"], .migrate: ["migrate"], .check: ["check"],
    ]
    return plain[self]?.contains(name) ?? false
  }
}
