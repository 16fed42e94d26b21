#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Why an archive or log could not be read or written: what happened, where, what to do next.
/// Never carries content.
public enum ArchiveError: Error, Equatable, Sendable, CustomStringConvertible {
  case missing(path: String)
  case notReadable(path: String, reason: String)
  case notWritable(path: String, reason: String)
  case full(path: String)
  /// Something is there already, and what is there is never replaced.
  case exists(path: String)
  /// The bytes are not what they should be; `place` says where.
  case damaged(path: String, place: String)
  case unsafeMember(path: String, member: Int, reason: String)
  case tooLarge(path: String, limit: String)
  case compression(reason: String)

  public var description: String {
    switch self {
    case .missing(let path): "There is no file at \(path); check the name."
    case .notReadable(let path, let reason):
      "\(path) cannot be read (\(reason)); check owner, permissions and disk."
    case .notWritable(let path, let reason):
      "\(path) cannot be written (\(reason)); check owner and permissions."
    case .full(let path): "The disk that holds \(path) is full; free some space, then try again."
    case .exists(let path): "\(path) exists and is never replaced; choose another name."
    case .damaged(let path, let place):
      "\(path) is damaged (\(place)); restore it from a copy or use an older one."
    case .unsafeMember(let path, let member, let reason):
      "Member \(member) of \(path) is refused (\(reason)); do not use this archive."
    case .tooLarge(let path, let limit):
      "\(path) is refused because it unpacks to more than \(limit); do not use this archive."
    case .compression(let reason):
      "The compression library refused (\(reason)); check its installation."
    }
  }

  /// The error of the last system call that wrote `path`.
  static func writing(_ path: String) -> ArchiveError {
    let code = errno
    return code == ENOSPC || code == EDQUOT
      ? .full(path: path) : .notWritable(path: path, reason: text(code))
  }

  /// The error of the last system call that read `path`.
  static func reading(_ path: String) -> ArchiveError {
    let code = errno
    return code == ENOENT ? .missing(path: path) : .notReadable(path: path, reason: text(code))
  }

  private static func text(_ code: Int32) -> String {
    strerror(code).map { String(cString: $0) } ?? "error \(code)"
  }
}
