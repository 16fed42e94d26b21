import Ingest
import KairosModel
import Testing

/// Sessions that another agent started, and conversations that were taken back.
@Suite struct AdapterTests {
  private func read(_ text: String, _ format: SourceFormat) -> SourceResult {
    IngestTests.read(Array(text.utf8), format)
  }

  @Test func droidSubAgentsAreDelegated() {
    let text = TextFixture.droid.replacing(
      #""title":"Lamp""#, with: #""title":"x","callingSessionId":"d-0""#)
    #expect(
      read(text, .factoryDroid).events.allSatisfy {
        $0.provenance != .typed && $0.provenance != .said
      })
  }

  @Test func anUnknownRewindClearsTheConversation() {
    let text = TextFixture.gemini.replacing(#""$rewindTo":"m3""#, with: #""$rewindTo":"zz""#)
    #expect(read(text, .geminiLines).messages == ["typed: Better way."])
  }

  @Test func geminiSubAgentsAreDelegated() {
    let text = DocumentFixture.gemini.replacing(
      #""projectHash": "abc","#, with: #""projectHash": "abc", "kind": "subagent","#)
    let result = read(text, .geminiCLI)
    #expect(result.events.allSatisfy { $0.provenance != .typed && $0.provenance != .said })
    #expect(result.approvals.isEmpty)
  }
}
