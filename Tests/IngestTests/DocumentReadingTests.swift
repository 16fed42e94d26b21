import Ingest
import KairosModel
import Testing

/// What holds for every format: each is known as itself only, chunks and damage change nothing
/// that is whole, places are the bytes of elements.
@Suite struct DocumentReadingTests {
  private static let documents = DocumentFixture.all.filter {
    ![.claudeCode, .codex, .observations, .qwenCode].contains($0.format)
  }

  private func detect(_ bytes: [UInt8]) -> IngestStage.Detection? {
    IngestStage.detect(head: Array(bytes.prefix(65_536)), path: "/x/y.txt")
  }

  @Test(arguments: DocumentFixture.all.indices)
  func everyFormatIsKnownAsItselfOnly(index: Int) {
    let (text, format) = DocumentFixture.all[index]
    #expect(detect(Array(text.utf8))?.format == format)
    #expect(detect([0xef, 0xbb, 0xbf] + Array(text.utf8))?.format == format)
  }

  /// Written without line breaks, a document is a single line that no other format takes.
  @Test(arguments: documents.indices)
  func oneLineIsNoOtherFormat(index: Int) {
    let (text, format) = Self.documents[index]
    let line = text.split(separator: "\n").map { $0.drop { $0 == " " } }.joined()
    #expect(detect(Array(line.utf8))?.format == format)
    #expect(read(line, format).events.map(\.id) == read(text, format).events.map(\.id))
  }

  @Test(arguments: documents.indices)
  func aLongDocumentIsKnownByItsBeginning(index: Int) {
    let (text, format) = Self.documents[index]
    let whole = Array(text.utf8)
    let head = Array(whole.prefix(whole.count * 2 / 3))
    let (cut, complete) = (detect(head), detect(whole))
    #expect(cut?.format == format)
    #expect(cut?.session == complete?.session)
    #expect(
      SourceIdentity.id(format: format, head: head)
        == SourceIdentity.id(format: format, head: whole)
    )
  }

  @Test func twoDocumentsOfOneFormatHaveDifferentIds() {
    let ids = Self.documents.map {
      SourceIdentity.id(format: $0.format, head: Array($0.text.utf8))
    }
    // The single conversation is the first one of the export.
    #expect(Set(ids).count == ids.count - 1)
  }

  @Test(arguments: [
    "[]", "{}", "[1,2]", #"{"messages":[]}"#, #"[{"name":"x"}]"#, #"{"requests":3}"#,
    #"{"id":"T-1"}"#, #"[{"role":"assistant","content":"x"}]"#, #"{"mapping":{}}"# + "\n{}",
    #"{"trajectory":[{"x":1}]}"#, #"[{"source":"user"}]"#, #"{"version":1,"requests":[{"a":1}]}"#,
    #"[{"role":"system","content":"x"},{"role":"user","content":"y"}]"#, "[[[[", #"{"a"#,
    #"{"sessionId":"x","lastUpdated":"y","messages":[]}"#,
  ])
  func otherDocumentsAreNone(text: String) { #expect(detect(Array(text.utf8)) == nil) }

  /// Data, settings and reports that look a little like a transcript.
  @Test(arguments: [
    #"[{"source":"/old","action":"redirect","destination":"/new"}]"#,
    #"[{"id":1,"timestamp":"2026-01-05","source":"sensor","observation":"warm"}]"#,
    #"{"trajectory":[{"action":[0.1,0.2],"observation":[1,2]}],"history":[]}"#,
    #"{"mapping":{"_doc":{"properties":{"id":{"type":"keyword"}}}}}"#,
    #"{"mapping":{"a":{"id":1},"b":{"id":2}},"title":"Keys"}"#,
    #"{"id":"T-100","title":"A ticket","messages":[{"by":"ada","text":"x"}]}"#,
    #"{"info":{"title":"API"},"item":[],"messages":[]}"#, #"{"info":{"name":"x"}}"#,
    #"{"history":[{"date":"2026-01-05","content":"x"}]}"#,
    #"{"requests":[{"url":"/a","method":"GET"}],"version":1}"#,
    #"{"sessionId":"x","messages":["a"]}"#, #"[{"role":"admin","content":[{"type":"page"}]}]"#,
    #"[{"role":"user","name":"ada"}]"#, #"{"cells":[{"cell_type":"code","source":[]}]}"#,
    #"{"compilerOptions":{"strict":true},"include":["src"]}"#,
    #"{"name":"lamp","version":"1.0.0","scripts":{"test":"make"}}"#,
    #"[{"filePath":"/a.js","messages":[{"ruleId":"semi"}],"errorCount":1}]"#,
  ])
  func ordinaryDocumentsAreNoTranscripts(text: String) {
    #expect(detect(Array(text.utf8)) == nil)
  }

  @Test(arguments: documents.indices, [1, 7, 4096])
  func chunksOfAnySizeGiveTheSame(index: Int, size: Int) {
    let (text, format) = Self.documents[index]
    let bytes = Array(text.utf8)
    let (whole, cut) = (read(bytes, format), read(bytes, format, chunk: size))
    #expect(whole.events == cut.events)
    #expect(whole.events.count >= 3)
    #expect(whole.cursor == cut.cursor)
    #expect(Set(whole.events.map(\.id)).count == whole.events.count)
  }

  @Test(arguments: documents.indices)
  func placesAreTheBytesOfAnElement(index: Int) throws {
    let (text, format) = Self.documents[index]
    let bytes = [0xef, 0xbb, 0xbf] + Array(text.utf8)
    for event in read(bytes, format).events {
      let range = try #require(event.place.bytes)
      #expect(event.place.digest == SHA256Digest.of(bytes[range]).text)
      #expect(bytes[range.lowerBound] == UInt8(ascii: "{"))
      #expect(bytes[range.upperBound - 1] == UInt8(ascii: "}"))
    }
  }

  @Test(arguments: documents.indices)
  func nothingThatIsWholeIsLostToATornEnd(index: Int) {
    let (text, format) = Self.documents[index]
    let bytes = Array(text.utf8)
    for cut in stride(from: 1, to: bytes.count, by: 13) {
      let torn = read(Array(bytes[..<cut]), format)
      #expect(torn.codes.contains("unfinished-document"), "cut at \(cut)")
    }
    let most = read(Array(bytes.dropLast(4)), format)
    #expect(most.events.count >= read(bytes, format).events.count / 2)
  }

  @Test func garbageInTheMiddleEndsTheDocument() {
    let text = DocumentFixture.openHands.replacing(#"{"id":4,"#, with: #"oops {"id":4,"#)
    let result = read(text, .openHands)
    #expect(result.messages == ["typed: Fix the build.", "said: I build."])
    #expect(result.results.count == 1)
    #expect(result.codes == ["broken-document"])
    #expect(result.counts.badLines >= 1)
    #expect(!result.findings.map(\.message).joined().contains("oops"))
  }

  @Test func brokenTextIsReplacedAndNotLost() {
    var bytes = Array(DocumentFixture.amp.utf8)
    let at = bytes.firstRange(of: Array("tabs".utf8))?.lowerBound ?? 0
    bytes[at] = 0xff
    #expect(read(bytes, .amp).messages.first == "typed: Use \u{FFFD}abs.")
    let lone = DocumentFixture.amp.replacing("Use tabs.", with: #"Use \ud83d tabs."#)
    #expect(read(lone, .amp).messages.first == "typed: Use \u{FFFD} tabs.")
  }

  @Test func aChangedDocumentIsReadWholeAgain() {
    let text = DocumentFixture.amp
    let cursor = read(text, .amp).cursor
    let same = read(Array(text.utf8), .amp, resume: cursor)
    #expect(!same.rewritten && same.events.isEmpty)
    let longer = Array(text.replacing("Use tabs.", with: "Use tabs, always.").utf8)
    let changed = read(longer, .amp, resume: cursor)
    #expect(changed.rewritten && changed.events.isEmpty)
    #expect(read(longer, .amp).cursor.offset == longer.count)
  }

  @Test func aDocumentBeyondTheLimitIsNamedAndNotRead() {
    var options = IngestOptions(project: "dir:lamp")
    options.documentBytes = 100
    let result = read(Array(DocumentFixture.amp.utf8), .amp, options: options)
    #expect(result.events.isEmpty)
    #expect(result.codes == ["long-document"])
  }

  @Test(arguments: [
    (SourceFormat.amp, "Use tabs."), (.geminiCLI, "Use tabs in @a.go"), (.cline, "Add a lamp."),
    (.openHands, "Fix the build."), (.copilotChat, "Use tabs."), (.chatGPT, "Sum 1 and 2."),
  ])
  func secretsAndMemoriesInPromptsAreToldApart(format: SourceFormat, prompt: String) throws {
    let secret = "ghp_" + String(repeating: "aB3dE6gH9k", count: 4).prefix(36)
    let export = "<!-- kairos:begin x -->Use spaces.<!-- kairos:end -->"
    let fixture = try #require(Self.documents.first { $0.format == format }).text
    let result = read(fixture.replacing(prompt, with: "Take \(secret) \(export)"), format)
    #expect(result.messages.contains("memory: " + export))
    #expect(result.messages.contains { $0.hasPrefix("typed: Take [redacted:") })
    #expect(!result.messages.joined().contains(secret))
  }
}
