import KairosModel
import KairosPipeline

/// The state of a memory in the text format of Prometheus (exposition format 0.0.4), for its
/// textfile collector: gauges, times in seconds since 1970, nothing of what a fact says.
enum StatusMetrics {
  static func text(_ status: MemoryStatus) -> String {
    var page = MetricsPage(project: status.project)
    addContents(status, &page)
    addWork(status, &page)
    addRuns(status.pipelines, &page)
    return page.text
  }

  private static func addContents(_ status: MemoryStatus, _ page: inout MetricsPage) {
    page.add(
      "kairos_info", "The version of kairos; always 1.", [([("version", KairosVersion.text)], "1")])
    page.add("kairos_sources", "Files and databases that were read.", status.sources)
    page.add("kairos_absent_sources", "Sources that are no longer there.", status.absentSources)
    page.add("kairos_sessions", "Sessions of agents.", status.sessions)
    page.add("kairos_workspaces", "States of the project's files.", status.workspaces)
    page.add("kairos_observations", "Observations.", status.observations)
    page.add(
      "kairos_facts", "Facts by trust state.",
      status.facts.map { ([("state", $0.state.rawValue)], String($0.count)) })
    page.add(
      "kairos_firm_facts", "Firm facts by kind.",
      status.firmKinds.map { ([("kind", $0.kind.rawValue)], String($0.count)) })
    page.add("kairos_needs_review", "Facts that wait for a person.", status.needsReview)
    page.add("kairos_snapshots", "Snapshots in the chain.", status.snapshots)
    guard let snapshot = status.snapshot else { return }
    page.add("kairos_snapshot_sequence", "Number of the newest snapshot.", snapshot.sequence)
    if let newest = snapshot.newestEvidence {
      page.add(
        "kairos_newest_evidence_timestamp_seconds",
        "Time of the newest evidence in the newest snapshot.",
        [([], MetricsPage.seconds(newest.milliseconds))])
    }
  }

  private static func addWork(_ status: MemoryStatus, _ page: inout MetricsPage) {
    page.add(
      "kairos_origins_to_extract", "Sessions and workspaces that extract has not read.",
      status.work.origins)
    page.add(
      "kairos_slots_to_consolidate", "Slots with new observations.", status.work.slots)
    page.add(
      "kairos_snapshot_due", "1 when facts have changed since the newest snapshot.",
      status.work.isSnapshotDue ? 1 : 0)
  }

  private static func addRuns(_ pipelines: [PipelineHistory], _ page: inout MetricsPage) {
    func each(_ value: (Receipt) -> String) -> [MetricsPage.Sample] {
      pipelines.map { ([("pipeline", $0.name)], value($0.lastRun)) }
    }
    page.add(
      "kairos_run_timestamp_seconds", "End of the last run.",
      each { MetricsPage.seconds($0.endedAt.milliseconds) })
    page.add(
      "kairos_run_success_timestamp_seconds", "End of the last run that did its work.",
      pipelines.compactMap { pipeline in
        pipeline.lastDone.map {
          ([("pipeline", pipeline.name)], MetricsPage.seconds($0.endedAt.milliseconds))
        }
      })
    page.add(
      "kairos_run_duration_seconds", "How long the last run took.",
      each { MetricsPage.seconds($0.endedAt.milliseconds - $0.startedAt.milliseconds) })
    page.add(
      "kairos_run_failed", "1 when the last run failed.", each { $0.outcome == .failed ? "1" : "0" }
    )
    page.add(
      "kairos_gate_open", "1 when the gate let the last run pass.",
      pipelines.flatMap { pipeline in
        pipeline.lastRun.gates.map { gate in
          ([("pipeline", pipeline.name), ("gate", gate.name)], gate.isOpen ? "1" : "0")
        }
      })
  }
}

/// Metrics in the order in which they are added; every sample carries the project.
struct MetricsPage {
  /// Labels in order, and the value.
  typealias Sample = (labels: [(name: String, value: String)], value: String)

  private let project: String
  private(set) var text = ""

  init(project: String) { self.project = project }

  /// A gauge without labels of its own.
  mutating func add(_ name: String, _ help: String, _ value: Int) {
    add(name, help, [([], String(value))])
  }

  /// A gauge; without samples nothing is written.
  mutating func add(_ name: String, _ help: String, _ samples: [Sample]) {
    guard !samples.isEmpty else { return }
    text += "# HELP \(name) \(help)\n# TYPE \(name) gauge\n"
    for sample in samples {
      let labels = ([("project", project)] + sample.labels).map { "\($0)=\"\(Self.escaped($1))\"" }
      text += "\(name){\(labels.joined(separator: ","))} \(sample.value)\n"
    }
  }

  /// Milliseconds as decimal seconds, without a float.
  static func seconds(_ milliseconds: Int64) -> String {
    let whole = milliseconds.magnitude / 1000
    let rest = String(milliseconds.magnitude % 1000)
    let digits = String(repeating: "0", count: 3 - rest.count) + rest
    return (milliseconds < 0 ? "-" : "") + "\(whole).\(digits)"
  }

  /// Label values escape the backslash, the quote and the line feed.
  private static func escaped(_ value: String) -> String {
    var out = ""
    for character in value {
      switch character {
      case "\\": out += "\\\\"
      case "\"": out += "\\\""
      case "\n": out += "\\n"
      default: out.append(character)
      }
    }
    return out
  }
}
