import Foundation
import Ingest
import KairosModel
import Testing

/// What every adapter must do with files as they are found: whole, copied, growing, rewritten, cut
/// and damaged. `Golden` holds what each fixture gives: sessions, folders, times, who spoke, calls
/// with results and edits.
@Suite struct ConformanceTests {
  private typealias Case = ConformanceCase

  @Test func everyAdapterThatIsDeclaredHasACase() {
    // Databases have a suite of their own (`DatabaseTests`).
    let missing = Set(FormatTable.rows.map(\.format).filter { !$0.isDatabase })
      .subtracting(Case.all.map(\.format))
    #expect(missing.isEmpty, "add fixtures to ConformanceCase.all")
    #expect(Set(Case.all.map(\.testDescription)).count == Case.all.count)
  }

  // MARK: What is read

  @Test(arguments: Case.all)
  func isReadAsWritten(_ this: ConformanceCase) throws {
    let story = this.read().story
    let name = "\(this.format.rawValue)-\(this.version.replacing(" ", with: "-")).txt"
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Golden/\(name)")
    if ProcessInfo.processInfo.environment["KAIROS_UPDATE_GOLDEN"] == "1" {
      try story.write(to: file, atomically: true, encoding: .utf8)
    }
    let golden = try String(contentsOf: file, encoding: .utf8)
    #expect(story == golden, "KAIROS_UPDATE_GOLDEN=1 swift test writes what is read now")
  }

  @Test(arguments: Case.all)
  func isKnownAsItselfOnly(_ this: ConformanceCase) {
    func detect(_ bytes: [UInt8]) -> IngestStage.Detection? {
      IngestStage.detect(head: Array(bytes.prefix(65_536)), path: "/x/README.md")
    }
    let found = detect(this.bytes)
    #expect(found?.format == this.format)
    if found?.session != nil, this.format != .typescript {
      #expect(found?.session == this.read().session)
    }
    #expect(detect([0xef, 0xbb, 0xbf] + this.bytes) == found)
    guard this.kind == .document else {
      #expect(this.kind == .feed || detect([0x0a, 0x0a] + this.bytes)?.format == this.format)
      return
    }
    // Without line breaks, a document is a single line that no other format takes.
    let line = Array(this.lines.map { $0.drop { $0 == " " } }.joined().utf8)
    #expect(detect(line)?.format == this.format)
    #expect(this.read(line).ids == this.read().ids)
    // A long one is known by its beginning.
    let head = Array(this.bytes.prefix(this.bytes.count * 2 / 3))
    #expect(detect(head) == found)
    #expect(
      SourceIdentity.id(format: this.format, head: head)
        == SourceIdentity.id(format: this.format, head: this.bytes))
  }

  @Test func differentFilesHaveDifferentIds() {
    let ids = Case.all.map { SourceIdentity.id(format: $0.format, head: $0.bytes) }
    #expect(Set(ids).count == ids.count)
  }

  @Test(arguments: Case.all)
  func eventsAreToldApartAndCallsKnowTheirResults(_ this: ConformanceCase) throws {
    let result = this.read()
    #expect(!result.ids.isEmpty)
    #expect(Set(result.ids).count == result.ids.count)
    let calls = result.calls.map(\.call)
    #expect(Set(result.results.map(\.call)).isSubset(of: calls))
    #expect(Set(calls).count == calls.count)
    let byte = UInt8(ascii: "{")
    for event in result.events {
      let range = try #require(event.place.bytes)
      #expect(event.place.digest == SHA256Digest.of(this.bytes[range]).text)
      #expect(this.kind == .text || this.bytes[range.lowerBound] == byte)
    }
  }

  @Test(arguments: Case.all)
  func noPictureIsKept(_ this: ConformanceCase) {
    #expect(!this.read().story.contains(Case.image))
  }

  @Test func everyFormatThatCarriesPicturesIsTriedWithOne() {
    let tried = Set(Case.all.filter { $0.text.contains(Case.image) }.map(\.format))
    let without: Set<SourceFormat> = [
      .observations, .aider, .specStory, .asciicast, .typescript, .bashHistory, .zshHistory,
      .fishHistory, .sweAgent, .miniSWEAgent, .chatGPT, .claudeHistory, .codexHistory, .geminiLogs,
    ]
    #expect(tried.union(without) == Set(SourceFormat.allCases.filter { !$0.isDatabase }))
  }

  // MARK: Pieces, copies and growth

  @Test(arguments: Case.all, [1, 7, 64, 4096])
  func chunksOfAnySizeGiveTheSame(_ this: ConformanceCase, size: Int) {
    let (whole, cut) = (this.read(), this.read(chunk: size))
    #expect(cut.events == whole.events && cut.observations == whole.observations)
    #expect(cut.cursor == whole.cursor && cut.counts == whole.counts)
    #expect(whole.cursor.offset == this.bytes.count)
    #expect(whole.cursor.prefixDigest == SHA256Digest.of(this.bytes).text)
  }

  @Test(arguments: Case.all)
  func aCopyOrACutCopyAddsNothing(_ this: ConformanceCase) {
    let whole = this.read().events
    let cut = this.read(Array(this.bytes.dropLast(this.bytes.count / 3))).events
    #expect(SessionMerge.merge([whole, this.read().events]).map(\.id) == whole.map(\.id))
    guard this.kind == .lines else { return }
    #expect(Set(SessionMerge.merge([cut, whole]).map(\.id)) == Set(whole.map(\.id)))
  }

  /// What was read of a file that has grown goes on to the same events, or all is read again.
  @Test(arguments: Case.all)
  func growthGivesWhatAWholeReadingGives(_ this: ConformanceCase) {
    let bytes = this.bytes
    let whole = this.read()
    for cut in 0...bytes.count where cut % 11 == 0 || bytes[max(0, cut - 1)] == 0x0a {
      let before = this.read(Array(bytes[..<cut]))
      let after = this.read(resume: before.cursor)
      if after.rewritten {
        #expect(this.kind != .lines, "cut at \(cut)")
        continue
      }
      if this.kind == .document, cut == bytes.count {
        #expect(after.events.isEmpty)
        continue
      }
      let merged = SessionMerge.merge([before.events + after.events])
      #expect(merged == whole.events, "cut at \(cut)")
      #expect(after.cursor == whole.cursor)
    }
  }

  @Test(arguments: Case.all)
  func aRewrittenOrShortenedFileIsReadFromTheStart(_ this: ConformanceCase) {
    let cursor = this.read().cursor
    let other = this.text.replacing(this.spoken, with: String(this.spoken.reversed()))
    for bytes in [Array(other.utf8), Array(other.utf8) + this.bytes, this.bytes.dropLast(5)] {
      let changed = this.read(bytes, resume: cursor)
      #expect(changed.rewritten && changed.ids.isEmpty)
      #expect(changed.codes.contains("rewritten"))
    }
  }

  // MARK: Damage

  /// The end may be missing anywhere; what is whole before it is read, and nothing is made up.
  @Test(arguments: Case.all)
  func aCutEndIsNoDamage(_ this: ConformanceCase) {
    let whole = this.read()
    for cut in stride(from: 1, to: this.bytes.count - 1, by: 13) {
      let torn = this.read(Array(this.bytes[..<cut]))
      #expect(torn.counts.badLines <= whole.counts.badLines, "cut at \(cut)")
      switch this.kind {
      case .lines, .feed: #expect(whole.ids.starts(with: torn.ids), "cut at \(cut)")
      case .document: #expect(torn.codes.contains("unfinished-document"), "cut at \(cut)")
      case .changes, .text: break
      }
    }
    #expect(this.read(Array(this.bytes.dropLast(4))).ids.count >= whole.ids.count / 2)
  }

  @Test(arguments: Case.all)
  func garbageInTheMiddleCostsOnlyItself(_ this: ConformanceCase) {
    let whole = this.read()
    for at in 0..<this.lines.count {
      var lines = this.lines
      switch this.kind {
      case .lines, .changes, .feed:
        lines.insert("{\"hunter2\": \u{0}oops", at: at)
        let result = this.read(lines)
        #expect(result.ids == whole.ids && result.counts.badLines == whole.counts.badLines + 1)
      case .document:
        guard at > 0 else { continue }
        lines[at] = "hunter2 " + lines[at]
        let result = this.read(lines)
        #expect(at < this.lines.count / 2 || !result.ids.isEmpty)
        #expect(result.codes.contains("broken-document") && result.counts.badLines > 0)
      case .text:
        var bytes = this.bytes
        let ends = bytes.indices.filter { bytes[$0] == 0x0a }
        guard at < ends.count else { continue }
        bytes.insert(contentsOf: [0xff, 0xfe, 0x00, 0x0a], at: ends[at] + 1)
        let kept = this.read(bytes).ids
        #expect(kept.count + 2 >= whole.ids.count)
      }
      #expect(!this.read(lines).findings.map(\.message).joined().contains("hunter2"))
    }
  }

  @Test(arguments: Case.all.filter { $0.kind == .lines || $0.kind == .changes })
  func gluedRecordsAreAllRead(_ this: ConformanceCase) {
    let whole = this.read()
    for at in 1..<max(2, this.lines.count) where at < this.lines.count {
      var lines = this.lines
      lines[at - 1] += lines.remove(at: at)
      let glued = this.read(lines)
      #expect(glued.ids == whole.ids, "line \(at)")
      #expect(glued.counts.badLines == whole.counts.badLines)
    }
  }

  @Test(arguments: Case.all)
  func brokenTextIsReplacedAndNotLost(_ this: ConformanceCase) throws {
    let whole = this.read()
    let place = try #require(this.bytes.firstRange(of: Array(this.spoken.utf8)))
    var bytes = this.bytes
    bytes[place.lowerBound] = 0xff
    let spoken = "\u{FFFD}" + this.spoken.dropFirst()
    let broken = this.read(bytes)
    #expect(broken.story.contains(spoken))
    #expect(broken.ids.count == whole.ids.count)
    guard this.kind != .text else { return }
    let lone = this.read(Array(this.text.replacing(this.spoken, with: #"\ud83d x"#).utf8))
    #expect(lone.story.contains("\u{FFFD} x"))
    #expect(lone.ids.count == whole.ids.count)
  }

  /// Records of a type that comes with a later version.
  @Test(arguments: Case.all.filter { $0.kind == .lines || $0.kind == .changes })
  func unknownRecordsAreCountedAndPassed(_ this: ConformanceCase) {
    let whole = this.read()
    let record = #"{"type":"hologram","kind":"hologram","uuid":"z","id":7}"#
    let result = this.read(this.lines + [record])
    #expect(result.ids == whole.ids)
    #expect(result.counts.unknown == whole.counts.unknown + 1)
    #expect(result.counts.badLines == whole.counts.badLines)
    #expect(result.codes.contains("unknown-record"))
  }

  /// A record of 64 MiB, made piece by piece; what is kept of it is limited.
  @Test(arguments: Case.all.filter { $0.kind == .lines && $0.isNewest })
  func aLineOfAnyLengthIsRead(_ this: ConformanceCase) throws {
    let piece = Array(String(repeating: "0123456789abcde ", count: 1 << 16).utf8)
    let place = try #require(this.bytes.firstRange(of: Array(this.spoken.utf8)))
    var reader = this.reader
    // Prompts are looked at word by word.
    let count = [.claudeHistory, .codexHistory].contains(this.format) ? 2 : 64
    let parts = [Array(this.bytes[..<place.lowerBound])] + Array(repeating: piece, count: count)
    for part in parts + [Array(this.bytes[place.lowerBound...])] {
      part.withUnsafeBytes { reader.consume($0) }
    }
    let result = reader.finish()
    #expect(result.events.count == this.read().events.count)
    #expect(result.counts.badLines == this.read().counts.badLines)
    #expect(result.events.map { $0.canonicalBytes.count }.reduce(0, +) < 1 << 20)
  }
}
