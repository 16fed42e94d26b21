import KairosArchive
import KairosSources

/// The bytes of sources, wherever they are: in files, in archives, or read ahead.
struct SourceBytes: Sendable {
  /// Members of archives that were read ahead, by path.
  var held: [String: [UInt8]] = [:]

  /// The file or the member as it is now; `nil` when it is gone.
  static func file(_ path: String) throws -> SourceFile? {
    if let status = try? PosixFileSystem().status(of: path, followLinks: true) {
      return SourceCompanions().whole(
        SourceFile(path: path, size: status.size, modified: status.modified))
    }
    return try ArchivedSources.member(path)
  }

  /// Hands the bytes of a source on to `body`; of a session in many files, those of all.
  func read(_ path: String, isFolder: Bool = false, body: (UnsafeRawBufferPointer) -> Void) throws {
    if let bytes = held[path] {
      bytes.withUnsafeBytes { whole in
        var at = 0
        while at < whole.count {
          let end = min(at + FileChunks.chunkBytes, whole.count)
          body(UnsafeRawBufferPointer(rebasing: whole[at..<end]))
          at = end
        }
      }
    } else if isFolder, PathStatus.of(path) != nil {
      try SourceCompanions().readSession(path, body: body)
    } else if PathStatus.of(path) == nil, let (archive, name) = ArchivedPath.split(path) {
      var stream = try ArchiveStream(archive)
      while let next = try stream.next() {
        guard next == name else { continue }
        return try stream.read {
          body($0)
          return true
        }
      }
      throw SourceError.notFound(path: path)
    } else {
      try FileChunks().read(path) {
        body($0)
        return true
      }
    }
  }
}
