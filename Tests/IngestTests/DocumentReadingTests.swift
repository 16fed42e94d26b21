import Ingest
import KairosModel
import Testing

/// Documents that are no transcripts, and the limits of those that are.
@Suite struct DocumentReadingTests {
  private func detect(_ bytes: [UInt8]) -> IngestStage.Detection? {
    IngestStage.detect(head: Array(bytes.prefix(65_536)), path: "/x/y.txt")
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

  @Test func garbageInTheMiddleEndsTheDocument() {
    let text = DocumentFixture.openHands.replacing(#"{"id":4,"#, with: #"oops {"id":4,"#)
    let result = read(text, .openHands)
    #expect(result.messages == ["typed: Fix the build.", "said: I build."])
    #expect(result.results.count == 1)
    #expect(result.codes == ["broken-document"])
    #expect(result.counts.badLines >= 1)
    #expect(!result.findings.map(\.message).joined().contains("oops"))
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
    let fixture = try #require(ConformanceCase.all.last { $0.format == format }).text
    let result = read(fixture.replacing(prompt, with: "Take \(secret) \(export)"), format)
    #expect(result.messages.contains("memory: " + export))
    #expect(result.messages.contains { $0.hasPrefix("typed: Take [redacted:") })
    #expect(!result.messages.joined().contains(secret))
  }
}
