import KairosModel
import KairosTestSupport
import Testing

@testable import KairosPipeline

/// What a person asked to forget leaves no content behind and does not come back.
@Suite struct ForgetTests {
  private func project(_ files: [String: String]) async throws -> Project {
    let project = try await Project()
    try await project.read(files)
    _ = try await project.snapshot()
    return project
  }

  private func statements(_ project: Project) throws -> [String] {
    try project.memory.store.facts().map(\.statement).sorted()
  }

  @Test func aForgottenFactIsNotEvenKeptAsRejected() async throws {
    let project = try await project(["a.jsonl": Project.lines(0..<3)])
    defer { project.remove() }
    let before = try statements(project)
    let memory = project.memory
    // Also what a person wrote about it goes.
    _ = try await memory.review(
      .reword("Private words."), "check1", reason: "private reason", project.settings)
    let plan = try await memory.forget(.fact("Private"), isDryRun: true, project.settings)
    #expect(plan.observations == 1 && plan.snapshots == [1])
    #expect(try statements(project).count == before.count)
    _ = try await memory.forget(.fact("Private"), isDryRun: false, project.settings)
    try await project.read(["b.jsonl": Project.lines(0..<3, session: "t")])
    _ = try await memory.extract(everything: true, project.settings)
    let id = try await project.snapshot()
    #expect(try statements(project) == before.filter { !$0.contains("check1") })
    for name in ["kairos.db", "decisions.jsonl"] {
      let bytes = try WholeFile.read(memory.folder.path + "/" + name)
      let text = String(decoding: bytes, as: UTF8.self)
      #expect(!text.contains("Private") && !text.contains("private reason"))
    }
    #expect(!id.isEmpty)
    _ = try memory.restoreSnapshot("1")
    #expect(try statements(project).allSatisfy { !$0.contains("check1") })
  }

  @Test func aForgottenSessionTakesOnlyWhatRestsOnItAlone() async throws {
    let project = try await project([
      "a.jsonl": Project.lines(0..<3), "b.jsonl": Project.lines(2..<5, session: "t"),
    ])
    defer { project.remove() }
    let outcome = try await project.memory.forget(
      .session("t"), isDryRun: false, project.settings)
    #expect(outcome.facts.count == 2 && outcome.weakened == 1 && outcome.events == 3)
    #expect(try statements(project).count == 3)
    try await project.read(["b.jsonl": Project.lines(2..<6, session: "t")])
    _ = try await project.snapshot()
    #expect(try statements(project).count == 3)
    #expect(try project.memory.status().sessions == 1)
  }

  @Test func aForgottenFileOfASessionLeavesTheOthers() async throws {
    let project = try await project([
      "a.jsonl": Project.lines(0..<3), "b.jsonl": Project.lines(2..<5),
    ])
    defer { project.remove() }
    #expect(try statements(project).count == 5)
    _ = try await project.memory.forget(
      .source(project.sources.path + "/b.jsonl"), isDryRun: false, project.settings)
    try await project.ingest()
    _ = try await project.snapshot()
    #expect(try statements(project).count == 3)
  }

  @Test func aForgottenSessionStaysAwayAfterTheDatabaseIsLost() async throws {
    let project = try await project(["a.jsonl": Project.lines(0..<3)])
    defer { project.remove() }
    _ = try await project.memory.forget(.session("s"), isDryRun: false, project.settings)
    #expect(try await project.ingest().count("sessions") == 0)
    let log = try WholeFile.read(project.memory.folder.path + "/decisions.jsonl")
    #expect(String(decoding: log, as: UTF8.self).contains("session:s"))
  }

  @Test func aForgottenTimeIsNotReadAgain() async throws {
    let project = try await project([
      "a.jsonl": Project.lines(0..<4), "b.jsonl": Project.lines(2..<6, session: "t"),
    ])
    defer { project.remove() }
    let period = ForgottenPeriod(
      start: Build.at(day: 0, seconds: 1), end: Build.at(day: 0, seconds: 3))
    let plan = try await project.memory.forget(.period(period), isDryRun: true, project.settings)
    #expect(plan.facts.count == 2 && plan.events == 3 && plan.observations == 3)
    #expect(plan.snapshots == [1])
    _ = try await project.memory.forget(.period(period), isDryRun: false, project.settings)
    let left = try statements(project)
    #expect(left.count == 4 && !left.contains { $0.contains("check1") || $0.contains("check2") })
    // Neither from the same files, nor from copies, nor from an older snapshot.
    try await project.read([
      "a.jsonl": Project.lines(0..<4) + Project.lines(7..<8),
      "c.jsonl": Project.lines(0..<4, session: "u"),
    ])
    _ = try await project.memory.extract(everything: true, project.settings)
    _ = try await project.snapshot()
    #expect(try statements(project).count == 5)
    _ = try project.memory.restoreSnapshot("1")
    #expect(try statements(project) == left)
    await #expect(throws: ForgetFailure.unknownPeriod) {
      try await project.memory.forget(.period(period), isDryRun: false, project.settings)
    }
  }

  @Test func aPersonIsForgottenByTheWholeName() async throws {
    let lines = Project.lines(0..<3)
      .replacing("check0", with: "check0 and tell Ada Byron").replacing(
        "check1", with: "ada-byrony")
    let project = try await project(["a.jsonl": lines])
    defer { project.remove() }
    let outcome = try await project.memory.forget(
      .person("ada byron"), isDryRun: false, project.settings)
    #expect(outcome.facts.count == 1)
    #expect(try statements(project).allSatisfy { !$0.contains("Ada") })
    #expect(try statements(project).count == 2)
  }
}
