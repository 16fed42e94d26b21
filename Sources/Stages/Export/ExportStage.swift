import KairosModel
import KairosRedaction

/// Facts of one snapshot → the files that agents load and that people read and exchange.
///
/// Pure: what a file holds already comes in as bytes, and what it shall hold goes out as bytes.
/// The same snapshot, options and existing bytes give the same result on every machine.
public struct ExportStage: Sendable {
  public let options: ExportOptions

  public init(options: ExportOptions = ExportOptions()) { self.options = options }

  /// Renders `facts` for `target`.
  ///
  /// - Parameters:
  ///   - facts: every fact of the snapshot, in any order; only firm ones are exported, but for the
  ///     page, which shows all.
  ///   - snapshot: where the facts come from; its project is the key of redaction.
  ///   - tombstones: values that must not come back; only a bundle carries them.
  ///   - existing: the bytes of the target's file, by `ExportTarget.path`, or those of the files
  ///     in its folder for which `ExportTarget.mayChange` is true, by their paths below it; nothing
  ///     for new files.
  /// - Throws: `ExportError`, before anything is rendered that must not leave.
  public func render(
    target: ExportTarget, facts: [Fact], snapshot: SnapshotManifest,
    tombstones: [Tombstone] = [], existing: [String: [UInt8]] = [:]
  ) throws(ExportError) -> ExportResult {
    let ranking = FactRanking(newestEvidence: snapshot.newestEvidence)
    let ranked = ranking.sorted(facts.filter { $0.state == .firm })
    let gate = SecretGate(snapshot: snapshot, target: target)
    var report = ExportReport(target: target, facts: facts)
    switch target {
    case .agentsMD, .claudeMD, .geminiMD, .copilotInstructions:
      return try section(
        target, ranked, snapshot, existing[target.path] ?? [], report: report)
    case .claudeMemory, .cursorRules, .codexExtension, .skills:
      return try folder(target, ranked, snapshot, existing, report: report)
    case .mcpMemory, .jsonl, .markdown:
      try gate.pass(ranked)
      report.include(ranked)
      let bytes = whole(target, ranked, snapshot, existing[target.path] ?? [])
      return ExportResult(files: [(target.path, bytes)], report: report)
    case .html:
      try gate.pass(facts)
      report.include(ranked)
      report.showsAllStates = true
      let others = ranking.sorted(facts.filter { $0.state != .firm })
      let page = FactPage(facts: ranked + others, snapshot: snapshot)
      return ExportResult(files: [(target.path, Array(page.text.utf8))], report: report)
    case .bundle:
      try gate.pass(ranked, tombstones)
      report.include(ranked)
      let members = Bundle.members(facts: ranked, tombstones: tombstones, snapshot: snapshot)
      return ExportResult(files: members, report: report)
    }
  }

  /// A file without a budget.
  private func whole(
    _ target: ExportTarget, _ ranked: [Fact], _ snapshot: SnapshotManifest, _ existing: [UInt8]
  ) -> [UInt8] {
    switch target {
    case .mcpMemory: MCPMemory.bytes(facts: ranked, snapshot: snapshot, existing: existing)
    case .markdown: Array(MemoryReport(facts: ranked, snapshot: snapshot).text.utf8)
    default: FactLines.bytes(ranked)
    }
  }

  /// The marked section of an instruction file.
  private func section(
    _ target: ExportTarget, _ ranked: [Fact], _ snapshot: SnapshotManifest, _ existing: [UInt8],
    report: ExportReport
  ) throws(ExportError) -> ExportResult {
    var report = report
    let file = try MarkedFile(bytes: existing, path: target.path)
    let budget =
      target == .copilotInstructions ? options.capped(bytes: ExportOptions.copilotBytes) : options
    let text = MemorySection(facts: ranked, snapshot: snapshot, budget: budget)
    try SecretGate(snapshot: snapshot, target: target).pass(text.included)
    report.include(text.included)
    report.omitted = text.omitted
    report.lines = text.lines.count
    report.bytes = text.byteCount
    return ExportResult(files: [(target.path, file.replacing(with: text.lines))], report: report)
  }

  /// The files of a folder, each with a marked section.
  private func folder(
    _ target: ExportTarget, _ ranked: [Fact], _ snapshot: SnapshotManifest,
    _ existing: [String: [UInt8]], report: ExportReport
  ) throws(ExportError) -> ExportResult {
    var report = report
    let content = try folderContent(target, ranked, snapshot, existing)
    try SecretGate(snapshot: snapshot, target: target).pass(content.included)
    report.include(content.included)
    report.omitted = content.omitted
    report.deferred = content.deferred
    report.foreign = content.foreign
    report.lines = content.loaded.lines
    report.bytes = content.loaded.bytes
    let merged = try content.merged(with: existing, target: target, snapshot: snapshot)
    return ExportResult(files: merged.files, report: report, obsolete: merged.obsolete)
  }

  private func folderContent(
    _ target: ExportTarget, _ ranked: [Fact], _ snapshot: SnapshotManifest,
    _ existing: [String: [UInt8]]
  ) throws(ExportError) -> FolderContent {
    switch target {
    case .cursorRules:
      return CursorRules.content(facts: ranked, snapshot: snapshot, options: options)
    case .codexExtension:
      return CodexExtension.content(facts: ranked, snapshot: snapshot, options: options)
    case .skills:
      return ProcedureSkills.content(facts: ranked, snapshot: snapshot, options: options)
    default:
      let index = try MarkedFile(
        bytes: existing[ClaudeMemory.index] ?? [], path: ClaudeMemory.index)
      return ClaudeMemory.content(
        facts: ranked, snapshot: snapshot, options: options, outside: index.outside)
    }
  }
}

/// What an export gives back: whole files, and what the user should know about them.
public struct ExportResult: Sendable {
  /// Path and bytes of each file, in the order of writing: the target's path, or one below its
  /// folder, or the name of a member of its archive.
  public let files: [(path: String, bytes: [UInt8])]
  public let report: ExportReport
  /// Existing files below the target's folder that earlier exports wrote, that hold nothing else,
  /// and that are not needed any more.
  public let obsolete: [String]

  init(
    files: [(path: String, bytes: [UInt8])], report: ExportReport, obsolete: [String] = []
  ) {
    self.files = files
    self.report = report
    self.obsolete = obsolete
  }

  /// Paths whose bytes differ from `existing`; empty when everything is up to date.
  public func changed(from existing: [String: [UInt8]]) -> [String] {
    files.filter { existing[$0.path] != $0.bytes }.map(\.path)
  }
}
