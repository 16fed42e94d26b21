#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Why a source cannot be read. Every case names the path and what to do next.
public enum SourceError: Error, Sendable, Equatable {
  case notFound(path: String)
  /// A pipe, device or socket.
  case notRegular(path: String)
  case notAFolder(path: String)
  case notPermitted(path: String)
  /// The disk or the system failed.
  case unreadable(path: String, code: Int32)
  case gitMissing(path: String)
  case notARepository(path: String)
  case unknownCommit(path: String, commit: String)
  /// A git command ended with a status other than 0.
  case gitFailed(path: String, command: String, status: Int32)

  /// What kind of failure it is, for exit codes.
  public enum Kind: Sendable {
    /// Exit 66.
    case inputNotFound
    /// Exit 74.
    case inputOutput
    /// Exit 69: a program that is needed is not there.
    case unavailable
  }

  public var kind: Kind {
    switch self {
    case .notFound, .notRegular, .notAFolder, .notPermitted, .notARepository, .unknownCommit:
      .inputNotFound
    case .unreadable, .gitFailed: .inputOutput
    case .gitMissing: .unavailable
    }
  }

  /// Whether nothing stands there, which is no news for a place that was only guessed.
  public var isAbsence: Bool {
    switch self {
    case .notFound, .notAFolder: true
    default: false
    }
  }

  init(_ error: FileError) {
    switch error.code {
    case ENOENT: self = .notFound(path: error.path)
    case ENOTDIR: self = .notAFolder(path: error.path)
    case EACCES, EPERM: self = .notPermitted(path: error.path)
    case ELOOP: self = .notRegular(path: error.path)
    default: self = .unreadable(path: error.path, code: error.code)
    }
  }
}

extension SourceError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .notFound(let path):
      "nothing stands at '\(path)'. Check the path; a relative path starts at the current folder."
    case .notRegular(let path):
      "'\(path)' is a pipe, a device, a socket or a link, not a file. Write its content to a file"
        + " and give that."
    case .notAFolder(let path):
      "'\(path)' is not a folder. Give the folder that holds the project."
    case .notPermitted(let path):
      "'\(path)' may not be read by this user. Allow reading it, or leave it out."
    case .unreadable(let path, let code):
      "'\(path)' could not be read (\(String(cString: strerror(code)))). Check the disk and run"
        + " again: nothing is lost."
    case .gitMissing(let path):
      "'\(path)' is a git repository, and no git program was found. Install git, or give a plain"
        + " folder."
    case .notARepository(let path):
      "'\(path)' is no git repository, so it has no commits. Give a repository, or scan the folder"
        + " without a commit."
    case .unknownCommit(let path, let commit):
      "the repository '\(path)' has no commit '\(commit)'. Fetch it, or name one that"
        + " `git log` lists."
    case .gitFailed(let path, let command, let status):
      "`git \(command)` failed in '\(path)' with status \(status). Run `git -C '\(path)' fsck` to"
        + " see whether the repository is whole."
    }
  }
}
