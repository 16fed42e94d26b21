import Glibc
import KairosJSON
import KairosModel
import KairosRedaction

/// Turns one format's records into events.
protocol TranscriptAdapter {
  /// Whether a record with this beginning holds nothing worth keeping; asked before parsing.
  static func skips(line: ArraySlice<UInt8>) -> Bool
  mutating func read(_ record: JSONValue, place: Place, line: Int, into sink: inout EventSink)
  /// Key of the session as far as it is known.
  var session: String? { get }
  /// What must survive a cut between two readings of a growing file.
  var state: String { get set }
}

/// Reads one transcript in chunks of any size and keeps only what follows its cursor.
///
/// Lines may have any length; a line that is no JSON is tried as glued records, then counted and
/// skipped. The last line counts only when it is complete (its newline is there, or it parses).
public struct SourceReader: ~Copyable {
  private let source: SourceIdentity
  private let resume: SourceCursor?
  private let format: SourceFormat
  private var adapter: any TranscriptAdapter
  private var sink: EventSink
  private var digest = SHA256Stream()
  private var buffer: [UInt8] = []
  /// Offset in the file of the first byte in `buffer`.
  private var bufferOffset = 0
  /// Bytes of `buffer` in which no newline was found yet.
  private var scanned = 0
  private var line = 0
  private var isRewritten = false

  public init(
    format: SourceFormat, source: SourceIdentity, options: IngestOptions, redactor: Redactor,
    resume: SourceCursor? = nil
  ) {
    self.source = source
    self.format = format
    self.resume = resume?.format == format ? resume : nil
    sink = EventSink(options: options, redactor: redactor, path: source.path)
    switch format {
    case .claudeCode: adapter = ClaudeCode(options: options)
    case .codex: adapter = Codex(options: options)
    case .observations: adapter = ObservationFeed(options: options)
    }
    if let resume = self.resume { adapter.state = resume.state }
  }

  /// Takes the next bytes of the file, which must be read from its beginning: the part before a
  /// resumed offset is only hashed, to know that it is still the same.
  public mutating func consume(_ chunk: UnsafeRawBufferPointer) {
    buffer.append(contentsOf: chunk)
    if let resume, bufferOffset < resume.offset {
      passPrefix(upTo: resume)
      if bufferOffset < resume.offset { return }
    }
    splitLines()
  }

  /// Hashes what was read last time instead of parsing it.
  private mutating func passPrefix(upTo cursor: SourceCursor) {
    let count = min(buffer.count, cursor.offset - bufferOffset)
    line += buffer[..<count].count { $0 == UInt8(ascii: "\n") }
    drop(count)
    if bufferOffset == cursor.offset, digest.digest().text != cursor.prefixDigest {
      isRewritten = true
    }
  }

  private mutating func splitLines() {
    var start = 0
    while let end = newline(from: max(scanned, start)) {
      read(start..<end)
      start = end + 1
      scanned = start
    }
    scanned = buffer.count - start
    drop(start)
  }

  private func newline(from start: Int) -> Int? {
    buffer.withUnsafeBufferPointer { bytes in
      guard start < bytes.count, let base = bytes.baseAddress,
        let hit = memchr(base + start, 0x0a, bytes.count - start)
      else { return nil }
      return UnsafeRawPointer(hit) - UnsafeRawPointer(base)
    }
  }

  /// Removes `count` bytes that are done from the buffer.
  private mutating func drop(_ count: Int) {
    guard count > 0 else { return }
    buffer.withUnsafeBytes { digest.update(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
    buffer.removeFirst(count)
    bufferOffset += count
  }

  private mutating func read(_ range: Range<Int>) {
    line += 1
    guard !isRewritten, !range.isEmpty else { return }
    sink.counts.records += 1
    if type(of: adapter).skips(line: buffer[range]) {
      sink.counts.skipped += 1
      return
    }
    let bytes = Array(buffer[range])
    let offset = bufferOffset + range.lowerBound
    if let document = try? JSONDocument.parse(bytes) {
      take(document, at: offset..<(offset + bytes.count))
    } else {
      readGlued(bytes, at: offset)
    }
  }

  private mutating func readGlued(_ bytes: [UInt8], at offset: Int) {
    if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x0d || $0 == 0x09 }) { return }
    let (documents, error) = JSONDocument.parseSequence(bytes)
    for (document, range) in documents {
      take(document, at: (offset + range.lowerBound)..<(offset + range.upperBound))
    }
    if documents.count > 1 {
      sink.findings.append(
        IngestFinding.gluedLine(path: source.path, line: line, count: documents.count))
    }
    if let error {
      sink.counts.badLines += 1
      sink.findings.append(
        IngestFinding.badLine(
          path: source.path, line: line, byte: offset + error.offset, kind: error.kind.rawValue))
    }
  }

  private mutating func take(_ document: JSONDocument, at range: Range<Int>) {
    let place = Place(
      source: source.id, bytes: range, digest: SHA256Digest.of(document.bytes).text)
    adapter.read(document.root, place: place, line: line, into: &sink)
  }

  /// Ends the reading. A last line without a newline is read when it is a whole record, but the
  /// cursor stays before it, so that nothing is lost when it goes on growing.
  public mutating func finish() -> SourceResult {
    if let resume, bufferOffset < resume.offset { isRewritten = true }
    let cursorOffset = bufferOffset
    let cursorDigest = digest.digest().text
    let state = adapter.state
    if !buffer.isEmpty, !isRewritten, (try? JSONDocument.parse(buffer)) != nil {
      read(0..<buffer.count)
    } else if !buffer.isEmpty, !isRewritten {
      readUnfinishedTail()
    }
    if sink.counts.unknown > 0 {
      sink.findings.append(
        IngestFinding.unknownRecords(path: source.path, count: sink.counts.unknown))
    }
    return SourceResult(
      events: sink.events, observations: sink.observations, session: adapter.session,
      cursor: SourceCursor(
        format: format, offset: cursorOffset, prefixDigest: cursorDigest, state: state),
      counts: sink.counts, findings: sink.findings, rewritten: isRewritten)
  }

  /// A tail that is cut in the middle: whole records before the cut are read.
  private mutating func readUnfinishedTail() {
    line += 1
    sink.counts.records += 1
    readGlued(buffer, at: bufferOffset)
  }
}
