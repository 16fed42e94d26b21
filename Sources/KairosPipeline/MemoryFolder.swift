import KairosStore

/// Where everything of one memory lies: the `.kairos` folder beside a project.
public struct MemoryFolder: Sendable, Equatable {
  public static let name = ".kairos"

  /// Absolute path of the `.kairos` folder.
  public let path: String

  public init(path: String) { self.path = path }

  /// The project's folder: relative paths of pipeline files start here.
  public var projectRoot: String { FilePath.parent(of: path) }
  public var configuration: String { path + "/config.yaml" }
  /// Other names of the project (`AliasTable`).
  public var aliases: String { path + "/" + AliasTable.fileName }
  /// What `kairos record` wrote.
  public var recordings: String { path + "/recordings" }
  public var gitignore: String { path + "/.gitignore" }
  public var lock: String { path + "/run.lock" }
  public var events: String { path + "/events" }
  public var snapshots: String { path + "/snapshots" }
  public var database: String { path + "/kairos.db" }

  /// The event log of a session or workspace.
  public func eventLog(of key: String) -> String {
    events + "/" + FilePath.safeName(key) + EventLog.suffix
  }

  /// The nearest `.kairos` with a configuration at or above `folder`; `nil` when there is none.
  public static func nearest(to folder: String) -> MemoryFolder? {
    var at = folder
    while true {
      let candidate = MemoryFolder(path: (at == "/" ? "" : at) + "/" + name)
      if PathStatus.of(candidate.configuration) != nil { return candidate }
      if at == "/" || at.isEmpty { return nil }
      at = FilePath.parent(of: at)
    }
  }

  /// Creates the folder with its configuration; an existing configuration is never overwritten.
  ///
  /// The folder is private to its user, and its own `.gitignore` keeps it out of the project's
  /// history.
  public static func create(
    at path: String, configuration: MemoryConfiguration
  ) throws -> (folder: MemoryFolder, isNew: Bool) {
    let folder = MemoryFolder(path: path)
    for directory in [folder.path, folder.events, folder.snapshots] {
      try FolderMaker.make(directory, mode: 0o700)
    }
    if PathStatus.of(folder.gitignore) == nil {
      try AtomicFile.write(Array("*\n".utf8), to: folder.gitignore)
    }
    guard PathStatus.of(folder.configuration) == nil else { return (folder, false) }
    try AtomicFile.write(Array(configuration.text.utf8), to: folder.configuration)
    return (folder, true)
  }

  /// Removes what a killed run left half-written. Only the holder of the lock may do this.
  public func removeOrphans() throws {
    try RunLock.alone(path) {
      ForeignDatabase.removeLeftovers(in: path)
      for directory in [path, events, snapshots, recordings] {
        for name in FolderNames.sorted(in: directory) where AtomicFile.isTemporary(name) {
          FileRemoval.remove(directory + "/" + name)
        }
      }
    }
  }
}
