import Ingest
import KairosModel
import Testing

/// Lines that are glued, torn or no records, and what the report says of them.
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
