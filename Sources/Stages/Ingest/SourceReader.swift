import KairosJSON
import KairosModel
import KairosRedaction

/// Turns one format's records into events.
protocol TranscriptAdapter {
  /// Whether a record holds nothing worth keeping, judged by its beginning before it is parsed.
  mutating func passes(over line: UnsafeRawBufferPointer) -> Bool
  mutating func read(_ record: JSONValue, place: Place, line: Int, into sink: inout EventSink)
  /// Whether a reading may go on where another ended; otherwise a file that has grown counts as
  /// rewritten.
  var isResumable: Bool { get }
  /// Key of the session as far as it is known.
  var session: String? { get }
  /// What must survive a cut between two readings of a growing file. It is stored, so it holds
  /// redacted text only.
  var state: String { get set }
}

extension TranscriptAdapter {
  var isResumable: Bool { true }
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
  /// Set for formats that are one document; then no lines are read.
  private var document: DocumentReading?
  /// Set for formats of plain text; then lines are put together into blocks.
  private var blocks: TextBlocks?

  public init(
    format: SourceFormat, source: SourceIdentity, options: IngestOptions, redactor: Redactor,
    resume: SourceCursor? = nil
  ) {
    self.source = source
    self.format = format
    self.resume = resume?.format == format ? resume : nil
    sink = EventSink(options: options, redactor: redactor, path: source.path)
    switch format {
    case .claudeCode: adapter = ClaudeCode()
    case .codex: adapter = Codex()
    case .observations: adapter = ObservationFeed()
    case .qwenCode: adapter = QwenCode()
    case .geminiCLI, .cline, .openHands, .openHandsEvents, .sweAgent, .miniSWEAgent, .chatGPT,
      .amp, .copilotChat, .geminiLogs:
      adapter = NoLines()
      document = DocumentReading(source: source, options: options)
    // Databases are read by rows (`DatabaseReader`).
    case .crush, .openCodeGo, .goose, .openCode, .cursor, .cursorCLI, .atuin: adapter = NoLines()
    case .gooseLines: adapter = GooseLines()
    case .openCodeFiles: adapter = OpenCodeFiles()
    case .openAIChat: adapter = OpenAIChat()
    case .factoryDroid: adapter = FactoryDroid()
    case .pi: adapter = Pi()
    case .copilotCLI: adapter = CopilotCLI()
    case .geminiLines: adapter = GeminiLines()
    case .copilotChatLog: adapter = CopilotChatLog()
    case .claudeHistory: adapter = ClaudeHistory()
    case .codexHistory: adapter = CodexHistory()
    case .aider, .specStory, .asciicast, .typescript, .bashHistory, .zshHistory, .fishHistory:
      adapter = NoLines()
      blocks = TextBlocks(format: format, source: source, resume: self.resume)
    }
    if let resume = self.resume { adapter.state = resume.state }
    isRewritten = !adapter.isResumable && self.resume.map { $0.offset > 0 } ?? false
  }

  /// Takes the next bytes of the file, which must be read from its beginning: the part before a
  /// resumed offset is only hashed, to know that it is still the same.
  public mutating func consume(_ chunk: UnsafeRawBufferPointer) {
    guard document == nil else {
      document?.consume(chunk)
      return
    }
    var chunk = chunk
    if let resume, bufferOffset < resume.offset {
      chunk = passPrefix(chunk, upTo: resume)
    }
    guard !chunk.isEmpty else { return }
    buffer.append(contentsOf: chunk)
    splitLines()
  }

  /// Hashes what was read last time instead of parsing it; returns what follows it.
  private mutating func passPrefix(
    _ chunk: UnsafeRawBufferPointer, upTo cursor: SourceCursor
  ) -> UnsafeRawBufferPointer {
    let count = min(chunk.count, cursor.offset - bufferOffset)
    let passed = UnsafeRawBufferPointer(rebasing: chunk[..<count])
    var at = 0
    while let end = ByteScan.newline(in: passed, from: at) {
      line += 1
      at = end + 1
    }
    digest.update(passed)
    bufferOffset += count
    if bufferOffset == cursor.offset, digest.digest().text != cursor.prefixDigest {
      isRewritten = true
    }
    return UnsafeRawBufferPointer(rebasing: chunk[count...])
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
    buffer.withUnsafeBytes { ByteScan.newline(in: $0, from: start) }
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
    guard !isRewritten else { return }
    var range = range
    // Some editors put a byte order mark before the first line.
    if line == 1, bufferOffset == 0, buffer[range].starts(with: [0xef, 0xbb, 0xbf]) {
      range = (range.lowerBound + 3)..<range.upperBound
    }
    if blocks != nil {
      readText(range)
      return
    }
    guard !isBlank(range) else { return }
    sink.counts.records += 1
    let isPassed = buffer.withUnsafeBytes {
      adapter.passes(over: UnsafeRawBufferPointer(rebasing: $0[range]))
    }
    if isPassed {
      sink.counts.skipped += 1
      return
    }
    let bytes = Array(buffer[range])
    let offset = bufferOffset + range.lowerBound
    if let document = try? JSONDocument.parse(bytes) {
      take(document, at: offset..<(offset + bytes.count))
    } else if let error = readGlued(bytes, at: offset) {
      noteBadLine(error, offset)
    }
  }

  private mutating func readText(_ range: Range<Int>) {
    buffer.withUnsafeBytes {
      blocks?.take(
        UnsafeRawBufferPointer(rebasing: $0[range]), at: bufferOffset + range.lowerBound,
        into: &sink)
    }
    if blocks?.isBroken == true { isRewritten = true }
  }

  private func isBlank(_ range: Range<Int>) -> Bool {
    buffer[range].allSatisfy { $0 == 0x20 || $0 == 0x0d || $0 == 0x09 }
  }

  /// Reads the records that one line holds; returns the error that ended it.
  private mutating func readGlued(
    _ bytes: [UInt8], at offset: Int, isTail: Bool = false
  ) -> JSONError? {
    var (documents, error) = JSONDocument.parseSequence(bytes)
    // A tail that just ends will go on; what is nested in it must not be taken for records.
    if let broken = error, !isTail || broken.kind != .unexpectedEnd {
      documents += GluedLine.recordsAfterBreak(bytes, from: broken.offset, format: format)
    }
    for (document, range) in documents {
      take(document, at: (offset + range.lowerBound)..<(offset + range.upperBound))
    }
    if documents.count > 1 {
      sink.findings.append(
        IngestFinding.gluedLine(path: source.path, line: line, count: documents.count))
    }
    return error
  }

  private mutating func noteBadLine(_ error: JSONError, _ offset: Int) {
    sink.counts.badLines += 1
    guard sink.counts.badLines <= IngestFinding.placesMax else { return }
    sink.findings.append(
      IngestFinding.badLine(
        path: source.path, line: line, byte: offset + error.offset, kind: error.kind.rawValue))
  }

  private mutating func take(_ document: JSONDocument, at range: Range<Int>) {
    let place = Place(
      source: source.id, bytes: range, digest: SHA256Digest.of(document.bytes).text)
    let before = sink.exports
    adapter.read(document.root, place: place, line: line, into: &sink)
    if before == sink.exports { takeExports(document, place: place) }
  }

  /// A memory that kairos wrote is an echo wherever it comes back: in the output of any tool, in a
  /// hook's context, in a record of an unknown type.
  private mutating func takeExports(_ document: JSONDocument, place: Place) {
    let isThere = document.bytes.withUnsafeBytes {
      ByteScan.first(AgentMemory.exportWord, in: $0) != nil
    }
    guard isThere, format != .observations else { return }
    let frame = EventSink.Frame(
      key: place.digest, session: adapter.session ?? place.source,
      at: RecordTime.of(document.root["timestamp"]), place: place,
      cwd: nil, branch: nil)
    for (index, export) in AgentMemory.exports(in: document.root).enumerated() {
      sink.message(
        frame, part: "export.\(index)", actor: .memory, provenance: .memory, text: export)
    }
  }

  /// Ends the reading. A last line without a newline is read when it is a whole record, but the
  /// cursor stays before it, so that nothing is lost when it goes on growing.
  public mutating func finish() -> SourceResult {
    let result = finished()
    let cursor = result.cursor
    // What is kept between readings may quote what was read.
    return SourceResult(
      events: result.events, observations: result.observations,
      session: result.session.map(SafeIdentifier.of),
      cursor: SourceCursor(
        format: cursor.format, offset: cursor.offset, prefixDigest: cursor.prefixDigest,
        state: sink.redactor.redact(cursor.state)),
      counts: result.counts, findings: result.findings, rewritten: result.rewritten)
  }

  private mutating func finished() -> SourceResult {
    if let document { return document.finish(format, resume: resume, sink: sink) }
    if let resume, bufferOffset < resume.offset { isRewritten = true }
    let cursorOffset = bufferOffset
    let cursorDigest = digest.digest().text
    let hasTail = !isBlank(0..<buffer.count)
    var state = adapter.state
    if !isRewritten, hasTail { readTail() }
    if !isRewritten, let text = blocks?.finish(hasTail: hasTail, into: &sink) { state = text }
    noteSums()
    return SourceResult(
      events: sink.events, observations: sink.observations,
      session: blocks == nil ? adapter.session : blocks?.session,
      cursor: SourceCursor(
        format: format, offset: cursorOffset, prefixDigest: cursorDigest, state: state),
      counts: sink.counts, findings: sink.findings, rewritten: isRewritten)
  }

  /// The bytes after the last newline: a whole record, whole records and a cut one, or garbage.
  private mutating func readTail() {
    if blocks != nil {
      read(0..<buffer.count)
      return
    }
    if (try? JSONDocument.parse(buffer)) != nil {
      read(0..<buffer.count)
      return
    }
    line += 1
    sink.counts.records += 1
    guard let error = readGlued(buffer, at: bufferOffset, isTail: true) else { return }
    if error.kind == .unexpectedEnd {
      sink.findings.append(
        IngestFinding.unfinishedLine(path: source.path, line: line, byte: bufferOffset))
    } else {
      noteBadLine(error, bufferOffset)
    }
  }

  private mutating func noteSums() {
    let more = sink.counts.badLines - IngestFinding.placesMax
    if more > 0 {
      sink.findings.append(IngestFinding.moreBadLines(path: source.path, count: more))
    }
    if sink.counts.unknown > 0 {
      sink.findings.append(
        IngestFinding.unknownRecords(path: source.path, count: sink.counts.unknown))
    }
    if isRewritten { sink.findings.append(IngestFinding.rewritten(path: source.path)) }
  }
}
