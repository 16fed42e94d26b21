import Ingest
import KairosSources
import KairosStore

/// What was read before, to tell changed files from others.
struct KnownSources {
  private let memory: Memory
  private let records: [String: SourceRecord]
  private let projects: [String: String]

  init(memory: Memory) throws {
    self.memory = memory
    records = Dictionary(
      uniqueKeysWithValues: try memory.store.sources().filter { $0.kind != .workspace }
        .map { ($0.path, $0) })
    projects = Dictionary(
      uniqueKeysWithValues: try memory.store.sessions().map { ($0.key, $0.project) })
  }

  /// Whether the file holds sessions of this project and need not be read again.
  func isUnchanged(_ file: SourceFile) -> Bool {
    projectOfUnchanged(file) == memory.configuration.project
  }

  /// The id that the source at `path` was read under, when it had that format.
  func id(_ path: String, _ format: SourceFormat) -> String? {
    records[path].flatMap { $0.format == format.rawValue ? $0.id : nil }
  }

  /// Whose sessions the file holds, when size and time are as they were when it was read and what
  /// was read is still kept; `nil` when it must be read.
  func projectOfUnchanged(_ file: SourceFile) -> String? {
    guard let record = records[file.path], record.size == file.size,
      record.modifiedNanoseconds == file.modified, record.present
    else { return nil }
    guard let session = record.session else { return memory.configuration.project }
    guard EventLog(memory.folder).hasLog(of: session) else { return nil }
    return projects[session] ?? memory.configuration.project
  }
}
