import Foundation
import Testing

@testable import KairosPipeline

@Suite struct PipelineFileTests {
  static func read(_ text: String) throws -> PipelineFile {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    return try Memory.readPipeline(try folder.write("p.yaml", text))
  }

  static func mistakes(_ text: String) -> [String] {
    do {
      _ = try read(text)
      return []
    } catch {
      return (error as? SettingsFailure)?.mistakes.map { "\($0.line) \($0.text)" } ?? ["?"]
    }
  }

  @Test func listsEveryMistakeWithItsLine() {
    let text = """
      name: n
      sorces:
        agents: true
      stages: [ingest, extrct, export]
      guards:
        max-loss-percent: 200
      gates:
        idle: 3
      exports:
        - target: agent-md
        - out: x
      """
    #expect(
      Self.mistakes(text) == [
        "2 unknown key 'sorces' in the pipeline; did you mean 'sources'?",
        "4 unknown stage 'extrct'; did you mean 'extract'?",
        "6 max-loss-percent must be a whole number from 0 to 100",
        "8 unknown key 'idle' in gates; known keys are min-hours, min-sessions, idle-minutes, "
          + "scan-minutes",
        "10 unknown target 'agent-md'; did you mean 'agents-md'?",
        "11 an export needs the key 'target'",
      ])
  }

  @Test(arguments: [
    ("", "0 the file is empty"),
    ("name: [", "2 this is not YAML: "),
    ("name: a\nname: b\nsources: {agents: true}", "1 a key is given twice: 'name'"),
    ("name: x", "1 the key 'sources' is missing; the stage 'ingest' needs it"),
    ("sources: {agents: maybe}", "1 agents must be true or false"),
    ("sources: {workspaces: [.]}\nstages: [export]", "2 the stage 'export' needs the key"),
    ("sources: {agents: true}\nstages: [extract, ingest]", "2 stages run in the order"),
    ("sources: {agents: true}\nthresholds: {firm: 1}", "2 unknown key 'firm' in thresholds"),
  ])
  func namesTheMistake(text: String, start: String) {
    let found = Self.mistakes(text)
    #expect(found.contains { $0.hasPrefix(start) }, "\(found)")
  }

  @Test func aGateWithoutANumberHasItsDefault() throws {
    let text = "sources: {agents: true}\ngates:\n  min-hours:\n  min-sessions: 2\n"
    let gates = try Self.read(text).gates
    #expect(gates.hoursMin == 24)
    #expect(gates.sessionsMin == 2)
  }

  @Test func withoutGatesThereAreNone() throws {
    #expect(try Self.read("sources: {agents: true}").gates == PipelineFile.Gates())
  }

  @Test func withoutExportsNothingIsExported() throws {
    let file = try Self.read("sources: {agents: true}")
    #expect(file.stages == [.ingest, .extract, .consolidate, .snapshot])
  }

  @Test(arguments: ["nightly", "ci", "pull-request"])
  func theShippedPipelinesAreSound(name: String) throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let file = try Memory.readPipeline(root.appending(path: "pipelines/\(name).yaml").path)
    #expect(file.name == name)
    #expect(file.stages == PipelineFile.Stage.allCases)
  }
}

/// A folder of its own for one test.
struct TemporaryFolder {
  let url: URL
  var path: String { url.path }

  init() throws {
    url = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
      .appending(path: "kairos-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  func remove() { try? FileManager.default.removeItem(at: url) }

  /// Writes a file and returns its path.
  @discardableResult
  func write(_ name: String, _ text: String) throws -> String {
    let file = url.appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
    return file.path
  }
}
