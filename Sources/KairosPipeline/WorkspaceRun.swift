import KairosArchive
import KairosModel
import KairosRedaction
import KairosSources
import KairosStore

/// Scans one workspace and keeps the state.
///
/// A folder's state replaces the one that the same folder had before: the files say what holds
/// now, sessions say what held when. A state at a named commit stays beside it.
struct WorkspaceRun {
  let memory: Memory
  let request: IngestRequest

  func scan(_ path: String) throws -> IngestResult {
    let scanner = WorkspaceScanner(
      redactor: Redactor(key: memory.configuration.project),
      isTranscript: IngestPlanner.isTranscript)
    let scan: WorkspaceScan
    if let commit = request.commit {
      scan = try scanner.scan(repository: path, commit: commit)
    } else if PathStatus.of(path)?.isFolder == false {
      scan = try scanner.scan(archive: path) { file in
        try Self.forEachFile(in: path, bytes: scanner.archivedBytes, file)
      }
    } else {
      scan = try scanner.scan(directory: path)
    }
    let workspace = dated(scan.workspace)
    var result = IngestResult(kind: .workspace)
    result.files = workspace.files.count
    result.findings = scan.findings
    result.inputs = [Receipt.Input(source: workspace.id, digest: workspace.id)]
    guard !workspace.files.isEmpty else { return result }
    let key = request.commit.map { _ in path + "@" + (workspace.commit ?? "") } ?? path
    let replaced = try memory.store.source(path: key).map(\.id)
    let isShared = try memory.store.sources().contains { $0.path != key && $0.id == replaced }
    try memory.store.putWorkspace(
      workspace,
      sources: [
        SourceRecord(
          path: key, id: workspace.id, kind: .workspace, format: "", session: nil,
          size: Int64(workspace.files.reduce(0) { $0 + $1.size }), modifiedNanoseconds: 0)
      ], removing: isShared ? [] : [replaced].compactMap { $0 })
    if let range = request.history {
      try HistoryRun(memory: memory, path: path).read(range, into: &result)
    }
    return result
  }

  /// What an archive of a project may cost: far above any source tree.
  private static let archiveLimits = ArchiveStream.Limits(
    members: 500_000, totalBytes: 16 << 30, ratio: 400, ratioFreeBytes: 256 << 20)

  private static func forEachFile(
    in archive: String, bytes limit: Int,
    _ body: (_ name: String, _ bytes: [UInt8], _ size: Int) throws -> Void
  ) throws {
    var stream = try ArchiveStream(archive, limits: archiveLimits)
    while let name = try stream.next() {
      var bytes: [UInt8] = []
      var size = 0
      try stream.read {
        bytes.append(contentsOf: $0.prefix(limit - bytes.count))
        size += $0.count
        return true
      }
      try body(name, bytes, size)
    }
  }

  /// The state with the caller's time when it has none of its own.
  private func dated(_ workspace: Workspace) -> Workspace {
    guard workspace.at == nil, let at = request.at else { return workspace }
    return Workspace(
      id: workspace.id, commit: workspace.commit, dirty: workspace.dirty, at: at,
      remote: workspace.remote, files: workspace.files)
  }
}
