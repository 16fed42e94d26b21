import KairosModel

/// What a scan of one workspace state gave.
public struct WorkspaceScan: Sendable, Equatable {
  public let workspace: Workspace
  public let findings: [Finding]

  public init(workspace: Workspace, findings: [Finding]) {
    self.workspace = workspace
    self.findings = findings
  }
}

/// How much of a tree is read.
public struct WorkspaceLimits: Sendable, Equatable {
  /// Larger files keep path and digest only.
  public var fileBytes = 1 << 20
  /// Larger files are left out.
  public var digestBytes = 64 << 20
  /// Text of documents and instructions that is kept.
  public var textBytes = 128 * 1024
  /// Text of manifests that is kept; of lockfiles this is the head.
  public var manifestBytes = 256 * 1024
  /// Words of data files up to this size are kept.
  public var dataBytes = 256 * 1024

  public init() {}
}
