import KairosModel

/// Every message of this stage. Places are named, content never is.
enum IngestFinding {
  /// Places are listed up to this number in each source; beyond it they are only counted.
  static let placesMax = 100

  static func badLine(path: String, line: Int, byte: Int, kind: String) -> Finding {
    Finding(
      severity: .warning, code: "bad-line",
      message: "A line is no JSON record (\(kind)) and was skipped; the rest of the file is read.",
      path: path, location: "line \(line), byte \(byte)")
  }

  static func moreBadLines(path: String, count: Int) -> Finding {
    Finding(
      severity: .warning, code: "bad-line",
      message: "\(count) more lines are no JSON records; check whether the file is a transcript.",
      path: path)
  }

  static func unfinishedLine(path: String, line: Int, byte: Int) -> Finding {
    Finding(
      severity: .note, code: "unfinished-line",
      message: "The last line is not complete yet; it is read when it is.", path: path,
      location: "line \(line), byte \(byte)")
  }

  static func gluedLine(path: String, line: Int, count: Int) -> Finding {
    Finding(
      severity: .note, code: "glued-line",
      message: "One line holds \(count) records; all of them are read.", path: path,
      location: "line \(line)")
  }

  static func rewritten(path: String) -> Finding {
    Finding(
      severity: .note, code: "rewritten",
      message: "The file is not a continuation of what was read before; read it from the start.",
      path: path)
  }

  static func longDocument(path: String, limit: Int) -> Finding {
    Finding(
      severity: .warning, code: "long-document",
      message: "The file is one document of more than \(limit >> 20) MiB and was not read; "
        + "split it, or leave it out.", path: path)
  }

  static let unfinishedDocumentCode = "unfinished-document"

  static func unfinishedDocument(path: String, byte: Int) -> Finding {
    Finding(
      severity: .note, code: unfinishedDocumentCode,
      message: "The document's end is missing; what is whole before it is read.", path: path,
      location: "byte \(byte)")
  }

  static func brokenDocument(path: String, byte: Int, kind: String) -> Finding {
    Finding(
      severity: .warning, code: "broken-document",
      message: "The document is no JSON from here on (\(kind)); what stands before it is read.",
      path: path, location: "byte \(byte)")
  }

  static func damagedDatabase(path: String, code: Int) -> Finding {
    Finding(
      severity: .warning, code: "damaged-database",
      message: "The database is damaged (code \(code)); what could be read of it is kept. Try "
        + "`sqlite3 FILE .recover` on a copy.", path: path)
  }

  static func badRow(path: String, table: String, id: String) -> Finding {
    Finding(
      severity: .warning, code: "bad-row",
      message: "A row is no JSON record of the kind that stands there and was skipped; the rest "
        + "is read.", path: path, location: "\(table) \(id)")
  }

  static func unknownRecords(path: String, count: Int) -> Finding {
    Finding(
      severity: .note, code: "unknown-record",
      message: "\(count) records have a type that this version does not know; they are skipped.",
      path: path)
  }

  static func badObservation(path: String, line: Int, field: String) -> Finding {
    Finding(
      severity: .warning, code: "bad-observation",
      message: "An observation lacks a usable \"\(field)\" and was skipped.", path: path,
      location: "line \(line)")
  }
}
