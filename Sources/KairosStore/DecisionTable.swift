import GRDB
import KairosModel

import struct Foundation.Data

// Two kinds of decisions: the journal is what rules decided and is made anew by every
// consolidation; user decisions are what people decided and are never lost (`DecisionLog`).
extension Store {
  /// The journal by time (undated last), then id; `subject` narrows it to one fact or claim, on
  /// either side of the decision.
  public func journal(about subject: String? = nil) throws(StoreError) -> [Decision] {
    try read { database in
      let condition = subject == nil ? "" : "WHERE subject = ?1 OR object = ?1"
      return try Row.fetchAll(
        database, sql: "SELECT record FROM journal \(condition) ORDER BY at, id",
        arguments: StatementArguments(subject.map { [$0] } ?? [])
      ).map { try $0.record(0) }
    }
  }

  static func replaceJournal(_ decisions: [Decision], _ database: Database) throws {
    try database.execute(sql: "DELETE FROM journal")
    let statement = try database.cachedStatement(
      sql: "INSERT OR IGNORE INTO journal (id, subject, object, at, record) VALUES (?, ?, ?, ?, ?)")
    for decision in decisions.sorted(by: { $0.id < $1.id }) {
      try statement.execute(arguments: [
        decision.id, decision.subject, decision.object, decision.at.sortable,
        Data(record: decision),
      ])
    }
  }

  /// Everything that people decided, in the order in which they did.
  public func userDecisions() throws(StoreError) -> [UserDecision] {
    try read { try Self.userDecisions($0) }
  }

  /// Keeps a person's decision: first in the log beside the database, synced to the disk, then in
  /// the database together with its effect (a tombstone, a pin given or taken).
  public func addUserDecision(
    _ decision: Decision, tombstone: Tombstone? = nil, statement: String? = nil
  ) throws(StoreError) {
    let entry = UserDecision(decision: decision, tombstone: tombstone, statement: statement)
    let position = try decisionLog.append(entry)
    try write { try Self.apply(entry, position: position, $0) }
  }

  /// Ids of the pinned facts.
  public func pins() throws(StoreError) -> Set<String> {
    try read { try String.fetchSet($0, sql: "SELECT fact FROM pins") }
  }

  /// All tombstones, by fact.
  public func tombstones() throws(StoreError) -> [Tombstone] {
    try read {
      try Row.fetchAll($0, sql: "SELECT record FROM tombstones ORDER BY fact")
        .map { try $0.record(0) }
    }
  }

  /// Adds tombstones that come from elsewhere (an import, a restored snapshot). None is ever taken
  /// away.
  public func addTombstones(_ tombstones: [Tombstone]) throws(StoreError) {
    try write { try Self.put(tombstones, $0) }
  }

  static func put(_ tombstones: [Tombstone], _ database: Database) throws {
    let statement = try database.cachedStatement(
      sql: "INSERT OR REPLACE INTO tombstones (fact, fingerprint, record) VALUES (?, ?, ?)")
    for tombstone in tombstones {
      try statement.execute(arguments: [
        tombstone.fact, tombstone.fingerprint, Data(record: tombstone),
      ])
    }
  }

  /// Does what line `position` of the log says, once.
  private static func apply(
    _ entry: UserDecision, position: Int, _ database: Database
  ) throws {
    try database.execute(
      sql: "INSERT OR IGNORE INTO user_decisions (position, record) VALUES (?, ?)",
      arguments: [position, Data(record: entry)])
    guard database.changesCount > 0 else { return }
    if let tombstone = entry.tombstone { try put([tombstone], database) }
    switch entry.decision.action {
    case .pin:
      try database.execute(
        sql: "INSERT OR IGNORE INTO pins (fact) VALUES (?)", arguments: [entry.decision.subject])
    case .unpin, .reject, .forget:
      try database.execute(
        sql: "DELETE FROM pins WHERE fact = ?", arguments: [entry.decision.subject])
    default: break
    }
  }

  private static func userDecisions(_ database: Database) throws -> [UserDecision] {
    try Row.fetchAll(database, sql: "SELECT record FROM user_decisions ORDER BY position")
      .map { try $0.record(0) }
  }

  /// Brings log and database together after a crash between the two writes, or after one of the
  /// files was lost: the longer list is the whole one.
  func adoptDecisionLog() throws {
    let logged = try decisionLog.entries()
    let known = try pool.read { try Self.userDecisions($0) }
    for entry in known.dropFirst(logged.count) { _ = try decisionLog.append(entry) }
    guard logged.count > known.count else { return }
    try pool.write { database in
      for (index, entry) in logged.enumerated().dropFirst(known.count) {
        try Self.apply(entry, position: index + 1, database)
      }
    }
  }
}
