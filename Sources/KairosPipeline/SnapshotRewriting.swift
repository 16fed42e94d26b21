import KairosArchive
import KairosModel
import Snapshot

/// Takes what was forgotten out of archives, the only thing that ever changes a snapshot.
///
/// Each archive that holds something of it is written anew without it; its id changes, and so each
/// that follows gets a new manifest with the new parent. All of them say `rewritten` in their
/// manifest, and the chain can be verified as before. From the oldest to the newest: a run that was
/// killed is repeated to the same end.
struct SnapshotRewriting {
  private let memory: Memory
  private let shelf: SnapshotShelf
  private let values: ForgottenValues
  private let tombstones: [Tombstone]
  /// Statements and values that go, for texts of others that repeat them.
  private let texts: [String]
  private let isDryRun: Bool
  /// New ids by old ones.
  private var renamed: [String: String] = [:]

  /// `texts` are at hand only when something is being forgotten now.
  init(memory: Memory, texts: [String], isDryRun: Bool) throws {
    self.memory = memory
    self.texts = texts.filter { $0.utf8.count >= 8 }
    self.isDryRun = isDryRun
    shelf = SnapshotShelf(memory.folder)
    tombstones = try memory.store.tombstones().filter(\.isForgotten)
    values = try memory.forgottenValues()
  }

  /// Rewrites the chain; the numbers of what was, or would be, written anew.
  mutating func run() throws -> [Int] {
    if !isDryRun { try removeReplaced() }
    var numbers: [Int] = []
    var previous: (sequence: Int, id: String, isRewritten: Bool)?
    for (name, file) in shelf.chain {
      let old = try link(file)
      var parent = old.parent.map { renamed[$0] ?? $0 }
      // A run that was killed here has left the old parent's id behind.
      if let previous, previous.isRewritten, previous.sequence == name.sequence - 1 {
        parent = previous.id
      }
      let new = try rewritten(old, parent: parent)
      if let new {
        numbers.append(name.sequence)
        renamed[old.id] = new
      }
      previous = (name.sequence, new ?? old.id, new != nil || old.isRewritten)
    }
    if !isDryRun { try moveTags() }
    return numbers
  }

  /// One member of the chain.
  private struct Link {
    let file: String
    let id: String
    let parent: String?
    let isRewritten: Bool
    /// `nil` for the manifest of a pruned snapshot.
    let contents: SnapshotContents?
    let manifest: SnapshotManifest
  }

  private func link(_ file: String) throws -> Link {
    let path = shelf.folder + "/" + file
    guard file.hasSuffix(SnapshotShelf.prunedSuffix) else {
      let contents = try shelf.open(path).contents
      return Link(
        file: file, id: contents.id, parent: contents.manifest.parent,
        isRewritten: contents.manifest.isRewritten, contents: contents,
        manifest: contents.manifest)
    }
    let id = try shelf.link(file).id
    let bytes = try WholeFile.read(path, limit: 1 << 20)
    do {
      let manifest = try SnapshotManifest(canonicalBytes: bytes)
      return Link(
        file: file, id: id, parent: manifest.parent, isRewritten: manifest.isRewritten,
        contents: nil, manifest: manifest)
    } catch {
      throw MemoryFailure.damagedSnapshot(path: path, reason: error.description)
    }
  }

  /// Puts the new form in the place of the old one; its id, or `nil` when nothing changes.
  private func rewritten(_ old: Link, parent: String?) throws -> String? {
    guard let contents = old.contents else {
      guard parent != old.parent else { return nil }
      let manifest = old.manifest.rewritten(parent: parent)
      let name = SnapshotName(sequence: manifest.sequence, shortID: manifest.shortID)
      try replace(old, by: name.fileName(suffix: SnapshotShelf.prunedSuffix)) {
        try DurableFile.write(manifest.canonicalBytes, to: $0, overwrite: true)
      }
      return manifest.id
    }
    let clean = try cleaned(contents, parent: parent)
    guard clean != nil || parent != old.parent else { return nil }
    let next = clean ?? contents.rewritten(parent: parent)
    let compression = old.file.hasSuffix(".gz") ? SnapshotCompression.gzip : .zstd
    try replace(old, by: next.name.fileName(suffix: compression.archive.suffix)) {
      try TarArchive.write(
        members: next.members, to: $0, compression: compression.archive)
    }
    return next.id
  }

  private func replace(_ old: Link, by file: String, _ write: (String) throws -> Void) throws {
    guard !isDryRun else { return }
    try write(shelf.folder + "/" + file)
    if file != old.file { FileRemoval.remove(shelf.folder + "/" + old.file) }
    FolderMaker.sync(shelf.folder)
  }

  /// The snapshot without what was forgotten; `nil` when it holds nothing of it.
  private func cleaned(_ old: SnapshotContents, parent: String?) throws -> SnapshotContents? {
    let known = Set(old.tombstones)
    let whole = SnapshotInput(
      project: old.manifest.project, sequence: old.manifest.sequence, parent: parent,
      newestEvidence: old.manifest.newestEvidence, configuration: old.manifest.configuration,
      toolVersion: old.manifest.toolVersion, facts: old.facts,
      tombstones: old.tombstones + tombstones.filter { !known.contains($0) },
      decisions: old.decisions, sources: old.sources, isRewritten: true)
    let left = try memory.withoutForgotten(whole)
    let facts = left.facts.map(withoutRepetition)
    let decisions = left.decisions.map(withoutRepetition)
    guard facts != old.facts || decisions != old.decisions || left.sources != old.sources else {
      return nil
    }
    return SnapshotStage.make(
      SnapshotInput(
        project: left.project, sequence: left.sequence, parent: parent,
        newestEvidence: left.newestEvidence, configuration: left.configuration,
        toolVersion: left.toolVersion, facts: facts, tombstones: left.tombstones,
        decisions: decisions, sources: left.sources, isRewritten: true))
  }

  /// A fact whose reason or quotes repeat what goes says so without the words.
  private func withoutRepetition(_ fact: Fact) -> Fact {
    guard
      texts.contains(where: { text in
        fact.reason.contains(text) || fact.evidence.contains { $0.quote.contains(text) }
      })
    else { return fact }
    let evidence = fact.evidence.map { piece in
      texts.contains { piece.quote.contains($0) }
        ? Evidence(
          place: piece.place, session: piece.session, event: piece.event, actor: piece.actor,
          at: piece.at, quote: Tombstone.forgottenReason) : piece
    }
    let isTold = texts.contains { fact.reason.contains($0) }
    return fact.resting(on: evidence, reason: isTold ? Tombstone.forgottenReason : fact.reason)
  }

  private func withoutRepetition(_ decision: Decision) -> Decision {
    guard texts.contains(where: decision.reason.contains) else { return decision }
    return Decision(
      action: decision.action, subject: decision.subject, object: decision.object,
      actor: decision.actor, at: decision.at, reason: Tombstone.forgottenReason)
  }

  /// A killed run may have left an archive beside the one that takes its place.
  private func removeReplaced() throws {
    for (_, group) in Dictionary(grouping: shelf.chain, by: \.name.sequence)
    where group.count > 1 {
      let links = try group.map { try link($0.file) }
      guard links.contains(where: \.isRewritten) else { continue }
      for link in links where !link.isRewritten {
        FileRemoval.remove(shelf.folder + "/" + link.file)
      }
    }
  }

  private func moveTags() throws {
    for (name, id) in shelf.tags {
      guard let new = renamed[id] else { continue }
      try DurableFile.write(
        Array((new + "\n").utf8), to: shelf.tagPath(name), overwrite: true)
    }
  }
}

extension SnapshotManifest {
  /// The same behind another parent.
  fileprivate func rewritten(parent: String?) -> SnapshotManifest {
    SnapshotManifest(
      project: project, sequence: sequence, parent: parent, newestEvidence: newestEvidence,
      toolVersion: toolVersion, configuration: configuration, isRewritten: true, members: members)
  }
}
