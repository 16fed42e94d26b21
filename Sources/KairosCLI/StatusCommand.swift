import ArgumentParser
import KairosModel
import KairosPipeline

/// `kairos status`: what the memory holds, what is pending, how the last run ended.
struct StatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Show what the memory holds, what is pending, and the last run.",
    discussion: HelpPage.text(
      """
      Counts sources, sessions, observations and facts, says which stage has work to do and which \
      command does it, which gate kept the last pipeline run from starting, and who holds the lock.
      """,
      examples: [
        ("kairos status", "for people"), ("kairos status --format json", "for dashboards"),
        ("kairos status --format prometheus", "for the textfile collector"),
      ]))

  @OptionGroup var global: GlobalOptions

  /// How the state is printed.
  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, prometheus }

  @Option(help: "How data is printed: text, json with a schema in it, or metrics for prometheus.")
  var format = Format.text

  func run() async throws {
    try await Invocation.run("status", global) { invocation in
      let status = try invocation.memory().status()
      switch format {
      case .text: for line in Self.lines(status) { invocation.talk.data(Printable.line(line)) }
      case .json: invocation.talk.data(Self.json(status).text)
      case .prometheus: invocation.talk.data(bytes: Array(StatusMetrics.text(status).utf8))
      }
      return .done
    }
  }

  private static func lines(_ status: MemoryStatus) -> [String] {
    let states = status.facts.filter { $0.count > 0 }.map { "\($0.count) \($0.state.rawValue)" }
    var lines = [
      "project       \(status.project)",
      "memory        \(status.folder)",
    ]
    for alias in status.aliases.entries {
      lines.append("alias         \(alias.isExcluded ? "not " : "")\(alias.name) (\(alias.file))")
    }
    lines += [
      "sources       \(status.sources) (\(status.absentSources) no longer there)",
      "sessions      \(status.sessions)"
        + (status.otherSessions > 0 ? ", and \(status.otherSessions) of other projects" : ""),
      "workspaces    \(status.workspaces)",
      "observations  \(status.observations)",
      "facts         \(states.isEmpty ? "none" : states.joined(separator: ", "))",
    ]
    lines += status.calibration.map(calibration) ?? []
    if let snapshot = status.snapshot {
      lines.append("snapshot      \(snapshot.sequence)  \(snapshot.shortID)")
    } else {
      lines.append("snapshot      none")
    }
    let pending = status.work.sentences
    for step in pending { lines.append("pending       \(step)") }
    if pending.isEmpty { lines.append("pending       nothing") }
    if let holder = status.lock {
      let who = "kairos \(holder.command), process \(holder.pid) on \(holder.host)"
      lines.append(
        isLeft(holder)
          ? "lock          left by \(who), which has died; the next run takes it over"
          : "running       \(who), since \(holder.since.rfc3339)")
    }
    guard let last = status.lastReceipt else { return lines + ["last run      none"] }
    lines.append("last run      \(summary(last))")
    if let done = status.lastDone, done != last { lines.append("last done     \(summary(done))") }
    return lines
      + last.gates.map {
        "gate          \($0.name) \($0.isOpen ? "open" : "closed"): \($0.reason)"
      }
  }

  /// What the memory can promise about firm facts that no file proves.
  private static func calibration(_ report: CalibrationReport) -> [String] {
    let percent = "\(report.targetPermille / 10) %"
    guard !report.rows.isEmpty else {
      return [
        "certified     nothing yet: \(report.samplesMin) checked answers of a kind are needed"
      ]
    }
    return report.rows.map { row in
      let kind = "\(row.stratum.predicate), \(row.stratum.isGrounded ? "looked at" : "recalled")"
      let checked = "\(row.right) of \(row.samples) checked answers right"
      let missing = row.missing > 0 ? ", \(row.missing) more needed" : ""
      guard let threshold = row.thresholdQ16 else {
        return "not certified \(kind): \(checked)\(missing)"
      }
      let nats = ExplanationText.nats(threshold).drop { $0 == " " }
      return "certified     \(kind): \(percent) right from \(nats) (\(checked))"
    }
  }

  /// Whether the holder of the lock ran on this machine and is gone.
  private static func isLeft(_ holder: LockHolder) -> Bool {
    holder.host == Surroundings.ofProcess().host && !Surroundings.isAlive(holder)
  }

  private static func summary(_ receipt: Receipt) -> String {
    let reason = receipt.reason.map { ": \($0)" } ?? ""
    let seconds = (receipt.endedAt.milliseconds - receipt.startedAt.milliseconds) / 1000
    return "\(receipt.pipeline), \(receipt.endedAt.rfc3339), \(seconds) s, "
      + "\(receipt.outcome.rawValue)\(reason)"
  }

  private static func json(_ status: MemoryStatus) -> CanonicalJSON {
    CanonicalJSON.object { json in
      json.member("schema", "kairos.status/1")
      json.member("project", status.project)
      json.member("store", status.folder)
      json.key("aliases")
      json.array(status.aliases.entries) { json, alias in
        json.object {
          $0.member("name", alias.name)
          $0.member("excluded", alias.isExcluded)
          $0.member("file", alias.file)
        }
      }
      json.member("sources", status.sources)
      json.member("absent_sources", status.absentSources)
      json.member("sessions", status.sessions)
      json.member("other_sessions", status.otherSessions)
      json.member("workspaces", status.workspaces)
      json.member("observations", status.observations)
      json.member("facts") {
        for (state, count) in status.facts { $0.member(state.rawValue, count) }
      }
      json.key("calibration")
      if let report = status.calibration { report.write(to: &json) } else { json.null() }
      json.member("snapshot", status.snapshot?.id)
      json.member("pending", status.work.sentences)
      json.key("lock")
      if let holder = status.lock { holder.write(to: &json) } else { json.null() }
      json.key("last_run")
      if let receipt = status.lastReceipt { receipt.write(to: &json) } else { json.null() }
      json.key("last_done")
      if let receipt = status.lastDone { receipt.write(to: &json) } else { json.null() }
      writeDetails(status, &json)
    }
  }

  private static func writeDetails(_ status: MemoryStatus, _ json: inout CanonicalJSON) {
    json.member("tool_version", KairosVersion.text)
    json.member("needs_review", status.needsReview)
    json.member("firm_kinds") { json in
      for (kind, count) in status.firmKinds { json.member(kind.rawValue, count) }
    }
    json.member("snapshots", status.snapshots)
    json.member("snapshot_sequence", status.snapshot.map { Int64($0.sequence) })
    json.member("snapshot_newest_evidence", status.snapshot?.newestEvidence)
    json.member("work") {
      $0.member("origins_to_extract", status.work.origins)
      $0.member("slots_to_consolidate", status.work.slots)
      $0.member("snapshot_due", status.work.isSnapshotDue)
    }
    json.key("pipelines")
    json.array(status.pipelines) { json, pipeline in
      json.object {
        $0.member("name", pipeline.name)
        $0.member("last_outcome", pipeline.lastRun.outcome.rawValue)
        $0.member("last_reason", pipeline.lastRun.reason)
        $0.member("last_run_at", pipeline.lastRun.endedAt)
        $0.member("last_done_at", pipeline.lastDone?.endedAt)
      }
    }
  }
}
