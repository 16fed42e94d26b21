/// Files that belong to a source and are read with it.
///
/// A database has a log of what is not written back yet. A session of OpenCode's folder of small
/// files has a file for every message and one for every part of a message:
/// `storage/session/<project>/<session>.json`, `storage/message/<session>/<message>.json`,
/// `storage/part/<message>/<part>.json`.
public struct SourceCompanions: Sendable {
  private static let sidecars = ["-wal", "-shm", "-journal"]

  private let fileSystem: any FileSystem

  public init(fileSystem: any FileSystem = PosixFileSystem()) { self.fileSystem = fileSystem }

  /// Whether a file is part of another source and none by itself.
  public static func isCompanion(_ path: String) -> Bool {
    if sidecars.contains(where: path.hasSuffix) { return true }
    let parts = path.split(separator: "/")
    guard parts.count >= 3, path.hasSuffix(".json") else { return false }
    let (kind, folder) = (parts[parts.count - 3], parts[parts.count - 2])
    return kind == "message" && folder.hasPrefix("ses_")
      || kind == "part" && folder.hasPrefix("msg_")
  }

  /// The file with the sizes and the newest time of what belongs to it: the file itself stays as it
  /// is while they grow.
  public func whole(_ file: SourceFile) -> SourceFile {
    var (size, modified) = (file.size, file.modified)
    for path in [file.path + "-wal"] + (sessionFiles(of: file.path) ?? []) {
      guard let status = try? fileSystem.status(of: path, followLinks: true), status.kind == .file
      else { continue }
      size += status.size
      modified = max(modified, status.modified)
    }
    return SourceFile(path: file.path, size: size, modified: modified)
  }

  /// Messages and parts of the session at `path`, each message followed by its parts; `nil` for any
  /// other file. Ids ascend with time.
  public func sessionFiles(of path: String) -> [String]? {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count > 3, parts[parts.count - 3] == "session", path.hasSuffix(".json"),
      let name = parts.last?.dropLast(5), name.hasPrefix("ses_")
    else { return nil }
    let storage = parts.dropLast(3).joined(separator: "/")
    return names(storage + "/message/" + name).flatMap { message -> [String] in
      let folder = storage + "/part/" + message.dropLast(5)
      return ["\(storage)/message/\(name)/\(message)"] + names(folder).map { folder + "/" + $0 }
    }
  }

  private func names(_ folder: String) -> [String] {
    ((try? fileSystem.list(folder))?.names ?? []).filter { $0.hasSuffix(".json") }.sorted()
  }

  /// Hands a session on as one text, a record a line: JSON has no line break inside its strings, so
  /// breaks between its values can become spaces.
  public func readSession(
    _ path: String, body: (UnsafeRawBufferPointer) -> Void
  ) throws(SourceError) {
    for file in [path] + (sessionFiles(of: path) ?? []) {
      try FileChunks(fileSystem: fileSystem).read(file) { chunk in
        var bytes = Array(chunk)
        for at in bytes.indices where bytes[at] == 0x0a || bytes[at] == 0x0d { bytes[at] = 0x20 }
        bytes.withUnsafeBytes(body)
        return true
      }
      [UInt8(ascii: "\n")].withUnsafeBytes(body)
    }
  }
}
