/// What one scheduled run does: sources, stages, thresholds, guards, gates, exports.
///
/// Relative paths start at the project's root (the folder that holds `.kairos`), so that a
/// pipeline means the same wherever it is called from.
public struct PipelineFile: Sendable, Equatable {
  /// A command of the chain, in order.
  public enum Stage: String, Sendable, CaseIterable, Comparable {
    case ingest, extract, consolidate, snapshot, export

    /// The order of running.
    public static func < (left: Stage, right: Stage) -> Bool { left.rank < right.rank }
    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
  }

  /// What is read.
  public struct Sources: Sendable, Equatable {
    /// Every known agent home, limited to this project.
    public var agents = false
    public var transcripts: [String] = []
    public var workspaces: [String] = []
    public var observations: [String] = []
  }

  /// When a run is refused.
  public struct Guards: Sendable, Equatable {
    /// Share of the firm facts that one run may retire.
    public var lossPercentMax = 25
    /// Bad input data ends the run.
    public var strict = false
  }

  /// What must hold before a run starts; `nil` is no gate.
  public struct Gates: Sendable, Equatable {
    public var hoursMin: Int?
    public var sessionsMin: Int?
    public var idleMinutes: Int?
    public var scanMinutes: Int?
  }

  /// One file or folder that is written at the end.
  public struct Export: Sendable, Equatable {
    public let target: String
    /// `nil` for the target's own default.
    public let out: String?
    /// Only say whether it is up to date.
    public let check: Bool
  }

  public var name: String
  public var sources = Sources()
  public var stages = Stage.allCases
  /// Numbers by name, as the promotion rule defines them.
  public var thresholds: [String: Int] = [:]
  public var guards = Guards()
  public var gates = Gates()
  public var exports: [Export] = []
}
