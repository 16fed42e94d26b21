import KairosModel
import KairosTestSupport
import Testing

@testable import Extract

/// Runs a rule over a tree and gives what people would read.
func statements(_ rule: any WorkspaceRule, _ tree: Workspace) -> [String] {
  observations(rule, tree).map(\.statement)
}

/// Runs a rule over a tree.
func observations(_ rule: any WorkspaceRule, _ tree: Workspace) -> [Observation] {
  rule.observations(
    in: tree, context: ExtractContext(scope: Scope(project: "p"), index: WorkspaceIndex(tree)))
}

@Suite struct TaskRunnersTests {
  @Test func tasksOfMise() {
    let tree = Build.tree([
      (
        "mise.toml",
        """
        [tasks.test]
        description = "Run tests"
        run = "go test ./..."
        [tasks."test:ci"]
        description = "Run all tests with race detection"
        run = "go test -race ./..."
        [tasks.secret]
        hide = true
        run = "x"
        """
      ),
      ("mise-tasks/lint/_default", "#!/bin/sh\ngolangci-lint run"),
      ("mise-tasks/lint/shell", "#MISE description=\"Lint shell scripts\"\n"),
    ])
    #expect(
      statements(TaskRunners(), tree) == [
        "Run the tests with `mise run test` (`go test ./...`).",
        "Use `mise run test:ci` to run all tests with race detection (`go test -race ./...`).",
        "Lint with `mise run lint`.", "Use `mise run lint:shell` to lint shell scripts.",
      ])
  }

  /// The command line that people type, by the lockfile beside the manifest.
  @Test(arguments: [
    ("package-lock.json", ["npm test", "npm run lint"]),
    ("pnpm-lock.yaml", ["pnpm test", "pnpm lint"]),
    ("yarn.lock", ["yarn test", "yarn lint"]), ("bun.lock", ["bun run test", "bun run lint"]),
  ])
  func scriptsOfPackages(lockfile: String, commands: [String]) {
    let manifest = #"{"scripts": {"test": "vitest run", "lint": "eslint .", "prepare": "husky"}}"#
    let tree = Build.tree([("package.json", manifest), (lockfile, "")])
    let all = observations(TaskRunners(), tree)
    #expect(all.map(\.value) == commands)
    #expect(all.map(\.slot.predicate) == ["command.test", "command.lint"])
    #expect(all.allSatisfy { $0.actor == .workspace && $0.grounded })
  }

  @Test func everySessionFormIsTheFilesForm() {
    let manifest = #"{"scripts": {"test": "x", "lint": "y", "build": "z"}}"#
    for lockfile in ["package-lock.json", "pnpm-lock.yaml", "yarn.lock", "bun.lock"] {
      let tree = Build.tree([("package.json", manifest), (lockfile, "")])
      for value in observations(TaskRunners(), tree).map(\.value) {
        #expect(CommandLine.use(ofLine: value)?.line == value)
      }
    }
  }

  @Test func aFamilyOfTasksIsOneFact() {
    let manifest = """
      {"scripts": {"dev": "vitest --ui", "build:bin:linux": "a", "build:bin:mac": "b",
      "build:bin:win": "c"}}
      """
    #expect(
      statements(TaskRunners(), Build.tree([("package.json", manifest), ("bun.lock", "")])) == [
        "`bun run build:bin:*` are tasks of the project: `linux`, `mac`, `win`.",
        "`bun run dev` runs `vitest --ui`.",
      ])
  }

  @Test func tasksWhoseDescriptionsRestateTheirNamesAreAFamily() {
    let tree = Build.tree([
      ("mise-tasks/lint/go", "#MISE description=\"Lint Go\"\n"),
      ("mise-tasks/lint/web", "#MISE description=\"lint web\"\n"),
    ])
    #expect(
      statements(TaskRunners(), tree) == [
        "`mise run lint:*` are tasks of the project: `go`, `web`."
      ])
  }

  @Test func makefilesJustfilesAndTheRest() {
    let tree = Build.tree([
      ("Makefile", ".PHONY: test\ntest: build ## Run the unit tests\n\tgo test ./...\nmain.o: x\n"),
      ("justfile", "# Format all\nfmt:\n  gofmt -w .\n"),
      ("Taskfile.yml", "tasks:\n  gen:\n    desc: Generate the client\n    cmd: sqlc generate\n"),
      ("Rakefile", "desc 'Seed the database'\ntask :seed do\nend\n"),
      (".cargo/config.toml", "[alias]\nxtask = \"run --package xtask --\"\n"),
      ("pyproject.toml", "[tool.poe.tasks]\ncheck = \"ruff check .\"\n"),
    ])
    let found = statements(TaskRunners(), tree)
    #expect(found.contains("Run the tests with `make test` (`go test ./...`)."))
    #expect(found.contains { $0.hasPrefix("Format the code with `just fmt`") })
    #expect(found.contains("Use `task gen` to generate the client (`sqlc generate`)."))
    #expect(
      found.contains("`rake seed`: Seed the database.")
        || found.contains("Use `rake seed` to seed the database."))
    #expect(found.contains { $0.contains("`cargo xtask`") })
    #expect(found.contains("Check with `poe check` (`ruff check .`)."))
    #expect(!found.contains { $0.contains("main.o") })
  }
}
