import KairosModel
import Merge
import Promote
import Reconcile

/// The settings of the three stages of consolidation, with the thresholds that a pipeline names.
struct ConsolidateOptions {
  var merge = MergeOptions()
  var reconcile = ReconcileOptions()
  var promote = PromoteOptions()

  /// Names of the thresholds and their limits.
  static let thresholds: [String: ClosedRange<Int>] = [
    "firm-log-odds-q16": 0...2_000_000, "stale-band-q16": 0...2_000_000,
    "outcome-sessions": 1...1000, "directive-sessions": 1...1000, "consensus-sessions": 1...1000,
    "consensus-days": 1...1000, "merge-agreement-permille": 500...1000,
  ]

  init(thresholds: [String: Int]) {
    if let value = thresholds["firm-log-odds-q16"] { promote.firmQ16 = Int64(value) }
    if let value = thresholds["stale-band-q16"] { promote.bandQ16 = Int64(value) }
    if let value = thresholds["outcome-sessions"] { promote.outcomeSessions = value }
    if let value = thresholds["directive-sessions"] { promote.directiveSessions = value }
    if let value = thresholds["consensus-sessions"] { promote.consensusSessions = value }
    if let value = thresholds["consensus-days"] { promote.consensusDays = value }
    if let value = thresholds["merge-agreement-permille"] { merge.agreementPermille = value }
  }

  /// All settings as lines, for digests.
  var canonicalText: String {
    [merge.canonicalText, reconcile.canonicalText, promote.canonicalText].joined(separator: "\n")
  }
}
