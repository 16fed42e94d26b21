import KairosModel
import KairosPipeline

/// What stages did, for people (stderr) or for programs (`kairos.report/1` on stdout).
struct StageReportText {
  let reports: [StageReport]

  func show(_ format: FormatOptions.Format, _ talk: Talk) {
    for report in reports { talk.findings(report.findings) }
    switch format {
    case .text:
      for report in reports {
        for line in AgentTable.lines(report.agents) { talk.data(line) }
      }
      for report in reports { talk.say(Self.line(report)) }
    case .json:
      talk.data(json.text)
    }
  }

  /// `ingest: 3 files, 2 sessions, 41 events`; zeros are left out after the first number.
  static func line(_ report: StageReport) -> String {
    let shown = report.counts.enumerated().filter { $0.offset == 0 || $0.element.value != 0 }
    let counts = shown.map { "\($0.element.value) \(words($0.element))" }
    return "\(report.stage): \(counts.joined(separator: ", "))"
  }

  private static func words(_ count: Count) -> String {
    let plural = count.name.split(separator: "-").joined(separator: " ")
    guard count.value == 1 else { return plural }
    return plural.split(separator: " ").map(String.init).map { word in
      singular[word] ?? word
    }.joined(separator: " ")
  }

  private static let singular = [
    "files": "file", "sessions": "session", "events": "event", "observations": "observation",
    "workspaces": "workspace", "slots": "slot", "claims": "claim", "facts": "fact",
    "decisions": "decision", "lines": "line", "snapshots": "snapshot", "members": "member",
    "records": "record", "edits": "edit",
  ]

  private var json: CanonicalJSON {
    CanonicalJSON.object { json in
      json.member("schema", "kairos.report/1")
      json.key("stages")
      json.array(reports) { json, report in
        json.object {
          $0.member("stage", report.stage)
          $0.member("counts") { json in
            for count in report.counts { json.member(count.name, count.value) }
          }
          if !report.agents.isEmpty { AgentTable.write(report.agents, to: &$0) }
          $0.key("findings")
          $0.array(report.findings) { $1.write(to: &$0) }
        }
      }
    }
  }
}

extension Finding {
  /// Writes the finding as a member of a report.
  func write(to json: inout CanonicalJSON) {
    json.object {
      $0.member("severity", severity.rawValue)
      $0.member("code", code)
      $0.member("message", message)
      $0.member("path", path)
      $0.member("location", location)
    }
  }
}
