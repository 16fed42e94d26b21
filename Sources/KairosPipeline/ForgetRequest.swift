import KairosModel

/// What a person wants to be forgotten.
public enum ForgetTarget: Sendable, Equatable {
  /// One fact: an id, the beginning of one, or words.
  case fact(String)
  /// Every fact with these words.
  case query(String)
  /// Everything from one session, by its key.
  case session(String)
  /// Everything from one file, by its absolute path.
  case source(String)
}

/// What a forgetting takes away, or would.
public struct ForgetOutcome: Sendable {
  /// Facts that go, by id.
  public let facts: [Fact]
  /// Facts that lose a part of their evidence and stay.
  public let weakened: Int
  public let observations: Int
  /// Sessions and sources that go and are never read again.
  public let places: [String]
  /// Events that leave the log.
  public let events: Int
  /// Sessions whose log still holds the messages in which forgotten facts were said.
  public let sessionsBehind: [String]
  /// Files of exports in the project that still hold a statement.
  public let exportedFiles: [String]
  /// Numbers of the snapshots that still hold it; they are never changed.
  public let snapshots: [Int]
  /// Databases that a rebuild set aside; they may still hold it.
  public let oldStores: [String]
}

/// A forgetting that cannot be done.
enum ForgetFailure: Failure, Equatable {
  case unknownSession(String)
  case unknownSource(String)
  case workspace(String)

  var status: ExitStatus {
    switch self {
    case .unknownSession, .unknownSource: .inputMissing
    case .workspace: .usage
    }
  }

  var sentence: String {
    switch self {
    case .unknownSession(let key): "there is no session '\(key)'"
    case .unknownSource(let path): "nothing was read from \(path)"
    case .workspace(let path): "\(path) is a project's folder, which every ingest reads again"
    }
  }

  var hint: String? {
    switch self {
    case .unknownSession: "`kairos explain FACT` shows the sessions of a fact"
    case .unknownSource: "name the file as it was given to `kairos ingest`"
    case .workspace: "forget single facts of it: `kairos forget FACT`"
    }
  }
}
