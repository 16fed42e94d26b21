import Ingest
import KairosModel
import Testing

/// What each agent's lines give: who spoke, calls with results, edits, times, folders.
@Suite struct LineAdapterTests {
  private func read(_ text: String, _ format: SourceFormat) -> SourceResult {
    IngestTests.read(Array(text.utf8), format)
  }

  @Test func droid() {
    let result = read(TextFixture.droid, .factoryDroid)
    #expect(
      result.messages == [
        "harness: be nice", "typed: Use tabs.", "said: I do.",
        "summary: We used tabs.",
      ])
    #expect(result.calls.map(\.command) == [nil, "make"])
    #expect(result.results.map(\.status) == [.succeeded, .failed])
    #expect(result.results[1].exitCode == 2)
    #expect(
      result.edits == [
        Edit(
          call: "t1", action: .create, path: "a.go", newPath: nil, before: "", after: "package a")
      ])
    #expect(result.boundaries == [.compaction])
    #expect(result.events.allSatisfy { $0.session == "d-1" && $0.cwd == "/home/ada/lamp" })
    #expect(result.counts.unknown == 1)
    #expect(result.counts.skipped == 1)
  }

  @Test func droidSubAgentsAreDelegated() {
    let text = TextFixture.droid.replacing(
      #""title":"Lamp""#, with: #""title":"x","callingSessionId":"d-0""#)
    #expect(
      read(text, .factoryDroid).events.allSatisfy {
        $0.provenance != .typed && $0.provenance != .said
      })
  }

  @Test func pi() {
    let result = read(TextFixture.pi, .pi)
    #expect(
      result.messages == ["typed: Use tabs.", "said: I do.", "summary: We used tabs."])
    #expect(result.calls.map(\.command) == [nil, "make", "git status"])
    #expect(result.results.map(\.exitCode) == [nil, 2, 0])
    #expect(result.results.map(\.status) == [.succeeded, .failed, .succeeded])
    #expect(result.calls.map(\.call) == result.results.map(\.call))
    #expect(result.edits.map { [$0.path, $0.before, $0.after] } == [["a.go", "x", "y"]])
    #expect(result.events.last?.session == "p-1")
    #expect(result.events.contains { $0.actor == .human && $0.provenance == .terminal })
  }

  @Test func copilot() {
    let result = read(TextFixture.copilot, .copilotCLI)
    #expect(result.messages == ["typed: Use tabs.", "said: I do.", "delegated: I help."])
    #expect(result.calls.map(\.command) == ["make"])
    #expect(result.results.map(\.exitCode) == [2])
    #expect(result.results.map(\.status) == [.failed])
    #expect(result.boundaries == [.interrupt])
    #expect(result.counts.skipped == 1)
    #expect(
      result.events.allSatisfy {
        $0.session == "c-1" && $0.cwd == "/home/ada/lamp" && $0.branch == "main"
      })
  }

  @Test func openAIChat() {
    let result = read(TextFixture.chat, .openAIChat)
    #expect(
      result.messages == [
        "harness: Be brief.", "typed: Use tabs.", "said: Done.", "typed: Other.",
      ])
    #expect(result.calls.map(\.command) == ["make"])
    #expect(result.results.map(\.exitCode) == [0])
    #expect(result.results.map(\.status) == [.succeeded])
    #expect(Set(result.events.map(\.session)).count == 2)
    #expect(result.events.last?.at?.rfc3339 == "2026-01-05T12:00:00Z")
  }

  @Test func geminiLines() {
    let result = read(TextFixture.gemini, .geminiLines)
    #expect(result.messages == ["typed: Use tabs.", "said: I run it.", "typed: Better way."])
    #expect(result.calls.count == 1)
    #expect(result.results.map(\.exitCode) == [2])
    #expect(result.events.allSatisfy { $0.session == "g-1" })
    #expect(result.counts.unknown == 0)
  }

  @Test func anUnknownRewindClearsTheConversation() {
    let text = TextFixture.gemini.replacing(#""$rewindTo":"m3""#, with: #""$rewindTo":"zz""#)
    #expect(read(text, .geminiLines).messages == ["typed: Better way."])
  }

  @Test(arguments: [SourceFormat.factoryDroid, .pi, .copilotCLI, .openAIChat, .geminiLines])
  func garbageAndGluedRecordsAreSurvived(format: SourceFormat) {
    let text = TextFixture.all.first { $0.format == format }?.text ?? ""
    var lines = text.split(separator: "\n").map(String.init)
    let whole = read(text, format)
    let last = lines.removeLast()
    lines[lines.count - 1] += last
    lines.insert("garbage \u{0}", at: 0)
    let damaged = read(lines.joined(separator: "\n"), format)
    #expect(damaged.counts.badLines == 1)
    #expect(damaged.messages == whole.messages)
    #expect(damaged.results == whole.results)
  }
}
