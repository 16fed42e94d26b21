#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Whole files that are either there completely or not at all, whenever the machine stops.
public enum DurableFile {
  /// Ending of files that are being written; one that is left over was never finished.
  public static let partialSuffix = ".partial"

  /// Writes `bytes` to `path`: a partial file in the same folder, synced, renamed, folder synced.
  /// `overwrite` says whether a file that is there is replaced or is an error. A failure leaves
  /// what was there, and nothing else.
  public static func write(
    _ bytes: [UInt8], to path: String, mode: UInt32 = 0o600, overwrite: Bool
  ) throws(ArchiveError) {
    guard overwrite || access(path, F_OK) != 0 else { throw .exists(path: path) }
    let partial = path + partialSuffix
    do throws(ArchiveError) {
      try writePartial(bytes, to: partial, mode: mode)
      guard rename(partial, path) == 0 else { throw ArchiveError.writing(path) }
    } catch {
      unlink(partial)
      throw error
    }
    try syncFolder(of: path)
  }

  private static func writePartial(
    _ bytes: [UInt8], to path: String, mode: UInt32
  ) throws(ArchiveError) {
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, mode_t(mode))
    guard file >= 0 else { throw .writing(path) }
    defer { close(file) }
    guard fchmod(file, mode_t(mode)) == 0 else { throw .writing(path) }
    try put(bytes, to: file, path: path)
    guard fsync(file) == 0 else { throw .writing(path) }
  }

  /// Writes all bytes at the descriptor's position.
  static func put(_ bytes: [UInt8], to file: Int32, path: String) throws(ArchiveError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { systemWrite(file, $0) }
      if count > 0 { rest = rest.dropFirst(count) }
      if count < 0, errno != EINTR { throw .writing(path) }
    }
  }

  /// Makes a name durable that was added to or changed in the folder of `path`.
  static func syncFolder(of path: String) throws(ArchiveError) {
    let slash = path.lastIndex(of: "/")
    let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    let descriptor = open(folder, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .writing(folder) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw .writing(folder) }
  }

  /// Bytes of what stands at `path`.
  static func size(_ path: String) throws(ArchiveError) -> Int {
    var status = stat()
    guard stat(path, &status) == 0 else { throw .reading(path) }
    return Int(status.st_size)
  }

  /// All bytes of a regular file.
  static func contents(_ path: String) throws(ArchiveError) -> [UInt8] {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw .reading(path) }
    defer { close(file) }
    return try contents(file, path: path)
  }

  /// All bytes from the descriptor's position on.
  static func contents(_ file: Int32, path: String) throws(ArchiveError) -> [UInt8] {
    var status = stat()
    guard fstat(file, &status) == 0 else { throw .reading(path) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw .notReadable(path: path, reason: "it is not a regular file")
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Int(status.st_size))
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = chunk.withUnsafeMutableBytes { read(file, $0.baseAddress, $0.count) }
      if count > 0 { bytes.append(contentsOf: chunk[..<count]) }
      if count == 0 { return bytes }
      if count < 0, errno != EINTR { throw .reading(path) }
    }
  }

  private static func systemWrite(_ file: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    #if canImport(Glibc)
      Glibc.write(file, bytes.baseAddress, bytes.count)
    #else
      Darwin.write(file, bytes.baseAddress, bytes.count)
    #endif
  }
}
