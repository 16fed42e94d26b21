import KairosJSON

/// Where a statement holds. The project is a hard key: two projects never mix.
public struct Scope: Hashable, Comparable, Sendable {
  /// `git:github.com/owner/name`, `root:<commit>`, or `local` for trees without git.
  public let project: String
  /// A folder or file when the statement holds only there.
  public let path: String?
  public let branch: String?

  public init(project: String, path: String? = nil, branch: String? = nil) {
    self.project = project
    self.path = path
    self.branch = branch
  }

  /// A total order, so that output never depends on hashing.
  public static func < (left: Scope, right: Scope) -> Bool {
    (left.project, left.path ?? "", left.branch ?? "")
      < (right.project, right.path ?? "", right.branch ?? "")
  }
}

/// The question that an observation answers.
public struct Slot: Hashable, Comparable, Sendable {
  public let scope: Scope
  /// `project`, or a named thing: `path:cmd/main.go`, `symbol:Parse`, `package:yams`,
  /// `command:make test`, `setting:log_level`, `topic:<main words>`.
  public let subject: String
  /// A word of `Predicate`.
  public let predicate: String

  public init(scope: Scope, subject: String, predicate: String) {
    self.scope = scope
    self.subject = subject
    self.predicate = predicate
  }

  /// A total order, so that output never depends on hashing.
  public static func < (left: Slot, right: Slot) -> Bool {
    (left.scope, left.subject, left.predicate) < (right.scope, right.subject, right.predicate)
  }

  /// Writes the canonical form.
  public func write(to json: inout CanonicalJSON) {
    json.object {
      $0.member("project", scope.project)
      $0.member("path", scope.path)
      $0.member("branch", scope.branch)
      $0.member("subject", subject)
      $0.member("predicate", predicate)
    }
  }

  public init(json: JSONValue) throws(RecordError) {
    let reader = RecordReader("slot", json)
    self.init(
      scope: Scope(
        project: try reader.string("project"), path: reader.optionalString("path"),
        branch: reader.optionalString("branch")),
      subject: try reader.string("subject"), predicate: try reader.string("predicate"))
  }

  /// Sorts as the slot does and is unique; the key of partitions and of the store.
  public var key: String {
    [scope.project, scope.path ?? "", scope.branch ?? "", subject, predicate]
      .joined(separator: "\u{1f}")
  }
}
