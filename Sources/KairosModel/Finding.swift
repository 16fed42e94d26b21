/// Something that a stage noticed and the user should know: counted, placed, never quoting
/// content.
public struct Finding: Sendable, Hashable {
  /// How much it matters.
  public enum Severity: String, Sendable, Comparable {
    case note, warning, error

    /// A total order, so that output never depends on hashing.
    public static func < (left: Severity, right: Severity) -> Bool {
      func rank(_ value: Severity) -> Int { value == .note ? 0 : value == .warning ? 1 : 2 }
      return rank(left) < rank(right)
    }
  }

  public let severity: Severity
  /// Stable word for scripts (`bad-line`, `unknown-format`).
  public let code: String
  /// What happened and what to do next, one sentence.
  public let message: String
  /// Path of the source and place in it (`line 12`, `byte 88120`), if there is one.
  public let path: String?
  public let location: String?

  public init(
    severity: Severity, code: String, message: String, path: String? = nil,
    location: String? = nil
  ) {
    self.severity = severity
    self.code = code
    self.message = message
    self.path = path
    self.location = location
  }
}
