import KairosJSON
import KairosModel

/// Turns the blocks of one plain-text format into events.
protocol TextAdapter: DeclaredFormat {
  /// Whether the beginning of a file has the look of this format.
  static func recognises(_ head: TextHead) -> Bool
  /// Key of the session, when the beginning names it and the file holds no other.
  static func session(of head: TextHead) -> String?
  init()
  /// Whether a line begins a block; asked once for every line that is not blank, in order.
  mutating func opens(_ line: TextLine) -> Bool
  /// Takes a whole block. The last one of a file may go on growing; then the file is read again.
  mutating func read(_ block: TextBlock, into sink: inout EventSink)
  /// Key of the session as far as it is known.
  var session: String? { get }
  /// What must survive a cut between two readings; redacted text only.
  var state: String { get set }
}

/// One line, and how it stands to the block before it.
struct TextLine {
  let bytes: UnsafeRawBufferPointer
  /// A blank line stands before it.
  let isAfterBlank: Bool
  /// Bytes of the block that it would continue; nothing is open at 0.
  let blockBytes: Int

  func hasPrefix(_ prefix: StaticString) -> Bool {
    prefix.withUTF8Buffer { bytes.count >= $0.count && bytes.prefix($0.count).elementsEqual($0) }
  }

  var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// Lines that belong together, with the place of all of them.
struct TextBlock {
  let bytes: [UInt8]
  let place: Place

  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The lines without their ends. They are split by bytes: to characters, CR and LF are one.
  var lines: [Substring] {
    bytes.split(separator: 0x0a, omittingEmptySubsequences: false).map {
      Substring(String(decoding: $0.last == 0x0d ? $0.dropLast() : $0, as: UTF8.self))
    }
  }
}

/// Puts the lines of a text together into blocks, as the adapter says where one begins.
///
/// The last block is read although it may go on. So a file that has grown is only read on from
/// its cursor when what follows begins a block; otherwise it counts as rewritten and is read whole.
struct TextBlocks {
  private var adapter: any TextAdapter
  private let source: String
  private var bytes: [UInt8] = []
  private var start = 0
  /// The line end and the blank lines after the last line of the block.
  private var gap: [UInt8] = []
  private var isAfterBlank = true
  /// A block that was read before ends at the cursor, unless the first line continues it.
  private var isResumed: Bool
  private(set) var isBroken = false

  /// What the state of the adapter begins with: where the cursor lies.
  private enum Cut: Character {
    /// Before an unfinished line, which was read.
    case torn = "~"
    case afterBlank = "+"
    case afterLine = "-"
  }

  init?(format: SourceFormat, source: SourceIdentity, resume: SourceCursor?) {
    guard let adapter = TextFormats.adapter(of: format) else { return nil }
    self.adapter = adapter
    self.source = source.id
    isResumed = resume.map { $0.offset > 0 } ?? false
    if let state = resume?.state, let cut = state.first.flatMap(Cut.init) {
      isBroken = cut == .torn
      isAfterBlank = cut == .afterBlank
      self.adapter.state = String(state.dropFirst())
    }
  }

  var session: String? { adapter.session }

  /// Takes the next line, without its end.
  mutating func take(
    _ line: UnsafeRawBufferPointer, at offset: Int, into sink: inout EventSink
  ) {
    guard !isBroken else { return }
    let isBlank = line.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0d }
    defer { isAfterBlank = isBlank }
    guard !isBlank else {
      gap += line
      gap.append(0x0a)
      return
    }
    let opens = adapter.opens(
      TextLine(bytes: line, isAfterBlank: isAfterBlank, blockBytes: bytes.count))
    if isResumed, !opens {
      isBroken = true
      return
    }
    isResumed = false
    if opens || bytes.isEmpty {
      close(into: &sink)
      start = offset
      bytes = Array(line)
    } else {
      bytes += gap
      bytes += line
    }
    gap = [0x0a]
  }

  private mutating func close(into sink: inout EventSink) {
    guard !bytes.isEmpty else { return }
    let place = Place(
      source: source, bytes: start..<(start + bytes.count), digest: SHA256Digest.of(bytes).text)
    let block = TextBlock(bytes: bytes, place: place)
    bytes = []
    sink.counts.records += 1
    let before = sink.exports
    adapter.read(block, into: &sink)
    if before == sink.exports { takeExports(block, into: &sink) }
  }

  /// A memory that kairos wrote is an echo wherever it stands.
  private func takeExports(_ block: TextBlock, into sink: inout EventSink) {
    let isThere = block.bytes.withUnsafeBytes {
      ByteScan.first(AgentMemory.exportWord, in: $0) != nil
    }
    guard isThere else { return }
    let frame = EventSink.Frame(
      key: block.place.digest, session: adapter.session ?? source, at: nil, place: block.place,
      cwd: nil, branch: nil)
    for (index, export) in AgentMemory.split(block.text).exports.enumerated() {
      sink.message(
        frame, part: "export.\(index)", actor: .memory, provenance: .memory, text: export)
    }
  }

  /// Reads the last block; returns what must be kept for the next reading.
  mutating func finish(hasTail: Bool, into sink: inout EventSink) -> String {
    let bad = sink.counts.badLines
    close(into: &sink)
    // A last line that is not complete yet is no damage.
    if hasTail, sink.counts.badLines > bad { sink.counts.badLines -= 1 }
    let cut: Cut = hasTail ? .torn : isAfterBlank ? .afterBlank : .afterLine
    return String(cut.rawValue) + adapter.state
  }
}
