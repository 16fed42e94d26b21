import KairosArchive
import KairosModel
import Snapshot

/// Which snapshots stay. The newest one and every tagged one always do.
public struct SnapshotRetention: Sendable, Equatable {
  /// The newest ones.
  public let last: Int
  /// The newest one of each of so many days, weeks (from Monday) and months that have any. A
  /// snapshot's time is that of its newest evidence, the only one that it has.
  public let daily: Int
  public let weekly: Int
  public let monthly: Int

  public init(last: Int = 0, daily: Int = 0, weekly: Int = 0, monthly: Int = 0) {
    self.last = last
    self.daily = daily
    self.weekly = weekly
    self.monthly = monthly
  }

  /// The sequence numbers that stay, of `manifests` in any order.
  func kept(_ manifests: [SnapshotManifest]) -> Set<Int> {
    let newestFirst = manifests.sorted { $0.sequence > $1.sequence }
    var kept = Set(newestFirst.prefix(max(1, last)).map(\.sequence))
    let rules: [(limit: Int, period: (Timestamp) -> String)] = [
      (daily, { String($0.day) }),
      // Day 0 was a Thursday.
      (weekly, { String(($0.day + 3) / 7) }),
      (monthly, { String($0.dateText.prefix(7)) }),
    ]
    for rule in rules {
      var periods: Set<String> = []
      for manifest in newestFirst where periods.count < rule.limit {
        guard let time = manifest.newestEvidence else { continue }
        if periods.insert(rule.period(time)).inserted { kept.insert(manifest.sequence) }
      }
    }
    return kept
  }
}

/// What pruning did, or would do.
public struct PruneOutcome: Sendable {
  /// Oldest first.
  public let pruned: [SnapshotEntry]
  public let kept: Int
  /// Archives that cannot be read; they are left alone.
  public let unreadable: [String]

  public var bytes: Int { pruned.reduce(0) { $0 + $1.size } }
}

extension Memory {
  /// Removes the archives that `retention` does not keep. Each leaves its manifest, so that the
  /// chain of parents can still be followed and checked. The caller holds the lock.
  public func pruneSnapshots(
    _ retention: SnapshotRetention, isDryRun: Bool
  ) throws -> PruneOutcome {
    let shelf = SnapshotShelf(folder)
    var entries: [SnapshotEntry] = []
    var unreadable: [String] = []
    for (_, file) in shelf.names {
      let path = folder.snapshots + "/" + file
      do { entries.append(try shelf.open(path).entry) } catch { unreadable.append(path) }
    }
    let tagged = Set(shelf.tags.values)
    let kept = retention.kept(entries.map(\.manifest))
    let pruned = entries.filter {
      !kept.contains($0.manifest.sequence) && !tagged.contains($0.manifest.id)
    }
    if !isDryRun { for entry in pruned { try shelf.prune(entry) } }
    return PruneOutcome(
      pruned: pruned, kept: entries.count - pruned.count, unreadable: unreadable)
  }

  /// Names of tags by the id of their snapshot, sorted.
  public func snapshotTags() -> [String: [String]] {
    Dictionary(grouping: SnapshotShelf(folder).tags.sorted { $0.key < $1.key }, by: \.value)
      .mapValues { $0.map(\.key) }
  }

  /// Gives a snapshot a name that stays: it can be asked for by it and is never pruned. The caller
  /// holds the lock.
  public func tagSnapshot(_ reference: String, _ name: String) throws -> SnapshotEntry {
    let shelf = SnapshotShelf(folder)
    guard SnapshotShelf.isTag(name) else { throw TagFailure.badName(name) }
    let entry = try shelf.open(try shelf.find(reference)).entry
    if let other = shelf.tags[name] {
      guard other == entry.manifest.id else {
        throw TagFailure.taken(name, path: shelf.tagPath(name))
      }
      return entry
    }
    try NewFile.write(Array((entry.manifest.id + "\n").utf8), to: shelf.tagPath(name))
    return entry
  }
}

/// A tag that cannot be given.
enum TagFailure: Failure, Equatable {
  case badName(String)
  case taken(String, path: String)

  var status: ExitStatus {
    switch self {
    case .badName: .usage
    case .taken: .refused
    }
  }

  var sentence: String {
    switch self {
    case .badName(let name): "'\(name)' cannot be the name of a snapshot"
    case .taken(let name, _): "the tag '\(name)' names another snapshot"
    }
  }

  var hint: String? {
    switch self {
    case .badName:
      "a tag has up to 60 letters, digits, '-' or '_', and is no number, id, latest or parent"
    case .taken(_, let path): "choose another name, or remove \(path) first"
    }
  }
}

extension SnapshotShelf {
  static let prunedSuffix = ".pruned.json"
  static let tagSuffix = ".tag"

  /// The manifests that pruned snapshots left, oldest first.
  var pruned: [(name: SnapshotName, file: String)] {
    let archives = Set(names.map(\.name))
    return FolderNames.sorted(in: folder).compactMap { file in
      guard file.hasSuffix(Self.prunedSuffix),
        let name = SnapshotName(fileName: file.dropLast(Self.prunedSuffix.count) + ".tar.zst"),
        // A killed run may have left both; then nothing is pruned yet.
        !archives.contains(name)
      else { return nil }
      return (name, file)
    }.sorted { $0.name < $1.name }
  }

  /// Archives and left manifests, oldest first.
  var chain: [(name: SnapshotName, file: String)] {
    (names + pruned).sorted { $0.name < $1.name }
  }

  /// Reads one member of the chain whole and checks it; returns its id and that of its parent.
  func link(_ file: String) throws -> (id: String, parent: String?) {
    let path = folder + "/" + file
    guard file.hasSuffix(Self.prunedSuffix) else {
      let manifest = try open(path).contents.manifest
      return (manifest.id, manifest.parent)
    }
    let bytes = try WholeFile.read(path, limit: 1 << 20)
    let id = SHA256Digest.of(bytes).hex
    guard file.contains("-\(id.prefix(12)).") else {
      throw MemoryFailure.damagedSnapshot(path: path, reason: "its id does not match its name")
    }
    do { return (id, try SnapshotManifest(canonicalBytes: bytes).parent) } catch {
      throw MemoryFailure.damagedSnapshot(path: path, reason: error.description)
    }
  }

  /// The manifest that the pruned snapshot with this id left.
  func prunedFile(_ id: String) -> String? {
    pruned.first { id.hasPrefix($0.name.shortID) }?.file
  }

  /// Whether a number or the beginning of an id names a pruned snapshot.
  func isPruned(_ reference: String) -> Bool {
    !reference.isEmpty
      && pruned.contains {
        $0.name.sequence == Int(reference) || $0.name.shortID.hasPrefix(reference.prefix(12))
      }
  }

  /// Puts the manifest in the archive's place; both are there for a moment, never none.
  func prune(_ entry: SnapshotEntry) throws {
    let contents = try open(entry.path).contents
    guard let manifest = contents.members.first?.bytes else { return }
    let record = folder + "/" + contents.name.fileName(suffix: Self.prunedSuffix)
    try DurableFile.write(manifest, to: record, overwrite: true)
    FileRemoval.remove(entry.path)
    FolderMaker.sync(folder)
  }

  /// Ids by tag.
  var tags: [String: String] {
    var found: [String: String] = [:]
    for file in FolderNames.sorted(in: folder) where file.hasSuffix(Self.tagSuffix) {
      let name = String(file.dropLast(Self.tagSuffix.count))
      guard Self.isTag(name), let bytes = try? WholeFile.read(folder + "/" + file, limit: 128)
      else { continue }
      found[name] = String(decoding: bytes.prefix { $0 != 0x0a }, as: UTF8.self)
    }
    return found
  }

  func tagPath(_ name: String) -> String { folder + "/" + name + Self.tagSuffix }

  /// A tag is a safe file name that no number, id or word of `find` can be taken for.
  static func isTag(_ name: String) -> Bool {
    guard FilePath.safeName(name) == name, name.utf8.count <= 60 else { return false }
    return name != "latest" && name != "parent" && !name.allSatisfy(\.isHexDigit)
  }
}
