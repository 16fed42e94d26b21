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
  /// Everything that was said or done in a time; files of the project do not count.
  case period(ForgottenPeriod)
  /// Every fact that names somebody, or rests on a quote that does.
  case person(String)
  /// Nothing more than before: for archives that still hold what was forgotten.
  case nothing
}

/// A stretch of time from its first moment to before its end; an open side has no limit.
public struct ForgottenPeriod: Sendable, Equatable {
  public let start: Timestamp?
  public let end: Timestamp?

  public init(start: Timestamp?, end: Timestamp?) {
    self.start = start
    self.end = end
  }

  func contains(_ time: Timestamp?) -> Bool {
    guard let time else { return false }
    return (start.map { $0.milliseconds <= time.milliseconds } ?? true)
      && (end.map { time.milliseconds < $0.milliseconds } ?? true)
  }

  /// As the subject of a decision: both moments with a slash between them.
  var text: String { "\(start?.rfc3339 ?? "")/\(end?.rfc3339 ?? "")" }

  init?(text: some StringProtocol) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2 else { return nil }
    self.init(
      start: Timestamp(rfc3339: String(parts[0])), end: Timestamp(rfc3339: String(parts[1])))
    guard start != nil || end != nil else { return nil }
  }
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
  /// Numbers of the snapshots that hold it.
  public let snapshots: [Int]
  /// Numbers of the snapshots that were written anew without it, or would be: those that hold it
  /// and, since each names the one before, all that follow.
  public internal(set) var rewritten: [Int] = []
  /// Databases that a rebuild set aside; they may still hold it.
  public let oldStores: [String]
}

/// A forgetting that cannot be done.
enum ForgetFailure: Failure, Equatable {
  case unknownSession(String)
  case unknownSource(String)
  case workspace(String)
  case unknownPeriod
  case unknownPerson(String)

  var status: ExitStatus {
    switch self {
    case .unknownSession, .unknownSource, .unknownPeriod, .unknownPerson: .inputMissing
    case .workspace: .usage
    }
  }

  var sentence: String {
    switch self {
    case .unknownSession(let key): "there is no session '\(key)'"
    case .unknownSource(let path): "nothing was read from \(path)"
    case .unknownPeriod: "nothing was said or done in that time"
    case .unknownPerson(let name): "no fact names '\(name)'"
    case .workspace(let path): "\(path) is a project's folder, which every ingest reads again"
    }
  }

  var hint: String? {
    switch self {
    case .unknownSession: "`kairos explain FACT` shows the sessions of a fact"
    case .unknownSource: "name the file as it was given to `kairos ingest`"
    case .unknownPeriod: "`kairos status` counts what there is"
    case .unknownPerson: "`kairos facts --state all QUERY` searches every statement"
    case .workspace: "forget single facts of it: `kairos forget FACT`"
    }
  }
}
