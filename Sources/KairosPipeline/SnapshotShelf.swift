import KairosArchive
import KairosModel
import Snapshot

/// One snapshot on disk.
public struct SnapshotEntry: Sendable {
  public let path: String
  /// Bytes of the archive.
  public let size: Int
  public let manifest: SnapshotManifest
}

/// A snapshot that was read and checked.
struct OpenSnapshot: Sendable {
  let entry: SnapshotEntry
  let contents: SnapshotContents
}

/// Why one snapshot cannot be used.
struct SnapshotFailure: Failure {
  let path: String
  let error: SnapshotError

  var status: ExitStatus {
    if case .newerFormat = error { return .configuration }
    return .inputOutput
  }
  var sentence: String { "\(path) cannot be used: \(error.description)" }
  var hint: String? { "`kairos snapshot verify` checks all; older snapshots are not touched" }
}

/// The folder of snapshots; only adds, never changes. What removes is in `SnapshotPruning`.
struct SnapshotShelf {
  let folder: String

  init(_ folder: MemoryFolder) { self.folder = folder.snapshots }

  /// Names of all archives, oldest first.
  var names: [(name: SnapshotName, file: String)] {
    FolderNames.sorted(in: folder)
      .compactMap { file in SnapshotName(fileName: file).map { ($0, file) } }
      .sorted { $0.name < $1.name }
  }

  /// One more than every number in the folder, readable or not.
  var nextSequence: Int {
    max(names.last?.name.sequence ?? 0, pruned.last?.name.sequence ?? 0) + 1
  }

  /// The newest snapshot that is whole; damaged ones are passed over, but one of a newer format is
  /// an error: what follows it must not ignore it.
  func newest() throws -> OpenSnapshot? {
    for (_, file) in names.reversed() {
      do { return try open(folder + "/" + file) } catch let failure as SnapshotFailure {
        if case .newerFormat = failure.error { throw failure }
      } catch is ArchiveError {
        continue
      } catch is MemoryFailure {
        continue
      }
    }
    return nil
  }

  /// Reads a snapshot and checks every digest and its name.
  func open(_ path: String) throws -> OpenSnapshot {
    let members = try TarArchive.read(path)
    let contents: SnapshotContents
    do { contents = try SnapshotContents.read(members: members) } catch {
      throw SnapshotFailure(path: path, error: error)
    }
    guard SnapshotName(fileName: FilePath.name(of: path)) == contents.name else {
      throw MemoryFailure.damagedSnapshot(path: path, reason: "its id does not match its name")
    }
    let entry = SnapshotEntry(
      path: path, size: PathStatus.of(path)?.size ?? 0, manifest: contents.manifest)
    return OpenSnapshot(entry: entry, contents: contents)
  }

  /// The path of the snapshot that a person names: number, id, beginning of an id, tag,
  /// `latest`, `parent`.
  func find(_ reference: String) throws(MemoryFailure) -> String {
    let names = names
    guard !names.isEmpty else { throw .noSnapshot }
    let reference = tags[reference] ?? reference
    let found: [String]
    switch reference {
    case "latest": found = names.suffix(1).map(\.file)
    case "parent": found = names.dropLast().suffix(1).map(\.file)
    default:
      let number = reference.utf8.count <= 6 ? Int(reference) : nil
      let byNumber = names.filter { $0.name.sequence == number }
      let short = reference.prefix(12)
      found = (byNumber.isEmpty ? names.filter { $0.name.shortID.hasPrefix(short) } : byNumber)
        .map(\.file)
    }
    guard let file = found.first, !reference.isEmpty else {
      throw isPruned(reference) ? .prunedSnapshot(reference) : .unknownSnapshot(reference)
    }
    guard found.count == 1 else { throw .ambiguousSnapshot(reference, count: found.count) }
    return folder + "/" + file
  }

  /// Writes a snapshot under its name, whole or not at all.
  func write(
    _ contents: SnapshotContents, compression: SnapshotCompression
  ) throws -> SnapshotEntry {
    let archive = compression.archive
    let path = folder + "/" + contents.name.fileName(suffix: archive.suffix)
    try TarArchive.write(members: contents.members, to: path, compression: archive)
    return SnapshotEntry(
      path: path, size: PathStatus.of(path)?.size ?? 0, manifest: contents.manifest)
  }
}
