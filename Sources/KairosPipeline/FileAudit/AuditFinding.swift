import KairosModel

/// What an audit of memory files looks for. The raw values are the ids in every output.
public enum AuditRule: String, Sendable, CaseIterable {
  case hiddenText = "hidden-text"
  case secret
  case contradiction
  case deadPath = "dead-path"
  case deadCommand = "dead-command"
  case recallLoop = "recall-loop"
  case relativeDate = "relative-date"
  case duplicate
  case nearDuplicate = "near-duplicate"
  case overBudget = "over-budget"

  /// How much it matters. Notes do not count under `--strict`.
  public var severity: Finding.Severity {
    switch self {
    case .hiddenText, .secret: .error
    case .contradiction, .deadPath, .deadCommand, .recallLoop, .relativeDate, .duplicate,
      .overBudget:
      .warning
    case .nearDuplicate: .note
    }
  }

  /// One line for lists of rules.
  public var title: String {
    switch self {
    case .hiddenText: "Text that people cannot see and models can read"
    case .secret: "A secret"
    case .contradiction: "Two statements that contradict each other"
    case .deadPath: "A path that does not exist"
    case .deadCommand: "A task that its task runner does not have"
    case .recallLoop: "Remembered text that was written down as new"
    case .relativeDate: "A date that means another day tomorrow"
    case .duplicate: "A statement that was made before"
    case .nearDuplicate: "A statement that says little more than another"
    case .overBudget: "A file that its agent does not read to the end"
    }
  }

  /// What to do about it.
  public var advice: String {
    switch self {
    case .hiddenText: "Look at the bytes and delete what you did not write."
    case .secret: "Take it out, and replace the secret where it is used: it has been read."
    case .contradiction: "Keep the one that holds."
    case .deadPath: "Correct the path or delete the statement."
    case .deadCommand: "Correct the command or delete the statement."
    case .recallLoop: "Delete it: a memory that quotes a memory proves itself."
    case .relativeDate: "Write the date."
    case .duplicate: "Delete one of them."
    case .nearDuplicate: "Keep the more complete one."
    case .overBudget: "Shorten it, or move parts to files that are read on demand."
    }
  }
}

/// A place in an audited file.
public struct AuditPlace: Sendable, Hashable {
  /// As it is shown: from the workspace's folder where it lies inside it.
  public let path: String
  /// 1-based.
  public let lines: ClosedRange<Int>

  public init(path: String, lines: ClosedRange<Int>) {
    self.path = path
    self.lines = lines
  }
}

/// One thing that an audit found.
public struct AuditFinding: Sendable, Equatable {
  public let rule: AuditRule
  public let place: AuditPlace
  /// One sentence.
  public let message: String
  /// The words at the place, redacted, with hidden characters spelled out; at most 160 characters.
  public let evidence: String
  /// The other side: what it contradicts or repeats.
  public let related: AuditPlace?
  public let relatedEvidence: String?

  static let evidenceMax = 160

  init(
    _ rule: AuditRule, _ place: AuditPlace, _ message: String, evidence: String,
    related: AuditPlace? = nil, relatedEvidence: String? = nil
  ) {
    self.rule = rule
    self.place = place
    self.message = message
    self.evidence = Self.shown(evidence)
    self.related = related
    self.relatedEvidence = relatedEvidence.map(Self.shown)
  }

  private static func shown(_ text: String) -> String {
    let line = HiddenCharacters.spelled(text).split(whereSeparator: \.isWhitespace)
      .joined(separator: " ")
    return line.count <= evidenceMax ? line : String(line.prefix(evidenceMax - 1)) + "…"
  }
}

/// What an audit is told.
public struct AuditRequest: Sendable {
  /// Files and folders; absolute.
  public let paths: [String]
  /// The project's folder, against which paths and commands are checked; absolute.
  public let workspace: String

  public init(paths: [String], workspace: String) {
    self.paths = paths
    self.workspace = workspace
  }
}

/// What an audit found.
public struct AuditReport: Sendable {
  /// As shown, in the order of reading.
  public let files: [String]
  /// Sentences that were compared.
  public let statements: Int
  /// By file, line, rule.
  public let findings: [AuditFinding]
  /// What could not be looked at.
  public let notes: [Finding]

  /// Whether anything but notes was found.
  public var hasProblems: Bool { findings.contains { $0.rule.severity > .note } }
}
