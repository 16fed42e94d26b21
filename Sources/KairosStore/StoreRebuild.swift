import GRDB
import KairosModel

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What a new store begins with when the old one was lost. What is made from it (observations of
/// sessions, facts, journal) is not among it.
public struct StoreBeginning: Sendable {
  public var sessions: [SessionRecord] = []
  public var sources: [SourceRecord] = []
  public var workspaces: [Workspace] = []
  public var observations: [String: [Observation]] = [:]
  public var tombstones: [Tombstone] = []
  public var settings: [String: String] = [:]
  public var receipts: [(outcome: String, json: [UInt8])] = []

  public init() {}
}

/// What the decision log still says.
public struct SurvivingDecisions: Sendable {
  /// In the order in which people decided.
  public let entries: [UserDecision]
  /// Lines that nothing could replace.
  public let lost: Int
  /// Whether the log has to be written anew.
  let isDamaged: Bool
}

extension Store {
  /// What a database that was set aside is called, before its number.
  public static let damagedName = databaseName + ".damaged-"
  private static let companions = ["", "-wal", "-shm", "-journal"]

  /// The databases that were set aside, newest first.
  public static func damaged(folder: String) -> [String] {
    var found: [String] = []
    while StoreFiles.exists(folder + "/" + damagedName + "\(found.count + 1)") {
      found.append(folder + "/" + damagedName + "\(found.count + 1)")
    }
    return found.reversed()
  }

  /// Gives the database, and what SQLite keeps beside it, the next free name for damaged ones; the
  /// new path, or `nil` when there is no database. Nothing is deleted. A killed call is finished by
  /// the next one. The caller holds the lock, and no store is open.
  public static func setAside(folder: String) throws(StoreError) -> String? {
    let path = folder + "/" + databaseName
    let before = damaged(folder: folder)
    let isThere = StoreFiles.exists(path)
    var aside = before.first ?? ""
    // What is left of a killed call belongs to the database that it moved.
    if isThere || before.isEmpty || hasCompanion(aside) {
      var number = before.count + 1
      while hasCompanion(folder + "/" + damagedName + "\(number)") { number += 1 }
      aside = folder + "/" + damagedName + "\(number)"
    }
    for suffix in companions where StoreFiles.exists(path + suffix) {
      guard rename(path + suffix, aside + suffix) == 0 else {
        throw StoreFiles.failure(path + suffix)
      }
    }
    try StoreFiles.syncFolder(folder)
    return isThere ? aside : nil
  }

  private static func hasCompanion(_ path: String) -> Bool {
    companions.contains { !$0.isEmpty && StoreFiles.exists(path + $0) }
  }

  /// Makes the store of `folder` anew: under another name first, then in one step. A run killed
  /// anywhere leaves no store or the whole new one, never a part. The caller holds the lock and
  /// has set the old one aside.
  public static func make(
    folder: String, _ beginning: StoreBeginning, decisions: SurvivingDecisions
  ) throws(StoreError) {
    let path = folder + "/" + databaseName
    let next = path + ".partial"
    for suffix in companions { unlink(next + suffix) }
    try StoreFiles.makePrivateFile(next)
    do {
      let queue = try DatabaseQueue(path: next, configuration: configuration)
      try Migrations.run(queue, path: next)
      try queue.write { database in try put(beginning, database) }
      try queue.close()
    } catch { throw StoreError(error, path: next) }
    try keep(decisions, folder: folder)
    guard rename(next, path) == 0 else { throw StoreFiles.failure(path) }
    try StoreFiles.syncFolder(folder)
  }

  private static func put(_ beginning: StoreBeginning, _ database: Database) throws {
    for session in beginning.sessions { try put(session, database) }
    try put(beginning.sources, database)
    for workspace in beginning.workspaces { try put(workspace, database) }
    for (origin, observations) in beginning.observations.sorted(by: { $0.key < $1.key }) {
      try put(rows(observations), origin: origin, database)
    }
    try put(beginning.tombstones, database)
    for (key, value) in beginning.settings.sorted(by: { $0.key < $1.key }) {
      try database.execute(
        sql: "INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", arguments: [key, value])
    }
    for receipt in beginning.receipts {
      try put(receipt: receipt.json, outcome: receipt.outcome, database)
    }
  }

  // MARK: - Decisions

  /// What the log beside the database in `folder` says. A line that cannot be read, or is missing
  /// at the end, is taken from `salvaged`, the same list as the database kept it.
  public static func decisions(
    folder: String, salvaged: [UserDecision]
  ) throws(StoreError) -> SurvivingDecisions {
    let lines = try DecisionLog(path: folder + "/" + decisionLogName).lines()
    let count = max(lines.count, salvaged.count)
    let entries = (0..<count).compactMap { index in
      (index < lines.count ? lines[index] : nil)
        ?? (index < salvaged.count ? salvaged[index] : nil)
    }
    return SurvivingDecisions(
      entries: entries, lost: count - entries.count,
      isDamaged: lines.contains { $0 == nil } || count > lines.count)
  }

  /// Writes the log anew where it is damaged; the damaged one stays beside it.
  private static func keep(_ decisions: SurvivingDecisions, folder: String) throws(StoreError) {
    guard decisions.isDamaged else { return }
    let path = folder + "/" + decisionLogName
    if StoreFiles.exists(path) {
      var number = 1
      while StoreFiles.exists(path + ".damaged-\(number)") { number += 1 }
      guard link(path, path + ".damaged-\(number)") == 0 else { throw StoreFiles.failure(path) }
    }
    try DecisionLog(path: path).replace(with: decisions.entries)
  }
}
