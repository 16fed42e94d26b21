import GRDB
import KairosModel

import struct Foundation.Data

/// How the store's values become columns and come back.
extension Row {
  /// The bytes of a BLOB column.
  func bytes(_ index: Int) throws -> [UInt8] {
    try withUnsafeData(atIndex: index) { $0.map { [UInt8]($0) } ?? [] }
  }

  /// The time of a column of milliseconds that may be `NULL`.
  func time(_ index: Int) -> Timestamp? {
    (self[index] as Int64?).map { Timestamp(milliseconds: $0) }
  }

  /// The record whose canonical JSON a BLOB column holds.
  func record<T: CanonicalRecord>(_ index: Int, _: T.Type = T.self) throws -> T {
    try T(canonicalBytes: try bytes(index))
  }
}

extension Data {
  /// The canonical JSON of a record.
  init(record: some CanonicalRecord) { self = Data(record.canonicalBytes) }

  /// The bytes of a text, as keys are stored.
  init(key: String) { self = Data(key.utf8) }
}

extension Timestamp? {
  /// Sorts unknown times after all known ones.
  var sortable: Int64 { self?.milliseconds ?? .max }
}

/// Records as lines of canonical JSON in one BLOB.
enum RecordLines {
  /// One line per record, each ended by a newline.
  static func encode(_ records: [some CanonicalRecord]) -> Data {
    var bytes: [UInt8] = []
    for record in records {
      bytes.append(contentsOf: record.canonicalBytes)
      bytes.append(UInt8(ascii: "\n"))
    }
    return Data(bytes)
  }

  /// The records of the lines, in their order.
  static func decode<T: CanonicalRecord>(_ bytes: [UInt8]) throws(KairosModel.RecordError) -> [T] {
    var records: [T] = []
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      records.append(try T(canonicalBytes: Array(line)))
    }
    return records
  }
}
