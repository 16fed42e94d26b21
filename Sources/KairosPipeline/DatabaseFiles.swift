import Ingest
import KairosModel
import KairosRedaction
import KairosSources
import KairosStore

/// Databases of other programs as sources: each is read through a private copy in the memory's own
/// folder, which only its user may enter.
struct DatabaseFiles: Sendable {
  /// Where copies are made.
  private let folder: String

  init(_ folder: MemoryFolder) { self.folder = folder.path }

  /// Whether these are the first bytes of a database.
  static func isDatabase(_ head: [UInt8]) -> Bool { head.starts(with: ForeignDatabase.magic) }

  /// What a database is; `nil` when no adapter knows its tables.
  func detect(_ path: String) throws -> DatabaseReader.Detection? {
    try ForeignDatabase.withCopy(of: path, in: folder) { DatabaseReader.detect($0) }
  }

  /// Whether a file is a database of transcripts; `nil` when it is none at all. One that cannot be
  /// read holds none.
  func isTranscript(_ head: [UInt8], _ path: String) -> Bool? {
    guard Self.isDatabase(head) else { return nil }
    return (try? detect(path)) ?? nil != nil
  }

  /// The database as something to read. Its first session, which it is known by, may be deleted; so
  /// one that was read before keeps its id.
  func task(_ file: SourceFile, _ known: KnownSources) throws -> TranscriptTask? {
    guard let found = try detect(file.path) else { return nil }
    let id = known.id(file.path, found.format) ?? found.source
    return TranscriptTask(
      file: file, format: found.format, identity: SourceIdentity(id: id, path: file.path),
      session: id)
  }

  static func mixed(_ path: String) -> Finding {
    Finding(
      severity: .note, code: "other-projects",
      message: "The database holds sessions of other projects, or of no folder; they were left "
        + "out. Add a folder to the memory's `aliases` file if it is the project's.", path: path)
  }

  static func finding(_ error: any Error, _ path: String) -> Finding {
    Finding(
      severity: .warning, code: "unreadable-database",
      message: (error as? ForeignDatabaseError)?.description ?? "The database cannot be read.",
      path: path)
  }

  /// Reads what has changed since `resume`.
  func read(
    _ task: TranscriptTask, _ options: IngestOptions, _ redactor: Redactor,
    resume: SourceCursor?
  ) throws -> DatabaseResult {
    var marks = SessionMarks()
    HomeMarks.add(to: &marks, path: task.file.path)
    let reader = DatabaseReader(
      format: task.format, source: task.identity, options: options, redactor: redactor,
      folder: marks.folders.first)
    return try ForeignDatabase.withCopy(of: task.file.path, in: folder) {
      reader.read($0, resume: resume)
    }
  }
}
