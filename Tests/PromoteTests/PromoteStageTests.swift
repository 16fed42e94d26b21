import KairosModel
import KairosTestSupport
import Merge
import Promote
import Reconcile
import Testing

/// Observations of one slot through all three stages.
private func promoted(
  _ observations: [Observation], workspace: WorkspaceIndex? = nil, now: Int64 = 100,
  tombstones: [Tombstone] = [], pins: Set<String> = [], accepted: Set<String> = [],
  wordings: [String: String] = [:]
) -> PromoteResult {
  let slot = observations[0].slot
  let newest = Build.at(day: now)
  let claims = MergeStage().claims(slot: slot, observations: observations).claims
  let reconciled = ReconcileStage(workspace: workspace, newestEvidence: newest).reconcile(claims)
  return PromoteStage(
    tombstones: tombstones, pins: pins, accepted: accepted, wordings: wordings,
    newestEvidence: newest
  ).promote(reconciled.claims)
}

@Suite struct PromoteStageTests {
  private let rule = Build.asking("rule", subject: "topic:logging")
  private let test = Build.asking("command.test")
  private let file = Build.workspace([("src/log.go", "func Log() {}"), ("mise.toml", "[tasks]")])

  private func said(
    _ actor: Actor, days: [Int64], grounded: Bool = false, modality: Modality = .asserted,
    hedge: Int = 0, names: [Mention] = [], text: String = "log to `stderr` with `Log`"
  ) -> [Observation] {
    days.map {
      Build.observation(
        rule, text, actor, day: $0, session: "s\($0)", grounded: grounded, modality: modality,
        hedge: hedge, mentions: names)
    }
  }

  // MARK: - What becomes firm

  @Test func aFileOfTheNewestStateProves() throws {
    let listing = Build.listing(
      test, "mise run test", state: "w_new", day: 100, digest: "sha256:w_newmise.toml")
    let fact = try #require(promoted([listing], workspace: file, now: 900).facts.first)
    #expect(fact.state == .firm && fact.verified?.path == "mise.toml")
    #expect(fact.reason == "promoted: verified in mise.toml")
  }

  @Test func outcomesOfTwoSessions() throws {
    let runs = [1, 2].map {
      Build.observation(test, "go test", .tool, day: 90 + $0, session: "s\($0)", grounded: true)
    }
    #expect(promoted(runs).facts.first?.state == .firm)
    #expect(promoted([runs[0]]).facts.first?.state == .tentative)
    let fork = Build.observation(
      test, "go test", .tool, day: 95, session: "fork", lineage: runs[0].lineage, grounded: true)
    #expect(promoted([runs[0], fork]).facts.first?.state == .tentative)
  }

  @Test func oneClearDirectiveWhoseNamesExist() throws {
    let log = Mention(kind: .symbol, name: "Log")
    let gone = Mention(kind: .path, name: "build/log.go")
    let clear = promoted(said(.human, days: [95], modality: .obligation, names: [log]))
    #expect(clear.facts.first?.state == .firm)
    #expect(clear.decisions.map(\.actor) == ["rule:promote.directive"])
    let unknown = said(
      .human, days: [95], modality: .obligation, names: [gone], text: "write `build/log.go` first")
    #expect(promoted(unknown, workspace: file).facts.first?.state == .tentative)
  }

  @Test func aDocumentWhoseNamesAllExist() {
    func stated(_ names: [Mention]) -> [Observation] {
      [
        Build.listing(
          rule, "`Log` writes to stderr", state: "w_new", day: 100, path: "README.md",
          actor: .document, mentions: names)
      ]
    }
    let log = Mention(kind: .symbol, name: "Log")
    let odd = Mention(kind: .word, name: "stderr")
    #expect(promoted(stated([log]), workspace: file).facts.first?.state == .firm)
    #expect(promoted(stated([log, odd]), workspace: file).facts.first?.state == .tentative)
    #expect(promoted(stated([]), workspace: file).facts.first?.state == .tentative)
  }

  @Test func theModelAloneNeedsLooksNamesSessionsAndDays() {
    let log = [Mention(kind: .symbol, name: "Log")]
    func state(_ days: [Int64], grounded: Bool = true, names: [Mention]) -> FactState? {
      promoted(said(.assistant, days: days, grounded: grounded, names: names), workspace: file)
        .facts.first?.state
    }
    #expect(state([90, 91, 92], names: log) == .firm)
    #expect(state([90, 91], names: log) == .tentative)
    #expect(state([90, 91, 92], names: []) == .tentative)
    #expect(state(Array(40...99), grounded: false, names: log) == .tentative)
  }

  // MARK: - What never does

  @Test(arguments: [
    (Actor.external, Modality.asserted, 0), (.assistant, .hedged, 2), (.assistant, .planned, 0),
    (.human, .question, 0), (.human, .hedged, 1), (.human, .hypothetical, 0),
    (.memory, .asserted, 0), (.harness, .obligation, 0), (.assistant, .obligation, 0),
  ])
  func repetitionMakesNothingFirm(actor: Actor, modality: Modality, hedge: Int) {
    let log = [Mention(kind: .symbol, name: "Log")]
    let often = said(
      actor, days: Array(1...99), grounded: true, modality: modality, hedge: hedge, names: log)
    let facts = promoted(often, workspace: file).facts
    #expect(facts.allSatisfy { $0.state == .tentative && $0.confidencePPM <= 940_000 })
    let isSilent = often[0].silence != nil
    #expect(facts.isEmpty == isSilent)
  }

  @Test func echoesDoNotPromote() {
    let first = said(.assistant, days: [1], grounded: true)
    let echoes = (2..<99).map {
      Build.observation(
        rule, first[0].value, .assistant, day: $0, session: "e\($0)", grounded: true,
        exposure: ["f_x"])
    }
    let facts = promoted(first + echoes).facts
    #expect(facts.first?.state == .tentative && facts.first?.support.sessions == 1)
  }

  // MARK: - What ends

  @Test func tombstonesCatchOtherSpellings() throws {
    let claim = said(.human, days: [1, 50, 90])
    let first = try #require(promoted(claim).facts.first)
    #expect(first.state == .firm)
    let tombstone = Tombstone(
      fact: first.id, fingerprint: Tombstone.fingerprint(slot: rule, value: first.value),
      reason: "not ours")
    let spelled = said(.human, days: [1, 50, 90], text: "Log to STDERR, with Log!")
    for observations in [claim, spelled] {
      let result = promoted(observations, tombstones: [tombstone])
      #expect(result.facts.map(\.state) == [.rejected])
      #expect(result.decisions.map(\.action) == [.reject])
    }
    let pinned = promoted(claim, tombstones: [tombstone], pins: [first.id]).facts.first
    #expect(pinned?.state == .firm && pinned?.pinned == true)
  }

  @Test func acceptanceMakesFirmWhatIsOpenOnly() throws {
    let open = said(.assistant, days: [1])
    let id = try #require(promoted(open).facts.first?.id)
    let accepted = promoted(open, accepted: [id], wordings: [id: "In my words."]).facts.first
    #expect(accepted?.state == .firm && accepted?.statement == "In my words.")
    let gone = [Mention(kind: .path, name: "src/gone.go")]
    let refuted = said(.human, days: [9], names: gone, text: "start in `src/gone.go` always")
    let old = try #require(promoted(refuted).facts.first?.id)
    #expect(promoted(refuted, workspace: file, accepted: [old]).facts.first?.state == .stale)
    #expect(promoted(refuted, workspace: file, pins: [old]).facts.first?.state == .firm)
  }

  @Test func timeMakesStaleWhatNoFileProves() {
    let runs = [1, 2].map {
      Build.observation(test, "go test", .tool, day: $0, session: "s\($0)", grounded: true)
    }
    #expect(promoted(runs, now: 20).facts.first?.state == .firm)
    let old = promoted(runs, now: 900)
    #expect(old.facts.first?.state == .stale)
    #expect(old.facts.first?.lastSeen == Build.at(day: 2))
    #expect(old.decisions.map(\.action) == [.expire])
  }

  @Test func refutedClaimsEndAsWhatTheyWere() {
    let gone = [Mention(kind: .path, name: "src/gone.go")]
    let named = said(.human, days: [9], names: gone, text: "start in `src/gone.go` always")
    #expect(promoted(named, workspace: file).facts.first?.state == .stale)
    let ran = [1, 2].map {
      Build.observation(
        test, "npm run lint", .tool, day: $0, session: "s\($0)", grounded: true)
    }
    let guessed = [Build.observation(test, "npm run vet", day: 3, session: "g")]
    let facts = promoted(ran + guessed, workspace: file).facts
    #expect(facts.first { $0.value == "npm run lint" }?.state == .superseded)
    #expect(facts.first { $0.value == "npm run vet" }?.state == .rejected)
  }

  @Test func successorsAreLinkedByFactIDs() throws {
    let version = Build.asking("version.go")
    let runs = [(1, "1.24"), (2, "1.24"), (60, "1.25"), (61, "1.25")].map {
      Build.observation(
        version, $0.1, .tool, day: Int64($0.0), session: "s\($0.0)", grounded: true)
    }
    let facts = promoted(runs).facts
    let old = try #require(facts.first { $0.value == "1.24" })
    let new = try #require(facts.first { $0.value == "1.25" })
    #expect(old.state == .superseded && old.supersededBy == new.id)
    #expect(new.state == .firm && new.supersedes == [old.id] && new.support.against == 2)
  }

  // MARK: - The record

  @Test func evidenceIsStrongestFirstAndEachMessageOnce() throws {
    let mixed =
      said(.assistant, days: Array(1...20)) + said(.human, days: [30])
      + said(.tool, days: [40], grounded: true)
    let fact = try #require(promoted(mixed).facts.first)
    #expect(fact.evidence.count == Fact.evidenceMax)
    #expect(fact.evidence.prefix(2).map(\.actor) == [.human, .tool])
    #expect(Set(fact.evidence.map(\.event)).count == Fact.evidenceMax)
    #expect(fact.firstSeen == Build.at(day: 1) && fact.lastSeen == Build.at(day: 40))
  }

  @Test func orderDoesNotMatterAndRecordsAreCanonical() throws {
    let observations =
      said(.assistant, days: [1, 2, 3]) + said(.human, days: [4, 5])
      + said(.human, days: [6, 7], text: "log to `stdout` with `Log`")
    let expected = promoted(observations)
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<100 {
      #expect(promoted(observations.shuffled(using: &generator)) == expected)
    }
    for fact in expected.facts {
      #expect(try Fact(canonicalBytes: fact.canonicalBytes) == fact)
    }
  }

  @Test func settingsHaveOneText() {
    var changed = PromoteOptions()
    changed.consensusDays = 9
    #expect(changed.canonicalText != PromoteOptions().canonicalText)
    #expect(MergeOptions().canonicalText.hasPrefix("merge/1"))
    #expect(ReconcileOptions().canonicalText.hasPrefix("reconcile/1"))
  }
}
