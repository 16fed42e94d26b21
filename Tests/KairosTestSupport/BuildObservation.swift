import KairosModel

/// Observations, slots and workspace states for the tests of consolidation.
extension Build {
  /// The slot of a question about the test project.
  public static func asking(
    _ predicate: String, subject: String = "project", path: String? = nil
  ) -> Slot {
    Slot(scope: Scope(project: "dir:test", path: path), subject: subject, predicate: predicate)
  }

  /// An observation of `actor` on `day`; a new message unless `lineage` says which one.
  public static func observation(
    _ slot: Slot, _ value: String, _ actor: Actor = .assistant, day: Int64 = 0,
    session: String? = "a", lineage: String? = nil, grounded: Bool = false,
    polarity: Polarity = .affirmed, modality: Modality = .asserted, hedge: Int = 0,
    exposure: [String] = [], mentions: [Mention] = [], statement: String? = nil,
    kind: FactKind = .decision
  ) -> Observation {
    let time = at(day: day)
    let message = lineage ?? "\(actor.rawValue)/\(session ?? "-")/\(day)/\(modality.rawValue)"
    return Observation(
      rule: "test", kind: kind, slot: slot, value: value, statement: statement ?? value,
      polarity: polarity, modality: modality, hedge: hedge, actor: actor, grounded: grounded,
      session: session, lineage: message, exposure: exposure, at: time, mentions: mentions,
      evidence: Evidence(
        place: Place(source: "s_test", bytes: 0..<10, digest: "sha256:0"), session: session,
        event: message, actor: actor, at: time, quote: value))
  }

  /// What a file of a workspace state says.
  public static func listing(
    _ slot: Slot, _ value: String, state: String, day: Int64?, path: String = "mise.toml",
    digest: String = "sha256:1", actor: Actor = .workspace, mentions: [Mention] = []
  ) -> Observation {
    let time = day.map { at(day: $0) }
    return Observation(
      rule: "test-file", kind: .command, slot: slot, value: value, statement: value, actor: actor,
      grounded: true, session: nil, lineage: path + digest, at: time, mentions: mentions,
      evidence: Evidence(
        place: Place(source: state, path: path, lines: 1...2, digest: digest), session: nil,
        event: nil, actor: actor, at: time, quote: value))
  }

  /// A workspace state of files with their texts; words and symbols are read from the texts.
  public static func workspace(
    id: String = "w_new", day: Int64? = 100, dirty: Bool = false,
    _ files: [(path: String, text: String)]
  ) -> WorkspaceIndex {
    let all = files.map { file in
      Workspace.File(
        path: file.path, size: file.text.utf8.count, digest: "sha256:\(id)\(file.path)",
        kind: .manifest, text: file.text, symbols: [],
        words: Set(WorkspaceIndex.words(of: file.text)).sorted())
    }
    return WorkspaceIndex(
      Workspace(
        id: id, commit: "c0ffee", dirty: dirty, at: day.map { at(day: $0) }, remote: nil,
        files: all.sorted { $0.path < $1.path }))
  }
}

/// A small seeded generator (SplitMix64), so that shuffles repeat on every machine.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
  private var state: UInt64

  public init(seed: UInt64) { state = seed }

  public mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var value = state
    value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
    value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
    return value ^ (value >> 31)
  }
}
