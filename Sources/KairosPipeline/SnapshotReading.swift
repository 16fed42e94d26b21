import KairosArchive
import KairosModel
import Snapshot

/// One step of the history and what it changed.
public struct SnapshotLogStep: Sendable {
  public let entry: SnapshotEntry
  /// `2 added, 1 changed, 0 retired, 0 reworded`.
  public let summary: String
}

/// What verifying one snapshot showed.
public struct SnapshotCheck: Sendable, Equatable {
  public let path: String
  /// `nil` when every byte is as it was written.
  public let problem: String?
}

extension Memory {
  /// All snapshots that can be read, oldest first.
  public func snapshots() throws -> [SnapshotEntry] {
    let shelf = SnapshotShelf(folder)
    return shelf.names.compactMap { try? shelf.open(folder.snapshots + "/" + $0.file).entry }
  }

  /// The newest snapshot that is whole.
  func newestSnapshot() throws -> SnapshotEntry? { try SnapshotShelf(folder).newest()?.entry }

  /// The snapshot that a person names.
  public func snapshot(_ reference: String) throws -> SnapshotEntry {
    try openSnapshot(reference).entry
  }

  /// One member of a snapshot as it is.
  public func member(_ name: String, of entry: SnapshotEntry) throws -> [UInt8] {
    let contents = try SnapshotShelf(folder).open(entry.path).contents
    guard let member = contents.members.first(where: { $0.name == name }) else {
      throw MemoryFailure.unknownMember(name, known: contents.members.map(\.name))
    }
    return member.bytes
  }

  /// Reads and checks the snapshot that a person names.
  func openSnapshot(_ reference: String) throws -> OpenSnapshot {
    let shelf = SnapshotShelf(folder)
    return try shelf.open(try shelf.find(reference))
  }

  /// What changed between two snapshots; without `older`, since the parent of the newer one.
  public func diff(older: String?, newer: String?) throws -> (text: String, json: String) {
    let shelf = SnapshotShelf(folder)
    let new = try shelf.open(try shelf.find(newer ?? "latest"))
    let old =
      if let older { try shelf.open(try shelf.find(older)) as OpenSnapshot? } else {
        try parent(of: new, on: shelf)
      }
    let diff = SnapshotDiff.between(old?.contents, new.contents)
    return (diff.text, diff.json)
  }

  /// The history from the newest snapshot through its parents.
  public func snapshotLog() throws -> [SnapshotLogStep] {
    let shelf = SnapshotShelf(folder)
    var steps: [SnapshotLogStep] = []
    var next = try shelf.newest()
    while let step = next {
      next = try parent(of: step, on: shelf)
      let diff = SnapshotDiff.between(next?.contents, step.contents)
      steps.append(SnapshotLogStep(entry: step.entry, summary: diff.summary))
    }
    return steps
  }

  /// Reads every snapshot again, and follows the chain of parents.
  public func verifySnapshots(only reference: String? = nil) throws -> [SnapshotCheck] {
    let shelf = SnapshotShelf(folder)
    let chosen = try reference.map { try shelf.find($0) }
    var ids: Set<String> = []
    var checks: [SnapshotCheck] = []
    for (name, file) in shelf.chain {
      let path = folder.snapshots + "/" + file
      var problem: String?
      do {
        let (id, parent) = try shelf.link(file)
        if let parent, !ids.contains(parent) {
          problem = "its parent \(parent.prefix(12)) is missing or damaged"
        } else if parent == nil, name.sequence != 1 {
          problem = "it names no parent"
        }
        ids.insert(id)
      } catch {
        problem = Self.reason(error)
      }
      if chosen == nil || chosen == path {
        checks.append(SnapshotCheck(path: path, problem: problem))
      }
    }
    return checks
  }

  /// The nearest ancestor that was not pruned.
  private func parent(of step: OpenSnapshot, on shelf: SnapshotShelf) throws -> OpenSnapshot? {
    var next = step.contents.manifest.parent
    while let id = next {
      guard let file = shelf.prunedFile(id) else { return try shelf.open(try shelf.find(id)) }
      next = try shelf.link(file).parent
    }
    return nil
  }

  private static func reason(_ error: any Error) -> String {
    switch error {
    case let error as SnapshotFailure: error.error.description
    case MemoryFailure.damagedSnapshot(_, let reason): reason
    case ArchiveError.damaged(_, let place): place
    case let error as any Failure: error.sentence
    default: "it cannot be read"
    }
  }
}
