/// Which observations may support a value at all. Shared by the stages that weigh and that promote,
/// so that both count the same ones.
extension Observation {
  /// Why it supports nothing, in words for people; `nil` when it has a voice.
  ///
  /// Questions, plans, hypotheticals and reports assert nothing; text of the agent program and
  /// memories read back are nobody's statement; a model that repeats a memory from its context is
  /// an echo, even when it looked at files before. What a tool did stays an outcome, whatever was
  /// in the context.
  public var silence: String? {
    switch actor {
    case .memory: return "a memory read back"
    case .harness: return "text of the agent program"
    case .human, .assistant, .tool, .workspace, .document, .external: break
    }
    switch modality {
    case .question: return "a question"
    case .hypothetical: return "a hypothetical"
    case .conditional: return "a condition"
    case .planned: return "a plan"
    case .reported: return "a report of what others say"
    case .asserted, .hedged, .obligation: break
    }
    let mayEcho = actor == .assistant || actor == .document || actor == .external
    return mayEcho && !exposure.isEmpty ? "an echo of a memory in its context" : nil
  }

  /// Said with reservation: a hedge, or an obligation in the mouth of a model.
  public var isHedged: Bool {
    hedge > 0 || modality == .hedged || (modality == .obligation && actor == .assistant)
  }

  /// An outcome that a tool reported.
  public var isOutcome: Bool { actor == .tool && grounded && silence == nil }
}
