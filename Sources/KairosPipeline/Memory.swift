import KairosModel
import KairosSources
import KairosStore

/// One project's memory: its folder, its settings, its store, and the runs that change them.
///
/// Each run lives in a file of its own (`IngestRun`, `ExtractRun`, `ConsolidateRun`,
/// `SnapshotRun`, `ExportRun`, `PipelineRun`); this type opens the memory and hands it to them.
/// Runs that write need the lock (`RunLock`), which the caller takes.
public struct Memory: Sendable {
  public let folder: MemoryFolder
  public let configuration: MemoryConfiguration
  let store: Store

  /// Opens the memory in `folder`. Where event logs are left without their database it is not
  /// made anew: it would know nothing of what it read from files that are gone.
  public static func open(_ folder: MemoryFolder) throws -> Memory {
    try folder.checkAccess()
    let configuration = try MemoryConfiguration.read(folder.configuration)
    if EventLog(folder).isOrphaned { throw MemoryFailure.lostStore(path: folder.database) }
    let store = try Store.open(folder: folder.path, create: true)
    return Memory(folder: folder, configuration: configuration, store: store)
  }

  /// A memory that was made or found.
  public struct Made: Sendable {
    public let folder: MemoryFolder
    public let configuration: MemoryConfiguration
    public let isNew: Bool
  }

  /// Makes a memory at `path` for the project in `projectFolder`; finds it when it is there.
  public static func create(
    at path: String, projectFolder: String, project: String?
  ) throws -> Made {
    guard let status = PathStatus.of(projectFolder) else {
      throw FileFailure.missing(path: projectFolder)
    }
    guard status.isFolder else { throw MemoryFailure.notAFolder(path: projectFolder) }
    let identity = project ?? ProjectIdentity.of(directory: projectFolder)
    let (folder, isNew) = try MemoryFolder.create(
      at: path, configuration: MemoryConfiguration(project: identity, aliases: []))
    let memory = try open(folder)
    return Made(folder: folder, configuration: memory.configuration, isNew: isNew)
  }

  /// The scope of everything that is said about the whole project.
  var scope: Scope { Scope(project: configuration.project) }
}
