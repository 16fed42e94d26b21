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

  @Test func onlyDependenciesThatMatterHaveFactsOfTheirOwn() {
    let mod = "require (\n\tgithub.com/acme/parser/v3 v3.0.0\n\tgithub.com/acme/rare v1.0.0\n)\n"
    let code = (0..<6).map { ("pkg/f\($0).go", Optional("uses parser here")) }
    let tree = Build.tree([("go.mod", mod)], code: code)
    #expect(
      statements(Dependencies(), tree) == [
        "Direct dependencies in `go.mod`: `parser`, `rare`.",
        "The project depends on `github.com/acme/parser/v3` v3.0.0 (`go.mod`).",
      ])
  }

  @Test func fiftyNamesAreOneFact() {
    let lines = (0..<50).map { "\tgithub.com/acme/library\($0) v1.0.0" }.joined(separator: "\n")
    let found = statements(Dependencies(), Build.tree([("go.mod", "require (\n\(lines)\n)\n")]))
    #expect(found.count == 1)
    #expect(found[0].count <= 240 && found[0].hasSuffix("and others."))
  }
}
