import KairosModel

/// Every message of this stage. Places are named, content never is.
enum IngestFinding {
  static func badLine(path: String, line: Int, byte: Int, kind: String) -> Finding {
    Finding(
      severity: .warning, code: "bad-line",
      message: "A line is no JSON record (\(kind)) and was skipped; the rest of the file is read.",
      path: path, location: "line \(line), byte \(byte)")
  }

  static func gluedLine(path: String, line: Int, count: Int) -> Finding {
    Finding(
      severity: .note, code: "glued-line",
      message: "One line holds \(count) records; all of them are read.", path: path,
      location: "line \(line)")
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
