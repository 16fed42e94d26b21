#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A file of the memory or an export that cannot be written, read or found.
public enum FileFailure: Failure, Equatable {
  case cannotWrite(path: String, code: Int32)
  case cannotRead(path: String, code: Int32)
  case missing(path: String)

  public var status: ExitStatus {
    switch self {
    case .cannotWrite: .cannotWrite
    case .cannotRead: .inputOutput
    case .missing: .inputMissing
    }
  }

  public var sentence: String {
    switch self {
    case .cannotWrite(let path, let code): "cannot write \(path): \(SystemText.of(code))"
    case .cannotRead(let path, let code): "cannot read \(path): \(SystemText.of(code))"
    case .missing(let path): "there is no file or folder at \(path)"
    }
  }

  public var hint: String? {
    switch self {
    case .cannotWrite(_, let code) where code == ENOSPC || code == EDQUOT:
      "free some space and run the same command again; everything finished so far is kept"
    case .cannotWrite:
      "check the permissions of the folder (`kairos doctor` lists them), then run it again"
    case .cannotRead: "check the file's permissions (`kairos doctor` lists them)"
    case .missing: "check the spelling; relative paths start at the current folder"
    }
  }
}

/// The system's own words for an error number.
enum SystemText {
  static func of(_ code: Int32) -> String {
    guard let text = strerror(code) else { return "error \(code)" }
    return String(cString: text)
  }
}

/// Writes whole files so that a reader sees the old content or the new one, never a part.
public enum AtomicFile {
  /// Names that a killed run may leave behind.
  static let temporaryPrefix = ".tmp-"

  /// Whether a file of this name is an unfinished write.
  static func isTemporary(_ name: String) -> Bool { name.hasPrefix(temporaryPrefix) }

  /// The temporary name beside `path`; one writer per path, which the lock guarantees.
  static func temporary(for path: String) -> String {
    FilePath.parent(of: path) + "/" + temporaryPrefix + FilePath.name(of: path)
  }

  /// Writes to a temporary name, syncs, renames, syncs the folder. Keeps an existing file's mode.
  public static func write(
    _ bytes: [UInt8], to path: String, mode: mode_t = 0o644
  ) throws(FileFailure) {
    let temporary = temporary(for: path)
    let kept = FileStatus.of(path)?.mode ?? mode
    let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, kept)
    guard file >= 0 else { throw .cannotWrite(path: path, code: errno) }
    var failure = writeAll(bytes, to: file)
    if failure == nil, fsync(file) != 0 { failure = errno }
    if close(file) != 0, failure == nil { failure = errno }
    if failure == nil, rename(temporary, path) != 0 { failure = errno }
    if let failure {
      unlink(temporary)
      throw .cannotWrite(path: path, code: failure)
    }
    FolderMaker.sync(FilePath.parent(of: path))
  }

  /// The error number of the write that failed, or `nil`.
  private static func writeAll(_ bytes: [UInt8], to file: Int32) -> Int32? {
    bytes.withUnsafeBytes { buffer in
      var rest = buffer[...]
      while !rest.isEmpty {
        let part = UnsafeRawBufferPointer(rebasing: rest)
        let count = SystemCall.write(file, part.baseAddress, part.count)
        if count < 0, errno == EINTR { continue }
        if count <= 0 { return errno }
        rest = rest.dropFirst(count)
      }
      return nil
    }
  }
}

/// Reads whole small files.
public enum WholeFile {
  /// The bytes of the file at `path`; `limit` bounds what a mistaken path can cost.
  public static func read(
    _ path: String, limit: Int = 64 << 20
  ) throws(FileFailure) -> [UInt8] {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else {
      throw errno == ENOENT ? .missing(path: path) : .cannotRead(path: path, code: errno)
    }
    defer { close(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count <= limit {
      let count = chunk.withUnsafeMutableBytes { SystemCall.read(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      if count < 0 { throw .cannotRead(path: path, code: errno) }
      if count == 0 { return bytes }
      bytes.append(contentsOf: chunk[..<count])
    }
    throw .cannotRead(path: path, code: EFBIG)
  }

  /// The same, or `nil` when there is no such file.
  public static func readIfPresent(_ path: String) throws(FileFailure) -> [UInt8]? {
    do { return try read(path) } catch {
      if case .missing = error { return nil }
      throw error
    }
  }
}

/// Names of system calls that members of our own types would hide.
enum SystemCall {
  static func write(_ file: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    #if canImport(Glibc)
      Glibc.write(file, bytes, count)
    #else
      Darwin.write(file, bytes, count)
    #endif
  }

  static func read(_ file: Int32, _ bytes: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    #if canImport(Glibc)
      Glibc.read(file, bytes, count)
    #else
      Darwin.read(file, bytes, count)
    #endif
  }
}
