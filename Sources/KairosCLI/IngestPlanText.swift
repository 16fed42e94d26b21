import KairosModel
import KairosPipeline

/// What an ingest would read.
struct IngestPlanText {
  let plan: IngestPlan

  func show(_ format: FormatOptions.Format, _ talk: Talk) {
    talk.findings(plan.findings)
    switch format {
    case .text:
      for line in AgentTable.lines(plan.agents) { talk.say(line) }
      for item in plan.items {
        talk.data(Printable.line("\(FactTable.padded(item.action.rawValue, 9))  \(item.path)"))
      }
    case .json:
      let json = CanonicalJSON.object {
        $0.member("schema", "kairos.ingest-plan/1")
        AgentTable.write(plan.agents, to: &$0)
        $0.key("sources")
        $0.array(plan.items) { json, item in
          json.object {
            $0.member("path", item.path)
            $0.member("action", item.action.rawValue)
          }
        }
      }
      talk.data(json.text)
    }
  }
}
