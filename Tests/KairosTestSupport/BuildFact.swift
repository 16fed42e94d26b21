import KairosModel

extension Build {
  /// A slot of the project `git:example.org/p`.
  public static func slot(
    _ subject: String = "project", _ predicate: String = "command.test"
  ) -> Slot {
    Slot(scope: Scope(project: "git:example.org/p"), subject: subject, predicate: predicate)
  }

  /// Evidence in a transcript; `byte` tells one piece from another.
  public static func evidence(byte: Int = 0, at: Timestamp? = start, quote: String = "ok")
    -> Evidence
  {
    Evidence(
      place: Place(
        source: "s_1", bytes: byte..<(byte + 10), digest: SHA256Digest.of("\(byte)").text),
      session: "session-1", event: "e_\(byte)", actor: .tool, at: at, quote: quote)
  }

  /// A fact with plain values everywhere that is not given.
  public static func fact(
    _ value: String, state: FactState = .firm, kind: FactKind = .command, slot: Slot = Build.slot(),
    statement: String? = nil, lastSeen: Timestamp? = start, reason: String = "promoted",
    evidence: [Evidence] = [evidence()], supersededBy: String? = nil
  ) -> Fact {
    Fact(
      id: Fact.id(slot: slot, value: value, polarity: .affirmed), state: state, kind: kind,
      statement: statement ?? "Run `\(value)`.", slot: slot, value: value, polarity: .affirmed,
      confidencePPM: 950_000,
      support: Support(observations: 3, sessions: 2, days: 2, actors: [.human, .tool], against: 0),
      validFrom: start, validTo: nil, firstSeen: start, lastSeen: lastSeen, verified: nil,
      supersedes: [], supersededBy: supersededBy, pinned: false, reason: reason,
      evidence: evidence, disposition: .none, logOddsQ16: 196_608,
      weights: [Weight(observation: "o_1", weightQ16: 196_608, discount: "")])
  }
}
