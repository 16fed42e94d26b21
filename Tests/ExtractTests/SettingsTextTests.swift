import Testing

@testable import Extract

@Suite struct SettingsTextTests {
  private func toml(_ text: String) -> [String] {
    SettingsText.toml(text).map { "\($0.path.joined(separator: "/"))=\($0.value)@\($0.line)" }
  }

  private func yaml(_ text: String) -> [String] {
    SettingsText.yaml(text).map { "\($0.path.joined(separator: "/"))=\($0.value)@\($0.line)" }
  }

  @Test func readsTOML() {
    let text = """
      # comment
      top = 'x' # tail
      [tasks."test:ci"]
      run = "go test ./... # all"
      [tools]
      go = { version = '1.25', os = "any" }
      a.b = 1
      """
    #expect(
      toml(text) == [
        "top=x@2", "tasks/test:ci/run=go test ./... # all@4", "tools/go/version=1.25@6",
        "tools/go/os=any@6", "tools/a/b=1@7",
      ])
  }

  @Test func readsTextsOverSeveralLines() {
    #expect(toml("a = \"\"\"\none\ntwo\n\"\"\"\nb = 2") == ["a=one\ntwo@1", "b=2@5"])
  }

  @Test func readsYAML() {
    let text = """
      name: CI
      on:
        push:
          branches: [main, "v*"]
      jobs:
        test:
          steps:
            - uses: actions/checkout@v4
            - name: "Run: all"
              run: |
                make lint
                make test
            - run: make docs # later
      """
    #expect(
      yaml(text) == [
        "name=CI@1", "on/push/branches/0=main@4", "on/push/branches/1=v*@4",
        "jobs/test/steps/0/uses=actions/checkout@v4@8", "jobs/test/steps/1/name=Run: all@9",
        "jobs/test/steps/1/run=make lint\nmake test@10", "jobs/test/steps/2/run=make docs@13",
      ])
  }

  @Test(arguments: ["[", "= x", "a = \"\"\"", ": :", "- - -", "\"open: x", "key: |"])
  func toleratesBrokenTexts(text: String) {
    #expect(toml(text).count + yaml(text).count <= 2)
  }
}
