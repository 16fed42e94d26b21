import Export
import KairosArchive
import KairosModel

/// What an export is asked for.
public struct ExportRequest: Sendable {
  /// What happens to the rendered files.
  public enum Mode: Sendable { case write, check, render }

  public let target: String
  /// Absolute path of the file or folder; `nil` for the target's place in the project.
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
  /// Files of earlier exports that hold nothing of people and are not needed any more.
  public let obsolete: [String]
  /// Sentences about what was taken and left out.
  public let reportLines: [String]

  public var isUpToDate: Bool { obsolete.isEmpty && !files.contains(where: \.isChanged) }
}

extension Memory {
  /// Names of the export targets.
  public static let exportTargets = ExportTarget.allCases.map(\.rawValue)

  /// A snapshot → files, written only where their bytes change.
  public func export(_ request: ExportRequest) throws -> ExportOutcome {
    guard let target = ExportTarget(rawValue: request.target) else {
      throw MemoryFailure.unknownTarget(
        request.target, near: NearestName.of(request.target, in: Self.exportTargets))
    }
    let snapshot = try openSnapshot(request.snapshot)
    let (entry, contents) = (snapshot.entry, snapshot.contents)
    let base = request.out ?? folder.projectRoot + "/" + target.path
    let existing = request.mode == .render ? [:] : try existingFiles(of: target, at: base)
    let result: ExportResult
    do {
      result = try ExportStage().render(
        target: target, facts: contents.facts, snapshot: entry.manifest,
        tombstones: contents.tombstones, existing: existing)
    } catch { throw ExportFailure(error: error) }
    let files = try outcomes(of: result, target: target, base: base, existing: existing)
    if request.mode == .write {
      for file in files where file.isChanged {
        try FolderMaker.make(FilePath.parent(of: file.path))
        try AtomicFile.write(file.bytes, to: file.path)
      }
      for path in result.obsolete { FileRemoval.remove(FilePath.absolute(path, in: base)) }
    }
    return ExportOutcome(
      snapshot: entry.manifest.id, files: files,
      obsolete: result.obsolete.map { FilePath.absolute($0, in: base) },
      reportLines: result.report.sentences)
  }

  /// What stands in the export's place now, by the paths that the stage uses.
  private func existingFiles(of target: ExportTarget, at base: String) throws -> [String: [UInt8]] {
    guard target.form == .folder else {
      guard let bytes = try WholeFile.readIfPresent(base) else { return [:] }
      return [target.path: bytes]
    }
    var files: [String: [UInt8]] = [:]
    for path in exportedPaths(below: base) where target.mayChange(path) {
      files[path] = try WholeFile.readIfPresent(FilePath.absolute(path, in: base))
    }
    return files
  }

  /// Files in the folder and in its folders, below it; no export goes deeper.
  private func exportedPaths(below base: String) -> [String] {
    FolderNames.sorted(in: base).flatMap { name -> [String] in
      guard PathStatus.of(FilePath.absolute(name, in: base))?.isFolder == true else {
        return [name]
      }
      return FolderNames.sorted(in: FilePath.absolute(name, in: base)).map { name + "/" + $0 }
    }.sorted()
  }

  private func outcomes(
    of result: ExportResult, target: ExportTarget, base: String, existing: [String: [UInt8]]
  ) throws -> [ExportOutcome.File] {
    switch target.form {
    case .folder:
      return result.files.map { path, bytes in
        ExportOutcome.File(
          path: FilePath.absolute(path, in: base), bytes: bytes, isChanged: existing[path] != bytes)
      }
    case .file, .archive:
      let bytes =
        target.isArchive
        ? try TarArchive.bytes(members: result.files.map { ($0.path, $0.bytes) })
        : result.files.first?.bytes ?? []
      return [.init(path: base, bytes: bytes, isChanged: existing[target.path] != bytes)]
    }
  }
}

/// An export that was refused or cannot be written.
struct ExportFailure: Failure {
  let error: ExportError

  var status: ExitStatus { error.isRefusal ? .refused : .cannotWrite }
  var sentence: String { error.sentence }
  var hint: String? { error.hint }
}
