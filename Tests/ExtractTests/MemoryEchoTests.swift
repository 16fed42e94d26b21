import Extract
import KairosModel
import KairosTestSupport
import Testing

@Suite struct MemoryEchoTests {
  private func exposures(_ turns: [Build.Turn]) -> [[String]] {
    ExtractStage(context: ExtractContext(scope: Scope(project: "p"), index: nil))
      .observations(events: Build.conversation(turns)).map(\.exposure)
  }

  @Test func whatAMemorySaysIsAnEcho() {
    let memory = "# Memory\n- Do not amend commits: it breaks the workflow.\n"
    let typed = Build.Turn.typed("please don't amend commits - it breaks the workflow")
    let exposed = exposures([.injected(memory, .memory), typed])
    #expect(exposed == [[ContentID.make("m", memory)]])
    #expect(exposures([typed]) == [[]])
    #expect(exposures([.injected("Use tabs instead of spaces.", .memory), typed]) == [[]])
  }

  @Test func sentencesOfManySessionsAreMachinery() {
    let hook = "To resume the other session, close this one and run the resume command."
    var sessions: [String: Int] = [:]
    for index in 0..<MachineryFilter.sessionsMin {
      let events = Build.conversation([.typed(hook), .typed("do it \(index)"), .typed("yes do it")])
      for key in MachineryFilter.sentenceKeys(of: events) { sessions[key, default: 0] += 1 }
    }
    #expect(MachineryFilter.machinery(sessionsByKey: sessions) == [MachineryFilter.key(of: hook)])
    #expect(MachineryFilter.machinery(sessionsByKey: sessions.mapValues { $0 - 1 }).isEmpty)
  }
}
