import KairosModel
import KairosStore

/// What `kairos run` is asked to do.
public struct PipelineRequest: Sendable {
  public let file: PipelineFile
  /// Where agents keep transcripts on this machine, for pipelines that want them.
  public let agents: AgentSearch
  public let ignoresGates: Bool
  public let allowsLoss: Bool

  public init(file: PipelineFile, agents: AgentSearch, ignoresGates: Bool, allowsLoss: Bool) {
    self.file = file
    self.agents = agents
    self.ignoresGates = ignoresGates
    self.allowsLoss = allowsLoss
  }
}

/// How a pipeline ended.
public struct PipelineOutcome: Sendable {
  public let receipt: Receipt
  public let reports: [StageReport]
  public let exportLines: [String]
  /// Whether an export with `check` is out of date.
  public let hasDrift: Bool
}

/// What a pipeline would do.
public struct PipelinePlan: Sendable {
  public let name: String
  public let gates: [Gate]
  public let lines: [String]
}

extension Memory {
  /// Reads a pipeline file; throws with every mistake in it.
  public static func readPipeline(_ path: String) throws -> PipelineFile {
    try FolderAccess.check(pipeline: path)
    let text = String(decoding: try WholeFile.read(path, limit: 1 << 20), as: UTF8.self)
    var reader = PipelineFileReader(
      thresholds: ConsolidateOptions.thresholds, targets: exportTargets)
    return try reader.read(text, path: path)
  }

  /// What the pipeline would do now.
  public func plan(_ file: PipelineFile, agents: AgentSearch) throws -> PipelinePlan {
    var lines: [String] = []
    let requests = PipelineRun.requests(file, folder: folder, agents: agents)
    for stage in file.stages {
      switch stage {
      case .ingest:
        for request in requests {
          let plan = try plan(request)
          lines += plan.items.map { "ingest    \($0.action.rawValue) \($0.path)" }
        }
      case .export:
        lines += file.exports.map {
          "export    \($0.target)\($0.out.map { " to \($0)" } ?? "")\($0.check ? " (check)" : "")"
        }
      case .extract, .consolidate, .snapshot: lines.append(stage.rawValue)
      }
    }
    return PipelinePlan(name: file.name, gates: [], lines: lines)
  }

  /// Runs the pipeline and keeps a receipt, whatever happens; `onReceipt` gets it too, also when
  /// the run fails. The caller holds the lock.
  public func run(
    _ request: PipelineRequest, _ settings: RunSettings,
    onReceipt: (Receipt) throws -> Void = { _ in }
  ) async throws -> PipelineOutcome {
    var run = PipelineRun(memory: self, request: request, settings: settings)
    do {
      try await run.run()
    } catch {
      run.fail(error)
      let receipt = run.receipt
      try? store.addReceipt(receipt)
      try? onReceipt(receipt)
      throw error
    }
    let receipt = run.receipt
    try store.addReceipt(receipt)
    try onReceipt(receipt)
    return PipelineOutcome(
      receipt: receipt, reports: run.reports, exportLines: run.exportLines,
      hasDrift: run.hasDrift)
  }
}

/// One run of a pipeline: gates, stages in order, receipt. A failed run never advances a gate.
struct PipelineRun {
  let memory: Memory
  let request: PipelineRequest
  let settings: RunSettings
  let startedAt: Timestamp
  private(set) var reports: [StageReport] = []
  private(set) var exportLines: [String] = []
  private(set) var hasDrift = false
  private var gates: [Gate] = []
  private var outcome = Receipt.Outcome.done
  private var reason: String?
  private var snapshot: String?

  private var file: PipelineFile { request.file }

  init(memory: Memory, request: PipelineRequest, settings: RunSettings) {
    self.memory = memory
    self.request = request
    self.settings = settings
    startedAt = settings.now()
  }

  var receipt: Receipt {
    Receipt(
      pipeline: file.name, outcome: outcome, reason: reason, startedAt: startedAt,
      endedAt: settings.now(), snapshot: snapshot, gates: gates, steps: reports.map(\.step),
      inputs: reports.flatMap(\.inputs))
  }

  mutating func fail(_ error: any Error) {
    outcome = .failed
    reason = (error as? any Failure)?.sentence ?? "internal error"
  }

  mutating func run() async throws {
    let requests = Self.requests(file, folder: memory.folder, agents: request.agents)
    guard try isDue(requests) else { return }
    for stage in file.stages {
      switch stage {
      case .ingest:
        for ingest in requests { reports.append(try await memory.ingest(ingest, settings)) }
      case .extract: reports.append(try await memory.extract(settings))
      case .consolidate: reports.append(try await consolidate())
      case .snapshot: try createSnapshot()
      case .export: for export in file.exports { try write(export) }
      }
    }
  }

  /// Asks the gates; notes which one is closed.
  private mutating func isDue(_ requests: [IngestRequest]) throws -> Bool {
    guard !request.ignoresGates else { return true }
    let past = try memory.pastRuns(of: file.name)
    var facts = GateFacts(
      now: settings.now(), lastDone: past.lastDone, lastScan: past.lastScan, changedSessions: 0,
      newestChange: nil)
    gates = file.gates.beforeScan(facts)
    if gates.allSatisfy(\.isOpen), file.gates.sessionsMin != nil || file.gates.idleMinutes != nil {
      let change = try memory.change(requests)
      facts = GateFacts(
        now: facts.now, lastDone: facts.lastDone, lastScan: facts.lastScan,
        changedSessions: change.sessions, newestChange: change.newest)
    }
    if gates.allSatisfy(\.isOpen) { gates += file.gates.afterScan(facts) }
    let closed = gates.filter { !$0.isOpen }
    guard !closed.isEmpty else { return true }
    outcome = .blocked
    reason = closed.map { "\($0.name): \($0.reason)" }.joined(separator: "; ")
    return false
  }

  private func consolidate() async throws -> StageReport {
    try await memory.consolidate(
      ConsolidateRequest(
        allowsLoss: request.allowsLoss, lossPercentMax: file.guards.lossPercentMax,
        thresholds: file.thresholds), settings)
  }

  private mutating func createSnapshot() throws {
    let started = settings.now()
    let made = try memory.createSnapshot(
      SnapshotRequest(
        allowsLoss: request.allowsLoss, lossPercentMax: file.guards.lossPercentMax))
    snapshot = made.entry.manifest.id
    reports.append(
      StageReport(
        stage: "snapshot",
        counts: [Count("snapshots", made.isNew ? 1 : 0)],
        milliseconds: settings.now().milliseconds - started.milliseconds))
  }

  private mutating func write(_ export: PipelineFile.Export) throws {
    let started = settings.now()
    let root = memory.folder.projectRoot
    let made = try memory.export(
      ExportRequest(
        target: export.target, out: export.out.map { FilePath.absolute($0, in: root) },
        snapshot: "latest", mode: export.check ? .check : .write))
    for file in made.files where file.isChanged {
      exportLines.append("\(file.path)  \(export.check ? "out of date" : "written")")
    }
    exportLines += made.reportLines
    if export.check, !made.isUpToDate { hasDrift = true }
    reports.append(
      StageReport(
        stage: "export",
        counts: [
          Count("files", made.files.count), Count("changed", made.files.count(where: \.isChanged)),
        ],
        milliseconds: settings.now().milliseconds - started.milliseconds))
  }

  /// One ingest per form of source that the file names; paths start at the project's folder.
  static func requests(
    _ file: PipelineFile, folder: MemoryFolder, agents: AgentSearch
  ) -> [IngestRequest] {
    let sources = file.sources
    let strict = file.guards.strict
    func request(_ paths: [String], _ form: IngestRequest.Form) -> IngestRequest? {
      guard !paths.isEmpty else { return nil }
      let absolute = paths.map { FilePath.absolute($0, in: folder.projectRoot) }
      return IngestRequest(paths: absolute, form: form, isStrict: strict)
    }
    let found = sources.agents ? IngestRequest(paths: [], agents: agents, isStrict: strict) : nil
    return [
      found, request(sources.transcripts, .transcripts),
      request(sources.observations, .observations), request(sources.workspaces, .workspace),
    ].compactMap { $0 }
  }
}
