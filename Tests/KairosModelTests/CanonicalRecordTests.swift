import KairosModel
import KairosTestSupport
import Testing

/// Every stored record reads back equal, and its bytes are pinned where the format is public.
@Suite struct CanonicalRecordTests {
  static let place = Place(source: "s_1", bytes: 10..<20, digest: "sha256:aa")
  static let evidence = Evidence(
    place: place, session: "a", event: "e_1", actor: .tool, at: Build.start, quote: "ok \u{1b}[0m\n"
  )

  static let bodies: [Event.Body] = [
    .message(text: "run \"it\"\\ é 😀"),
    .toolCall(
      ToolCall(
        call: "t1", tool: "Bash", command: "make", workdir: nil, input: ["b": "2", "a": "1"])),
    .toolResult(
      ToolResult(call: "t1", status: .timedOut, exitCode: 124, output: "", droppedBytes: 7)),
    .edit(
      Edit(call: nil, action: .rename, path: "a", newPath: "b", before: "x", after: "y")),
    .approval(Approval(call: "t2", question: "Which?", verdict: .denied, answer: "no")),
    .boundary(.compaction),
  ]

  @Test(arguments: bodies)
  func eventsReadBackEqual(body: Event.Body) throws {
    let event = Event(
      id: "e_1", session: "a", actor: .human, provenance: .typed, at: Build.start,
      place: Self.place, cwd: "/w", branch: nil, body: body)
    #expect(try Event(canonicalBytes: event.canonicalBytes) == event)
  }

  @Test func observationsReadBackEqual() throws {
    let observation = Observation(
      rule: "r", kind: .gotcha,
      slot: Slot(scope: Scope(project: "p", path: "x"), subject: "s", predicate: "rule"),
      value: "v", statement: "S.", polarity: .negated, modality: .hedged, hedge: 2,
      actor: .assistant, grounded: true, session: "a", lineage: "e_1", exposure: ["m"],
      at: Build.at(day: 1), mentions: [Mention(kind: .path, name: "x/y")], evidence: Self.evidence)
    #expect(try Observation(canonicalBytes: observation.canonicalBytes) == observation)
  }

  @Test func factsHaveTheDocumentedForm() throws {
    let slot = Slot(scope: Scope(project: "p"), subject: "project", predicate: "command.test")
    let fact = Fact(
      id: Fact.id(slot: slot, value: "make test", polarity: .affirmed), state: .firm,
      kind: .command, statement: "Run the tests with `make test`.", slot: slot,
      value: "make test", polarity: .affirmed, confidencePPM: 987_000,
      support: Support(observations: 3, sessions: 2, days: 1, actors: [.human, .tool], against: 0),
      validFrom: Build.start, validTo: nil, firstSeen: Build.start, lastSeen: Build.at(day: 1),
      verified: Verification(
        extent: .value, commit: "abc", dirty: false, path: "Makefile", lines: 3...4,
        digest: "sha256:bb"), supersedes: [], supersededBy: nil, pinned: false,
      reason: "promoted", evidence: [Self.evidence], disposition: .none, logOddsQ16: -5,
      weights: [Weight(observation: "o_1", weightQ16: -5, discount: "echo")])
    #expect(try Fact(canonicalBytes: fact.canonicalBytes) == fact)
    let text = String(decoding: fact.canonicalBytes, as: UTF8.self)
    let expected = [
      #"{"schema":"kairos.fact/1","id":"\#(fact.id)","state":"firm","kind":"command","#,
      #""statement":"Run the tests with `make test`.","#,
      #""scope":{"project":"p","path":null,"branch":null},"subject":"project","#,
      #""predicate":"command.test","value":"make test","polarity":"affirmed","#,
      #""confidence_ppm":987000,"support":{"observations":3,"sessions":2,"days":1,"#,
      #""actors":["human","tool"],"against":0},"valid_from":"2026-01-05T12:00:00Z","#,
      #""valid_to":null,"#,
    ].joined()
    #expect(text.hasPrefix(expected))
  }

  @Test func otherRecordsReadBackEqual() throws {
    let decision = Decision(
      action: .supersede, subject: "c_1", object: "c_2", actor: "rule:hmm", at: nil, reason: "later"
    )
    #expect(try Decision(canonicalBytes: decision.canonicalBytes) == decision)
    let manifest = SnapshotManifest(
      project: "p", sequence: 2, parent: "ff", newestEvidence: Build.start, toolVersion: "0",
      configuration: "sha256:cc", members: [.init(name: "facts.jsonl", size: 3, sha256: "dd")])
    #expect(try SnapshotManifest(canonicalBytes: manifest.canonicalBytes) == manifest)
    let file = Workspace.File(
      path: "a.go", size: 3, digest: "sha256:ee", kind: .code, text: nil,
      symbols: [.init(kind: "func", name: "A", line: 1, doc: "A does.")],
      remarks: [.init(line: 4, symbol: nil, text: "b can't.")], words: ["aa", "bb"])
    #expect(try Workspace.File(canonicalBytes: file.canonicalBytes) == file)
  }

  @Test func unreadableRecordsNameTheFieldAndNotTheContent() {
    let error = #expect(throws: RecordError.self) {
      try Decision(canonicalBytes: Array(#"{"action":"secret words"}"#.utf8))
    }
    #expect(error?.description == "a decision record is unreadable at action")
  }

  @Test func aNewerSchemaIsNotReadAsThisOne() {
    #expect(throws: RecordError.self) {
      try SnapshotManifest(canonicalBytes: Array(#"{"schema":"kairos.snapshot/2"}"#.utf8))
    }
  }
}
