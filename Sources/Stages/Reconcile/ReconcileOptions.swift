import KairosModel

/// What may be tuned about reconciling. Reliabilities are prior means in thousandths (share of such
/// observations that are right), before any is measured on this project.
public struct ReconcileOptions: Sendable, Equatable {
  /// A file that machines read says it.
  public var workspacePermille: Int64 = 998
  /// A tool reported it.
  public var toolPermille: Int64 = 970
  /// A person gives a rule for their own project.
  public var directivePermille: Int64 = 970
  /// A person says how something is.
  public var humanPermille: Int64 = 920
  /// The same with reservation.
  public var humanHedgedPermille: Int64 = 700
  /// A document for people says it, and what it names exists in the newest files.
  public var documentVerifiedPermille: Int64 = 800
  public var documentPermille: Int64 = 600
  /// The model says it after it looked at the subject.
  public var assistantGroundedPermille: Int64 = 900
  public var assistantPermille: Int64 = 750
  public var assistantHedgedPermille: Int64 = 500
  /// Web pages, pasted text, other projects.
  public var externalPermille: Int64 = 600

  /// How alike the errors of one class are, in thousandths: n alike voices count as
  /// n / (1 + (n-1) rho). External text counts once for a claim however often it is copied.
  public var assistantCorrelationPermille: Int64 = 500
  public var documentCorrelationPermille: Int64 = 500
  public var humanCorrelationPermille: Int64 = 150
  public var toolCorrelationPermille: Int64 = 150
  /// After so many days the voices of people and tools count as a new look.
  public var freshLookDays: Int64 = 30

  /// How long an answer lasts on average, in days, by the predicate's hazard.
  public var slowLifetimeDays: Int64 = 7000
  public var normalLifetimeDays: Int64 = 600
  public var fastLifetimeDays: Int64 = 150

  /// Wrong answers that a one-valued slot is assumed to have, at least.
  public var wrongValues: Int64 = 3
  /// Values of one slot that are told apart; rarer ones share one state.
  public var valuesMax = 8
  /// How much the newest files weigh against every other answer, in 1/65,536 nat (12 nats).
  public var newestFilesQ16: Int64 = 12 * FixedPoint.one
  /// What it adds to a claim that everything it names exists in the newest files (ln 6).
  public var namedThingsExistQ16: Int64 = 117_425
  /// A rival nearer than this leaves the question open (2 nats).
  public var rivalQ16: Int64 = 2 * FixedPoint.one
  /// Addends listed for one claim; weaker ones are listed as one sum.
  public var tracedMax = 40
  /// Names that were replaced; claims about the old ones are superseded.
  public var renames = RenameMap()
  /// How often witnesses were right where files tell; empty for the documented shares.
  public var anchors = AnchorTable()

  public init() {}

  /// All settings as one line, for the configuration digest. Renames and anchors are
  /// evidence, not settings.
  public var canonicalText: String {
    let reliabilities = [
      workspacePermille, toolPermille, directivePermille, humanPermille, humanHedgedPermille,
      documentVerifiedPermille, documentPermille, assistantGroundedPermille, assistantPermille,
      assistantHedgedPermille, externalPermille,
    ]
    let correlations = [
      assistantCorrelationPermille, documentCorrelationPermille, humanCorrelationPermille,
      toolCorrelationPermille, freshLookDays,
    ]
    let lifetimes = [slowLifetimeDays, normalLifetimeDays, fastLifetimeDays]
    let limits = [
      wrongValues, Int64(valuesMax), newestFilesQ16, namedThingsExistQ16, rivalQ16,
      Int64(tracedMax),
    ]
    let groups = [reliabilities, correlations, lifetimes, limits]
    return "reconcile/1 "
      + groups.map { $0.map(String.init).joined(separator: ",") }.joined(separator: " ")
  }

  /// Average days that an answer to `predicate` lasts.
  func lifetimeDays(of predicate: Predicate) -> Int64 {
    switch predicate.hazard {
    case .slow: slowLifetimeDays
    case .normal: normalLifetimeDays
    case .fast: fastLifetimeDays
    }
  }
}
