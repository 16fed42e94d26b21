import Ingest
import KairosModel
import Testing

/// Chunks, growth, places and damage, for every format of lines and texts.
@Suite struct TextReadingTests {
  @Test(arguments: TextFixture.all.indices, [1, 7, 4096])
  func chunksOfAnySizeGiveTheSame(index: Int, size: Int) {
    let (text, format) = TextFixture.all[index]
    let bytes = Array(text.utf8)
    let (whole, cut) = (read(bytes, format), read(bytes, format, chunk: size))
    #expect(whole.events == cut.events)
    #expect(whole.cursor == cut.cursor)
    #expect(whole.events.count >= 1)
    #expect(Set(whole.events.map(\.id)).count == whole.events.count)
    #expect(whole.cursor.offset == bytes.count)
  }

  /// What was read of a file that has grown goes on to the same events, or is read again.
  @Test(arguments: TextFixture.all.indices)
  func aFileThatGrewGivesWhatAWholeReadingGives(index: Int) {
    let (text, format) = TextFixture.all[index]
    let bytes = Array(text.utf8)
    let whole = read(bytes, format)
    for cut in 0...bytes.count where cut % 7 == 0 || bytes[max(0, cut - 1)] == 0x0a {
      let before = read(Array(bytes[..<cut]), format)
      let after = read(bytes, format, resume: before.cursor)
      if after.rewritten { continue }
      let merged = SessionMerge.merge([before.events + after.events])
      #expect(merged == whole.events, "cut at \(cut)")
      #expect(after.cursor == whole.cursor)
    }
  }

  @Test(arguments: [
    (TextFixture.aider, SourceFormat.aider), (TextFixture.specStory, .specStory),
    (TextFixture.bash, .bashHistory), (TextFixture.droid, .factoryDroid),
  ])
  func whatBeginsABlockIsReadOn(text: String, format: SourceFormat) {
    let more: [SourceFormat: String] = [
      .aider: "\n#### One more thing.  \n", .bashHistory: "#1767700000\nls\n",
      .specStory: "\n_**User (2026-01-05 14:00:00Z)**_\n\nOne more thing.\n",
      .factoryDroid: #"{"type":"message","id":"m9","message":{"role":"user","content":"More."}}"#,
    ]
    let grown = text + (more[format] ?? "")
    let first = read(Array(text.utf8), format)
    let after = read(Array(grown.utf8), format, resume: first.cursor)
    #expect(!after.rewritten)
    #expect(after.events.count == 1)
    #expect(
      SessionMerge.merge([first.events + after.events]) == read(Array(grown.utf8), format).events)
  }

  @Test func aBlockThatGoesOnIsReadAgain() {
    let first = read(Array(TextFixture.cleanAider.utf8), .aider)
    let grown = TextFixture.cleanAider + "#### And more of it.\n"
    #expect(read(Array(grown.utf8), .aider, resume: first.cursor).rewritten)
    let torn = read(Array((TextFixture.bash + "#17677").utf8), .bashHistory)
    let whole = TextFixture.bash + "#1767700000\nls\n"
    #expect(read(Array(whole.utf8), .bashHistory, resume: torn.cursor).rewritten)
  }

  @Test(arguments: TextFixture.all.indices)
  func placesAreTheBytesOfTheBlock(index: Int) throws {
    let (text, format) = TextFixture.all[index]
    let bytes = Array(text.utf8)
    for event in read(bytes, format).events {
      let range = try #require(event.place.bytes)
      #expect(event.place.digest == SHA256Digest.of(bytes[range]).text)
      #expect(![0x0a, 0x20].contains(bytes[range.lowerBound]))
    }
  }

  @Test(arguments: TextFixture.all.indices)
  func brokenBytesLoseNothing(index: Int) {
    let (text, format) = TextFixture.all[index]
    var bytes = Array(text.utf8)
    bytes.insert(contentsOf: [0xff, 0xfe, 0x00], at: bytes.count - 3)
    let result = read(bytes, format)
    #expect(
      result.events.count + result.counts.badLines + 2
        >= read(Array(text.utf8), format).events.count)
  }

  @Test func secretsAreTakenOutOfTexts() {
    let secret = "ghp_" + String(repeating: "aB3dE6gH9k", count: 4).prefix(36)
    let text = "#1767614400\nexport TOKEN=\(secret)\n"
    let messages = read(Array(text.utf8), .bashHistory).messages
    #expect(messages.count == 1)
    #expect(!messages[0].contains(secret))
  }

  @Test func aMemoryOfKairosIsAnEchoWhereverItStands() {
    let export = "<!-- kairos:begin x -->\nuse tabs\n<!-- kairos:end -->"
    let text = TextFixture.cleanAider + "\n" + export + "\n"
    let result = read(Array(text.utf8), .aider)
    #expect(result.events.contains { $0.actor == .memory && $0.provenance == .memory })
  }
}
