import KairosTestSupport
import Testing

@testable import Extract

@Suite struct ToolVersionsTests {
  @Test func equalPinsNameAllTheirFiles() {
    let tree = Build.tree([
      ("go.mod", "module x\n\ngo 1.25.6\n"),
      ("mise.toml", "[tools]\ngo = { version = '1.25.6' }\n"),
    ])
    let all = observations(ToolVersions(), tree)
    #expect(all.map(\.slot.predicate) == ["version.go", "version.go"])
    #expect(
      Set(all.map(\.statement)) == [
        "The project uses Go 1.25.6 (pinned in `go.mod`, `mise.toml`)."
      ])
    #expect(all[0].evidence.place.lines == 3...3)
  }

  @Test func lowerBoundsHaveASlotOfTheirOwn() {
    let tree = Build.tree([
      ("go.mod", "go 1.22\n"), (".tool-versions", "golang 1.25.1\n# note\nnodejs 22.1.0\n"),
      ("pyproject.toml", "[project]\nrequires-python = \">=3.10\"\n"),
    ])
    let found = observations(ToolVersions(), tree).map { "\($0.slot.predicate) \($0.value)" }
    #expect(
      Set(found) == [
        "version.go 1.25.1", "version.go-minimum 1.22", "version.node 22.1.0",
        "version.python-minimum 3.10",
      ])
  }

  @Test func whatAMatrixTestsOrAManifestNeedsIsNoPin() {
    let workflow = """
      jobs:
        a:
          steps:
            - with:
                java-version: ${{ matrix.java }}
        b:
          steps:
            - with:
                java-version: 21
      """
    let tree = Build.tree(
      [
        (".github/workflows/ci.yml", workflow),
        ("Package.swift", "// swift-tools-version:6.0\n"),
        (".python-version", "3.12\n"),
        ("pyproject.toml", "[project]\nrequires-python = \">=3.12\"\n"),
      ], code: [("a.java", nil)])
    let found = observations(ToolVersions(), tree).map { "\($0.slot.predicate) \($0.value)" }
    #expect(
      Set(found) == [
        "version.swift-minimum 6.0", "version.python 3.12", "version.python-minimum 3.12",
      ])
  }

  @Test func imagesAndSetupsCountWhenNoFilePins() {
    let docker = ("Dockerfile", "FROM golang:1.24-alpine AS build\nFROM scratch\n")
    #expect(observations(ToolVersions(), Build.tree([docker])).map(\.value) == ["1.24"])
    let pinned = Build.tree([docker, ("mise.toml", "[tools]\ngo = \"1.25.0\"\n")])
    #expect(observations(ToolVersions(), pinned).map(\.value) == ["1.25.0"])
  }

  @Test(arguments: ["latest", "stable", "lts/*", "${{ matrix.go }}"])
  func movingVersionsAreNone(version: String) {
    #expect(observations(ToolVersions(), Build.tree([(".nvmrc", version)])).isEmpty)
  }
}
