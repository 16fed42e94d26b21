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

  /// The folder above `events` is the conversation; calls find their results in other files.
  @Test func eventsInFilesAreOneConversation() {
    let texts = [LaterFixture.openHandsMessage, LaterFixture.openHandsAction]
    let parts = (texts + LaterFixture.openHandsRest).enumerated().map { index, text in
      let bytes = Array(text.utf8)
      let path = "/home/ada/.openhands/conversations/c-1/events/event-0000\(index)-x.json"
      let id = SourceIdentity.id(format: .openHandsEvents, head: bytes)
      #expect(
        IngestStage.detect(head: bytes, path: path)
          == .init(format: .openHandsEvents, session: "c-1"))
      return IngestTests.read(
        bytes, .openHandsEvents, source: SourceIdentity(id: id, path: path))
    }
    let events = SessionMerge.merge(parts.map(\.events))
    #expect(events.allSatisfy { $0.session == "c-1" })
    #expect(parts.flatMap(\.calls).map(\.command) == ["make", nil, "rm x"])
    #expect(parts.flatMap(\.results).map(\.call) == ["t1", "t2", "t3"])
    #expect(parts.flatMap(\.results).map(\.status) == [.failed, .succeeded, .denied])
    #expect(parts.flatMap(\.results).map(\.exitCode) == [2, nil, nil])
    #expect(
      parts.flatMap(\.edits).map { [$0.path, $0.before, $0.after] } == [["/lamp/a.go", "x", "y"]])
    #expect(parts.flatMap(\.approvals).map(\.verdict) == [.denied])
    #expect(parts.flatMap(\.messages).last == "said: It builds.")
    #expect(parts.map(\.counts.unknown).reduce(0, +) == 0)
  }

  @Test func geminiSubAgentsAreDelegated() {
    let text = DocumentFixture.gemini.replacing(
      #""projectHash": "abc","#, with: #""projectHash": "abc", "kind": "subagent","#)
    let result = read(text, .geminiCLI)
    #expect(result.events.allSatisfy { $0.provenance != .typed && $0.provenance != .said })
    #expect(result.approvals.isEmpty)
  }
}
