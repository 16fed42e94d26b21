import KairosModel
import KairosTestSupport
import Merge
import Testing

@Suite struct MergeStageTests {
  private let rule = Build.asking("rule", subject: "topic:tests")

  private func values(_ texts: [String], predicate: String = "rule") -> [[String]] {
    let slot = Build.asking(predicate)
    let observations = texts.enumerated().map {
      Build.observation(slot, $1, day: Int64($0), session: "s\($0)")
    }
    return MergeStage().claims(slot: slot, observations: observations).claims
      .map { Set($0.observations.map(\.value)).sorted() }
  }

  @Test(arguments: [
    ("Run the unit tests before committing.", "Always run unit tests before you commit"),
    ("Never commit directly to `main`", "Don't commit directly to `main`"),
    ("The `Parser` type reads tokens", "The `Parser` reads tokens"),
    ("Store session logs in `.data/logs`", "store the session logs in `.data/logs`."),
  ])
  func variantsOfOneStatementJoin(a: String, b: String) {
    #expect(values([a, b]).count == 1)
  }

  @Test(arguments: [
    ("The server listens on port 8080", "The server listens on port 3000"),
    ("Use tabs in Go files", "Do not use tabs in Go files"),
    ("The public API is v1", "The public API is v2"),
    ("Edit `src/a.ts` for routes", "Edit `src/b.ts` for routes"),
    ("Requests time out after 30s", "Requests time out after 30ms"),
    ("`Reader` calls `Writer`", "`Writer` calls `Reader`"),
    ("Run tests before lint", "Run lint before tests"),
    ("The gateway calls the billing service", "The billing service calls the gateway"),
    ("Run the integration tests before a release", "Run the unit tests before a release"),
    ("Push only after review", "Push after review"),
    ("Enable the cache in tests", "Disable the cache in tests"),
    ("Reviews are stored in the archive folder", "Releases are stored in the archive folder"),
  ])
  func differentStatementsStayApart(a: String, b: String) {
    #expect(values([a, b]).count == 2)
  }

  @Test func smallStepsDoNotChain() {
    let steps = [
      "alpha beta gamma delta", "alpha beta gamma delta epsilon",
      "alpha beta gamma delta epsilon zeta", "alpha beta gamma delta epsilon zeta eta",
      "alpha beta gamma delta epsilon zeta eta theta iota kappa",
    ]
    let clusters = values(steps)
    #expect(clusters.count > 1)
    #expect(!clusters.contains { $0.contains(steps[0]) && $0.contains(steps[4]) })
  }

  @Test func hedgedAndPlainWordingsStayApart() {
    let plain = Build.observation(rule, "the cache is shared by all workers", session: "a")
    let hedged = Build.observation(
      rule, "the cache is shared by all the workers", session: "b", modality: .hedged, hedge: 2)
    let result = MergeStage().claims(slot: rule, observations: [plain, hedged])
    #expect(result.claims.count == 2)
  }

  @Test(arguments: [
    ("version.go", "v1.26.1", "1.26.1", 1), ("tool.formatter", "Prettier", "prettier", 1),
    ("command.test", "`go test ./...`", "go test  ./...", 1),
    ("command.test", "go test -V", "go test -v", 2), ("version.go", "1.26", "1.26.1", 2),
  ])
  func typedValuesJoinBySpellingOnly(predicate: String, a: String, b: String, claims: Int) {
    #expect(values([a, b], predicate: predicate).count == claims)
  }

  @Test func aStatementVetoesWhatItsValueHides() {
    let rule = Build.asking("rule")
    let once = Build.observation(
      rule, "push branch after review", session: "a", statement: "Push the branch after review.")
    let only = Build.observation(
      rule, "push branch after review today", session: "b",
      statement: "Push the branch only after review today.")
    #expect(MergeStage().claims(slot: rule, observations: [once, only]).claims.count == 2)
  }

  @Test func polaritiesAreDifferentClaims() {
    let slot = Build.asking("tool.manager")
    let result = MergeStage().claims(
      slot: slot,
      observations: [
        Build.observation(slot, "npm"), Build.observation(slot, "npm", day: 1, polarity: .negated),
      ])
    #expect(result.claims.count == 2)
  }

  @Test func copiesChangeNothing() {
    let one = Build.observation(rule, "keep handlers small", day: 3, session: "a", lineage: "e_1")
    let fork = Build.observation(rule, "keep handlers small", day: 5, session: "b", lineage: "e_1")
    let once = MergeStage().claims(slot: rule, observations: [one])
    let often = MergeStage().claims(slot: rule, observations: [fork, one, fork, one])
    #expect(once == often)
  }

  @Test func earliestSpellingStandsAndTheJournalSaysWhatJoined() throws {
    let human = Build.observation(
      rule, "Always run unit tests before you commit", .human, day: 9, session: "h",
      statement: "Always run the unit tests before you commit.")
    let model = Build.observation(rule, "run unit tests before committing", day: 1, session: "m")
    let result = MergeStage().claims(slot: rule, observations: [human, model])
    let claim = try #require(result.claims.first)
    #expect(result.claims.count == 1)
    #expect(claim.value == model.value && claim.statement == human.statement)
    let decision = try #require(result.decisions.first)
    #expect(decision.action == .merge && decision.object == claim.id)
    #expect(claim.merges.map(\.from) == [human.value])
  }

  @Test func orderDoesNotMatter() {
    let texts = (0..<40).map { number in
      let words = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta"]
      return words.enumerated().filter { (number >> ($0.offset % 6)) & 1 == 0 || $0.offset > 4 }
        .map(\.element).joined(separator: " ")
    }
    let observations = texts.enumerated().map {
      Build.observation(rule, $1, day: Int64($0 % 7), session: "s\($0)")
    }
    let expected = MergeStage().claims(slot: rule, observations: observations)
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<100 {
      let shuffled = observations.shuffled(using: &generator)
      #expect(MergeStage().claims(slot: rule, observations: shuffled) == expected)
    }
  }
}
