import Ingest
import KairosModel

/// Where agents keep transcripts on one machine, as values: nothing here asks the machine itself.
public struct AgentSearch: Sendable {
  /// The person's home folder.
  public let home: String?
  public let environment: [String: String]
  /// Take the sessions of every project, each under its own.
  public var takesAllProjects: Bool

  public init(home: String?, environment: [String: String], takesAllProjects: Bool = false) {
    self.home = home
    self.environment = environment
    self.takesAllProjects = takesAllProjects
  }

  /// The homes that exist beside this memory, by agent; no file is read.
  public func listings(for folder: MemoryFolder) -> [AgentListing] {
    AgentScan.places(
      HomePlaces(
        home: home, environment: environment, projectFolders: [folder.projectRoot],
        memoryFolder: folder.path))
  }
}

/// What a search of one agent's homes found; every file counts once.
public struct AgentListing: Sendable, Equatable {
  public let agent: String
  /// The folders and files that exist, sorted.
  public var places: [String] = []
  /// Transcripts of this project; with all projects, of any.
  public var taken = 0
  /// Of them, read before and not changed since.
  public var unchanged = 0
  /// Transcripts of other projects.
  public var others = 0
  /// Transcripts that name no folder; they are read when given by path.
  public var nowhere = 0
  /// Files that are no transcripts that kairos knows.
  public var unknown = 0
  /// Files and folders that could not be read.
  public var unreadable = 0

  public init(agent: String) { self.agent = agent }

  public var files: Int { taken + others + nowhere + unknown + unreadable }
}

extension AgentListing {
  /// Writes the listing as a member of a report.
  public func write(to json: inout CanonicalJSON) {
    json.object {
      $0.member("agent", agent)
      $0.member("places", places)
      $0.member("files", files)
      $0.member("taken", taken)
      $0.member("unchanged", unchanged)
      $0.member("other_projects", others)
      $0.member("without_folder", nowhere)
      $0.member("unknown", unknown)
      $0.member("unreadable", unreadable)
    }
  }
}
