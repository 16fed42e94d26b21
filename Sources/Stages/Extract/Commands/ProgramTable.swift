/// What is known about programs that developers run.
enum ProgramTable {
  /// How the words of a command line are read.
  struct Program: Sendable {
    /// Words between the program and the task (`run` in `npm run test`).
    var runnerWords: Set<String> = []
    /// Subcommands with their role.
    var roles: [String: CommandRole] = [:]
    /// The role when no subcommand decides.
    var role: CommandRole?
    /// The first free word is the name of a task of the project.
    var isTaskRunner = false
  }

  /// Whether the program works on a project as a whole (not `cat`, `ls`, `git`).
  static func isProjectTool(_ program: String) -> Bool {
    programs[program] != nil || program.hasPrefix("./script") || program.hasPrefix("./bin/")
  }

  static let programs: [String: Program] = [
    "mise": Program(runnerWords: ["run", "r"], isTaskRunner: true),
    "make": Program(isTaskRunner: true), "gmake": Program(isTaskRunner: true),
    "just": Program(isTaskRunner: true), "task": Program(isTaskRunner: true),
    "npm": node, "pnpm": node, "yarn": node, "bun": node,
    "npx": Program(roles: nodeTools), "bunx": Program(roles: nodeTools),
    "deno": Program(
      runnerWords: ["task"],
      roles: ["test": .test, "lint": .lint, "fmt": .format, "check": .typecheck, "bench": .bench]),
    "tsc": Program(role: .typecheck), "eslint": Program(role: .lint),
    "prettier": Program(role: .format), "vitest": Program(role: .test),
    "jest": Program(role: .test), "playwright": Program(roles: ["test": .test]),
    "go": Program(
      roles: [
        "test": .test, "build": .build, "vet": .lint, "fmt": .format, "generate": .generate,
        "run": .run, "install": .install,
      ]),
    "gofmt": Program(role: .format), "golangci-lint": Program(roles: ["run": .lint]),
    "swift": Program(roles: ["test": .test, "build": .build, "run": .run, "format": .format]),
    "cargo": Program(
      roles: [
        "test": .test, "nextest": .test, "build": .build, "clippy": .lint, "fmt": .format,
        "run": .run, "check": .typecheck, "bench": .bench, "doc": .docs,
      ]),
    "pytest": Program(role: .test), "tox": Program(role: .test), "nox": Program(role: .test),
    "ruff": Program(roles: ["check": .lint, "format": .format]), "black": Program(role: .format),
    "mypy": Program(role: .typecheck), "pyright": Program(role: .typecheck),
    "flake8": Program(role: .lint), "pylint": Program(role: .lint), "isort": Program(role: .format),
    "uv": Program(runnerWords: ["run"], roles: ["sync": .install, "build": .build]),
    "poetry": Program(runnerWords: ["run"], roles: ["install": .install, "build": .build]),
    "hatch": Program(runnerWords: ["run"], roles: ["test": .test, "build": .build]),
    "pdm": Program(runnerWords: ["run"], roles: ["install": .install]),
    "pre-commit": Program(roles: ["run": .lint]),
    "gradle": gradle, "./gradlew": gradle,
    "mvn": Program(roles: ["test": .test, "verify": .test, "package": .build, "compile": .build]),
    "./mvnw": Program(roles: ["test": .test, "verify": .test, "package": .build]),
    "bundle": Program(runnerWords: ["exec"], roles: ["install": .install]),
    "rake": Program(isTaskRunner: true), "rspec": Program(role: .test),
    "rubocop": Program(role: .lint), "rails": Program(roles: ["test": .test, "server": .run]),
    "bin/rails": Program(roles: ["test": .test, "server": .run, "db:migrate": .migrate]),
    "composer": Program(runnerWords: ["run", "run-script"], roles: ["install": .install]),
    "phpunit": Program(role: .test), "php": Program(roles: ["artisan": .run]),
    "mix": Program(
      roles: [
        "test": .test, "format": .format, "compile": .build, "credo": .lint,
        "ecto.migrate": .migrate,
      ]),
    "dotnet": Program(roles: ["test": .test, "build": .build, "run": .run, "format": .format]),
    "cmake": Program(role: .build), "ctest": Program(role: .test), "ninja": Program(role: .build),
    "bazel": Program(roles: ["test": .test, "build": .build, "run": .run]),
    "flutter": Program(roles: ["test": .test, "build": .build, "run": .run, "analyze": .lint]),
    "goreleaser": Program(role: .release), "terraform": Program(roles: ["apply": .deploy]),
    "alembic": Program(roles: ["upgrade": .migrate]),
    "python": Program(roles: ["manage.py": .run]),
  ]

  private static let node = Program(
    runnerWords: ["run", "exec", "dlx"],
    roles: ["test": .test, "install": .install, "ci": .install, "start": .run], isTaskRunner: true)
  private static let nodeTools: [String: CommandRole] = [
    "tsc": .typecheck, "eslint": .lint, "prettier": .format, "vitest": .test, "jest": .test,
    "playwright": .test, "biome": .lint,
  ]
  private static let gradle = Program(
    roles: ["test": .test, "build": .build, "check": .check, "assemble": .build, "run": .run])
}
