import KairosArchive

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
  /// Whether a file of this name is an unfinished write of a killed run.
  static func isTemporary(_ name: String) -> Bool { name.hasSuffix(DurableFile.partialSuffix) }

  /// Replaces the file at `path`. An existing file keeps its mode, and a link stays a link: what
  /// it points to is replaced.
  public static func write(
    _ bytes: [UInt8], to path: String, mode: UInt32 = 0o644
  ) throws(ArchiveError) {
    let target = PathStatus.resolved(path) ?? path
    let kept = PathStatus.of(target).map { UInt32($0.mode) } ?? mode
    try DurableFile.write(bytes, to: target, mode: kept, overwrite: true)
  }
}

/// Writes files that must not replace anything.
public enum NewFile {
  /// Writes a private file; throws when something is at `path`.
  public static func write(_ bytes: [UInt8], to path: String) throws(ArchiveError) {
    try DurableFile.write(bytes, to: path, overwrite: false)
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
  static func read(_ file: Int32, _ bytes: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    #if canImport(Glibc)
      Glibc.read(file, bytes, count)
    #else
      Darwin.read(file, bytes, count)
    #endif
  }
}
