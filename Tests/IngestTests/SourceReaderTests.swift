import Ingest
import KairosModel
import Testing

/// Lines of any length and any damage, chunks of any size, files that grow.
@Suite struct SourceReaderTests {
  private static let claude = [
    #"{"type":"file-history-snapshot","messageId":"m","snapshot":{}}"#,
    Claude.user("u1", "Use tabs, please."),
    Claude.call("a1", "t1", "Write", #"{"file_path":"/home/ada/lamp/a.go","content":"package a"}"#),
    Claude.result("u2", "t1", "File created successfully at: /home/ada/lamp/a.go"),
    Claude.call("a2", "t2", "Bash", #"{"command":"make"}"#),
    Claude.result("u3", "t2", "Exit code 2\nbroken é", isError: true),
    Claude.said("a3", "The build is broken."),
  ]
  private static let codex = [
    Rollout.meta("s1"), Rollout.message("user", "go on"), Rollout.prompt("go on"),
    Rollout.call(
      "c1", "apply_patch",
      #"{"input":"*** Begin Patch\n*** Update File: a.go\n@@\n-old\n+new\n*** End Patch"}"#),
    Rollout.output("c1", #"{"output":"Success.","metadata":{"exit_code":0}}"#),
    Rollout.message("user", "go on"), Rollout.prompt("go on"),
  ]

  @Test(arguments: [SourceFormat.claudeCode, .codex], [1, 3, 64, 4096])
  func chunksOfAnySizeGiveTheSame(format: SourceFormat, size: Int) {
    let bytes = file(format == .codex ? Self.codex : Self.claude)
    let (whole, cut) = (read(bytes, format), read(bytes, format, chunk: size))
    #expect(whole.events == cut.events)
    #expect(whole.cursor == cut.cursor)
    #expect(whole.counts == cut.counts)
    #expect(whole.events.count >= 5)
    #expect(whole.cursor.offset == bytes.count)
    #expect(whole.cursor.prefixDigest == SHA256Digest.of(bytes).text)
  }

  @Test(arguments: [SourceFormat.claudeCode, .codex])
  func aFileThatGrewGivesWhatAWholeReadingGives(format: SourceFormat) {
    let bytes = file(format == .codex ? Self.codex : Self.claude)
    let whole = read(bytes, format)
    for cut in 0...bytes.count where cut % 5 == 0 || bytes[max(0, cut - 1)] == 0x0a {
      let before = read(Array(bytes[..<cut]), format)
      #expect(before.counts.badLines == 0)
      let after = read(bytes, format, resume: before.cursor)
      #expect(!after.rewritten)
      #expect(SessionMerge.merge([before.events + after.events]) == whole.events, "cut at \(cut)")
      #expect(after.cursor == whole.cursor)
    }
  }

  @Test func placesAreTheBytesOfTheRecord() throws {
    let bytes = file(Self.claude)
    for event in read(bytes, .claudeCode).events {
      let range = try #require(event.place.bytes)
      #expect(event.place.digest == SHA256Digest.of(bytes[range]).text)
      #expect(bytes[range.lowerBound] == UInt8(ascii: "{"))
    }
  }

  @Test func aRewrittenOrShortenedFileIsToldApart() {
    let bytes = file(Self.claude)
    let cursor = read(bytes, .claudeCode).cursor
    var changed = bytes + file([Claude.said("a9", "more")])
    changed[20] ^= 1
    let rewritten = read(changed, .claudeCode, resume: cursor)
    #expect(rewritten.rewritten && rewritten.events.isEmpty)
    #expect(rewritten.codes.contains("rewritten"))
    #expect(read(Array(bytes.dropLast(5)), .claudeCode, resume: cursor).rewritten)
  }

  @Test func gluedRecordsAreAllRead() {
    let glued = Claude.user("u1", "first") + Claude.user("u2", "second")
    let progress = Claude.record("progress", "p1", #""data":{"type":"bash_progress"}"#)
    let result = read([glued, progress + Claude.user("u3", "third")], .claudeCode)
    #expect(result.messages == ["typed: first", "typed: second", "typed: third"])
    #expect(result.codes == ["glued-line", "glued-line"])
    #expect(result.counts.badLines == 0)
  }

  @Test func whatFollowsATornRecordIsSaved() {
    let torn = String(Claude.user("u1", "lost words").prefix(220))
    let result = read([torn + Claude.user("u2", "kept"), Claude.user("u3", "next")], .claudeCode)
    #expect(result.messages == ["typed: kept", "typed: next"])
    #expect(result.counts.badLines == 1)
  }

  @Test func garbageIsCountedAndPlacedButNeverQuoted() {
    let result = read([Claude.user("u1", "a"), "{\"hunter2\": oops", "", "  \r"], .claudeCode)
    #expect(result.counts.badLines == 1)
    #expect(result.findings.map(\.code) == ["bad-line"])
    #expect(result.findings[0].path == "/home/ada/x.jsonl")
    #expect(result.findings[0].location?.hasPrefix("line 2, byte ") == true)
    #expect(!result.findings[0].message.contains("hunter2"))
  }

  @Test func endlessGarbageDoesNotFloodTheReport() {
    let result = read(Array(repeating: "garbage", count: 1000), .claudeCode)
    #expect(result.counts.badLines == 1000)
    #expect(result.findings.count == 101)
  }

  @Test func aTailIsReadWhenItIsWholeAndNotedWhenItIsCut() {
    let bytes = file(Self.claude)
    let whole = read(Array(bytes.dropLast()), .claudeCode)
    #expect(whole.events == read(bytes, .claudeCode).events)
    #expect(whole.cursor.offset < bytes.count - 1)
    let cut = read(Array(bytes.dropLast(10)), .claudeCode)
    #expect(cut.codes == ["unfinished-line"])
    #expect(cut.counts.badLines == 0)
  }

  @Test func brokenTextLosesNoRecord() {
    var bytes = file([Claude.user("u1", "XY tail"), #"\#(Claude.user("u2", "a")) "#])
    let at = bytes.firstIndex(of: UInt8(ascii: "X")) ?? 0
    bytes[at] = 0xff
    bytes[at + 1] = 0x07
    let lone = Claude.user("u3", "b").replacing(#""b""#, with: #""b\ud83d c""#)
    let result = read([0xef, 0xbb, 0xbf] + bytes + file([lone]), .claudeCode)
    #expect(
      result.messages == ["typed: \u{FFFD}\u{7} tail", "typed: a", "typed: b\u{FFFD} c"])
    #expect(result.counts.badLines == 0)
  }

  @Test func aLineOfEightMegabytesIsRead() {
    let long = String(repeating: "0123456789abcde\n", count: 1 << 19)
    let result = read(
      file([
        Claude.call("a1", "t1", "Bash", #"{"command":"cat"}"#), Claude.result("u1", "t1", long),
      ]),
      .claudeCode, chunk: 1 << 16)
    #expect(result.results.count == 1)
    #expect(result.results[0].output.utf8.count < 9000)
    #expect(result.results[0].droppedBytes == long.utf8.count - 8192)
  }

  @Test(arguments: [0, 1000, 4080, 4090, 4095, 4096, 4100, 5000])
  func aSecretAcrossTheCutIsNotKept(offset: Int) {
    let secret = "ghp_" + String(repeating: "aB3dE6gH9k", count: 4).prefix(36)
    for text in [
      String(repeating: "x ", count: offset / 2) + secret + String(repeating: " y", count: 30_000),
      String(repeating: "x ", count: 30_000) + secret + String(repeating: " y", count: offset / 2),
    ] {
      let kept = read([Claude.result("u1", "t1", text)], .claudeCode).results[0].output
      #expect(!kept.contains(secret.dropFirst(4).prefix(20)))
    }
  }
}
