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
  /// Why the share is less than full; empty when it is not.
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
  func votes(_ claims: [Claim], checks: [NameCheck], oneValued: Bool) -> [Vote] {
    var entries: [Entry] = []
    for (index, claim) in claims.enumerated() {
      let exist = checks[index].named == .exist
      for observation in claim.observations {
        entries.append(
          Entry(
            observation: observation, claim: index,
            answer: claim.value + "\u{1f}" + claim.polarity.rawValue,
            at: min(observation.at ?? newest, newest),
            reliability: Reliability(observation, namesExist: exist, options: options)))
      }
    }
    entries.sort()
    let lastWord = Self.lastWords(entries, oneValued: oneValued)
    var tally = Tally(options: options)
    return entries.map { entry in
      let (share, discount) = weigh(entry, lastWord: lastWord, tally: &tally)
      return Vote(
        observation: entry.observation, claim: entry.claim, at: entry.at,
        reliability: entry.reliability, share: share, discount: discount)
    }
  }

  private func weigh(
    _ entry: Entry, lastWord: [String: String], tally: inout Tally
  ) -> (Int64, String) {
    let observation = entry.observation
    if let silence = observation.silence { return (0, silence) }
    if observation.actor == .document, let files, !files.lists(observation) {
      return (0, "its document no longer says so")
    }
    if let topic = entry.topic, let last = lastWord[topic], last != entry.answer {
      return (0, "taken back later in the same session")
    }
    return tally.share(entry)
  }

  /// What each speaker of each session said last: in a one-valued slot about the slot, in others
  /// about each value.
  private static func lastWords(_ entries: [Entry], oneValued: Bool) -> [String: String] {
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
  let answer: String
  let at: Timestamp
  let reliability: Reliability

  /// The speaker of a session who may take something back; tools and files never do.
  var topic: String? {
    guard let session = observation.session,
      observation.actor == .human || observation.actor == .assistant
    else { return nil }
    let many = Predicate.of(observation.slot.predicate).cardinality == .many
    return [
      session, observation.actor.rawValue,
      many ? String(answer.split(separator: "\u{1f}").first ?? "") : "",
    ]
    .joined(separator: "\u{1f}")
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

/// What was counted so far in a slot.
private struct Tally {
  let options: ReconcileOptions
  private var lineages: Set<String> = []
  private var inSession: [String: Int64] = [:]
  private var inClass: [String: Int64] = [:]

  init(options: ReconcileOptions) { self.options = options }

  /// L0: one message votes once for an answer. L1: in one session the first vote counts whole, four
  /// more count a quarter, the rest nothing. L2: the n-th vote of a class adds what
  /// n / (1 + (n-1) rho) grows by.
  mutating func share(_ entry: Entry) -> (Int64, String) {
    let observation = entry.observation
    guard lineages.insert(observation.lineage + "\u{1f}" + entry.answer).inserted else {
      return (0, "the same message again")
    }
    var discounts: [String] = []
    var quarters: Int64 = 4
    if let session = observation.session {
      let key = session + "\u{1f}" + entry.answer
      let before = inSession[key, default: 0]
      inSession[key] = before + 1
      if before > 0 {
        quarters = before < 5 ? 1 : 0
        discounts.append(before < 5 ? "same session: a quarter" : "same session: counted enough")
      }
    }
    guard quarters > 0 else { return (0, discounts[0]) }
    let witness = entry.reliability.witness
    let rho = Reliability.correlation(of: witness, options: options)
    let key = "\(witness.rawValue)\u{1f}" + entry.answer
    let count = inClass[key, default: 0] + 1
    inClass[key] = count
    let share = Self.independent(count, rho) - Self.independent(count - 1, rho)
    if count > 1 && rho > 0 { discounts.append("voice \(count) of its kind") }
    return (share * quarters / 4, discounts.joined(separator: "; "))
  }

  /// How many independent votes `count` votes with correlation `rho` are worth, in 1/65,536.
  private static func independent(_ count: Int64, _ rho: Int64) -> Int64 {
    count == 0 ? 0 : count * FixedPoint.one * 1000 / (1000 + (count - 1) * rho)
  }
}
