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
      self.session = session.map(SafeIdentifier.of)
    }
  }

  /// Judges by content, never by name; a name only says which session the file belongs to, where
  /// its content does not. `head` holds at most the first 64 KiB.
  public static func detect(head: [UInt8], path: String) -> Detection? {
    if let lines = LineFormats.detect(head: head) ?? TextFormats.detect(head: head) {
      return lines
    }
    if let session = OpenCodeFiles.detect(head: head) { return session }
    if let document = DocumentFormats.detect(head: head, path: path) { return document }
    var rest = head.starts(with: [0xef, 0xbb, 0xbf]) ? head[3...] : head[...]
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

  /// A record that is longer than the head shows its type or its keys only.
  private static func format(ofCutLine line: [UInt8]) -> SourceFormat? {
    let text = String(decoding: line.prefix(4096), as: UTF8.self)
    guard text.hasPrefix("{") else { return nil }
    if text.hasPrefix("{\"timestamp\":"), text.hasBytes("\"payload\":") { return .codex }
    let type = line.withUnsafeBytes { RecordHead.type(of: $0) } ?? ""
    let isBookkeeping = ["file-history-snapshot", "queue-operation"].contains(type)
    // Other agents have sessions as well; only this one has a tree of parents.
    let isRecord = text.hasBytes("\"parentUuid\":") && text.hasBytes("\"sessionId\":\"")
    return isBookkeeping || isRecord ? .claudeCode : nil
  }

  private static func session(
    _ format: SourceFormat, _ root: JSONValue, _ head: [UInt8]
  ) -> String? {
    switch format {
    case .claudeCode: firstSessionID(head)
    case .codex: root["payload"]?["id"]?.string ?? root["id"]?.string
    default: nil
    }
  }

  /// The first session id, in whatever record; the reader takes the same.
  private static func firstSessionID(_ head: [UInt8]) -> String? {
    head.withUnsafeBytes { RecordHead.string(after: "\"sessionId\":\"", in: $0) }
  }
}
