import GRDB
import KairosModel

import struct Foundation.Data

/// One stored workspace state without its files.
public struct WorkspaceRecord: Sendable, Equatable {
  public let id: String
  public let commit: String?
  public let dirty: Bool
  public let at: Timestamp?
  public let remote: String?
  public let files: Int
  /// As in `SessionRecord`.
  public let extractionDigest: String?

  static let columns = "id, commit_id, dirty, at, remote, files, extraction_digest"
  /// Newest first: a tree without a commit counts as newer than everything, uncommitted changes as
  /// newer than their commit. Ties are broken by content, never by the order of reading.
  static let newestFirst = "at IS NULL DESC, at DESC, dirty DESC, id"

  init(_ row: Row) {
    id = row[0]
    commit = row[1]
    dirty = row[2]
    at = row.time(3)
    remote = row[4]
    files = row[5]
    extractionDigest = row[6]
  }
}

extension Store {
  /// All workspace states, newest first.
  public func workspaces() throws(StoreError) -> [WorkspaceRecord] {
    try read {
      try Row.fetchAll(
        $0,
        sql: """
          SELECT \(WorkspaceRecord.columns) FROM workspaces ORDER BY \(WorkspaceRecord.newestFirst)
          """
      ).map(WorkspaceRecord.init)
    }
  }

  /// One workspace state with its files, as it was scanned.
  public func workspace(id: String) throws(StoreError) -> Workspace? {
    try read { try Self.workspace(id, $0) }
  }

  /// The newest workspace state with its files: the one that claims are checked against.
  public func newestWorkspace() throws(StoreError) -> Workspace? {
    try read { database in
      let newest = try String.fetchOne(
        database,
        sql: "SELECT id FROM workspaces ORDER BY \(WorkspaceRecord.newestFirst) LIMIT 1")
      return try newest.flatMap { try Self.workspace($0, database) }
    }
  }

  static func workspace(_ id: String, _ database: Database) throws -> Workspace? {
    let row = try Row.fetchOne(
      database, sql: "SELECT \(WorkspaceRecord.columns) FROM workspaces WHERE id = ?",
      arguments: [id])
    guard let record = row.map(WorkspaceRecord.init) else { return nil }
    var files: [Workspace.File] = []
    let rows = try Row.fetchCursor(
      database, sql: "SELECT record FROM workspace_files WHERE workspace = ? ORDER BY position",
      arguments: [id])
    while let row = try rows.next() { files.append(try row.record(0)) }
    return Workspace(
      id: id, commit: record.commit, dirty: record.dirty, at: record.at, remote: record.remote,
      files: files)
  }

  /// Adds a workspace state (one with the same id is the same state) and the sources it was read
  /// from. A state that another scan of the same path replaced is taken out with `removing`,
  /// observations included.
  public func putWorkspace(
    _ workspace: Workspace, sources: [SourceRecord] = [], removing replaced: [String] = []
  ) throws(StoreError) {
    try write { database in
      for id in replaced where id != workspace.id { try Self.remove(workspace: id, database) }
      try Self.put(sources, database)
      try Self.put(workspace, database)
    }
  }

  static func put(_ workspace: Workspace, _ database: Database) throws {
    let known = try Bool.fetchOne(
      database, sql: "SELECT 1 FROM workspaces WHERE id = ?", arguments: [workspace.id])
    guard known == nil else { return }
    try database.execute(
      sql: """
        INSERT INTO workspaces (id, commit_id, dirty, at, remote, files)
        VALUES (?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        workspace.id, workspace.commit, workspace.dirty, workspace.at?.milliseconds,
        workspace.remote, workspace.files.count,
      ])
    let statement = try database.cachedStatement(
      sql: "INSERT INTO workspace_files (workspace, position, record) VALUES (?, ?, ?)")
    for (position, file) in workspace.files.enumerated() {
      try statement.execute(arguments: [workspace.id, position, Data(record: file)])
    }
  }

  private static func remove(workspace id: String, _ database: Database) throws {
    for sql in [
      "DELETE FROM observations WHERE origin = ?",
      "DELETE FROM workspace_files WHERE workspace = ?",
      "DELETE FROM workspaces WHERE id = ?",
    ] { try database.execute(sql: sql, arguments: [id]) }
  }
}
