/// One value in a row of another program's database, as it is stored: columns of SQLite have no
/// fixed type.
public enum RowValue: Sendable, Equatable {
  case null
  case integer(Int64)
  /// A number with a fraction, in decimals: nothing here computes with floats.
  case decimal(String)
  /// Text, damaged or not.
  case text([UInt8])
  case blob([UInt8])
}

/// One row, by the names of its columns.
public struct DatabaseRow: Sendable, Equatable {
  private let names: [String]
  private let values: [RowValue]

  public init(names: [String], values: [RowValue]) {
    self.names = names
    self.values = values
  }

  public subscript(_ name: String) -> RowValue {
    guard let index = names.firstIndex(of: name), index < values.count else { return .null }
    return values[index]
  }

  /// The bytes of a text or blob: programs store JSON as either.
  public func bytes(_ name: String) -> [UInt8]? {
    switch self[name] {
    case .text(let bytes), .blob(let bytes): bytes
    default: nil
    }
  }

  /// The text of a value; what is no UTF-8 becomes U+FFFD.
  public func text(_ name: String) -> String? {
    switch self[name] {
    case .text(let bytes), .blob(let bytes): String(decoding: bytes, as: UTF8.self)
    case .integer(let number): String(number)
    case .decimal(let text): text
    case .null: nil
    }
  }

  /// A whole number, also when it is stored as text.
  public func integer(_ name: String) -> Int64? {
    if case .integer(let number) = self[name] { return number }
    return text(name).flatMap { Int64($0) }
  }
}

/// A database that can be asked for rows, one after the other, without holding them all.
public protocol DatabaseRows {
  /// The columns of every table that holds rows; views and virtual tables are none.
  var tables: [String: Set<String>] { get }
  /// Calls `body` for every row of a query. Rows that were given before the damage stay given.
  func rows(
    _ sql: String, _ arguments: [RowValue], _ body: (DatabaseRow) -> Void
  ) throws(DatabaseDamage)
}

/// A query that the database could not answer to its end.
public struct DatabaseDamage: Error, Sendable, Equatable {
  /// The result code of SQLite.
  public let code: Int

  public init(code: Int) { self.code = code }
}
