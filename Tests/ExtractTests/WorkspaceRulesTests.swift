import KairosModel
import KairosTestSupport
import Testing

@testable import Extract

@Suite struct ModuleIdentityTests {
  @Test(arguments: [
    ("go.mod", "module github.com/a/b\n", "module.go", "github.com/a/b"),
    ("package.json", #"{"name": "@a/b"}"#, "module.npm", "@a/b"),
    ("Cargo.toml", "[package]\nname = \"b\"\n", "module.cargo", "b"),
    ("pyproject.toml", "[project]\nname = \"b\"\n", "module.pypi", "b"),
  ])
  func theNameOfTheModule(path: String, text: String, predicate: String, value: String) {
    let all = observations(ModuleIdentity(), Build.tree([(path, text)]))
    #expect(all.map(\.slot.predicate) == [predicate])
    #expect(all.map(\.value) == [value])
  }

  @Test func theVersionAndTheCommandsOfAPackage() {
    let project = "[project]\nversion = \"0.2.3\"\n[project.scripts]\napp = \"app.cli:main\"\n"
    let package = "{\n\"version\": \"0.0.0\",\n\"bin\": {\n\"tool\": \"./tool.js\"}}"
    let all = observations(
      ModuleIdentity(), Build.tree([("pyproject.toml", project), ("package.json", package)]))
    #expect(
      all.map(\.statement) == [
        "The package's version is 0.2.3 (`pyproject.toml`).",
        "The command `app` starts `app.cli:main` (`pyproject.toml`).",
        "The command `tool` starts `./tool.js` (`package.json`).",
      ])
    #expect(all.map(\.evidence.place.lines) == [2...2, 4...4, 4...4])
  }
}

@Suite struct ToolchainTests {
  @Test func settingsFilesShowTheTools() {
    let tree = Build.tree([
      ("mise.toml", ""), ("mise-tasks/lint/go", ""), (".golangci.yml", ""), ("pnpm-lock.yaml", ""),
    ])
    #expect(
      statements(Toolchain(), tree) == [
        "`mise` is the task runner and tool-version manager; tasks are defined in `mise.toml` and"
          + " `mise-tasks/`.", "`pnpm` is the package manager (`pnpm-lock.yaml`).",
        "Go code is linted with golangci-lint, configured in `.golangci.yml`.",
      ])
  }
}

@Suite struct DeclaredToolsTests {
  @Test func manifestsDeclareTools() {
    let tree = Build.tree([
      (
        "package.json",
        #"{"dependencies": {"next": "15"}, "devDependencies": {"vitest": "3", "express": "5"}}"#
      ),
      (
        "pyproject.toml",
        "[build-system]\nbuild-backend = \"hatchling.build\"\n[tool.hatch.build]\nx = 1\n"
          + "[tool.ruff]\nline-length = 100\n[tool.pytest.ini_options]\nx = 1\n"
      ),
    ])
    let found = observations(DeclaredTools(), tree).map { "\($0.slot.predicate) \($0.value)" }
    #expect(
      found == [
        "tool.test-runner vitest", "tool.linter ruff", "tool.test-runner pytest",
        "tool.build-backend hatchling",
      ])
  }
}

@Suite struct WorkflowsTests {
  private func found(_ text: String, _ predicate: String = "workflow.ci") -> [String] {
    observations(Workflows(), Build.tree([(".github/workflows/ci.yml", text)]))
      .filter { $0.slot.predicate.hasPrefix(predicate) }.map(\.statement)
  }

  @Test func whatRunsAtTheRootIsACommandOfTheProject() {
    let text = """
      on: push
      jobs:
        a:
          steps:
            - run: npm ci && npm test
            - run: npm run lint
              working-directory: web
            - run: cd docs && make html
      """
    #expect(found(text, "command.") == ["Run the tests with `npm test`."])
  }

  @Test func secretsThatAWorkflowNeeds() {
    let text = """
      on: push
      env:
        TOKEN: ${{ secrets.GITHUB_TOKEN }}
        B: ${{ secrets.SIGNING_KEY }}
        A: ${{ secrets.APPLE_ID }}
      """
    #expect(
      found(text, "setting.secrets") == [
        "CI workflow `.github/workflows/ci.yml` needs the repository's secrets `APPLE_ID`,"
          + " `SIGNING_KEY`."
      ])
  }

  @Test func whatRunsWhen() {
    let text = """
      on:
        pull_request:
        push:
          branches: [main]
      jobs:
        test:
          steps:
            - uses: actions/checkout@v4
            - run: npm ci
            - run: |
                npm run lint
                npm test
      """
    #expect(
      found(text) == [
        "CI workflow `.github/workflows/ci.yml` runs `npm run lint`, `npm test` on pull requests,"
          + " pushes to `main`."
      ])
  }

  @Test func tagsMakeReleases() {
    let text = """
      on:
        push:
          tags: ["v*"]
      jobs:
        release:
          steps:
            - uses: goreleaser/goreleaser-action@v6
      """
    #expect(
      found(text) == [
        "Releases are made by `.github/workflows/ci.yml` with GoReleaser on tags `v*`."
      ])
  }

  /// What also runs on branches is no release; a pattern that excludes starts nothing.
  @Test(arguments: [
    ("tags: ['v*']\n    branches: ['**']", "CI workflow", "pushes to `**`, tags `v*`"),
    ("tags: ['!**']\n    branches: ['**']", "CI workflow", "pushes to `**`"),
    ("tags: ['v*']", "CI workflow", "tags `v*`"),
  ])
  func branchesAndExcludedTags(push: String, start: String, when: String) {
    let text = "on:\n  push:\n    \(push)\njobs:\n  a:\n    steps:\n      - run: npm test\n"
    #expect(
      found(text) == ["\(start) `.github/workflows/ci.yml` runs `npm test` on \(when)."])
  }

  @Test func deploymentsAreNoReleasesAndExpressionsAreCutOff() {
    let text =
      "on: workflow_call\njobs:\n  a:\n    steps:\n      - run: cargo test --locked \"$FEATURES\"\n"
    let tree = Build.tree([
      (".github/workflows/deploy-web.yml", text), (".github/workflows/codeql.yml", text),
    ])
    #expect(
      statements(Workflows(), tree) == [
        "Deployments are made by `.github/workflows/deploy-web.yml` with `cargo test --locked` on"
          + " `workflow_call`.", "Run the tests with `cargo test --locked`.",
      ])
  }

  @Test func workflowsWithoutProjectCommandsSayNothing() {
    #expect(found("on: push\njobs:\n  a:\n    steps:\n      - run: echo hi\n").isEmpty)
  }
}

@Suite struct LinterMessagesTests {
  @Test func messagesOfTheProject() {
    let tree = Build.tree([
      (
        ".golangci.yaml",
        """
        linters:
          settings:
            forbidigo:
              forbid:
                - pattern: '^os\\.Getwd$'
                  msg: "use paths.Root() for stable paths"
            depguard:
              rules:
                main:
                  deny:
                    - pkg: "io/ioutil"
                      desc: "replaced by io and os"
        """
      ),
      (
        "eslint.config.js",
        "  { name: 'lodash',\n    message: 'Use native methods instead of lodash.' },\n"
      ),
      (
        "clippy.toml",
        "disallowed-methods = [{ path = \"std::env::var\", reason = \"use config\" }]\n"
      ),
    ])
    #expect(
      statements(LinterMessages(), tree) == [
        "Do not use `os.Getwd`: use paths.Root() for stable paths (enforced by golangci-lint in"
          + " `.golangci.yaml`).",
        "Do not use `io/ioutil`: replaced by io and os (enforced by golangci-lint in"
          + " `.golangci.yaml`).",
        "Do not use `std::env::var`: use config (enforced by Clippy in `clippy.toml`).",
        "Use native methods instead of lodash (enforced by ESLint in `eslint.config.js`).",
      ])
  }
}

@Suite struct IgnoredPathsTests {
  @Test func onlyPlacesThatPeopleWriteIn() {
    let text =
      "node_modules\n*.log\n/dist\ndocs/plans\ndocs/reviews/\ndocs/_build\n.env\n# docs/x\n"
    #expect(
      statements(IgnoredPaths(), Build.tree([(".gitignore", text)])) == [
        "`docs/plans`, `docs/reviews` are ignored by git (`.gitignore`): files there are not"
          + " committed."
      ])
  }
}

@Suite struct CodeStyleTests {
  @Test func formattersOutrankTheEditor() {
    let tree = Build.tree([
      (".editorconfig", "[*]\nindent_style = space\nindent_size = 4\nmax_line_length = 80\n"),
      ("pyproject.toml", "[tool.ruff]\nline-length = 100\n"),
      (".prettierrc", #"{"singleQuote": true, "semi": false}"#),
    ])
    #expect(
      statements(CodeStyle(), tree) == [
        "Lines are at most 100 characters long (`pyproject.toml`).",
        "Prettier is set to single quotes and no semicolons (`.prettierrc`).",
        "Code is indented with 4 spaces (`.editorconfig`).",
      ])
  }

  @Test func sectionsForSomeFilesAreNotTheProjects() {
    let tree = Build.tree([
      (".editorconfig", "[*.md]\nindent_size = 2\n[Makefile]\nindent_style = tab\n")
    ])
    #expect(statements(CodeStyle(), tree).isEmpty)
  }
}

@Suite struct EnvironmentVariablesTests {
  @Test func namesOfTemplatesAndDocumentsWithoutValues() {
    let tree = Build.tree(
      [
        (".env.example", "API_URL=http://x\n# SECRET_KEY=abc\nnot a line\n"),
        (
          "AGENTS.md",
          "Set the environment variable `APP_LOG_LEVEL`. Run `OTHER_FLAG=1 app`. `MAX_SIZE`.\n"
            + "Environment variables: `MAX_SIZE` and `TEST_NAME`.\n"
        ),
      ],
      code: [
        ("main.go", "APP_LOG_LEVEL OTHER_FLAG Getenv"), ("size.go", "MAX_SIZE"),
        ("main_test.go", "TEST_NAME Getenv"),
      ])
    let found = statements(EnvironmentVariables(), tree)
    #expect(
      found == [
        "Environment variables are listed in `.env.example`: `API_URL`, `SECRET_KEY`.",
        "Environment variables that the code reads: `APP_LOG_LEVEL`, `OTHER_FLAG`.",
      ])
  }
}

@Suite struct LicenceTests {
  @Test(arguments: [
    ("LICENSE", "MIT License\n\nCopyright", "MIT"),
    ("LICENSE.txt", "Apache License\nVersion 2.0", "Apache-2.0"),
  ])
  func theTextTellsTheLicence(path: String, text: String, value: String) {
    #expect(observations(Licence(), Build.tree([(path, text)])).map(\.value) == [value])
  }

  @Test func unknownTextsSayNothing() {
    #expect(observations(Licence(), Build.tree([("LICENSE", "Ask us.")])).isEmpty)
  }
}

@Suite struct LayoutTests {
  @Test func foldersTestsAndDocuments() {
    let tree = Build.tree(
      [("docs/guide/a.md", ""), ("docs/guide/b.md", "")],
      code: [
        ("pkg/api/a.go", nil), ("pkg/api/a_test.go", nil), ("pkg/store/s.go", nil),
        ("pkg/store/s_test.go", nil), ("e2e/run_test.go", nil), ("cmd/app/x.go", nil),
      ])
    #expect(
      statements(Layout(), tree) == [
        "Code is in the top-level folders `cmd`, `e2e` and `pkg`.",
        "`pkg` holds the folders `api` and `store`.",
        "Tests stand beside the code that they test (`*_test.go`).",
        "End-to-end tests are in `e2e`.", "Documents in `docs/guide`: `a.md` and `b.md`.",
      ])
  }

  @Test func theMainFolderIsNamedAtTheRoot() {
    let tree = Build.tree(
      [("web/desk/Cargo.toml", "[package]\nname = \"desk-app\"\n")],
      code: [
        ("src/a.ts", nil), ("scripts/b.ts", nil), ("docs/c.ts", nil),
        ("web/desk/src/main.rs", nil),
      ])
    #expect(
      statements(Layout(), tree) == [
        "Code is in the top-level folders `scripts`, `src` and `web`.",
        "The program `desk-app` starts in `web/desk/src/main.rs`.",
      ])
  }

  @Test func testsInAFolderOfTheirOwn() {
    let tree = Build.tree(
      [], code: [("src/a.py", nil), ("tests/test_a.py", nil), ("tests/unit/test_b.py", nil)])
    #expect(statements(Layout(), tree) == ["Tests are in `tests/`."])
  }
}

@Suite struct PackagePurposeTests {
  @Test func whatPackagesAndFilesSayAboutThemselves() {
    let tree = Build.tree(
      [],
      code: [
        (
          "internal/redact/redact.go",
          "Package redact replaces secrets in texts by placeholders. More."
        ),
        ("internal/redact/other.go", "Package redact is said twice in this folder."),
        ("src/app/__init__.py", "Command line tools for the measuring stations.\n\nUsage: x"),
        ("src/app/short.py", "Tools."),
        ("src/auth/__init__.py", "Authentication module and types for the auth package."),
        ("src/lic.py", "Copyright 2020 by somebody who wrote this file."),
        ("tests/test_a.py", "Tests of the application and of its command line."),
      ])
    #expect(
      statements(PackagePurpose(), tree)
        == [
          "Package `redact` (`internal/redact`) replaces secrets in texts by placeholders.",
          "`src/app/__init__.py`: Command line tools for the measuring stations.",
        ])
  }
}
