import KairosModel

/// What kind of witness an observation is: decides how often such are right, and whose errors
/// resemble its own.
struct Reliability {
  /// Witnesses whose errors are alike.
  enum Witness: Int, Comparable {
    case external, assistant, document, human, tool, workspace

    /// A total order, weakest first, so that at equal times the stronger speaks last.
    static func < (left: Witness, right: Witness) -> Bool { left.rawValue < right.rawValue }
  }

  let witness: Witness
  /// Share of such observations that are right, in thousandths.
  let permille: Int64

  /// `namesExist` tells of a document whether all that it names is in the newest files.
  init(_ observation: Observation, namesExist: Bool, options: ReconcileOptions) {
    let hedged = observation.isHedged
    switch observation.actor {
    case .workspace:
      witness = .workspace
      permille = options.workspacePermille
    case .tool:
      witness = .tool
      permille = observation.grounded ? options.toolPermille : options.assistantPermille
    case .human:
      witness = .human
      let isRule = Predicate.of(observation.slot.predicate).base == "rule"
      let directs = isRule || observation.modality == .obligation
      permille =
        hedged
        ? options.humanHedgedPermille
        : directs ? options.directivePermille : options.humanPermille
    case .document:
      witness = .document
      permille =
        hedged
        ? options.assistantHedgedPermille
        : namesExist ? options.documentVerifiedPermille : options.documentPermille
    case .assistant:
      witness = .assistant
      permille =
        hedged
        ? options.assistantHedgedPermille
        : observation.grounded ? options.assistantGroundedPermille : options.assistantPermille
    case .external, .memory, .harness:
      witness = .external
      permille = options.externalPermille
    }
  }

  /// How alike the errors of this class are, in thousandths.
  static func correlation(of witness: Witness, options: ReconcileOptions) -> Int64 {
    switch witness {
    case .external: 1000
    case .assistant: options.assistantCorrelationPermille
    case .document: options.documentCorrelationPermille
    case .human: options.humanCorrelationPermille
    case .tool: options.toolCorrelationPermille
    case .workspace: 0
    }
  }

  /// The days within which voices of a class count as alike; `nil` when at any distance. What a
  /// model or a text gets wrong it gets wrong again next year; a tool or a person looks anew.
  static func windowDays(of witness: Witness, options: ReconcileOptions) -> Int64? {
    witness == .human || witness == .tool ? options.freshLookDays : nil
  }
}
