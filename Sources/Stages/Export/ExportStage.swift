import KairosModel
import KairosRedaction

/// Firm facts of one snapshot → the files that agents load and that people exchange.
///
/// Pure: what a file holds already comes in as bytes, and what it shall hold goes out as bytes.
/// The same snapshot, options and existing bytes give the same result on every machine.
public struct ExportStage: Sendable {
  public let options: ExportOptions

  public init(options: ExportOptions = ExportOptions()) { self.options = options }

  /// Renders `facts` for `target`.
  ///
  /// - Parameters:
  ///   - facts: every fact of the snapshot, in any order; only firm ones are exported.
  ///   - snapshot: where the facts come from; its project is the key of redaction.
  ///   - tombstones: values that must not come back; only a bundle carries them.
  ///   - existing: the bytes of the target's file, by `ExportTarget.path`; nothing for a new file.
  /// - Throws: `ExportError`, before anything is rendered that must not leave.
  public func render(
    target: ExportTarget, facts: [Fact], snapshot: SnapshotManifest,
    tombstones: [Tombstone] = [], existing: [String: [UInt8]] = [:]
  ) throws(ExportError) -> ExportResult {
    let ranking = FactRanking(newestEvidence: snapshot.newestEvidence)
    let ranked = ranking.sorted(facts.filter { $0.state == .firm })
    var report = ExportReport(target: target, facts: facts)
    switch target {
    case .agentsMD, .claudeMD:
      return try section(
        target, ranked, snapshot, existing[target.path] ?? [], report: report)
    case .jsonl:
      try SecretGate(snapshot: snapshot, target: target).pass(ranked)
      report.include(ranked)
      return ExportResult(files: [(target.path, FactLines.bytes(ranked))], report: report)
    case .markdown:
      try SecretGate(snapshot: snapshot, target: target).pass(ranked)
      report.include(ranked)
      let text = MemoryReport(facts: ranked, snapshot: snapshot).text
      return ExportResult(files: [(target.path, Array(text.utf8))], report: report)
    case .bundle:
      try SecretGate(snapshot: snapshot, target: target).pass(ranked, tombstones)
      report.include(ranked)
      let members = Bundle.members(facts: ranked, tombstones: tombstones, snapshot: snapshot)
      return ExportResult(files: members, report: report)
    }
  }

  /// The marked section of an instruction file.
  private func section(
    _ target: ExportTarget, _ ranked: [Fact], _ snapshot: SnapshotManifest, _ existing: [UInt8],
    report: ExportReport
  ) throws(ExportError) -> ExportResult {
    var report = report
    let file = try MarkedFile(bytes: existing, path: target.path)
    let text = MemorySection(facts: ranked, snapshot: snapshot, budget: options)
    try SecretGate(snapshot: snapshot, target: target).pass(text.included)
    report.include(text.included)
    report.omitted = text.omitted
    report.lines = text.lines.count
    report.bytes = text.byteCount
    return ExportResult(files: [(target.path, file.replacing(with: text.lines))], report: report)
  }
}

/// What an export gives back: whole files, and what the user should know about them.
public struct ExportResult: Sendable {
  /// Path and bytes of each file, or of each member of a bundle, in the order of writing.
  public let files: [(path: String, bytes: [UInt8])]
  public let report: ExportReport

  /// Paths whose bytes differ from `existing`; empty when everything is up to date.
  public func changed(from existing: [String: [UInt8]]) -> [String] {
    files.filter { existing[$0.path] != $0.bytes }.map(\.path)
  }
}
