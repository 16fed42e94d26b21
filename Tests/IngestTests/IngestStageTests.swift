import Ingest
import KairosModel
import Testing

/// Formats are known by content, never by name.
@Suite struct IngestStageTests {
  private func detect(_ text: String) -> IngestStage.Detection? {
    IngestStage.detect(head: Array(text.utf8.prefix(65_536)), path: "/x/y.txt")
  }

  @Test(arguments: [
    Claude.user("u1", "hi"), #"{"type":"summary","summary":"x","leafUuid":"u"}"#,
    #"{"type":"file-history-snapshot","messageId":"m","snapshot":{}}"#,
    "\u{FEFF}" + Claude.said("a1", "hi"), "\n" + Claude.user("u1", "hi"),
    "not json\n" + Claude.user("u1", "hi"),
    Claude.user("u1", String(repeating: "x", count: 99_999)),
  ])
  func claudeCode(text: String) { #expect(detect(text)?.format == .claudeCode) }

  @Test(arguments: [
    Rollout.meta("s1"),
    #"{"id":"s1","timestamp":"2025-08-01T00:00:00Z","instructions":null,"git":{}}"#,
  ])
  func codex(text: String) {
    #expect(detect(text) == IngestStage.Detection(format: .codex, session: "s1"))
  }

  @Test func feed() {
    #expect(
      detect(#"{"id":"1","kind":"tool","subject":"a","predicate":"b","value":1}"#)?.format
        == .observations)
  }

  @Test(arguments: [
    "", "{}", "[]", "hello", #"{"type":"session","name":"x"}"#, #"{"messages":"x"}"#,
    #"{"messages":[""# + String(repeating: "z", count: 99_999), #"{"a":{"sessionId":"x"}}"#,
    #"{"sessionId":"x"}"#, #"{"timestamp":1,"type":"x"}"#,
  ])
  func somethingElse(text: String) { #expect(detect(text) == nil) }

  @Test func theSessionOfTheHeadIsTheOneOfTheEvents() {
    let lines = [
      #"{"type":"queue-operation","operation":"enqueue","sessionId":"first"}"#,
      Claude.user("u1", "hi"),
    ]
    let result = read(lines, .claudeCode)
    #expect(detect(lines.joined(separator: "\n"))?.session == "first")
    #expect(result.session == "first")
    #expect(result.events.allSatisfy { $0.session == "first" })
  }
}
