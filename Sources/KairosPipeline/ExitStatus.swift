/// How a run ended, for scripts: the one table of exit codes, repeated in each help page.
public enum ExitStatus: Int32, Sendable, CaseIterable {
  case done = 0
  case no = 1
  case refused = 3
  case usage = 64
  case badData = 65
  case inputMissing = 66
  case internalError = 70
  case cannotWrite = 73
  case inputOutput = 74
  case locked = 75
  case configuration = 78
  case interrupted = 130

  /// What the code means, as printed in help.
  public var meaning: String {
    switch self {
    case .done: "done"
    case .no: "the answer is \"no\" (verify found damage, --check found drift)"
    case .refused: "refused by a guard (loss guard, secret gate)"
    case .usage: "the command line is wrong"
    case .badData: "bad input data under --strict"
    case .inputMissing: "an input was not found"
    case .internalError: "internal error"
    case .cannotWrite: "cannot write (no space, no permission)"
    case .inputOutput: "I/O error, or the store is damaged"
    case .locked: "another run holds the lock"
    case .configuration: "bad configuration"
    case .interrupted: "interrupted"
    }
  }
}

/// An error that a person can act on: what happened and where, and which command comes next.
///
/// Texts never contain transcript content; they name paths, places and counts.
public protocol Failure: Error, Sendable {
  /// The exit code of a command that ends with this error.
  var status: ExitStatus { get }
  /// One sentence: what happened, where.
  var sentence: String { get }
  /// What to do next; names a command or a setting.
  var hint: String? { get }
}
