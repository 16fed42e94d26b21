import GRDB
import KairosModel

import struct Foundation.Data

/// What a slot holds, without reading it: equal digests mean equal observations.
public struct SlotSummary: Sendable, Hashable {
  /// `Slot.key`.
  public let key: String
  /// `sha256:…` over the ids and contents of the slot's observations.
  public let digest: String
  /// Distinct observations.
  public let observations: Int

  public init(key: String, digest: String, observations: Int) {
    self.key = key
    self.digest = digest
    self.observations = observations
  }
}

// An observation may come from several origins: a copied or forked session repeats it. Its id is
// the same in all of them, and readers see it once, as its earliest origin tells it.
extension Store {
  /// Replaces everything that `origin` (a session key, a workspace id, or the id of a feed) said.
  /// With `extractionDigest`, also notes on the session or workspace of that name what the
  /// extraction depended on, in the same transaction.
  public func replaceObservations(
    origin: String, with observations: [Observation], extractionDigest: String? = nil
  ) throws(StoreError) {
    // Encoded before the transaction: the lock is held only for writing.
    let rows = Self.rows(observations)
    try write { database in
      try database.cachedStatement(sql: "DELETE FROM observations WHERE origin = ?")
        .execute(arguments: [origin])
      try Self.put(rows, origin: origin, database)
      for table in ["sessions", "workspaces"] where extractionDigest != nil {
        let key = table == "sessions" ? "key" : "id"
        try database.cachedStatement(
          sql: "UPDATE \(table) SET extraction_digest = ? WHERE \(key) = ?"
        ).execute(arguments: [extractionDigest, origin])
      }
    }
  }

  /// Observations with their records, in the order in which they are put.
  static func rows(_ observations: [Observation]) -> [(Observation, [UInt8])] {
    observations.map { ($0, $0.canonicalBytes) }.sorted(by: precedes)
  }

  static func put(
    _ rows: [(Observation, [UInt8])], origin: String, _ database: Database
  ) throws {
    let statement = try database.cachedStatement(
      sql: """
        INSERT OR IGNORE INTO observations (id, origin, slot, at, digest, record)
        VALUES (?, ?, ?, ?, ?, ?)
        """)
    for (observation, record) in rows {
      try statement.execute(arguments: [
        observation.id, origin, Data(key: observation.slot.key), observation.at.sortable,
        Data(SHA256Digest.of(record).bytes), Data(record),
      ])
    }
  }

  /// By id; of two with one id the earlier, then the one with the smaller bytes.
  private static func precedes(
    _ left: (Observation, [UInt8]), _ right: (Observation, [UInt8])
  ) -> Bool {
    if left.0.id != right.0.id { return left.0.id < right.0.id }
    if left.0.at != right.0.at { return left.0.at.sortable < right.0.at.sortable }
    return left.1.lexicographicallyPrecedes(right.1)
  }

  /// All origins that have observations, sorted.
  public func observationOrigins() throws(StoreError) -> [String] {
    try read {
      try String.fetchAll($0, sql: "SELECT DISTINCT origin FROM observations ORDER BY origin")
    }
  }

  /// Number of distinct observations.
  public func observationCount() throws(StoreError) -> Int {
    try read {
      try Int.fetchOne($0, sql: "SELECT count(DISTINCT id) FROM observations") ?? 0
    }
  }

  /// One observation, as its earliest origin tells it.
  public func observation(id: String) throws(StoreError) -> Observation? {
    try read {
      try Row.fetchOne(
        $0, sql: "SELECT record FROM observations WHERE id = ? ORDER BY at, origin LIMIT 1",
        arguments: [id]
      ).map { try $0.record(0) }
    }
  }

  /// The observations of one slot, by id.
  public func observations(slot key: String) throws(StoreError) -> [Observation] {
    try read { database in
      let statement = try database.cachedStatement(
        sql: "SELECT id, record FROM observations WHERE slot = ? ORDER BY id, at, origin")
      let rows = try Row.fetchCursor(statement, arguments: [Data(key: key)])
      var found: [Observation] = []
      while let row = try rows.next() {
        if (row[0] as String) != found.last?.id { found.append(try row.record(1)) }
      }
      return found
    }
  }

  /// Keys of the slots about which files and someone else said something, in order.
  public func slotsWithFilesAndVoices() throws(StoreError) -> [String] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT DISTINCT slot FROM observations AS file WHERE \(Schema0002.isFromFile)
          AND EXISTS (SELECT 1 FROM observations AS other WHERE other.slot = file.slot
            AND NOT (\(Schema0002.isFromFile.replacing("record", with: "other.record"))))
          ORDER BY slot
          """
      ).map { String(decoding: try $0.bytes(0), as: UTF8.self) }
    }
  }

  /// Calls `body` with every slot and its observations (by id), in the order of the slot keys'
  /// bytes. Only one slot is in memory. `body` may read and write the store; what it writes is not
  /// seen by this pass.
  public func forEachSlot(_ body: (Slot, [Observation]) throws -> Void) throws {
    try stream { database in
      let rows = try Row.fetchCursor(
        database, sql: "SELECT slot, id, record FROM observations ORDER BY slot, id, at, origin")
      var key: [UInt8] = []
      var found: [Observation] = []
      while let row = try rows.next() {
        let next = try row.bytes(0)
        if next != key {
          if let first = found.first { try body(first.slot, found) }
          key = next
          found = []
        }
        if (row[1] as String) != found.last?.id { found.append(try row.record(2)) }
      }
      if let first = found.first { try body(first.slot, found) }
    }
  }

  /// Calls `body` with the summary of every slot in the order of `forEachSlot`, without reading
  /// the observations themselves.
  public func forEachSlotSummary(_ body: (SlotSummary) throws -> Void) throws {
    try stream { database in
      let rows = try Row.fetchCursor(
        database, sql: "SELECT slot, id, digest FROM observations ORDER BY slot, id, at, origin")
      var slot = SlotDigest(key: [])
      while let row = try rows.next() {
        let key = try row.bytes(0)
        if key != slot.key {
          if let summary = slot.summary { try body(summary) }
          slot = SlotDigest(key: key)
        }
        slot.add(id: row[1], digest: try row.bytes(2))
      }
      if let summary = slot.summary { try body(summary) }
    }
  }
}

/// Adds up one slot's digest from rows sorted by id.
private struct SlotDigest {
  let key: [UInt8]
  private var content: [UInt8] = []
  private var count = 0
  private var lastID = ""

  init(key: [UInt8]) { self.key = key }

  mutating func add(id: String, digest: [UInt8]) {
    guard id != lastID else { return }
    lastID = id
    count += 1
    content.append(contentsOf: id.utf8)
    content.append(contentsOf: digest)
  }

  var summary: SlotSummary? {
    guard count > 0 else { return nil }
    return SlotSummary(
      key: String(decoding: key, as: UTF8.self), digest: SHA256Digest.of(content).text,
      observations: count)
  }
}
