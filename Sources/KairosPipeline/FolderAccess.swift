#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A memory or a pipeline file that somebody else could have written.
public enum AccessFailure: Failure, Equatable {
  case otherOwner(path: String, owner: UInt32)
  case writableByOthers(path: String, mode: String)

  public var status: ExitStatus { .refused }

  public var sentence: String {
    switch self {
    case .otherOwner(let path, let owner):
      "\(path) belongs to another user (\(owner)), who could have written anything into it"
    case .writableByOthers(let path, _): "other users may write to \(path)"
    }
  }

  public var hint: String? {
    switch self {
    case .otherOwner:
      "run kairos as its owner, or make it yours (`chown -R`) once you have looked at it"
    case .writableByOthers(let path, let mode):
      "look at what it holds, then run `chmod \(mode) \(path)`"
    }
  }
}

/// Who may have written what kairos is about to trust.
enum FolderAccess {
  /// Refuses a memory of somebody else, or one that others may write to. Files inside a private
  /// folder are only looked at for their owner: nobody else can reach them.
  static func check(_ folder: MemoryFolder) throws(AccessFailure) {
    guard let status = status(folder.path) else { return }
    guard status.st_mode & 0o022 == 0 else {
      throw .writableByOthers(path: folder.path, mode: "go-w")
    }
    let paths = [
      folder.path, folder.configuration, folder.database, folder.events, folder.snapshots,
      folder.path + "/decisions.jsonl",
    ]
    for path in paths {
      guard let found = Self.status(path) else { continue }
      guard found.st_uid == geteuid() else { throw .otherOwner(path: path, owner: found.st_uid) }
    }
  }

  /// Refuses a settings file that everybody may write to. Groups often share a checkout.
  static func check(pipeline path: String) throws(AccessFailure) {
    guard let status = status(path), status.st_mode & 0o002 != 0 else { return }
    throw .writableByOthers(path: path, mode: "o-w")
  }

  private static func status(_ path: String) -> stat? {
    var found = stat()
    return stat(path, &found) == 0 ? found : nil
  }
}

extension MemoryFolder {
  /// Refuses a memory that somebody else could have written; asked before anything in it is used.
  public func checkAccess() throws(AccessFailure) { try FolderAccess.check(self) }
}
