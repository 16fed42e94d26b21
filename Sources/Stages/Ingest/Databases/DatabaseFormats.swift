import KairosModel

/// The formats that are SQLite databases.
enum DatabaseFormats {
  static let all: [any DatabaseAdapter.Type] = [
    Crush.self, OpenCodeGo.self, Goose.self, OpenCode.self, Atuin.self, CursorCLI.self, Cursor.self,
  ]

  static func adapter(of format: SourceFormat) -> (any DatabaseAdapter.Type)? {
    all.first { $0.row.format == format }
  }
}

extension SourceFormat {
  /// Whether such a source is a database, which is read row by row and never as bytes.
  public var isDatabase: Bool { DatabaseFormats.adapter(of: self) != nil }
}
