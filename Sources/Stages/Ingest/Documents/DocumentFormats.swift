import KairosJSON

/// The formats that are one JSON document a file.
enum DocumentFormats {
  /// In the order of detection: the first that recognises a document reads it.
  static let all: [any DocumentAdapter.Type] = [
    ChatGPT.self, GeminiCLI.self, CopilotChat.self, SWEAgent.self, MiniSWEAgent.self, Amp.self,
    OpenHands.self, OpenHandsEvents.self, GeminiLogs.self, Cline.self,
  ]

  static func adapter(of format: SourceFormat) -> (any DocumentAdapter.Type)? {
    all.first { $0.row.format == format }
  }

  /// Judges the first bytes of a file: they must be, or begin, a single document.
  static func detect(head: [UInt8], path: String) -> IngestStage.Detection? {
    guard let root = TornDocument.read(head)?.root,
      let adapter = all.first(where: { $0.recognises(root) })
    else { return nil }
    return IngestStage.Detection(
      format: adapter.row.format, session: adapter.session(of: root, path: path))
  }
}
