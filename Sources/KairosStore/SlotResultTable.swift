import GRDB
import KairosModel

import struct Foundation.Data

/// What consolidation made of one slot, kept so that only touched slots are computed again.
public struct SlotResult: Sendable, Equatable {
  /// `Slot.key`.
  public let slot: String
  /// `SlotSummary.digest` of the observations it was made from.
  public let inputDigest: String
  /// Digest of everything else it depends on: settings, workspace, tombstones, pins.
  public let contextDigest: String
  /// Claims in a form of the caller's choice; empty when they are not kept.
  public let claims: [UInt8]
  public let facts: [Fact]
  public let decisions: [Decision]

  public init(
    slot: String, inputDigest: String, contextDigest: String, claims: [UInt8] = [],
    facts: [Fact], decisions: [Decision]
  ) {
    self.slot = slot
    self.inputDigest = inputDigest
    self.contextDigest = contextDigest
    self.claims = claims
    self.facts = facts
    self.decisions = decisions
  }

  static let columns = "slot, input_digest, context_digest, claims, facts, decisions"

  init(_ row: Row) throws {
    self.init(
      slot: String(decoding: try row.bytes(0), as: UTF8.self), inputDigest: row[1],
      contextDigest: row[2], claims: try row.bytes(3),
      facts: try RecordLines.decode(try row.bytes(4)),
      decisions: try RecordLines.decode(try row.bytes(5)))
  }
}

extension Store {
  /// The stored result of a slot, whatever it was made from.
  public func slotResult(_ key: String) throws(StoreError) -> SlotResult? {
    try read {
      try Row.fetchOne(
        $0, sql: "SELECT \(SlotResult.columns) FROM slot_results WHERE slot = ?",
        arguments: [Data(key: key)]
      ).map(SlotResult.init)
    }
  }

  /// The slots whose result is missing or was made from other observations or in another context,
  /// in slot order: what has to be computed again.
  public func touchedSlots(context: String) throws(StoreError) -> [SlotSummary] {
    var known: [String: String] = [:]
    let rows: [(String, String)] = try read { database in
      try Row.fetchAll(
        database, sql: "SELECT slot, input_digest FROM slot_results WHERE context_digest = ?",
        arguments: [context]
      ).map { (String(decoding: try $0.bytes(0), as: UTF8.self), $0[1]) }
    }
    for (slot, digest) in rows { known[slot] = digest }
    var touched: [SlotSummary] = []
    do {
      try forEachSlotSummary { if known[$0.key] != $0.digest { touched.append($0) } }
    } catch { throw StoreError(error, path: databasePath) }
    return touched
  }

  /// Adds or replaces results in one transaction.
  public func putSlotResults(_ results: [SlotResult]) throws(StoreError) {
    try write { database in
      let statement = try database.cachedStatement(
        sql: """
          INSERT OR REPLACE INTO slot_results (\(SlotResult.columns)) VALUES (?, ?, ?, ?, ?, ?)
          """)
      for result in results {
        try statement.execute(arguments: [
          Data(key: result.slot), result.inputDigest, result.contextDigest, Data(result.claims),
          RecordLines.encode(result.facts), RecordLines.encode(result.decisions),
        ])
      }
    }
  }

  /// Deletes the results of slots that have no observation any more; returns how many.
  @discardableResult
  public func deleteOrphanedSlotResults() throws(StoreError) -> Int {
    try write { database in
      try database.execute(
        sql: "DELETE FROM slot_results WHERE slot NOT IN (SELECT slot FROM observations)")
      return database.changesCount
    }
  }

  /// Calls `body` with every stored result in slot order; one is in memory at a time.
  public func forEachSlotResult(_ body: (SlotResult) throws -> Void) throws {
    try stream { database in
      let rows = try Row.fetchCursor(
        database, sql: "SELECT \(SlotResult.columns) FROM slot_results ORDER BY slot")
      while let row = try rows.next() { try body(try SlotResult(row)) }
    }
  }
}
