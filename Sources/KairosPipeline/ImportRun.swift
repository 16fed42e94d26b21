import Extract
import KairosModel
import KairosRedaction
import KairosStore

/// What became of one fact of a bundle, or of one claim of a memory file.
public enum ImportAnswer: String, Sendable, CaseIterable {
  /// It says something that was not here.
  case new
  /// Every piece of it is here already, or a fact with these words.
  case known
  /// It was rejected or forgotten here.
  case rejectedHere = "rejected here"
  /// It ended where it comes from.
  case retired
  /// It holds a secret, or a text longer than any statement.
  case refused
}

/// What an import took, or would take.
public struct ImportOutcome: Sendable {
  /// In the order of the bundle.
  public let facts: [(fact: Fact, answer: ImportAnswer)]
  public let observations: Int
  /// Files of a memory that were read; empty for a bundle.
  public let files: [String]
  /// Items of those files that say nothing by themselves, and items about other projects.
  public let unclear: Int
  public let elsewhere: Int
  /// Tombstones in the bundle.
  public let tombstones: Int
  /// How many of them are about what is firm here: others cannot reject that.
  public let refusedTombstones: Int

  /// How many facts had this answer.
  public func count(_ answer: ImportAnswer) -> Int { facts.count { $0.answer == answer } }
}

extension Memory {
  /// Takes the facts of a bundle, or the claims of a memory that another tool keeps, as
  /// observations from outside: with the evidence that they bring, never firm by themselves, and
  /// without what was rejected here. The same twice changes nothing, and the order of several makes
  /// no difference. The caller holds the lock.
  public func importMemory(
    _ path: String, withTombstones: Bool, isDryRun: Bool, _ settings: RunSettings
  ) async throws -> ImportOutcome {
    let source = try ImportSource.read(path, for: self)
    guard isOurs(source.project) else {
      throw BundleFailure.otherProject(
        path: path, theirs: source.project, ours: configuration.project)
    }
    let run = ImportRun(
      project: configuration.project, tombstones: try store.tombstones(), bundle: source.id,
      said: source.isStated ? try statementsSaid() : [:])
    var answers: [(fact: Fact, answer: ImportAnswer)] = []
    var observations: [String: Observation] = [:]
    for fact in source.facts {
      if let answer = run.answer(fact) {
        answers.append((fact, answer))
        continue
      }
      let said = run.observations(fact)
      let isKnown = try said.allSatisfy { try store.observation(id: $0.id) != nil }
      answers.append((fact, isKnown ? .known : .new))
      for observation in said { observations[observation.id] = observation }
    }
    let harmless = try withoutFirm(source.tombstones)
    if !isDryRun {
      try store.replaceObservations(
        origin: ImportRun.originPrefix + source.origin, with: Array(observations.values))
      if withTombstones { try take(harmless) }
      try await settle(settings)
      try await dropEchoes(settings)
    }
    return ImportOutcome(
      facts: answers, observations: observations.count, files: source.files,
      unclear: source.unclear, elsewhere: source.elsewhere, tombstones: source.tombstones.count,
      refusedTombstones: source.tombstones.count - harmless.count)
  }

  /// What facts that do not rest on memory files alone say here, and whether it was rejected.
  private func statementsSaid() throws -> [String: Bool] {
    var said: [String: Bool] = [:]
    for fact in try store.facts() where !fact.isOnlyStated {
      let key = StatedClaim.key(fact.statement)
      said[key] = said[key] == true || fact.state == .rejected
    }
    return said
  }

  /// Takes back what memory files only repeat. It is asked after each import, so that a file and a
  /// bundle leave the same memory in either order.
  private func dropEchoes(_ settings: RunSettings) async throws {
    let said = try statementsSaid()
    var echoes: Set<String> = []
    try store.forEachSlot { _, observations in
      for observation in observations where observation.rule == ImportRun.statedRule {
        if said[StatedClaim.key(observation.statement)] != nil { echoes.insert(observation.id) }
      }
    }
    guard !echoes.isEmpty else { return }
    try store.removeObservations(echoes)
    try await settle(settings)
  }

  private func isOurs(_ project: String) -> Bool {
    project == configuration.project
      || configuration.aliases.contains { project == $0 || project == "git:" + $0 }
  }

  /// The tombstones that end nothing which is firm here, whether by its id or by what it says.
  private func withoutFirm(_ tombstones: [Tombstone]) throws -> [Tombstone] {
    let firm = try store.facts(FactQuery(states: [.firm]))
    let ids = Set(firm.map(\.id))
    let prints = Set(
      firm.flatMap { fact in
        [fact.value, fact.statement].map { Tombstone.fingerprint(slot: fact.slot, value: $0) }
      })
    return tombstones.filter { !ids.contains($0.fact) && !prints.contains($0.fingerprint) }
  }

  /// As decisions, so that they survive the loss of the database.
  private func take(_ tombstones: [Tombstone]) throws {
    let known = Set(try store.tombstones())
    for tombstone in tombstones where !known.contains(tombstone) {
      try store.addUserDecision(
        Decision(
          action: .reject, subject: tombstone.fact, object: "", actor: "user", at: nil,
          reason: "taken from a bundle"), tombstone: tombstone)
    }
  }
}

/// Facts of a bundle, or claims of memory files → observations.
struct ImportRun {
  /// Observations of bundles and memory files come from an origin that begins so.
  static let originPrefix = "bundle:"
  /// The rule of observations from memory files, and the beginning of the sources in their
  /// evidence.
  static let statedRule = "stated"
  static let statedSource = "m_"

  /// Longer than any statement that kairos makes (240 characters of up to four bytes).
  private static let textBytesMax = 1_000

  private let project: String
  private let tombstones: [Tombstone]
  private let bundle: String
  /// Keys of statements that facts make here; true for rejected ones.
  private let said: [String: Bool]
  private let redactor: Redactor

  init(project: String, tombstones: [Tombstone], bundle: String, said: [String: Bool]) {
    self.project = project
    self.tombstones = tombstones
    self.bundle = bundle
    self.said = said
    redactor = Redactor(key: project)
  }

  /// Why a fact or claim is not taken; `nil` when it is.
  func answer(_ fact: Fact) -> ImportAnswer? {
    if let refusal = refusal(fact) { return refusal }
    guard fact.isOnlyStated, let isRejected = said[StatedClaim.key(fact.statement)] else {
      return nil
    }
    return isRejected ? .rejectedHere : .known
  }

  private func refusal(_ fact: Fact) -> ImportAnswer? {
    guard fact.state.isOpen else { return .retired }
    let texts =
      [fact.statement, fact.value, fact.slot.subject, fact.slot.predicate]
      + fact.evidence.map(\.quote)
    let isSafe = texts.allSatisfy {
      $0.utf8.count <= Self.textBytesMax && redactor.redact($0) == $0
    }
    guard isSafe else { return .refused }
    let slot = slot(fact)
    func id(_ polarity: Polarity) -> String {
      Fact.id(slot: slot, value: fact.value, polarity: polarity)
    }
    let prints = Set(
      [fact.value, fact.statement].map { Tombstone.fingerprint(slot: slot, value: $0) })
    let opposite = id(fact.polarity == .affirmed ? .negated : .affirmed)
    let isDead = tombstones.contains {
      $0.fact == id(fact.polarity)
        || prints.contains($0.fingerprint) && ($0.fact != opposite || $0.isForgotten)
    }
    return isDead ? .rejectedHere : nil
  }

  /// One observation for each piece of evidence. Its lineage is the message or the file state, so
  /// what two people took from the same session counts once.
  func observations(_ fact: Fact) -> [Observation] {
    let none = Evidence(
      place: Place(source: "b_" + bundle.prefix(20), bytes: 0..<0, digest: "sha256:" + bundle),
      session: nil, event: nil, actor: .external, at: fact.lastSeen, quote: fact.statement)
    return (fact.evidence.isEmpty ? [none] : fact.evidence).map { piece in
      Observation(
        rule: fact.isOnlyStated ? Self.statedRule : "import", kind: fact.kind, slot: slot(fact),
        value: fact.value,
        statement: fact.statement, polarity: fact.polarity, hedge: fact.state == .firm ? 0 : 1,
        actor: .external, grounded: false, session: nil,
        lineage: piece.event ?? ContentID.make("i", fact.id, piece.place.digest),
        at: piece.at ?? fact.lastSeen, evidence: piece)
    }
  }

  /// The question in this memory's name of the project.
  private func slot(_ fact: Fact) -> Slot {
    let scope = fact.slot.scope
    return Slot(
      scope: Scope(project: project, path: scope.path, branch: scope.branch),
      subject: fact.slot.subject, predicate: fact.slot.predicate)
  }
}

extension Fact {
  /// Whether nothing but memory files of other tools says it.
  var isOnlyStated: Bool {
    !evidence.isEmpty
      && evidence.allSatisfy { $0.place.source.hasPrefix(ImportRun.statedSource) }
  }
}
