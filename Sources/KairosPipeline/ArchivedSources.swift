import Ingest
import KairosArchive
import KairosModel
import KairosSources

/// Paths of transcripts inside archives: `archive!/member`.
enum ArchivedPath {
  static let mark = "!/"

  static func make(_ archive: String, _ member: String) -> String { archive + mark + member }

  /// The archive and the member of a path; `nil` for a plain file.
  static func split(_ path: String) -> (archive: String, member: String)? {
    var from = path.startIndex
    while let hit = path[from...].firstRange(of: mark) {
      let archive = String(path[..<hit.lowerBound])
      if PathStatus.of(archive)?.isFolder == false {
        return (archive, String(path[hit.upperBound...]))
      }
      from = hit.upperBound
    }
    return nil
  }

  /// Whether the file, or the archive that holds it, is there.
  static func exists(_ path: String) -> Bool {
    PathStatus.of(path) != nil || split(path) != nil
  }
}

/// Looks into archives for transcripts; each member is judged by its content, like a file.
enum ArchivedSources {
  /// A file in an archive. It changes when the archive does.
  struct Member {
    let file: SourceFile
    /// Its first bytes, as many as detection sees.
    let head: [UInt8]
  }

  /// Passes all members to `body`, in their order. Throws where the archive is damaged or refused.
  static func visit(
    _ archive: SourceFile, limits: ArchiveStream.Limits = .init(),
    _ body: (Member) throws -> Bool
  ) throws {
    var stream = try ArchiveStream(archive.path, limits: limits)
    while let name = try stream.next() {
      var head: [UInt8] = []
      var size = 0
      try stream.read { bytes in
        head.append(contentsOf: bytes.prefix(SourceDiscovery.headBytes - head.count))
        size += bytes.count
        return true
      }
      let file = SourceFile(
        path: ArchivedPath.make(archive.path, name), size: size, modified: archive.modified)
      guard try body(Member(file: file, head: head)) else { return }
    }
  }

  /// What is looked at in a folder's archives to know whether they hold transcripts.
  private static let glance = ArchiveStream.Limits(
    members: 500, totalBytes: 64 << 20, ratio: 400, ratioFreeBytes: 64 << 20)

  /// Whether a transcript is among the first members.
  static func hasTranscript(_ path: String) -> Bool {
    var isFound = false
    try? visit(SourceFile(path: path, size: 0, modified: 0), limits: glance) { member in
      isFound = IngestStage.detect(head: member.head, path: member.file.path) != nil
      return !isFound
    }
    return isFound
  }

  /// The member as it is now; `nil` when it is gone.
  static func member(_ path: String) throws -> SourceFile? {
    guard let (archive, _) = ArchivedPath.split(path) else { return nil }
    let status = try PosixFileSystem().status(of: archive, followLinks: true)
    let file = SourceFile(path: archive, size: status.size, modified: status.modified)
    var found: SourceFile?
    try visit(file) { member in
      if member.file.path == path { found = member.file }
      return found == nil
    }
    return found
  }
}
