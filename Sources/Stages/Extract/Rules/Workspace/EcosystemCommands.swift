import KairosModel

/// The commands that an ecosystem gives every project, where no task of the project's own stands
/// for them: `cargo test` of a crate, `bun install` beside `bun.lock`.
struct EcosystemCommands: WorkspaceRule {
  let name = "ecosystem-commands"

  /// Commands by the files that show an ecosystem.
  private struct Ecosystem {
    /// Any of these at the root.
    let files: [String]
    let commands: [(role: CommandRole, line: String)]
  }

  private static let ecosystems: [Ecosystem] = [
    Ecosystem(files: ["pnpm-lock.yaml"], commands: [(.install, "pnpm install")]),
    Ecosystem(files: ["yarn.lock"], commands: [(.install, "yarn install")]),
    Ecosystem(files: ["bun.lock", "bun.lockb"], commands: [(.install, "bun install")]),
    Ecosystem(files: ["package-lock.json"], commands: [(.install, "npm install")]),
    Ecosystem(files: ["uv.lock"], commands: [(.install, "uv sync"), (.build, "uv build")]),
    Ecosystem(
      files: ["poetry.lock"], commands: [(.install, "poetry install"), (.build, "poetry build")]),
    Ecosystem(files: ["pdm.lock"], commands: [(.install, "pdm install")]),
    Ecosystem(files: ["Gemfile"], commands: [(.install, "bundle install")]),
    Ecosystem(files: ["composer.json"], commands: [(.install, "composer install")]),
    Ecosystem(files: ["Cargo.toml"], commands: [(.build, "cargo build"), (.test, "cargo test")]),
    Ecosystem(
      files: ["Package.swift"], commands: [(.build, "swift build"), (.test, "swift test")]),
    Ecosystem(files: ["go.mod"], commands: [(.build, "go build ./..."), (.test, "go test ./...")]),
    Ecosystem(
      files: ["mix.exs"], commands: [(.install, "mix deps.get"), (.test, "mix test")]),
    Ecosystem(
      files: ["gradlew"], commands: [(.build, "./gradlew build"), (.test, "./gradlew test")]),
    Ecosystem(files: ["mvnw"], commands: [(.build, "./mvnw package"), (.test, "./mvnw test")]),
    Ecosystem(files: ["pom.xml"], commands: [(.build, "mvn package"), (.test, "mvn test")]),
    Ecosystem(files: ["pubspec.yaml"], commands: [(.install, "dart pub get")]),
  ]

  func observations(in workspace: Workspace, context: ExtractContext) -> [Observation] {
    let facts = WorkspaceFacts(rule: name, workspace: workspace, context: context)
    var taken = Set(TaskRunners.tasks(workspace).map(\.role))
    // Tests of Rust stand in the code that they test.
    let hasTests = workspace.files.contains {
      $0.kind == .code && (TestFiles.isTest($0.path) || $0.path.hasSuffix(".rs"))
    }
    var found: [Observation] = []
    for ecosystem in Self.ecosystems {
      guard let file = ecosystem.files.lazy.compactMap({ workspace.file($0) }).first else {
        continue
      }
      for (role, line) in ecosystem.commands where role != .test || hasTests {
        guard taken.insert(role).inserted, isFit(line, workspace) else { continue }
        found.append(
          facts.stated(
            in: file, lines: nil, kind: .command, predicate: "command." + role.rawValue,
            value: line, statement: "\(role.phrase) `\(line)` (`\(file.path)`).", quote: line))
      }
    }
    return found
  }

  /// Flutter has its own command; a package is built only when it says how.
  private func isFit(_ line: String, _ workspace: Workspace) -> Bool {
    switch line {
    case "dart pub get": workspace.file("pubspec.yaml")?.text?.contains("sdk: flutter") == false
    case "uv build", "poetry build":
      workspace.file("pyproject.toml")?.text?.contains("[build-system]") == true
    default: true
    }
  }
}
