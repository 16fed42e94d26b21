import KairosModel
import KairosTestSupport
import Testing

@testable import Extract

@Suite struct SeenVersionsTests {
  private func found(_ command: String, _ output: String, exit: Int = 0) -> [Observation] {
    SeenVersions().observations(
      in: SessionView(events: Build.session([.run(command, output: output, exit: exit)])),
      context: ExtractContext(scope: Scope(project: "p"), index: nil))
  }

  @Test(arguments: [
    ("go version", "go version go1.25.6 linux/amd64", "version.go", "1.25.6"),
    ("node --version", "v22.4.1", "version.node", "22.4.1"),
    ("cd x && python3 --version", "Python 3.12.2", "version.python", "3.12.2"),
    ("swift --version | head -1", "Swift version 6.1 (swift-6.1-RELEASE)", "version.swift", "6.1"),
  ])
  func toolsReportTheirVersion(
    command: String, output: String, predicate: String, version: String
  ) {
    let all = found(command, output)
    #expect(all.map(\.slot.predicate) == [predicate])
    #expect(all.map(\.value) == [version])
  }

  @Test func failuresAndOtherProgramsSayNothing() {
    #expect(found("go version", "command not found: go", exit: 127).isEmpty)
    #expect(found("myapp --version", "2.3.4").isEmpty)
    #expect(found("go version && make", "go version go1.25.6").isEmpty)
  }
}
