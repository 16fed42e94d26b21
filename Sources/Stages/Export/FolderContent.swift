import KairosModel

/// One file of a folder target.
struct FolderFile {
  /// Below the target's folder.
  let path: String
  /// What a new file begins with: front matter or nothing.
  let head: String
  let section: MemorySection
}

/// What a folder target shall hold, and what of it the consumer loads by itself.
struct FolderContent {
  let files: [FolderFile]
  let included: [Fact]
  let omitted: [Omission]
  /// In a file that is read on demand only.
  var deferred: [Omission] = []
  /// Facts that are no business of the target.
  var foreign = 0
  /// Lines and bytes that are always loaded.
  var loaded: (lines: Int, bytes: Int) = (0, 0)

  /// The bytes of each file, and the paths of files from earlier exports that hold nothing any
  /// more. Whatever stands outside the markers stays.
  func merged(
    with existing: [String: [UInt8]], target: ExportTarget, snapshot: SnapshotManifest
  ) throws(ExportError) -> (files: [(path: String, bytes: [UInt8])], obsolete: [String]) {
    var merged: [(path: String, bytes: [UInt8])] = []
    for file in files {
      let old = existing[file.path] ?? []
      let marked = try MarkedFile(
        bytes: old.isEmpty ? Array(file.head.utf8) : old, path: file.path)
      merged.append((file.path, marked.replacing(with: file.section.lines)))
    }
    // In the folder of an extension, the other files belong to other projects.
    guard target != .codexExtension else { return (merged, []) }
    let current = Set(files.map(\.path))
    var obsolete: [String] = []
    for (path, bytes) in existing.sorted(by: { $0.key < $1.key })
    where target.mayChange(path) && !current.contains(path) {
      let marked = try MarkedFile(bytes: bytes, path: path)
      guard marked.hasSection else { continue }
      if marked.isAllSection {
        obsolete.append(path)
      } else {
        let empty = MemorySection(facts: [], snapshot: snapshot, budget: ExportOptions())
        merged.append((path, marked.replacing(with: empty.lines)))
      }
    }
    return (merged, obsolete)
  }
}
