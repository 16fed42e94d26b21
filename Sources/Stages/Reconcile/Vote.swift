import KairosModel

/// One observation with the weight that its independence leaves it.
struct Vote {
  let observation: Observation
  /// Position of its claim in the slot.
  let claim: Int
  let at: Timestamp
  let reliability: Reliability
  /// Share of a full vote, in 1/65,536; 0 when it supports nothing.
  let share: Int64
  /// Why the share is less than full, and what its reliability was counted on; empty when neither.
  let discount: String
}

/// Counts votes of a slot so that repetition adds little and copies add nothing.
struct VoteCounter {
  let options: ReconcileOptions
  let files: NewestFiles?
  /// Stands for unknown times, and for times after it.
  let newest: Timestamp

  /// All observations of the slot as votes, in the order in which they are folded: time, witness,
  /// value, id. `checks` are the answers about the names of each claim.
  func votes(_ claims: [Claim], checks: [NameCheck]) -> [Vote] {
    var entries: [Entry] = []
    for (index, claim) in claims.enumerated() {
      let exist = checks[index].named == .exist
      for observation in claim.observations {
        entries.append(
          Entry(
            observation: observation, claim: index, value: claim.value,
            answer: claim.value + "\u{1f}" + claim.polarity.rawValue,
            at: min(observation.at ?? newest, newest),
            reliability: Reliability(observation, namesExist: exist, options: options)))
      }
    }
    entries.sort()
    let lastWord = Self.lastWords(entries)
    var tally = Tally(options: options)
    let places = entries.map { place($0, lastWord: lastWord, tally: &tally) }
    return zip(entries, places).map { entry, place in
      let (share, discount) = tally.share(place)
      return Vote(
        observation: entry.observation, claim: entry.claim, at: entry.at,
        reliability: entry.reliability, share: share,
        discount: share == 0 ? discount : Self.note(discount, entry.reliability))
    }
  }

  /// The discount, and how often such were right where that was checked.
  private static func note(_ discount: String, _ reliability: Reliability) -> String {
    guard let checked = reliability.checked else { return discount }
    let share = "such were right \(checked.right) of \(checked.seen) times"
    return discount.isEmpty ? share : discount + "; " + share
  }

  private func place(
    _ entry: Entry, lastWord: [String: String], tally: inout Tally
  ) -> Tally.Place {
    let observation = entry.observation
    if let silence = observation.silence { return .none(silence) }
    if observation.actor == .document, let files, !files.lists(observation) {
      return .none("its document no longer says so")
    }
    if let topic = entry.topic, let last = lastWord[topic], last != entry.answer {
      return .none("taken back later in the same session")
    }
    return tally.enter(entry)
  }

  /// What each speaker of each session said last: in a one-valued slot about the slot, in others
  /// about each value.
  private static func lastWords(_ entries: [Entry]) -> [String: String] {
    var last: [String: String] = [:]
    for entry in entries where entry.observation.silence == nil {
      guard let topic = entry.topic else { continue }
      last[topic] = entry.answer
    }
    return last
  }
}

/// An observation on its way to a vote.
private struct Entry: Comparable {
  let observation: Observation
  let claim: Int
  let value: String
  /// Value and polarity.
  let answer: String
  let at: Timestamp
  let reliability: Reliability

  /// The speaker of a session and what may be taken back: in a one-valued slot the answer, in
  /// others whether this value holds. Tools and files take nothing back.
  var topic: String? {
    guard let session = observation.session,
      observation.actor == .human || observation.actor == .assistant
    else { return nil }
    let isMany = Predicate.of(observation.slot.predicate).cardinality == .many
    let value = isMany ? value : ""
    return [session, observation.actor.rawValue, value].joined(separator: "\u{1f}")
  }

  static func == (left: Entry, right: Entry) -> Bool {
    left.observation.id == right.observation.id
  }

  static func < (left: Entry, right: Entry) -> Bool {
    if left.at != right.at { return left.at < right.at }
    let (a, b) = (left.reliability.witness, right.reliability.witness)
    if a != b { return a < b }
    return (left.answer, left.observation.id) < (right.answer, right.observation.id)
  }
}

/// Counts the votes of a slot. L0: one message votes once for an answer. L1: in one session the
/// first vote counts whole, four more count a quarter, the rest nothing. L2: n votes of a class are
/// worth n / (1 + (n-1) rho), shared by them equally, so that late confirmations count as much as
/// early ones.
private struct Tally {
  /// Where a vote is counted.
  enum Place {
    /// Nowhere, for this reason.
    case none(String)
    /// With `quarters` of a vote among the others of `group`.
    case group(String, witness: Reliability.Witness, quarters: Int64, note: String)
  }

  let options: ReconcileOptions
  private var lineages: Set<String> = []
  private var inSession: [String: Int64] = [:]
  /// Quarters of votes by class, time window and answer.
  private var inGroup: [String: Int64] = [:]

  init(options: ReconcileOptions) { self.options = options }

  mutating func enter(_ entry: Entry) -> Place {
    let observation = entry.observation
    guard lineages.insert(observation.lineage + "\u{1f}" + entry.answer).inserted else {
      return .none("the same message again")
    }
    var quarters: Int64 = 4
    if let session = observation.session {
      let key = session + "\u{1f}" + entry.answer
      let before = inSession[key, default: 0]
      inSession[key] = before + 1
      guard before < 5 else { return .none("said often enough in this session") }
      if before > 0 { quarters = 1 }
    }
    let witness = entry.reliability.witness
    let days = Reliability.windowDays(of: witness, options: options)
    let window = days.map { String(entry.at.day / $0) } ?? ""
    let group = ["\(witness.rawValue)", window, entry.answer].joined(separator: "\u{1f}")
    inGroup[group, default: 0] += quarters
    return .group(
      group, witness: witness, quarters: quarters,
      note: quarters < 4 ? "said before in this session" : "")
  }

  /// The share of a full vote in 1/65,536, and why it is less; only after all votes were entered.
  func share(_ place: Place) -> (Int64, String) {
    switch place {
    case .none(let reason): return (0, reason)
    case .group(let group, let witness, let quarters, let note):
      let count = max(inGroup[group, default: 4], 4)
      let rho = Reliability.correlation(of: witness, options: options)
      let share = quarters * FixedPoint.one * 1000 / (4000 + (count - 4) * rho)
      let crowd = count > 4 && rho > 0 ? "one of \(count / 4) voices of its kind" : ""
      return (share, [note, crowd].filter { !$0.isEmpty }.joined(separator: "; "))
    }
  }
}
