import KairosJSON
import KairosModel

/// Holds one document until it is whole, then reads it. A document is never read from the middle:
/// when it has changed, all of it is read again.
struct DocumentReading {
  private let source: SourceIdentity
  private let limit: Int
  private var bytes: [UInt8] = []
  private var total = 0

  init(source: SourceIdentity, options: IngestOptions) {
    self.source = source
    limit = options.documentBytes
  }

  /// Takes the next bytes of the file; a document beyond the limit is let go.
  mutating func consume(_ chunk: UnsafeRawBufferPointer) {
    total += chunk.count
    if total <= limit {
      bytes.append(contentsOf: chunk)
    } else {
      bytes = []
    }
  }

  /// Reads what has come. With a cursor of the same bytes nothing is new; of other bytes the file
  /// counts as rewritten.
  func finish(_ format: SourceFormat, resume: SourceCursor?, sink: EventSink) -> SourceResult {
    var sink = sink
    let cursor = SourceCursor(
      format: format, offset: total, prefixDigest: SHA256Digest.of(bytes).text, state: "")
    let isRewritten = resume.map { $0 != cursor } ?? false
    var session: String?
    if isRewritten {
      sink.findings.append(IngestFinding.rewritten(path: source.path))
    } else if total > limit {
      sink.counts.badLines += 1
      sink.findings.append(IngestFinding.longDocument(path: source.path, limit: limit))
    } else if resume == nil, let adapter = DocumentFormats.adapter(of: format) {
      session = read(adapter, into: &sink)
    }
    if sink.counts.unknown > 0 {
      sink.findings.append(
        IngestFinding.unknownRecords(path: source.path, count: sink.counts.unknown))
    }
    return SourceResult(
      events: sink.events, observations: [], session: session, cursor: cursor,
      counts: sink.counts, findings: sink.findings, rewritten: isRewritten)
  }

  /// Bytes from which a document's session is known; the same that detection sees.
  private static let headBytes = 64 * 1024

  private func read(
    _ type: any DocumentAdapter.Type, into sink: inout EventSink
  ) -> String? {
    guard let document = parsed(&sink) else { return nil }
    let head = TornDocument.read(Array(bytes.prefix(Self.headBytes)))?.root
    let session = head.flatMap { type.session(of: $0, path: source.path) }
    let place = DocumentSource(
      id: source.id, session: session ?? source.id, offset: bytes.count == total ? mark : 0,
      size: bytes.count)
    var adapter = type.init()
    let before = sink.counts.badLines
    adapter.read(document.root, of: place, into: &sink)
    // The element that a missing end has torn is no damage; it will be whole.
    if isUnfinished(sink), sink.counts.badLines > before { sink.counts.badLines -= 1 }
    if sink.exports == 0 { takeExports(document, place, into: &sink) }
    return session
  }

  private func isUnfinished(_ sink: EventSink) -> Bool {
    sink.findings.contains { $0.code == IngestFinding.unfinishedDocumentCode }
  }

  /// Bytes of a byte order mark.
  private var mark: Int { bytes.count - TornDocument.withoutMark(bytes).count }

  /// The document; of a damaged one the part before the damage.
  private func parsed(_ sink: inout EventSink) -> JSONDocument? {
    let body = TornDocument.withoutMark(bytes)
    do {
      return try JSONDocument.parse(body)
    } catch {
      let place = mark + error.offset
      if error.kind == .unexpectedEnd {
        sink.findings.append(IngestFinding.unfinishedDocument(path: source.path, byte: place))
      } else {
        sink.counts.badLines += 1
        sink.findings.append(
          IngestFinding.brokenDocument(
            path: source.path, byte: place, kind: error.kind.rawValue))
      }
      return try? JSONDocument.parse(TornDocument.closed(Array(body.prefix(error.offset))))
    }
  }

  /// A memory that kairos wrote is an echo wherever it comes back.
  private func takeExports(
    _ document: JSONDocument, _ place: DocumentSource, into sink: inout EventSink
  ) {
    let isThere = document.bytes.withUnsafeBytes {
      ByteScan.first(AgentMemory.exportWord, in: $0) != nil
    }
    guard isThere else { return }
    let frame = place.frame("export", of: document.root, at: nil)
    for (index, export) in AgentMemory.exports(in: document.root).enumerated() {
      sink.message(
        frame, part: "export.\(index)", actor: .memory, provenance: .memory, text: export)
    }
  }
}
