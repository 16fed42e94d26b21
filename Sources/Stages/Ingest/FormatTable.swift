/// An adapter that says which files it reads and what it takes from them.
protocol DeclaredFormat: SendableMetatype {
  static var row: SourceRow { get }
}

/// The table of `docs/sources.md`, made from what the adapters say about themselves.
public enum FormatTable {
  private static let adapters: [any DeclaredFormat.Type] =
    [ClaudeCode.self, Codex.self, ObservationFeed.self] + DocumentFormats.all + LineFormats.all
    + TextFormats.all + DatabaseFormats.all

  /// Every format's row, in the order of `SourceFormat`.
  public static var rows: [SourceRow] {
    SourceFormat.allCases.compactMap { format in
      adapters.first { $0.row.format == format }?.row
    }
  }

  /// The rows as a Markdown table.
  public static var markdown: String {
    "| Format | Agent | Where its files live | What is read |\n| --- | --- | --- | --- |\n"
      + rows.map {
        "| `\($0.format.rawValue)` | \($0.agent) | \($0.place) | \($0.reads) |\n"
      }.joined()
  }
}
