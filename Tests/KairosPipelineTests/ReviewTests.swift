import KairosModel
import KairosTestSupport
import Testing

@testable import KairosPipeline

/// What a person decided holds through everything that happens to a memory afterwards.
@Suite struct ReviewTests {
  private static let rule = "Always run `make check3` before a commit."

  private func project() async throws -> Project {
    let project = try await Project()
    try await project.read(["a.jsonl": Project.lines(0..<6)])
    _ = try await project.snapshot()
    return project
  }

  private func fact(_ project: Project, saying text: String = rule) throws -> Fact? {
    try project.memory.store.facts().first { $0.statement == text }
  }

  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func aRejectedFactStaysAway(seed: UInt64) async throws {
    let project = try await project()
    defer { project.remove() }
    let before = try #require(try fact(project))
    _ = try await project.memory.review(.reject, before.id, reason: nil, project.settings)
    var random = SeededGenerator(seed: seed)
    for step in 0..<6 {
      switch Int.random(in: 0..<5, using: &random) {
      case 0: try await project.read(["b\(step).jsonl": Project.lines(0..<6, session: "n\(step)")])
      case 1: _ = try await project.memory.extract(everything: true, project.settings)
      case 2: _ = try project.memory.restoreSnapshot("1")
      case 3:
        // Another spelling of the same.
        let other = Project.lines(3..<4, session: "o\(step)")
          .replacing(
            "Always run `make check3` before a commit",
            with: "ALWAYS run make check3, before a commit!")
        try await project.read(["c\(step).jsonl": other])
      default: _ = try await project.snapshot()
      }
      if let now = try fact(project) { #expect(now.state == .rejected) }
    }
    _ = try await project.snapshot()
    let like = try project.memory.store.facts().filter {
      $0.statement.lowercased().contains("check3")
    }
    #expect(!like.isEmpty && like.allSatisfy { $0.state == .rejected })
  }

  @Test func acceptanceAndWordingSurviveExtraction() async throws {
    let project = try await project()
    defer { project.remove() }
    let before = try #require(try fact(project))
    let words = "Run `make check3` before each commit."
    _ = try await project.memory.review(.reword(words), before.id, reason: nil, project.settings)
    _ = try await project.memory.extract(everything: true, project.settings)
    _ = try await project.memory.consolidate(
      ConsolidateRequest(everything: true), project.settings)
    let after = try #require(try fact(project, saying: words))
    #expect(after.id == before.id && after.state == .firm)
    let told = try project.memory.explain(after.id).decisions.map(\.reason)
    #expect(told.contains("it said before: " + Self.rule))
  }

  @Test func thresholdsOfTheLastConsolidationStay() async throws {
    let project = try await project()
    defer { project.remove() }
    _ = try await project.memory.consolidate(
      ConsolidateRequest(allowsLoss: true, thresholds: ["firm-log-odds-q16": 900_000]),
      project.settings)
    let fact = try #require(try fact(project))
    #expect(fact.state == .tentative)
    _ = try await project.memory.review(.accept, fact.id, reason: nil, project.settings)
    let states = try project.memory.store.facts().map(\.state)
    #expect(states.count { $0 == .firm } == 1)
    #expect(states.count { $0 == .tentative } == states.count - 1)
  }

  @Test func secretsInWordingsAreTakenOut() async throws {
    let project = try await project()
    defer { project.remove() }
    let fact = try #require(try fact(project))
    let secret = "ghp_" + "0123456789abcdefghijABCDEFGHIJ012345"
    _ = try await project.memory.review(
      .reword("Log in with \(secret)."), fact.id, reason: secret, project.settings)
    let log = try WholeFile.read(project.memory.folder.path + "/decisions.jsonl")
    #expect(!String(decoding: log, as: UTF8.self).contains(secret))
  }

  @Test func everyMistakeOfAFileIsNamed() async throws {
    let project = try await project()
    defer { project.remove() }
    let text = "nothing\nfact f_x\ndecision: accept\nfact f_y\nfact f_z\ndecision: yes\n"
    do {
      _ = try await project.memory.applyReview(
        Array(text.utf8), path: "/r", project.settings)
      Issue.record("the file was taken")
    } catch ReviewFailure.badFile(_, let mistakes) {
      #expect(mistakes.count == 4)
    }
  }
}
