import KairosModel
import KairosTestSupport
import Testing

@testable import Extract

@Suite struct DenialsTests {
  private func found(_ events: [Event]) -> [Observation] {
    Denials().observations(
      in: SessionView(events: events),
      context: ExtractContext(scope: Scope(project: "p"), index: nil))
  }

  @Test func aReasonThatHoldsIsKept() throws {
    let one = try #require(
      found(Build.conversation([.denied("no, use uv instead of pip")])).first)
    #expect(one.statement == "Use uv instead of pip." && one.actor == .human)
    #expect(one.rule == "denial")
  }

  @Test(arguments: ["too slow", "wait, let's talk", "don't run the tests, too slow", ""])
  func aMomentIsNot(reason: String) {
    #expect(found(Build.conversation([.denied(reason)])).isEmpty)
  }

  @Test func aResultCarriesTheReasonOfFormatsWithoutApprovals() {
    let call = Build.conversation([.looked("a")])[0]
    let result = ToolResult(
      call: "call-9", status: .denied, exitCode: nil,
      output: "The tool use was rejected. The user said:\nthe user said: never force push",
      droppedBytes: 0)
    let denied = Event(
      id: "e_9", session: "one", actor: .tool, provenance: .said, at: call.at, place: call.place,
      cwd: nil, branch: nil, body: .toolResult(result))
    #expect(found([call, denied]).map(\.statement) == ["Never force push."])
  }
}
