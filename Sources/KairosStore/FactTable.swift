import GRDB
import KairosModel

import struct Foundation.Data

/// Which facts to list. Every part narrows the answer.
public struct FactQuery: Sendable, Equatable {
  /// Words that must all occur in statement, subject or value; the beginning of a word is enough.
  public var text: String
  /// Empty for all.
  public var states: [FactState]
  public var kinds: [FactKind]
  /// Only facts that were valid at this time.
  public var asOf: Timestamp?
  public var limit: Int?

  public init(
    text: String = "", states: [FactState] = [], kinds: [FactKind] = [], asOf: Timestamp? = nil,
    limit: Int? = nil
  ) {
    self.text = text
    self.states = states
    self.kinds = kinds
    self.asOf = asOf
    self.limit = limit
  }

  /// The words as a full-text expression; `nil` when there are none. Each is quoted, so that
  /// nothing a person types is taken for an operator.
  var match: String? {
    let words = text.split { !($0.isLetter || $0.isNumber) }
    return words.isEmpty ? nil : words.map { "\"\($0)\"*" }.joined(separator: " ")
  }
}

extension Store {
  /// Replaces all facts and the journal that explains them in one transaction.
  public func replaceFacts(
    _ facts: [Fact], journal: [Decision]
  ) throws(StoreError) {
    let sorted = facts.sorted { $0.id < $1.id }
    try write { database in
      try database.execute(sql: "DELETE FROM facts")
      for fact in sorted { try Self.insert(fact, database) }
      try database.execute(sql: "INSERT INTO facts_search (facts_search) VALUES ('rebuild')")
      try Self.replaceJournal(journal, database)
    }
  }

  private static func insert(_ fact: Fact, _ database: Database) throws {
    try database.cachedStatement(
      sql: """
        INSERT INTO facts (id, state, kind, subject, value, statement, valid_from, valid_to,
          last_seen, record)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      fact.id, fact.state.rawValue, fact.kind.rawValue, fact.slot.subject, fact.value,
      fact.statement, fact.validFrom?.milliseconds, fact.validTo?.milliseconds,
      fact.lastSeen?.milliseconds, Data(record: fact),
    ])
  }

  /// The facts that `query` asks for. Best match first when it has words; else by state, kind,
  /// newest, id.
  public func facts(_ query: FactQuery = FactQuery()) throws(StoreError) -> [Fact] {
    let (sql, arguments) = Self.select(query)
    return try read { database in
      let rows = try Row.fetchCursor(database, sql: sql, arguments: arguments)
      var found: [Fact] = []
      while let row = try rows.next() { found.append(try row.record(0)) }
      return found
    }
  }

  private static func select(_ query: FactQuery) -> (sql: String, arguments: StatementArguments) {
    var sql = "SELECT facts.record FROM facts"
    var conditions: [String] = []
    var arguments: StatementArguments = []
    if let match = query.match {
      sql += " JOIN facts_search ON facts_search.rowid = facts.row"
      conditions.append("facts_search MATCH ?")
      arguments += [match]
    }
    if !query.states.isEmpty { conditions.append(oneOf("state", query.states)) }
    if !query.kinds.isEmpty { conditions.append(oneOf("kind", query.kinds)) }
    if let time = query.asOf?.milliseconds {
      conditions.append("(valid_from IS NULL OR valid_from <= ?)")
      conditions.append("(valid_to IS NULL OR valid_to > ?)")
      arguments += [time, time]
    }
    if !conditions.isEmpty { sql += " WHERE " + conditions.joined(separator: " AND ") }
    let order =
      query.match == nil
      ? [ranked("state", FactState.allCases), ranked("kind", FactKind.allCases), "last_seen DESC"]
      : ["facts_search.rank"]
    sql += " ORDER BY " + (order + ["facts.id"]).joined(separator: ", ")
    if let limit = query.limit { sql += " LIMIT \(max(0, limit))" }
    return (sql, arguments)
  }

  /// `column IN (…)` over raw values of a closed enumeration.
  private static func oneOf<T: RawRepresentable<String>>(_ column: String, _ values: [T]) -> String
  {
    "\(column) IN (" + values.map { "'\($0.rawValue)'" }.joined(separator: ", ") + ")"
  }

  /// An expression that sorts `column` in the order of the enumeration's cases.
  private static func ranked<T: RawRepresentable<String>>(_ column: String, _ cases: [T]) -> String
  {
    let whens = cases.enumerated().map { " WHEN '\($1.rawValue)' THEN \($0)" }.joined()
    return "CASE \(column)\(whens) END"
  }

  /// The facts whose id starts with `prefix`, by id; at most `limit`.
  public func facts(idPrefix prefix: String, limit: Int = 20) throws(StoreError) -> [Fact] {
    try read {
      try Row.fetchAll(
        $0,
        sql: """
          SELECT record FROM facts WHERE substr(id, 1, length(?1)) = ?1 ORDER BY id LIMIT ?2
          """, arguments: [prefix, limit]
      ).map { try $0.record(0) }
    }
  }

  /// How many facts there are in each state, in the order of the states.
  public func factCounts() throws(StoreError) -> [(state: FactState, count: Int)] {
    try read { database in
      try FactState.allCases.map {
        (
          $0,
          try Int.fetchOne(
            database, sql: "SELECT count(*) FROM facts WHERE state = ?", arguments: [$0.rawValue])
            ?? 0
        )
      }
    }
  }

  /// How many firm facts there are of each kind, in the order of the kinds; kinds without any are
  /// left out.
  public func firmKindCounts() throws(StoreError) -> [(kind: FactKind, count: Int)] {
    try read { database in
      let rows = try Row.fetchAll(
        database, sql: "SELECT kind, count(*) FROM facts WHERE state = ? GROUP BY kind",
        arguments: [FactState.firm.rawValue])
      return rows.compactMap { row in FactKind(rawValue: row[0]).map { ($0, row[1]) } }
        .sorted { $0.0 < $1.0 }
    }
  }
}
