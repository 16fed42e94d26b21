import Testing

@testable import Extract

@Suite struct CommandLineTests {
  @Test(arguments: [
    ("cargo fmt --all -- --check", "Check the formatting with `cargo fmt --all -- --check`."),
    ("cargo fmt --all", "Format the code with `cargo fmt --all`."),
    ("npm run format:check", "Check the formatting with `npm run format:check`."),
  ])
  func aFormatterThatOnlyLooks(line: String, statement: String) {
    #expect(CommandLine.use(ofLine: line)?.statement == statement)
  }

  /// What people would write down, with the qualifier of the predicate.
  @Test(arguments: [
    ("go test ./...", "test", "go test ./..."),
    ("go test -v -count=1 -race ./... ", "test", "go test -race ./..."),
    ("go build -o /tmp/x ./cmd/app", "build", "go build ./cmd/app"),
    ("CGO_ENABLED=0 timeout 60 go vet ./...", "lint", "go vet ./..."),
    ("golangci-lint run", "lint", "golangci-lint run"),
    ("cargo test --workspace -- --nocapture", "test", "cargo test --workspace"),
    (
      "cargo clippy --all-targets -- -D warnings", "lint",
      "cargo clippy --all-targets -- -D warnings"
    ),
    ("swift test 2>&1", "test", "swift test"),
    ("swift build -c release", "build", "swift build -c release"),
    ("npm run lint", "lint", "npm run lint"),
    ("npm run test", "test", "npm test"),
    ("pnpm run build", "build", "pnpm build"),
    ("yarn typecheck", "typecheck", "yarn typecheck"),
    ("npm ci", "install", "npm ci"),
    ("yarn", "install", "yarn"),
    ("npx tsc --noEmit", "typecheck", "npx tsc --noEmit"),
    ("node_modules/.bin/eslint . --fix", "lint", "npx eslint --fix ."),
    ("uv run pytest -q --tb=short", "test", "uv run pytest"),
    ("uv run --group dev pytest tests", "test", "uv run pytest tests"),
    ("python -m pytest -x", "test", "python -m pytest"),
    ("poetry run mypy src", "typecheck", "poetry run mypy src"),
    ("ruff format --check .", "format", "ruff format --check ."),
    ("hatch run cov", "coverage", "hatch run cov"),
    ("python manage.py migrate", "migrate", "python manage.py migrate"),
    ("bundle exec rspec", "test", "bundle exec rspec"),
    ("./gradlew clean build --no-daemon", "build", "./gradlew clean build"),
    ("mvn -B verify", "check", "mvn verify"),
    ("dotnet test --no-build", "test", "dotnet test --no-build"),
    ("mix format --check-formatted", "format", "mix format --check-formatted"),
    ("cmake --build build -j8", "build", "cmake --build build"),
    (
      "ctest --test-dir build --output-on-failure", "test",
      "ctest --test-dir build --output-on-failure"
    ),
    ("mise run test:ci", "test", "mise run test:ci"),
    ("make -j4 test", "test", "make test"),
    ("make", "build", "make"),
    ("just fmt", "format", "just fmt"),
    ("./scripts/test.sh", "test", "./scripts/test.sh"),
    ("go run ./cmd/app --help", "run", "go run ./cmd/app"),
    ("docker compose up -d", "run", "docker compose up -d"),
  ])
  func keepsWhatConcernsTheProject(text: String, qualifier: String, line: String) throws {
    let use = try #require(CommandLine.use(ofLine: text))
    #expect(use.line == line)
    #expect(use.qualifier == qualifier)
    #expect(use.form == .whole)
  }

  @Test(arguments: [
    ("go test ./pkg -run TestX -v", "go test ./PACKAGE -run NAME"),
    ("cargo test parses_empty", "cargo test NAME"),
    ("swift test --filter Suite", "swift test --filter NAME"),
    ("pytest tests/test_a.py::test_b", "pytest FILE::NAME"),
    ("uv run pytest -k name", "uv run pytest FILE::NAME"),
    ("npx vitest run src/a.test.ts", "npx vitest run FILE"),
    ("npm test -- src/a.test.ts", "npm test -- FILE"),
    ("bundle exec rspec spec/a_spec.rb:3", "bundle exec rspec FILE:LINE"),
    ("./gradlew test --tests a.B", "./gradlew test --tests NAME"),
    ("mvn test -Dtest=A", "mvn test -Dtest=CLASS#NAME"),
    ("dotnet test --filter A", "dotnet test --filter NAME"),
  ])
  func leavesTheNameOfASingleTestOpen(text: String, line: String) throws {
    let use = try #require(CommandLine.use(ofLine: text))
    #expect(use.form == .singleTest)
    #expect(use.line == line)
    #expect(use.qualifier == "single-test")
  }

  @Test(arguments: [
    "cat go.mod", "ls", "git status", "rm -rf build", "go test ./pkg/a", "go test",
    "npm install left-pad",
    "eslint src/a.ts", "prettier --write README.md", "go test ./... --unknown", "npm exec",
    "make test VERBOSE=1", "mise ls", "ruff check src/a.py", "/usr/bin/env", "../other/build.sh",
    "echo make test && make test", "python x.py", "pip install requests", "cargo add serde",
  ])
  func dropsWhatBelongsToTheMoment(text: String) {
    #expect(CommandLine.use(ofLine: text) == nil)
  }

  @Test func namesTasksThatTellNoRole() throws {
    let use = try #require(CommandLine.use(ofLine: "mise run seed"))
    #expect(use.isTask)
    #expect(use.statement == "`mise run seed` is a task of the project.")
  }
}
