/// Finds the observations that come from files without reading the others: files tell which
/// beliefs were right. Canonical records have no white space, and quotation marks inside their
/// texts are escaped.
enum Schema0002 {
  /// Whether a row of `observations` comes from a file that machines read.
  static let isFromFile = #"instr(record, CAST('"actor":"workspace"' AS BLOB)) > 0"#

  static let sql = """
    CREATE INDEX observations_files ON observations (slot) WHERE \(isFromFile);
    """
}
