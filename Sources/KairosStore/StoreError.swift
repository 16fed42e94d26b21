import GRDB
import KairosModel

/// Why the store could not do something: a sentence with the place and what to do next. Never
/// carries stored content.
public enum StoreError: Error, Equatable, Sendable, CustomStringConvertible {
  case missing(path: String)
  case newerSchema(path: String, found: String, known: String)
  case foreign(path: String)
  case corrupt(path: String)
  case unreadableRecord(path: String, record: String)
  case busy(path: String)
  case full(path: String)
  case notWritable(path: String, reason: String)
  case io(path: String, reason: String)
  case database(path: String, code: Int, reason: String)

  public var description: String {
    switch self {
    case .missing(let path): "There is no store at \(path); run `kairos init` first."
    case .newerSchema(let path, let found, let known):
      "\(path) has schema \(found), which is newer than this kairos knows (\(known)); "
        + "update kairos, or open it with the version that wrote it."
    case .foreign(let path):
      "\(path) is a database, but not one of kairos; move it away, then run `kairos init`."
    case .corrupt(let path):
      "\(path) is damaged; `kairos doctor --rebuild` makes it anew from the event log."
    case .unreadableRecord(let path, let record):
      "In \(path), \(record); `kairos doctor --rebuild` makes the store anew from the event log."
    case .busy(let path):
      "\(path) is held by another process; wait until it is done, then try again."
    case .full(let path): "The disk that holds \(path) is full; free some space, then try again."
    case .notWritable(let path, let reason):
      "\(path) cannot be written (\(reason)); check owner and permissions."
    case .io(let path, let reason):
      "Reading or writing \(path) failed (\(reason)); check the disk, then try again."
    case .database(let path, let code, let reason):
      "\(path): the database refused with code \(code) (\(reason)); run `kairos doctor`."
    }
  }

  /// Any error that came out of database work.
  init(_ error: any Error, path: String) {
    self =
      Self.wrapping(error, path: path)
      ?? .database(path: path, code: -1, reason: "\(type(of: error))")
  }

  /// The error as one of the store, or `nil` when it is somebody else's.
  static func wrapping(_ error: any Error, path: String) -> StoreError? {
    switch error {
    case let error as StoreError: error
    case let error as KairosModel.RecordError:
      .unreadableRecord(path: path, record: error.description)
    case let error as DatabaseError: of(error, path: path)
    default: nil
    }
  }

  private static func of(_ error: DatabaseError, path: String) -> StoreError {
    // The result code's own text: a message could quote a value.
    let reason = error.resultCode.description
    switch error.resultCode {
    case .SQLITE_CORRUPT, .SQLITE_NOTADB: return .corrupt(path: path)
    case .SQLITE_BUSY, .SQLITE_LOCKED: return .busy(path: path)
    case .SQLITE_FULL: return .full(path: path)
    case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH:
      return .notWritable(path: path, reason: reason)
    case .SQLITE_IOERR: return .io(path: path, reason: reason)
    default:
      return .database(path: path, code: Int(error.extendedResultCode.rawValue), reason: reason)
    }
  }
}
