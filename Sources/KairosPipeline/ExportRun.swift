import Export
import KairosArchive
import KairosModel

/// What an export is asked for.
public struct ExportRequest: Sendable {
  /// What happens to the rendered files.
  public enum Mode: Sendable { case write, check, render }

  public let target: String
  /// Absolute path of the file; `nil` for the target's place in the project.
  public let out: String?
  public let snapshot: String
  public let mode: Mode

  public init(target: String, out: String?, snapshot: String = "latest", mode: Mode = .write) {
    self.target = target
    self.out = out
    self.snapshot = snapshot
    self.mode = mode
  }
}

/// What an export made.
public struct ExportOutcome: Sendable {
  /// One file with its new bytes.
  public struct File: Sendable {
    public let path: String
    public let bytes: [UInt8]
    /// Whether the bytes differ from what stood there.
    public let isChanged: Bool
  }

  /// Id of the snapshot.
  public let snapshot: String
  public let files: [File]
  /// Sentences about what was taken and left out.
  public let reportLines: [String]

  public var isUpToDate: Bool { !files.contains(where: \.isChanged) }
}

extension Memory {
  /// Names of the export targets.
  public static let exportTargets = ExportTarget.allCases.map(\.rawValue)

  /// A snapshot → a file, written only when its bytes change.
  public func export(_ request: ExportRequest) throws -> ExportOutcome {
    guard let target = ExportTarget(rawValue: request.target) else {
      throw MemoryFailure.unknownTarget(
        request.target, near: NearestName.of(request.target, in: Self.exportTargets))
    }
    let snapshot = try openSnapshot(request.snapshot)
    let (entry, contents) = (snapshot.entry, snapshot.contents)
    let path = request.out ?? folder.projectRoot + "/" + target.path
    let existing = request.mode == .render ? nil : try WholeFile.readIfPresent(path)
    let result: ExportResult
    do {
      result = try ExportStage().render(
        target: target, facts: contents.facts, snapshot: entry.manifest,
        tombstones: contents.tombstones, existing: existing.map { [target.path: $0] } ?? [:])
    } catch { throw ExportFailure(error: error) }
    let bytes =
      target.isArchive
      ? try TarArchive.bytes(members: result.files.map { ($0.path, $0.bytes) })
      : result.files.first?.bytes ?? []
    let file = ExportOutcome.File(path: path, bytes: bytes, isChanged: existing != bytes)
    if request.mode == .write, file.isChanged {
      try FolderMaker.make(FilePath.parent(of: path))
      try AtomicFile.write(bytes, to: path)
    }
    return ExportOutcome(
      snapshot: entry.manifest.id, files: [file], reportLines: result.report.sentences)
  }
}

/// An export that was refused or cannot be written.
struct ExportFailure: Failure {
  let error: ExportError

  var status: ExitStatus { error.isRefusal ? .refused : .cannotWrite }
  var sentence: String { error.sentence }
  var hint: String? { error.hint }
}
