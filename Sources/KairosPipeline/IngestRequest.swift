import KairosModel
import KairosSources

/// What an ingest is asked to read.
public struct IngestRequest: Sendable {
  /// What paths are, when the person says so.
  public enum Form: String, Sendable, CaseIterable { case workspace, transcripts, observations }

  /// Absolute paths; all of them belong to this project.
  public var paths: [String]
  /// Search the homes of agents; sessions of this project are taken from them.
  public var agents: AgentSearch?
  /// Takes only these sessions from homes; `nil` for every one of this project.
  var sessionsOfHomes: Set<String>?
  public var form: Form?
  /// Read workspaces at this commit of their repository.
  public var commit: String?
  /// Read what happened to the workspaces' files between these commits (`A..B`).
  public var history: String?
  /// The time of workspaces that have no commit.
  public var at: Timestamp?
  /// Bad input data is an error.
  public var isStrict: Bool

  public init(
    paths: [String], agents: AgentSearch? = nil, form: Form? = nil, commit: String? = nil,
    history: String? = nil, at: Timestamp? = nil, isStrict: Bool = false
  ) {
    self.paths = paths
    self.agents = agents
    self.form = form
    self.commit = commit
    self.history = history
    self.at = at
    self.isStrict = isStrict
  }
}

/// What an ingest would read, source by source.
public struct IngestPlan: Sendable, Equatable {
  /// What happens to one source.
  public enum Action: String, Sendable {
    /// Never read before.
    case read
    /// Size or time has changed since it was read.
    case update
    case unchanged
    /// A workspace.
    case scan
  }

  /// One source of the plan.
  public struct Item: Sendable, Equatable {
    public let path: String
    public let action: Action
  }

  /// Sorted by path.
  public let items: [Item]
  public let findings: [Finding]
  /// What the homes of agents hold, when they were searched.
  public let agents: [AgentListing]
}
