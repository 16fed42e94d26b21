import GRDB
import KairosModel

import struct Foundation.Data

/// One finished run as the pipeline described it.
public struct StoredReceipt: Sendable, Equatable {
  /// 1 for the first run.
  public let sequence: Int64
  /// `done`, `failed`, … in the pipeline's words.
  public let outcome: String
  /// JSON of the pipeline's making.
  public let json: [UInt8]

  init(_ row: Row) throws {
    sequence = row[0]
    outcome = row[1]
    json = try row.bytes(2)
  }
}

extension Store {
  /// A named setting of the store (`project`, `alias`, …).
  public func meta(_ key: String) throws(StoreError) -> String? {
    try read {
      try String.fetchOne($0, sql: "SELECT value FROM meta WHERE key = ?", arguments: [key])
    }
  }

  /// Sets a named setting; `nil` takes it away.
  public func setMeta(_ key: String, _ value: String?) throws(StoreError) {
    try write { database in
      if let value {
        try database.execute(
          sql: "INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", arguments: [key, value])
      } else {
        try database.execute(sql: "DELETE FROM meta WHERE key = ?", arguments: [key])
      }
    }
  }

  /// The name of the schema that this program writes.
  public static var schema: String { Migrations.newest }

  /// Keeps the receipt of a run and returns its sequence.
  @discardableResult
  public func addReceipt(outcome: String, json: [UInt8]) throws(StoreError) -> Int64 {
    try write { database in
      try Self.put(receipt: json, outcome: outcome, database)
      return database.lastInsertedRowID
    }
  }

  static func put(receipt json: [UInt8], outcome: String, _ database: Database) throws {
    try database.execute(
      sql: "INSERT INTO receipts (outcome, record) VALUES (?, ?)", arguments: [outcome, Data(json)])
  }

  /// Receipts, newest first; with `outcome`, only those.
  public func receipts(
    outcome: String? = nil, limit: Int = 20
  ) throws(StoreError) -> [StoredReceipt] {
    try read {
      try Row.fetchAll(
        $0,
        sql: """
          SELECT sequence, outcome, record FROM receipts WHERE ?1 IS NULL OR outcome = ?1
          ORDER BY sequence DESC LIMIT ?2
          """, arguments: [outcome, limit]
      ).map(StoredReceipt.init)
    }
  }
}
