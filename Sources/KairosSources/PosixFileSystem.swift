#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The machine's files. Opens read-only; never changes anything.
public struct PosixFileSystem: FileSystem {
  public init() {}

  /// Asks `stat` or `lstat`.
  public func status(of path: String, followLinks: Bool) throws(FileError) -> FileStatus {
    var info = stat()
    let result = followLinks ? stat(path, &info) : lstat(path, &info)
    guard result == 0 else { throw FileError(path: path, code: errno) }
    let kind: FileStatus.Kind =
      switch info.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .folder
      case S_IFLNK: .link
      default: .special
      }
    #if canImport(Darwin)
      let time = info.st_mtimespec
    #else
      let time = info.st_mtim
    #endif
    return FileStatus(
      kind: kind, size: Int(info.st_size),
      modified: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
  }

  /// Reads a folder's entries without `.` and `..`.
  public func list(_ path: String) throws(FileError) -> FolderListing {
    guard let folder = opendir(path) else { throw FileError(path: path, code: errno) }
    defer { closedir(folder) }
    var names: [String] = []
    var unspeakable = 0
    while true {
      errno = 0
      guard let entry = readdir(folder) else {
        guard errno == 0 else { throw FileError(path: path, code: errno) }
        return FolderListing(names: names, unspeakable: unspeakable)
      }
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 1) { String(validatingCString: $0) }
      }
      if let name {
        if name != ".", name != ".." { names.append(name) }
      } else {
        unspeakable += 1
      }
    }
  }

  /// Opens read-only, never waiting for the other end of a pipe.
  public func open(_ path: String, followLinks: Bool) throws(FileError) -> OpenFile {
    let flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | (followLinks ? 0 : O_NOFOLLOW)
    #if canImport(Glibc)
      let descriptor = Glibc.open(path, flags)
    #else
      let descriptor = Darwin.open(path, flags)
    #endif
    guard descriptor >= 0 else { throw FileError(path: path, code: errno) }
    return OpenFile(descriptor: descriptor, path: path)
  }

  /// One `pread`.
  public func read(
    _ file: OpenFile, at offset: Int, into buffer: UnsafeMutableRawBufferPointer
  ) throws(FileError) -> Int {
    let count = pread(file.descriptor, buffer.baseAddress, buffer.count, off_t(offset))
    guard count >= 0 else { throw FileError(path: file.path, code: errno) }
    return count
  }

  /// Closes the descriptor.
  public func close(_ file: OpenFile) {
    #if canImport(Glibc)
      _ = Glibc.close(file.descriptor)
    #else
      _ = Darwin.close(file.descriptor)
    #endif
  }

  /// Asks `realpath`.
  public func resolve(_ path: String) throws(FileError) -> String {
    guard let resolved = realpath(path, nil) else { throw FileError(path: path, code: errno) }
    defer { free(resolved) }
    guard let text = String(validatingCString: resolved) else {
      throw FileError(path: path, code: EILSEQ)
    }
    return text
  }
}
