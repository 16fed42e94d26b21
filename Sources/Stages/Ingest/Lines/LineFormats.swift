import KairosJSON

/// An adapter of JSON lines that is told by the first record.
protocol LineAdapter: TranscriptAdapter, DeclaredFormat {
  /// Whether the first record of a file has the shape of this format.
  static func recognises(_ record: JSONValue) -> Bool
  /// Key of the session, when the first record names it.
  static func session(of record: JSONValue) -> String?
  init()
}

extension LineAdapter {
  mutating func passes(over line: UnsafeRawBufferPointer) -> Bool { false }
}

/// The formats of JSON lines that only the first record tells apart. It must be the first: records
/// further down may be examples in a document.
enum LineFormats {
  static let all: [any LineAdapter.Type] = [
    QwenCode.self, FactoryDroid.self, Pi.self, CopilotCLI.self, OpenAIChat.self, GeminiLines.self,
    CopilotChatLog.self, ClaudeHistory.self, CodexHistory.self,
    GooseLines.self, OpenCodeFiles.self,
  ]

  /// The format of a file from its first line; `nil` when that is no whole record.
  static func detect(head: [UInt8]) -> IngestStage.Detection? {
    let body = head.starts(with: [0xef, 0xbb, 0xbf]) ? head[3...] : head[...]
    let text = body.drop { $0 == 0x0a || $0 == 0x0d || $0 == 0x20 }
    guard text.first == UInt8(ascii: "{") else { return nil }
    let line = Array(text.prefix { $0 != 0x0a })
    let isCut = text.endIndex == head.endIndex && line.count == text.count
    guard let root = (try? JSONDocument.parse(line))?.root ?? (isCut ? torn(line) : nil),
      let adapter = all.first(where: { $0.recognises(root) })
    else { return nil }
    return .init(format: adapter.row.format, session: adapter.session(of: root))
  }

  /// A first record that is longer than the head.
  private static func torn(_ line: [UInt8]) -> JSONValue? {
    TornDocument.read(line)?.root
  }
}
