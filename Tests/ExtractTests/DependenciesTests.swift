import KairosTestSupport
import Testing

@testable import Extract

@Suite struct DependenciesTests {
  private func names(_ found: [Dependencies.Dependency]) -> [String] {
    found.map { one in one.version.map { "\(one.name) \($0)" } ?? one.name }
  }

  @Test func directOnesOfEveryEcosystem() {
    let mod = "module x\nrequire (\n\ta.io/b/v2 v2.1.0\n\tc.io/d v0.1.0 // indirect\n)\n"
    #expect(names(Dependencies.goMod(mod)) == ["a.io/b/v2 v2.1.0"])
    #expect(
      names(
        Dependencies.packageJSON(
          #"{"dependencies": {"@a/b": "^1.0"}, "devDependencies": {"x": "1"}}"#))
        == ["@a/b ^1.0"])
    let cargo =
      "[dependencies]\nserde = \"1\"\nown = { version = \"0.1\", path = \"own\" }\n"
      + "[dependencies.tokio]\nversion = \"1.40\"\n[dev-dependencies]\nz = \"1\"\n"
    #expect(names(Dependencies.cargo(cargo)) == ["serde 1", "tokio 1.40"])
    let project = "[project]\ndependencies = [\n  \"flask>=3\",\n  'attrs',\n]\nother = [\"no\"]\n"
    #expect(names(Dependencies.pyproject(project)) == ["flask >=3", "attrs"])
    #expect(
      names(Dependencies.requirements("# c\nflask==3.0 # web\n-r base.txt\n")) == ["flask ==3.0"])
  }

  /// A list on one line ends there; groups of development dependencies are no dependencies.
  @Test func aListOnOneLineEnds() {
    let project =
      "dependencies = [\"uvicorn[standard]>=0.3\"]\n\n[dependency-groups]\n"
      + "dev = [\"pytest>=8\", \"ruff\"]\n"
    #expect(names(Dependencies.pyproject(project)) == ["uvicorn >=0.3"])
  }

  @Test func requirementsBesideAManifestAreForDevelopment() {
    let tree = Build.tree([
      ("pyproject.toml", "[project]\ndependencies = [\"anyio\"]\n"),
      ("requirements.txt", "mkdocs==1.6\n"),
    ])
    #expect(
      statements(Dependencies(), tree) == [
        "Direct dependencies in `pyproject.toml`: `anyio`.",
        "Development dependencies in `requirements.txt`: `mkdocs`.",
      ])
  }

  @Test func membersStandAtTheirLines() {
    let text = "{\n\"name\": \"b\",\n\"dependencies\": {\n\"a\": \"1\",\n\"b\": \"2\"\n}}\n"
    #expect(Dependencies.packageJSON(text).map(\.line) == [4, 5])
  }

  @Test func onlyDependenciesThatMatterHaveFactsOfTheirOwn() {
    let many = (0..<20).map { "\tgithub.com/acme/library\($0) v1.0.0\n" }.joined()
    let mod = "require (\n\tgithub.com/acme/parser/v3 v3.0.0\n\(many))\n"
    let code = (0..<6).map { ("pkg/f\($0).go", Optional("uses parser here")) }
    let tree = Build.tree([("go.mod", mod)], code: code)
    #expect(
      statements(Dependencies(), tree).dropFirst() == [
        "The project depends on `github.com/acme/parser/v3` v3.0.0 (`go.mod`)."
      ])
  }

  @Test func fiftyNamesAreOneFact() {
    let lines = (0..<50).map { "\tgithub.com/acme/library\($0) v1.0.0" }.joined(separator: "\n")
    let found = statements(Dependencies(), Build.tree([("go.mod", "require (\n\(lines)\n)\n")]))
    #expect(found.count == 1)
    #expect(found[0].count <= 240 && found[0].hasSuffix("and others."))
  }
}
