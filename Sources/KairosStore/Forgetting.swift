import GRDB
import KairosModel

import struct Foundation.Data

// Taking out what a person asked to forget. Nothing else deletes what was read.
extension Store {
  /// Ids of the observations that come from no other origin than these.
  public func observationIDs(onlyIn origins: [String]) throws(StoreError) -> Set<String> {
    let marks = origins.map { _ in "?" }.joined(separator: ", ")
    return try read {
      try String.fetchSet(
        $0,
        sql: """
          SELECT id FROM observations WHERE origin IN (\(marks))
          EXCEPT SELECT id FROM observations WHERE origin NOT IN (\(marks))
          """, arguments: StatementArguments(origins + origins))
    }
  }

  /// Removes observations from all of their origins.
  public func removeObservations(_ ids: Set<String>) throws(StoreError) {
    try write { database in
      let statement = try database.cachedStatement(sql: "DELETE FROM observations WHERE id = ?")
      for id in ids.sorted() { try statement.execute(arguments: [id]) }
    }
  }

  /// Removes a session or feed: its row, its observations, and the cursors of its sources.
  public func removeSession(_ key: String) throws(StoreError) {
    try write { database in
      for sql in [
        "DELETE FROM observations WHERE origin = ?", "DELETE FROM sessions WHERE key = ?",
        "DELETE FROM sources WHERE session = ?",
        "DELETE FROM sources WHERE id = ? AND session IS NULL",
      ] { try database.execute(sql: sql, arguments: [key]) }
    }
  }

  /// Removes the cursors of sources.
  public func removeSources(paths: [String]) throws(StoreError) {
    try write { database in
      for path in paths {
        try database.execute(sql: "DELETE FROM sources WHERE path = ?", arguments: [path])
      }
    }
  }

  /// Takes everything that a person wrote about these facts out of the decisions; that and when
  /// they decided stays.
  public func scrubDecisions(about facts: Set<String>) throws(StoreError) {
    let entries = try userDecisions().map { entry in
      facts.contains(entry.decision.subject) ? entry.withoutContent : entry
    }
    try decisionLog.replace(with: entries)
    try write { database in
      for (index, entry) in entries.enumerated() {
        try database.execute(
          sql: "UPDATE user_decisions SET record = ? WHERE position = ?",
          arguments: [Data(record: entry), index + 1])
      }
    }
  }

  /// Writes the file anew without the space of deleted rows, in which their bytes may still stand.
  public func compact() throws(StoreError) {
    do {
      try pool.vacuum()
      try pool.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
    } catch { throw StoreError(error, path: databasePath) }
  }
}

extension UserDecision {
  /// The same decision without anybody's words.
  var withoutContent: UserDecision {
    let reason = Tombstone.forgottenReason
    return UserDecision(
      decision: Decision(
        action: decision.action, subject: decision.subject, object: decision.object,
        actor: decision.actor, at: decision.at, reason: reason),
      tombstone: tombstone.map {
        Tombstone(fact: $0.fact, fingerprint: $0.fingerprint, reason: reason)
      })
  }
}
