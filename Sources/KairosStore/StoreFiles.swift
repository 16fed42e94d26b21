#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Folders and files that only their owner may read, made so from their first moment.
enum StoreFiles {
  /// Makes `path` (and its parents) when it is missing; the last folder is 0700 whatever the umask.
  static func makePrivateFolder(_ path: String) throws(StoreError) {
    if mkdir(path, 0o700) == 0 {
      guard chmod(path, 0o700) == 0 else { throw failure(path) }
      return
    }
    switch errno {
    case EEXIST:
      guard isFolder(path) else {
        throw .notWritable(path: path, reason: "it exists and is not a folder")
      }
    case ENOENT:
      guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else {
        throw failure(path)
      }
      try makeParents(String(path[..<slash]))
      try makePrivateFolder(path)
    default: throw failure(path)
    }
  }

  /// Makes the missing parents with the modes that the umask gives.
  private static func makeParents(_ path: String) throws(StoreError) {
    if mkdir(path, 0o777) == 0 || errno == EEXIST { return }
    guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex else {
      throw failure(path)
    }
    try makeParents(String(path[..<slash]))
    guard mkdir(path, 0o777) == 0 || errno == EEXIST else { throw failure(path) }
  }

  /// Makes an empty file of mode 0600 when it is missing. SQLite gives the files that it makes
  /// beside a database the database's own mode.
  static func makePrivateFile(_ path: String) throws(StoreError) {
    let file = Self.open(path, O_RDWR | O_CREAT | O_EXCL)
    if file < 0 {
      guard errno == EEXIST else { throw failure(path) }
      return
    }
    defer { close(file) }
    guard fchmod(file, 0o600) == 0 else { throw failure(path) }
  }

  /// `open` with mode 0600 and without inheritance by child processes.
  static func open(_ path: String, _ flags: Int32) -> Int32 {
    #if canImport(Glibc)
      Glibc.open(path, flags | O_CLOEXEC, 0o600)
    #else
      Darwin.open(path, flags | O_CLOEXEC, 0o600)
    #endif
  }

  /// Whether something is at `path`.
  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// Bytes of the file at `path`; `nil` when nothing is there.
  static func size(_ path: String) -> Int? {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : nil
  }

  /// Makes new names in `folder` durable.
  static func syncFolder(_ folder: String) throws(StoreError) {
    let descriptor = open(folder, O_RDONLY)
    guard descriptor >= 0 else { throw failure(folder) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw failure(folder) }
  }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Sentences about `folder` and `files` in it that others may read or write.
  static func looseModes(folder: String, files: [String]) -> [String] {
    let paths = [(folder, "700")] + files.map { (folder + "/" + $0, "600") }
    return paths.compactMap { path, mode in
      var status = stat()
      guard stat(path, &status) == 0, status.st_mode & 0o077 != 0 else { return nil }
      return "Other users may open \(path); run `chmod \(mode) \(path)`."
    }
  }

  /// The error of the last system call on `path`.
  static func failure(_ path: String) -> StoreError {
    let code = errno
    let reason = strerror(code).map { String(cString: $0) } ?? "error \(code)"
    switch code {
    case ENOSPC, EDQUOT: return .full(path: path)
    case EIO: return .io(path: path, reason: reason)
    default: return .notWritable(path: path, reason: reason)
    }
  }
}
