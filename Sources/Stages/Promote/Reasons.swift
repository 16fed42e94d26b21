import KairosModel

/// The sentences that say why a fact has its state, in plain words and with the numbers that
/// decided.
enum Reasons {
  /// Why it is firm.
  static func firm(
    _ rule: PromotionRule, _ claim: ReconciledClaim, support: SupportCount
  ) -> String {
    let sessions = Set(support.voices.compactMap(\.session)).count
    var parts: [String]
    switch rule {
    case .fileProof: parts = sessions > 0 ? [count(sessions, "session")] : []
    case .outcomes: parts = ["tools showed it in \(count(support.outcomeSessions, "session"))"]
    case .directive: parts = ["a person said so in \(count(support.directiveSessions, "session"))"]
    case .document:
      let path = support.voices.first { $0.actor == .document }?.evidence.place.path
      parts = ["stated in \(path ?? "a document")"]
    case .consensus:
      parts = [
        "the model found it in \(count(support.lookedSessions, "session"))"
          + " on \(count(support.lookedDays, "day"))"
      ]
    }
    if let verified = claim.verified {
      switch verified.extent {
      case .value: parts.append("verified in \(verified.path)")
      case .mentions: parts.append("everything that it names exists (\(verified.path))")
      }
    }
    return "promoted: " + parts.joined(separator: ", ")
  }

  /// What it lacks.
  static func tentative(_ claim: ReconciledClaim, support: SupportCount) -> String {
    "tentative: " + lack(claim, support)
  }

  /// Why it is not firm although its evidence is strong.
  static let unattainable =
    "tentative: answers of this kind were wrong too often when files could tell"

  /// Why it is stale.
  static func expired(_ support: SupportCount, newest: Timestamp?) -> String {
    let last = support.voices.compactMap { $0.at ?? newest }.max()
    return "expired: last confirmed \(last?.dateText ?? "long ago"), and such things change"
  }

  private static func lack(_ claim: ReconciledClaim, _ support: SupportCount) -> String {
    let voices = support.voices
    if voices.isEmpty { return "everything that said so was wrong at its time" }
    if voices.allSatisfy({ $0.actor == .external }) { return "only text from outside says so" }
    if voices.allSatisfy(\.isHedged) { return "said only with reservation" }
    if claim.named == .open { return "a path or symbol that it names was not found" }
    if voices.allSatisfy({ $0.actor == .assistant }) {
      let sessions = count(Set(voices.compactMap(\.session)).count, "session")
      return claim.named == .exist
        ? "only the model says so (\(sessions))"
        : "only the model says so (\(sessions)), and files do not confirm what it names"
    }
    if voices.allSatisfy({ $0.actor == .document }) {
      return "a document says so, but files do not confirm what it names"
    }
    let sessions = Set(voices.compactMap(\.session)).count
    return sessions == 1 ? "one session only" : "the evidence is too weak"
  }

  private static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }
}
