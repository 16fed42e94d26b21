import KairosModel
import KairosTestSupport
import Merge
import Reconcile
import Testing

/// Observations of one slot through merge and reconcile.
func reconciled(
  _ observations: [Observation], workspace: WorkspaceIndex? = nil, now: Int64 = 100,
  options: ReconcileOptions = ReconcileOptions()
) -> ReconcileResult {
  let slot = observations[0].slot
  let claims = MergeStage().claims(slot: slot, observations: observations).claims
  return ReconcileStage(
    options: options, workspace: workspace, newestEvidence: Build.at(day: now)
  ).reconcile(claims)
}

extension ReconcileResult {
  /// The claim with this value.
  func claim(_ value: String, _ polarity: Polarity = .affirmed) -> ReconciledClaim? {
    claims.first { $0.claim.value == value && $0.claim.polarity == polarity }
  }
}

@Suite struct OneValuedTests {
  private let version = Build.asking("version.go")

  private func said(
    _ value: String, _ actor: Actor = .tool, day: Int64, session: String? = nil
  ) -> Observation {
    Build.observation(
      version, value, actor, day: day, session: session ?? "s\(day)", grounded: actor == .tool)
  }

  @Test func laterTruthSupersedes() {
    let result = reconciled([
      said("1.24", day: 1), said("1.24", day: 9), said("1.25", day: 60), said("1.25", day: 70),
    ])
    let (old, new) = (result.claim("1.24"), result.claim("1.25"))
    #expect(new?.disposition == Disposition.none)
    #expect(old?.disposition == .supersede && old?.supersededBy == new?.claim.id)
    #expect(new?.supersedes == [old?.claim.id].compactMap { $0 })
    #expect(old?.validTo == Build.at(day: 60) && new?.validFrom == Build.at(day: 60))
    #expect(old.map { Set($0.labels.values) } == [.superseded])
    #expect(result.decisions.map(\.action) == [.supersede])
  }

  @Test func oneWeakDissenterIsNoise() {
    let result = reconciled(
      (0..<4).map { said("1.24", day: $0 * 10) } + [said("1.19", .assistant, day: 45)])
    #expect(result.current?.claim.claim.value == "1.24")
    #expect(result.claim("1.19")?.disposition == .reject)
    #expect(result.claim("1.19").map { Set($0.labels.values) } == [.erroneous])
  }

  @Test func evidenceThatArrivesLateCountsAtItsTime() {
    let known = [said("1.25", day: 60), said("1.25", day: 70)]
    let late = [said("1.24", day: 1), said("1.24", day: 5)]
    #expect(reconciled(known + late).current?.claim.claim.value == "1.25")
    #expect(reconciled(known + late) == reconciled(late + known))
  }

  @Test func aLessExactVersionIsNoContradiction() {
    let result = reconciled([
      said("1.26", .human, day: 3), said("1.26.1", day: 4), said("1.26.1", day: 5),
    ])
    #expect(result.claim("1.26.1")?.disposition == Disposition.none)
    #expect(result.claim("1.26")?.disposition == .keepBoth)
  }

  @Test func equalRivalsNeedReview() {
    let result = reconciled([
      said("1.24", .human, day: 50, session: "a"), said("1.25", .human, day: 50, session: "b"),
    ])
    #expect(result.claims.allSatisfy { $0.disposition == .needsReview })
  }

  @Test func whatASpeakerTakesBackInTheSessionHasNoVote() {
    let result = reconciled([
      said("1.24", .human, day: 50, session: "x"), said("1.25", .human, day: 51, session: "x"),
    ])
    #expect(result.current?.claim.claim.value == "1.25")
    #expect(result.claim("1.24")?.weights.contains { $0.discount.contains("taken back") } == true)
  }

  @Test func theNewestFilesOutrankWhatWasSaid() {
    let index = Build.workspace([("go.mod", "go 1.26")])
    let listed = Build.listing(version, "1.26", state: "w_new", day: 100, path: "go.mod")
    let result = reconciled(
      (0..<12).map { said("1.24", day: 88 + $0) } + [listed], workspace: index)
    #expect(result.current?.claim.claim.value == "1.26")
    #expect(result.claim("1.26")?.verified?.extent == .value)
    #expect(result.claim("1.24")?.disposition == .supersede)
  }

  @Test func disagreeingFilesAreShown() {
    let index = Build.workspace([("go.mod", "go 1.26"), ("Dockerfile", "golang:1.25")])
    let result = reconciled(
      [
        Build.listing(version, "1.26", state: "w_new", day: 100, path: "go.mod"),
        Build.listing(version, "1.25", state: "w_new", day: 100, path: "Dockerfile"),
      ], workspace: index)
    #expect(result.claims.map(\.disposition).filter { $0 == .needsReview }.count == 1)
  }

  @Test func moreValuesThanStates() {
    let many = (0..<14).map { said("1.\($0)", .assistant, day: Int64($0)) }
    let result = reconciled(many + [said("2.0", day: 30), said("2.0", day: 31)])
    #expect(result.claims.count == 15)
    #expect(result.current?.claim.claim.value == "2.0")
  }
}

@Suite struct EvidenceRulesTests {
  private let rule = Build.asking("rule", subject: "topic:logging")

  @Test func thousandEchoesAddNothing() {
    let said = Build.observation(rule, "log to stderr", day: 1, session: "first")
    let echoes = (0..<1000).map {
      Build.observation(
        rule, "log to stderr", day: 2, session: "e\($0)", grounded: true, exposure: ["f_1"])
    }
    let before = reconciled([said]).claims[0]
    let after = reconciled([said] + echoes).claims[0]
    #expect(after.logOddsQ16 == before.logOddsQ16)
    #expect(after.validFrom == before.validFrom)
  }

  @Test(arguments: [
    Modality.question, .hypothetical, .conditional, .planned, .reported,
  ])
  func whatIsNotAssertedWeighsNothing(modality: Modality) {
    let observations = (0..<20).map {
      Build.observation(
        rule, "log to stderr", .human, day: Int64($0), session: "s\($0)", modality: modality)
    }
    let claim = reconciled(observations).claims[0]
    #expect(claim.logOddsQ16 == 0 && claim.weights.allSatisfy { $0.weightQ16 == 0 })
  }

  @Test func repetitionAddsLessAndLess() {
    func odds(_ count: Int64) -> Int64 {
      reconciled(
        (0..<count).map { Build.observation(rule, "x is y", day: 90, session: "s\($0)") }
      ).claims[0].logOddsQ16
    }
    #expect(odds(2) - odds(1) < odds(1) && odds(1) > 0)
    // At a correlation of one half even endless repetition is worth two voices.
    #expect(odds(1000) < 2 * odds(1) + 2 * FixedPoint.one / 10)
  }

  @Test func copiesOfOutsideTextCountOnce() {
    let copies = (0..<12).map {
      Build.observation(rule, "x is y", .external, day: 90, session: "s\($0)")
    }
    let once = reconciled([copies[0]]).claims[0].logOddsQ16
    // Sharing one vote by twelve loses the odd unit.
    #expect((once - 12...once).contains(reconciled(copies).claims[0].logOddsQ16))
  }

  @Test func laterDenialSupersedesInManyValuedSlots() {
    let tool = Build.asking("tool.manager")
    let result = reconciled([
      Build.observation(tool, "npm", .human, day: 1, session: "a"),
      Build.observation(tool, "npm", .human, day: 60, session: "b", polarity: .negated),
      Build.observation(tool, "npm", .human, day: 80, session: "c", polarity: .negated),
      Build.observation(tool, "npm", .human, day: 90, session: "d", polarity: .negated),
      Build.observation(tool, "pnpm", .human, day: 60, session: "b"),
    ])
    #expect(
      result.claim("npm")?.disposition == .supersede || result.claim("npm")?.disposition == .reject)
    #expect(result.claim("npm", .negated)?.disposition == Disposition.none)
    #expect(result.claim("pnpm")?.disposition == Disposition.none)
  }

  @Test func aLaterDirectiveWithTheOppositeSignReplacesTheEarlier() {
    let result = reconciled([
      Build.observation(
        rule, "use squash merges for feature branches", .human, day: 1, session: "a"),
      Build.observation(
        rule, "never use squash merges for feature branches", .human, day: 30, session: "b"),
    ])
    #expect(result.claim("use squash merges for feature branches")?.disposition == .supersede)
  }

  @Test func renamedNamesBelongToThePast() {
    var options = ReconcileOptions()
    options.renames = RenameMap([.init(old: "OldName", new: "NewName", at: Build.at(day: 50))])
    let result = reconciled(
      [
        Build.observation(rule, "call `OldName` at start", .human, day: 2, session: "a"),
        Build.observation(rule, "call `OldName` at the end", .human, day: 80, session: "b"),
        Build.observation(
          rule, "`NewName` was `OldName` until spring", .human, day: 3, session: "c"),
      ], options: options)
    #expect(result.claim("call `OldName` at start")?.disposition == .supersede)
    #expect(result.claim("call `OldName` at the end")?.disposition == Disposition.none)
    #expect(
      result.claim("`NewName` was `OldName` until spring")?.disposition == Disposition.none)
  }
}

@Suite struct InvariantTests {
  private func stream(seed: UInt64, predicate: String, count: Int = 60) -> [Observation] {
    var generator = SeededGenerator(seed: seed)
    let actors: [Actor] = [.human, .assistant, .tool, .external, .document, .workspace, .memory]
    return (0..<count).map { _ in
      let actor = actors[Int.random(in: 0..<actors.count, using: &generator)]
      let day = Int64.random(in: 0..<90, using: &generator)
      let isFile = actor == .workspace
      return Build.observation(
        Build.asking(predicate), "v\(Int.random(in: 0..<12, using: &generator))", actor, day: day,
        session: isFile ? nil : "s\(Int.random(in: 0..<20, using: &generator))",
        grounded: Bool.random(using: &generator),
        polarity: Int.random(in: 0..<6, using: &generator) == 0 ? .negated : .affirmed,
        modality: Modality.allCases[Int.random(in: 0..<8, using: &generator)])
    }
  }

  @Test(arguments: ["value.x", "command.test", "rule", "version.go"])
  func listedWeightsAddUpToTheLogOdds(predicate: String) {
    for seed in 0..<40 {
      for claim in reconciled(stream(seed: UInt64(seed), predicate: predicate)).claims {
        #expect(claim.weights.reduce(0) { $0 + $1.weightQ16 } == claim.logOddsQ16)
        #expect(claim.labels.count == claim.claim.observations.count)
      }
    }
  }

  @Test(arguments: ["value.x", "command.test"])
  func orderAndCopiesDoNotMatter(predicate: String) {
    let observations = stream(seed: 5, predicate: predicate)
    let expected = reconciled(observations)
    var generator = SeededGenerator(seed: 2)
    for _ in 0..<100 {
      let copies = (observations + observations.prefix(20)).shuffled(using: &generator)
      #expect(reconciled(copies) == expected)
    }
  }

  @Test(arguments: ["value.x", "command.test"])
  func hundredThousandObservationsStayInRange(predicate: String) {
    let slot = Build.asking(predicate)
    let many = (0..<100_000).map {
      Build.observation(
        slot, $0 % 1000 == 0 ? "rare" : "usual", .tool, day: Int64($0 % 90), session: "s\($0)",
        grounded: true)
    }
    let claims = MergeStage().claims(slot: slot, observations: many).claims
    let result = ReconcileStage(workspace: nil, newestEvidence: Build.at(day: 90))
      .reconcile(claims)
    #expect(result.current?.claim.claim.value == "usual")
    for claim in result.claims {
      #expect(claim.weights.count < 60)
      #expect(abs(claim.logOddsQ16) < 1 << 45)
      #expect(claim.weights.reduce(0) { $0 + $1.weightQ16 } == claim.logOddsQ16)
    }
  }
}
