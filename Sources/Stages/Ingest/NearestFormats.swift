import KairosJSON

/// Names the formats that a file which is none of them looks most like, so that people see what
/// it might be: a later version, a part of a transcript, another agent's take on a format.
enum NearestFormats {
  /// Words between quotes that the beginnings of a format's files have.
  private static let words: [(format: SourceFormat, words: [StaticString])] = [
    (
      .claudeCode,
      ["\"parentUuid\"", "\"sessionId\"", "\"uuid\"", "\"isSidechain\"", "\"gitBranch\""]
    ),
    (.codex, ["\"payload\"", "\"timestamp\"", "\"session_meta\"", "\"response_item\""]),
    (.observations, ["\"id\"", "\"kind\"", "\"subject\"", "\"predicate\"", "\"value\""]),
    (.geminiCLI, ["\"sessionId\"", "\"projectHash\"", "\"startTime\"", "\"messages\""]),
    (.cline, ["\"role\"", "\"content\"", "\"tool_use\"", "\"tool_result\"", "\"ts\""]),
    (.openHands, ["\"source\"", "\"action\"", "\"observation\"", "\"args\"", "\"cause\""]),
    (.openHandsEvents, ["\"source\"", "\"kind\"", "\"tool_call_id\"", "\"ActionEvent\""]),
    (.sweAgent, ["\"trajectory\"", "\"observation\"", "\"thought\"", "\"history\""]),
    (.miniSWEAgent, ["\"trajectory_format\"", "\"messages\"", "\"info\"", "\"extra\""]),
    (.chatGPT, ["\"mapping\"", "\"current_node\"", "\"author\"", "\"children\"", "\"parts\""]),
    (.amp, ["\"messages\"", "\"env\"", "\"created\"", "\"toolUseID\"", "\"trees\""]),
    (
      .copilotChat,
      ["\"requests\"", "\"requestId\"", "\"response\"", "\"responderUsername\""]
    ),
    (.qwenCode, ["\"parts\"", "\"sessionId\"", "\"uuid\"", "\"functionCall\"", "\"cwd\""]),
    (.openAIChat, ["\"messages\"", "\"role\"", "\"content\"", "\"tool_calls\""]),
    (.factoryDroid, ["\"session_start\"", "\"message\"", "\"title\"", "\"cwd\""]),
    (.pi, ["\"session\"", "\"parentId\"", "\"message\"", "\"cwd\""]),
    (.copilotCLI, ["\"data\"", "\"parentId\"", "\"timestamp\"", "\"session.start\""]),
    (.geminiLines, ["\"sessionId\"", "\"projectHash\"", "\"$set\"", "\"startTime\""]),
    (
      .gooseLines,
      ["\"working_dir\"", "\"message_count\"", "\"toolRequest\"", "\"toolResponse\""]
    ),
    (
      .openCodeFiles,
      ["\"projectID\"", "\"directory\"", "\"sessionID\"", "\"messageID\""]
    ),
    (.asciicast, ["\"version\"", "\"width\"", "\"height\"", "\"term\""]),
  ]

  /// At most two formats, the nearest first: at least half of its words must be there, and two.
  static func of(head: [UInt8]) -> [SourceFormat] {
    let found = words.map { entry in
      let hits = head.withUnsafeBytes { bytes in
        entry.words.count { ByteScan.first($0, in: bytes) != nil }
      }
      return (entry.format, hits, hits * 100 / entry.words.count)
    }
    return found.filter { $0.1 >= 2 && $0.2 >= 50 }.enumerated()
      .sorted { ($1.element.2, $0.offset) < ($0.element.2, $1.offset) }
      .prefix(2).map(\.element.0)
  }
}

extension IngestStage {
  /// The formats that an unknown file looks most like, the nearest first; none when it looks like
  /// nothing known.
  public static func nearest(head: [UInt8]) -> [SourceFormat] { NearestFormats.of(head: head) }
}
