import KairosModel
import KairosPipeline

/// How pipeline runs are printed.
enum PipelineText {
  /// What a run did.
  static func show(
    _ outcome: PipelineOutcome, _ format: FormatOptions.Format, _ talk: Talk
  ) {
    for report in outcome.reports { talk.findings(report.findings) }
    switch format {
    case .json: talk.data(bytes: outcome.receipt.canonicalBytes + [0x0a])
    case .text:
      for gate in outcome.receipt.gates where !gate.isOpen {
        talk.say("not due: \(gate.name): \(gate.reason)")
      }
      for report in outcome.reports { talk.say(StageReportText.line(report)) }
      for line in outcome.exportLines { talk.say(line) }
      if let id = outcome.receipt.snapshot { talk.data(id) }
    }
  }

  /// What a run would do.
  static func show(_ plan: PipelinePlan, _ format: FormatOptions.Format, _ talk: Talk) {
    switch format {
    case .text:
      for line in plan.lines { talk.data(Printable.line(line)) }
    case .json:
      let json = CanonicalJSON.object {
        $0.member("schema", "kairos.plan/1")
        $0.member("pipeline", plan.name)
        $0.member("steps", plan.lines)
        $0.key("gates")
        $0.array(plan.gates) { $1.write(to: &$0) }
      }
      talk.data(json.text)
    }
  }
}
