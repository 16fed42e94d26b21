import KairosModel

/// The table of ways in which a claim can become firm, in the order in which they are tried. Each
/// is a ceiling on provenance: whatever the log-odds, without one of them a claim stays tentative.
/// No rule is met by questions, plans, hedged words, external text, memories read back, or by any
/// number of repetitions of them.
///
/// - file-proof: a file of the newest workspace state says exactly this.
/// - outcomes: tools showed it in `outcomeSessions` independent sessions.
/// - directive: a person said it plainly in `directiveSessions` sessions, or once when every path,
///   symbol and task that it names exists (a prohibition may name what does not).
/// - document: a document of the newest state says it, and everything that it names exists.
/// - consensus: the model found it by looking, plainly, in `consensusSessions` sessions on
///   `consensusDays` days, and everything that it names exists.
public enum PromotionRule: String, Sendable, CaseIterable {
  case fileProof = "file-proof"
  case outcomes, directive, document, consensus

  /// The most that a fact promoted by this rule may claim, in parts per million.
  public var confidenceCapPPM: Int {
    switch self {
    case .fileProof: 999_000
    case .outcomes: 995_000
    case .directive: 990_000
    case .document: 970_000
    case .consensus: 960_000
    }
  }

  /// The rule as a sentence of the journal.
  var requirement: String {
    switch self {
    case .fileProof: "a file of the newest state says it"
    case .outcomes: "tools showed it in several sessions"
    case .directive: "a person said it plainly"
    case .document: "a document says it and everything that it names exists"
    case .consensus: "the model found it in several sessions and everything that it names exists"
    }
  }

  /// The first rule that the claim meets.
  static func met(by claim: ReconciledClaim, support: SupportCount, options: PromoteOptions)
    -> PromotionRule?
  {
    allCases.first { $0.isMet(by: claim, support: support, options: options) }
  }

  private func isMet(
    by claim: ReconciledClaim, support: SupportCount, options: PromoteOptions
  ) -> Bool {
    switch self {
    case .fileProof: claim.verified?.extent == .value
    case .outcomes: support.outcomeSessions >= options.outcomeSessions
    case .directive: Self.isDirective(claim, support, options)
    case .document: support.hasPlainDocument && claim.named == .exist
    case .consensus:
      claim.named == .exist && support.lookedSessions >= options.consensusSessions
        && support.lookedDays >= options.consensusDays
    }
  }

  private static func isDirective(
    _ claim: ReconciledClaim, _ support: SupportCount, _ options: PromoteOptions
  ) -> Bool {
    guard support.directiveSessions > 0 else { return false }
    if support.directiveSessions >= options.directiveSessions { return true }
    switch claim.named {
    case .unchecked, .none, .exist, .mostly: return true
    case .open:
      return claim.claim.polarity == .negated || !Wording(claim.claim.statement).negated.isEmpty
    case .gone: return false
    }
  }
}
