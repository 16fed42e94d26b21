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
  /// Of how many such answers files told whether they were right, and how many were; `nil` when
  /// none was checked and the share is the documented one.
  let checked: AnchorTable.Count?

  /// `namesExist` tells of a document whether all that it names is in the newest files.
  init(_ observation: Observation, namesExist: Bool, options: ReconcileOptions) {
    let row = Row(observation, namesExist: namesExist)
    witness = row.witness
    let prior = row.prior(options)
    guard !options.anchors.isEmpty, witness != .workspace else {
      (permille, checked) = (prior, nil)
      return
    }
    let key = Self.key(of: observation, namesExist: namesExist)
    permille = options.anchors.permille(key, prior: prior, strength: row.priorStrength)
    checked = options.anchors.closest(key)
  }

  /// Under which key such answers are counted.
  static func key(of observation: Observation, namesExist: Bool) -> AnchorTable.Key {
    AnchorTable.Key(
      witness: Row(observation, namesExist: namesExist).rawValue,
      speaker: observation.speaker ?? "", predicate: observation.slot.predicate)
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

/// Who speaks and how, as far as it decides how often such are right.
private enum Row: String {
  case workspace, tool
  case unlookedTool = "tool-unlooked"
  case directive, human
  case hedgedHuman = "human-hedged"
  case document
  case verifiedDocument = "document-verified"
  case hedgedDocument = "document-hedged"
  case assistant
  case lookedAssistant = "assistant-looked"
  case hedgedAssistant = "assistant-hedged"
  case external

  init(_ observation: Observation, namesExist: Bool) {
    let hedged = observation.isHedged
    switch observation.actor {
    case .workspace: self = .workspace
    case .tool: self = observation.grounded ? .tool : .unlookedTool
    case .human:
      let isRule = Predicate.of(observation.slot.predicate).base == "rule"
      let directs = isRule || observation.modality == .obligation
      self = hedged ? .hedgedHuman : directs ? .directive : .human
    case .document: self = hedged ? .hedgedDocument : namesExist ? .verifiedDocument : .document
    case .assistant:
      self = hedged ? .hedgedAssistant : observation.grounded ? .lookedAssistant : .assistant
    case .external, .memory, .harness: self = .external
    }
  }

  var witness: Reliability.Witness {
    switch self {
    case .workspace: .workspace
    case .tool, .unlookedTool: .tool
    case .directive, .human, .hedgedHuman: .human
    case .document, .verifiedDocument, .hedgedDocument: .document
    case .assistant, .lookedAssistant, .hedgedAssistant: .assistant
    case .external: .external
    }
  }

  /// Documented share of right ones in thousandths, before any was checked.
  func prior(_ options: ReconcileOptions) -> Int64 {
    switch self {
    case .workspace: options.workspacePermille
    case .tool: options.toolPermille
    case .unlookedTool, .assistant: options.assistantPermille
    case .directive: options.directivePermille
    case .human: options.humanPermille
    case .hedgedHuman: options.humanHedgedPermille
    case .document: options.documentPermille
    case .verifiedDocument: options.documentVerifiedPermille
    case .hedgedDocument, .hedgedAssistant: options.assistantHedgedPermille
    case .lookedAssistant: options.assistantGroundedPermille
    case .external: options.externalPermille
    }
  }

  /// How many checked answers the documented share is worth (design of consolidation, 5.5).
  var priorStrength: Int64 {
    switch self {
    case .workspace: 500
    case .tool: 50
    case .directive, .human: 20
    default: 8
    }
  }
}
