import KairosModel
import KairosStore

/// Which facts are asked for.
public struct FactFilter: Sendable, Equatable {
  /// All of them must occur in the statement, value or subject.
  public let words: [String]
  public let states: Set<FactState>
  /// `nil` for every kind.
  public let kinds: Set<FactKind>?

  public init(words: [String], states: Set<FactState>, kinds: Set<FactKind>? = nil) {
    self.words = words
    self.states = states
    self.kinds = kinds
  }

  /// Whether a fact is asked for, when it is not the store that searches.
  func fits(_ fact: Fact) -> Bool {
    guard states.contains(fact.state), kinds?.contains(fact.kind) ?? true else { return false }
    let text = [fact.statement, fact.slot.subject, fact.value].joined(separator: " ").lowercased()
    return words.allSatisfy { text.contains($0.lowercased()) }
  }
}

/// A fact with everything that its state rests on.
public struct Explanation: Sendable {
  public let fact: Fact
  /// The observations behind the weights, as far as they are still stored, by id.
  public let observations: [String: Observation]
  /// Other answers to the same question.
  public let rivals: [Fact]
  public let decisions: [Decision]
  /// What is promised about answers of its kind, as a sentence; `nil` for a fact that is not firm,
  /// or that a file proves.
  public let certificate: String?
}

extension Memory {
  /// The facts that fit, of the store or of the snapshot `asOf`: best match first when words are
  /// given, else by state, kind, time.
  public func facts(_ filter: FactFilter, asOf: String? = nil) throws -> [Fact] {
    if let asOf {
      return try openSnapshot(asOf).contents.facts.filter(filter.fits)
        .sorted { FactOrder.key($0) < FactOrder.key($1) }
    }
    return try store.facts(
      FactQuery(
        text: filter.words.joined(separator: " "),
        states: filter.states.sorted(by: FactOrder.states),
        kinds: (filter.kinds ?? []).sorted()))
  }

  /// Everything about the one fact that `query` names: an id, the beginning of one, or words.
  public func explain(_ query: String) throws -> Explanation {
    let fact = try oneFact(query)
    var observations: [String: Observation] = [:]
    for weight in fact.weights {
      observations[weight.observation] = try store.observation(id: weight.observation)
    }
    let rivals = try store.facts().filter { $0.slot == fact.slot && $0.id != fact.id }
    let claim = Claim.id(slot: fact.slot, value: fact.value, polarity: fact.polarity)
    var decisions: [Decision] = []
    for subject in [fact.id, claim] {
      decisions += try store.journal(about: subject)
    }
    decisions += try store.userDecisions().map(\.decision).filter { $0.subject == fact.id }
    return Explanation(
      fact: fact, observations: observations, rivals: rivals, decisions: Self.unique(decisions),
      certificate: try certificate(of: fact))
  }

  private func certificate(of fact: Fact) throws -> String? {
    guard fact.state == .firm, fact.verified?.extent != .value, !fact.pinned else { return nil }
    let claim = Claim(
      slot: fact.slot, kind: fact.kind, value: fact.value, polarity: fact.polarity,
      statement: fact.statement,
      observations: try store.observations(slot: fact.slot.key).filter { $0.value == fact.value },
      merges: [])
    return try calibration()?.sentence(for: Stratum(of: claim))
  }

  /// The one fact that `query` names; throws when none or several do.
  func oneFact(_ query: String) throws -> Fact {
    if query.hasPrefix("f_") {
      let found = try store.facts(idPrefix: query, limit: 6)
      if found.count == 1 { return found[0] }
      if found.count > 1 { throw MemoryFailure.ambiguousFact(query, found) }
    }
    let filter = FactQuery(text: query)
    let found = try store.facts(filter)
    if found.count == 1 { return found[0] }
    guard !found.isEmpty else { throw MemoryFailure.unknownFact(query) }
    // A text that fits one firm fact means that one, whatever else mentions it.
    let firm = found.filter { $0.state == .firm }
    if firm.count == 1 { return firm[0] }
    throw MemoryFailure.ambiguousFact(query, firm.isEmpty ? found : firm)
  }

  private static func unique(_ decisions: [Decision]) -> [Decision] {
    var seen: Set<String> = []
    return decisions.filter { seen.insert($0.id).inserted }
      .sorted { ($0.at?.milliseconds ?? .max, $0.id) < ($1.at?.milliseconds ?? .max, $1.id) }
  }
}

extension MemoryFailure {
  /// The first of many facts that a query fits.
  static func ambiguousFact(_ query: String, _ facts: [Fact]) -> MemoryFailure {
    .ambiguousFact(query, ids: facts.prefix(5).map(\.id), count: facts.count)
  }
}

/// The order in which facts are listed.
enum FactOrder {
  static func states(_ left: FactState, _ right: FactState) -> Bool { rank(left) < rank(right) }

  /// State, kind, newest, id: a total order.
  static func key(_ fact: Fact) -> (Int, FactKind, Int64, String) {
    (rank(fact.state), fact.kind, -(fact.lastSeen?.milliseconds ?? .min + 1), fact.id)
  }

  private static func rank(_ state: FactState) -> Int {
    FactState.allCases.firstIndex(of: state) ?? 0
  }
}
