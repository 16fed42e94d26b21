import KairosJSON
import KairosModel

/// Turns one format's document, which its agent rewrites as a whole, into events.
protocol DocumentAdapter: DeclaredFormat {
  /// Whether a document has the shape of this format. Of a long document only the beginning is
  /// shown, so members that come late must not be asked for.
  static func recognises(_ root: JSONValue) -> Bool
  /// Key of the session in the agent's own words; `nil` when there is none, or several.
  static func session(of root: JSONValue) -> String?
  /// The same, for formats whose session only the place of the file names.
  static func session(of root: JSONValue, path: String) -> String?
  /// What tells the document from others and stays when it is rewritten longer.
  static func identity(of root: JSONValue) -> [String]
  init()
  mutating func read(
    _ root: JSONValue, of source: DocumentSource, into sink: inout EventSink)
}

extension DocumentAdapter {
  static func session(of root: JSONValue, path: String) -> String? { session(of: root) }

  /// The id of a source in this format, from its first bytes.
  static func sourceID(head: [UInt8]) -> String {
    let root = TornDocument.read(head)?.root
    return ContentID.make("s", [row.format.rawValue] + (root.map(identity) ?? []))
  }
}

/// The file that a document comes from: makes places and frames for its elements.
struct DocumentSource {
  let id: String
  /// Key of the session, or the source's id when the document has none of its own.
  let session: String
  /// Bytes before the document in its file.
  let offset: Int
  /// Bytes of the file; a torn document is closed for reading by bytes that it does not have.
  let size: Int

  /// The bytes of an element, with their digest.
  func place(of value: JSONValue) -> Place {
    let start = min(value.range.lowerBound + offset, size)
    let range = start..<min(max(start, value.range.upperBound + offset), size)
    return Place(source: id, bytes: range, digest: SHA256Digest.of(value.rawBytes).text)
  }

  /// What the events of one element share.
  func frame(
    _ key: String, of value: JSONValue, at: Timestamp?, cwd: String? = nil, branch: String? = nil,
    session: String? = nil
  ) -> EventSink.Frame {
    .init(
      key: key, session: session ?? self.session, at: at, place: place(of: value), cwd: cwd,
      branch: branch)
  }
}

/// Keys for texts without ids: equal for the same text at the same occurrence in the same session,
/// so that copies of a session have equal events.
struct TextKeys {
  private let format: SourceFormat
  private let session: String
  private var keys = LineKeys()

  init(_ format: SourceFormat, session: String = "") {
    self.format = format
    self.session = session
  }

  mutating func key(_ kind: String, _ text: String) -> String {
    keys.key(format, session + "\u{1f}" + kind, text)
  }
}

/// Stands in the reader of lines for formats that have none.
struct NoLines: TranscriptAdapter {
  var session: String? { nil }
  var state = ""

  mutating func passes(over line: UnsafeRawBufferPointer) -> Bool { true }
  mutating func read(
    _ record: JSONValue, place: Place, line: Int, into sink: inout EventSink
  ) {}
}
