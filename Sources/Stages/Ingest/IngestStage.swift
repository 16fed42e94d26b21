import KairosJSON
import KairosModel

/// Bytes of transcripts → redacted events.
///
/// `detect` names the format from the first bytes; a `SourceReader` then reads the file in chunks
/// of any size; `SessionMerge` joins the events of one session from all files that hold it.
public enum IngestStage {
  /// What the first bytes of a file tell.
  public struct Detection: Sendable, Equatable {
    public let format: SourceFormat
    /// Key of the session, when the head names it.
    public let session: String?

    public init(format: SourceFormat, session: String?) {
      self.format = format
      self.session = session
    }
  }

  /// Judges by content, never by name. `head` holds at most the first 64 KiB.
  public static func detect(head: [UInt8], path: String) -> Detection? {
    var rest = head[...]
    for _ in 0..<20 where !rest.isEmpty {
      let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
      let line = Array(rest[rest.startIndex..<end])
      rest = rest[min(end + 1, rest.endIndex)...]
      let (documents, _) = JSONDocument.parseSequence(line)
      if let root = documents.first?.document.root, let format = format(of: root) {
        return Detection(format: format, session: session(format, root, head))
      }
      // A first line longer than the head is judged by its keys.
      if documents.isEmpty, end == head.count, let format = format(ofCutLine: line) {
        return Detection(format: format, session: firstSessionID(head))
      }
    }
    return nil
  }

  private static func format(of root: JSONValue) -> SourceFormat? {
    guard root.isObject else { return nil }
    if ObservationFeed.recognises(root) { return .observations }
    if Codex.recognises(root) { return .codex }
    if ClaudeCode.recognises(root) { return .claudeCode }
    return nil
  }

  private static func format(ofCutLine line: [UInt8]) -> SourceFormat? {
    let text = String(decoding: line.prefix(4096), as: UTF8.self)
    if text.hasPrefix("{\"timestamp\":"), text.contains("\"type\":\"session_meta\"") {
      return .codex
    }
    let isClaude =
      text.contains("\"sessionId\":\"") || text.hasPrefix("{\"type\":\"file-history-snapshot\"")
    return text.hasPrefix("{") && isClaude ? .claudeCode : nil
  }

  private static func session(
    _ format: SourceFormat, _ root: JSONValue, _ head: [UInt8]
  ) -> String? {
    switch format {
    case .claudeCode: root["sessionId"]?.string ?? firstSessionID(head)
    case .codex: root["payload"]?["id"]?.string ?? root["id"]?.string
    case .observations: nil
    }
  }

  /// The first session id in Claude Code records that begin with bookkeeping.
  private static func firstSessionID(_ head: [UInt8]) -> String? {
    guard let start = ByteSearch.first(Array("\"sessionId\":\"".utf8), in: head[...]) else {
      return nil
    }
    let id = head[(start + 13)...].prefix { $0 != UInt8(ascii: "\"") }
    return id.count < 100 ? String(decoding: id, as: UTF8.self) : nil
  }
}

/// Finds short byte strings.
enum ByteSearch {
  /// Offset of the first occurrence of `needle`, or `nil`.
  static func first(_ needle: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
    guard let head = needle.first, bytes.count >= needle.count else { return nil }
    var at = bytes.startIndex
    let last = bytes.endIndex - needle.count
    while at <= last {
      guard let hit = bytes[at...last].firstIndex(of: head) else { return nil }
      if bytes[hit..<(hit + needle.count)].elementsEqual(needle) { return hit }
      at = hit + 1
    }
    return nil
  }
}
