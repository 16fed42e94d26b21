import KairosArchive
import KairosModel
import KairosStore
import Snapshot

/// How an archive is compressed.
public enum SnapshotCompression: String, Sendable, CaseIterable {
  case zstd, gzip

  var archive: TarArchive.Compression { self == .zstd ? .zstd : .gzip }
}

/// What writing a snapshot is asked for.
public struct SnapshotRequest: Sendable {
  public let allowsLoss: Bool
  public let lossPercentMax: Int
  public let compression: SnapshotCompression

  public init(
    allowsLoss: Bool = false, lossPercentMax: Int = LossGuard.defaultLimitPercent,
    compression: SnapshotCompression = .zstd
  ) {
    self.allowsLoss = allowsLoss
    self.lossPercentMax = lossPercentMax
    self.compression = compression
  }
}

/// The snapshot that is current after a run.
public struct SnapshotOutcome: Sendable {
  public let entry: SnapshotEntry
  /// False when nothing has changed since it was written.
  public let isNew: Bool
}

extension Memory {
  /// Name of the digest of settings that the last consolidation left in the store.
  static let settingsKey = "settings_digest"

  /// Writes the facts of the store as a snapshot, unless the newest one says the same. The caller
  /// holds the lock.
  public func createSnapshot(_ request: SnapshotRequest) throws -> SnapshotOutcome {
    let shelf = SnapshotShelf(folder)
    let current = try shelf.newest()
    let next = SnapshotStage.make(try input(after: current, on: shelf))
    if let current {
      guard !current.contents.says(next) else {
        return SnapshotOutcome(entry: current.entry, isNew: false)
      }
      if !request.allowsLoss {
        try LossCheck.run(
          previous: current.contents.facts, next: next.facts,
          decided: Set(next.tombstones.map(\.fact)), limitPercent: request.lossPercentMax)
      }
    }
    let entry = try shelf.write(next, compression: request.compression)
    return SnapshotOutcome(entry: entry, isNew: true)
  }

  /// Makes an older snapshot current: writes it as a new one and puts its facts back into the
  /// store. What was rejected since stays rejected. The caller holds the lock.
  public func restoreSnapshot(_ reference: String) throws -> SnapshotOutcome {
    let shelf = SnapshotShelf(folder)
    let old = try shelf.open(try shelf.find(reference))
    let current = try shelf.newest()
    let next = SnapshotStage.make(
      try withoutForgotten(
        SnapshotInput(
          restoring: old.contents, sequence: shelf.nextSequence, parent: current?.contents.id,
          tombstones: try store.tombstones())))
    try store.addTombstones(next.tombstones)
    try store.replaceFacts(next.facts, journal: next.decisions)
    try store.setMeta(Self.settingsKey, next.manifest.configuration)
    if let current, current.contents.says(next) {
      return SnapshotOutcome(entry: current.entry, isNew: false)
    }
    return SnapshotOutcome(entry: try shelf.write(next, compression: .zstd), isNew: true)
  }

  /// Whether `createSnapshot` would write one.
  func isSnapshotDue() throws -> Bool {
    let shelf = SnapshotShelf(folder)
    let current = try shelf.newest()
    let next = try input(after: current, on: shelf)
    guard let current else { return !next.facts.isEmpty }
    return !current.contents.says(SnapshotStage.make(next))
  }

  private func input(after current: OpenSnapshot?, on shelf: SnapshotShelf) throws -> SnapshotInput
  {
    SnapshotInput(
      project: configuration.project, sequence: shelf.nextSequence, parent: current?.contents.id,
      newestEvidence: try newestEvidence(),
      configuration: try store.meta(Self.settingsKey) ?? "", facts: try store.facts(),
      tombstones: try store.tombstones(),
      decisions: try store.journal() + (try store.userDecisions().map(\.decision)),
      sources: try snapshotSources())
  }

  private func snapshotSources() throws -> [SnapshotSource] {
    let commits = Dictionary(
      try store.workspaces().map { ($0.id, $0.commit) }, uniquingKeysWith: { first, _ in first })
    let others = Set(
      try store.sessions().filter { $0.project != configuration.project }.map(\.key))
    let sources = try store.sources().filter { !($0.session.map(others.contains) ?? false) }
    return sources.map { source in
      let isWorkspace = source.kind == .workspace
      return SnapshotSource(
        id: source.id, kind: source.kind.rawValue, format: source.format, session: source.session,
        commit: isWorkspace ? commits[source.id].flatMap { $0 } : nil,
        bytes: isWorkspace ? source.size : source.cursorOffset,
        digest: isWorkspace ? nil : source.prefixDigest)
    }
  }
}

extension SnapshotContents {
  /// Whether another snapshot would tell the same; number and parent do not count, nor the page
  /// for people that names them.
  func says(_ other: SnapshotContents) -> Bool {
    func content(_ contents: SnapshotContents) -> [SnapshotManifest.Member] {
      contents.manifest.members.filter { $0.name != SnapshotMember.page.rawValue }
    }
    return content(self) == content(other)
      && manifest.newestEvidence == other.manifest.newestEvidence
      && manifest.toolVersion == other.manifest.toolVersion
      && manifest.configuration == other.manifest.configuration
  }
}

/// Asks the loss guard and turns its refusal into an error.
enum LossCheck {
  static func run(
    previous: [Fact], next: [Fact], decided: Set<String>, limitPercent: Int
  ) throws(MemoryFailure) {
    let verdict = LossGuard.check(
      previous: previous, next: next, limitPercent: limitPercent, decided: decided)
    guard !verdict.isAllowed else { return }
    throw .lossRefused(
      retired: verdict.lost.map { lost in
        let state = lost.state?.rawValue ?? "gone"
        return "\(lost.fact.id)  \(state)  \(lost.fact.statement)"
      }, of: verdict.firmBefore, limitPercent: limitPercent)
  }
}
