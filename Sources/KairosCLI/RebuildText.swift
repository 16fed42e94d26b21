import KairosModel
import KairosPipeline

/// What `kairos doctor --rebuild` prints.
struct RebuildText {
  let report: RebuildReport

  /// Prints the report as data.
  func show(_ format: FormatOptions.Format, _ talk: Talk) {
    switch format {
    case .text: for line in lines { talk.data(Printable.line(line)) }
    case .json: talk.data(json.text)
    }
    for stage in report.stages { talk.findings(stage.findings) }
  }

  private var lines: [String] {
    var lines = [
      "rebuilt    \(report.sessions.counted("session")) and \(report.events.counted("event")) from "
        + "the event log, \(report.decisions.counted("decision"))",
      "read       \(read("files").counted("file")), \(read("workspaces").counted("workspace")); "
        + "\(report.absentSources.counted("source")) not present",
      "made       \(made("extract", "observations").counted("observation")), "
        + "\(made("consolidate", "facts").counted("fact")), \(made("consolidate", "firm")) firm",
    ]
    if let compared = report.comparison {
      let rest =
        compared.isEqual
        ? "nothing differs" : "\(compared.changes.count.counted("difference")) in facts"
      lines.append(
        "snapshot   \(compared.sequence): \(compared.same.counted("fact")) the same, \(rest)")
      lines += compared.changes.prefix(Self.changesShown).map {
        "  \($0.kind.rawValue)  \($0.fact)  \($0.statement)"
      }
      let more = compared.changes.count - Self.changesShown
      if more > 0 {
        lines.append("  … and \(more) more; `kairos snapshot diff` after the next one")
      }
    }
    lines += report.lost.map { "lost       \($0)" }
    if report.lost.isEmpty { lines.append("lost       nothing") }
    if let aside = report.setAside { lines.append("kept       \(aside)") }
    return lines
  }

  private static let changesShown = 20

  /// What all ingests counted under a name.
  private func read(_ name: String) -> Int {
    report.stages.filter { $0.stage == "ingest" }.reduce(0) { $0 + $1.count(name) }
  }

  private func made(_ stage: String, _ name: String) -> Int {
    report.stages.first { $0.stage == stage }?.count(name) ?? 0
  }

  private var json: CanonicalJSON {
    CanonicalJSON.object {
      $0.member("schema", "kairos.rebuild/1")
      $0.member("set_aside", report.setAside)
      $0.member("sessions", report.sessions)
      $0.member("events", report.events)
      $0.member("absent_sources", report.absentSources)
      $0.member("decisions", report.decisions)
      $0.member("lost", report.lost)
      $0.key("stages")
      $0.array(report.stages) { json, stage in
        json.object {
          $0.member("stage", stage.stage)
          $0.member("counts") {
            for count in stage.counts { $0.member(count.name, count.value) }
          }
        }
      }
      $0.key("snapshot")
      if let compared = report.comparison { Self.write(compared, &$0) } else { $0.null() }
    }
  }

  private static func write(_ compared: RebuildReport.Comparison, _ json: inout CanonicalJSON) {
    json.object {
      $0.member("sequence", compared.sequence)
      $0.member("same", compared.same)
      $0.member("equal", compared.isEqual)
      $0.key("changes")
      $0.array(compared.changes) { json, change in
        json.object {
          $0.member("kind", change.kind.rawValue)
          $0.member("fact", change.fact)
          $0.member("from", change.from?.rawValue)
          $0.member("to", change.to?.rawValue)
          $0.member("statement", change.statement)
        }
      }
    }
  }
}
