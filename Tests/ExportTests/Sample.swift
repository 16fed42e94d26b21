import KairosModel
import KairosTestSupport

/// Facts of an imaginary project with the few fields that an export shows.
enum Sample {
  static let project = "git:example.org/acme/teapot"

  static let snapshot = SnapshotManifest(
    project: project, sequence: 3, parent: nil, newestEvidence: Build.at(day: 40),
    toolVersion: "0.1.0", configuration: "sha256:00", members: [])

  static func fact(
    _ statement: String, kind: FactKind = .convention, state: FactState = .firm,
    confidence: Int = 900_000, sessions: Int = 3, seen: Int64? = 30, against: Int = 0,
    checked: Verification? = nil, pinned: Bool = false, quote: String = "as said",
    about subject: String = "project", path: String? = nil, predicate: String? = nil,
    actors: [Actor] = [.human], supersededBy: String? = nil
  ) -> Fact {
    let slot = Slot(
      scope: Scope(project: project, path: path), subject: subject,
      predicate: predicate ?? "rule.\(kind.rawValue)")
    let time = seen.map { Build.at(day: $0) }
    return Fact(
      id: Fact.id(slot: slot, value: statement, polarity: .affirmed), state: state, kind: kind,
      statement: statement, slot: slot, value: statement, polarity: .affirmed,
      confidencePPM: confidence,
      support: Support(
        observations: sessions, sessions: sessions, days: sessions, actors: actors,
        against: against),
      validFrom: time, validTo: nil, firstSeen: time, lastSeen: time, verified: checked,
      supersedes: [], supersededBy: supersededBy, pinned: pinned, reason: "promoted: test",
      evidence: [
        Evidence(
          place: Place(source: "s_1", bytes: 10..<20, digest: "sha256:aa"), session: "one",
          event: "e_1", actor: .human, at: time, quote: quote)
      ],
      disposition: .none, logOddsQ16: 65_536, weights: [])
  }

  static func checked(
    _ path: String, _ lines: ClosedRange<Int>?, extent: Verification.Extent = .value
  ) -> Verification {
    Verification(
      extent: extent, commit: "0123456789abcdef", dirty: false, path: path, lines: lines,
      digest: "sha256:bb")
  }

  /// One fact of several kinds and states.
  static let facts: [Fact] = [
    test,
    fact(
      "Build with `make all`.", kind: .command, seen: 2, checked: checked("Makefile", 3...3),
      predicate: "command.build"),
    fact(
      "Go 1.26 is the language version.", kind: .version, seen: 35,
      checked: checked("go.mod", nil)),
    fact("Commits are never amended in `teapot`.", pinned: true),
    fact(
      "`Pour` in `spout.go` must hold the lid lock.", kind: .gotcha, against: 1,
      checked: checked("spout.go", nil, extent: .mentions)),
    fact("Tea is brewed in `brew/`.", kind: .layout, seen: nil),
    fact(
      "`brew/leaf/oolong.go` holds the steeping times.", kind: .purpose,
      about: "path:brew/leaf/oolong.go"),
    fact("Release with `make release` after the tests.", kind: .workflow, sessions: 1),
    fact(
      "`lid is open` goes away after `make lid`.", kind: .fix, quote: "make lid <&> \"ok\"",
      actors: [.tool]),
    fact("Perhaps the kettle is cached.", state: .tentative),
    fact(
      "Run the tests with `make test`.", kind: .command, state: .superseded,
      predicate: "command.test", supersededBy: test.id),
  ]

  private static let test = fact(
    "Run the tests with `make check`.", kind: .command, confidence: 987_654, sessions: 12,
    seen: 40, checked: checked("Makefile", 12...14), predicate: "command.test",
    actors: [.human, .tool])

  /// Facts of all kinds with statements of different lengths.
  static let many: [Fact] = (0..<300).map { number in
    let kinds = FactKind.allCases
    return fact(
      "Rule \(number) " + String(repeating: "é", count: number % 70) + ".",
      kind: kinds[number % kinds.count], confidence: 900_000 + number, sessions: number % 9)
  }
}
