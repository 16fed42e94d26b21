import Ingest
import KairosModel
import Testing

/// What each agent's document gives: who spoke, calls with results, edits, times, folders.
@Suite struct DocumentAdapterTests {
  @Test func gemini() {
    let result = read(DocumentFixture.gemini, .geminiCLI)
    #expect(
      result.messages == [
        "typed: Use tabs in @a.go",
        "pasted: \n--- Content from referenced files ---\npackage a\n",
        "said: I run it.", "memory: Be brief.",
      ])
    #expect(result.calls.map(\.command) == ["make test", nil, nil, nil, nil])
    #expect(result.results.map(\.status) == [.failed, .succeeded, .succeeded, .denied, .succeeded])
    #expect(result.results[0].exitCode == 2)
    #expect(result.results[0].output == "1 failed")
    #expect(
      result.edits == [
        Edit(
          call: "c2", action: .update, path: "b.go", newPath: nil, before: "package a",
          after: "package b"),
        Edit(
          call: "c5", action: .create, path: "c.go", newPath: nil, before: "", after: "package c"),
      ])
    #expect(result.approvals.map(\.verdict) == [.denied])
    #expect(result.session == "g-1")
    #expect(result.events.allSatisfy { $0.session == "g-1" })
    #expect(result.counts.records == 5)
    #expect(result.counts.skipped == 1)
    #expect(result.counts.unknown == 1)
    #expect(result.counts.badLines == 1)
    #expect(result.events.first?.at?.rfc3339 == "2026-01-05T12:00:00Z")
    #expect(result.events.contains { $0.at?.rfc3339 == "2026-01-05T12:00:03.500Z" })
  }

  @Test func geminiSubAgentsAreDelegated() {
    let text = DocumentFixture.gemini.replacing(
      #""projectHash": "abc","#, with: #""projectHash": "abc", "kind": "subagent","#)
    let result = read(text, .geminiCLI)
    #expect(result.events.allSatisfy { $0.provenance != .typed && $0.provenance != .said })
    #expect(result.approvals.isEmpty)
  }

  @Test func clineWithBlocks() {
    let result = read(DocumentFixture.cline, .cline)
    #expect(
      result.messages.filter { !$0.hasPrefix("harness") } == [
        "pasted: Always use spaces.", "typed: Add a lamp.", "said: I look.", "said: Which lamp?",
        "said: The lamp is there.",
        "typed: Always run gofmt.",
      ])
    #expect(result.calls.map(\.call) == ["t1", "t2", "t3", "t4"])
    #expect(result.results.map(\.call) == ["t1", "t2", "t4"])
    #expect(result.results[0].exitCode == 2)
    #expect(result.results[0].status == .failed)
    #expect(
      result.edits == [
        Edit(call: "t2", action: .update, path: "a.go", newPath: nil, before: "old", after: "new")
      ])
    #expect(result.approvals.map(\.question) == ["Which lamp?"])
    #expect(result.approvals.map(\.answer) == ["The red one"])
    #expect(result.events.allSatisfy { $0.cwd == "/home/ada/lamp" })
    #expect(result.events.first?.at?.rfc3339 == "2026-01-05T12:02:03Z")
    #expect(!result.messages.joined().contains("hidden"))
  }

  @Test func clineWithTags() {
    let result = read(DocumentFixture.clineTags, .cline)
    #expect(
      result.messages == [
        "typed: List files.", "said: I list.", "typed: No html here.",
        "harness: [ERROR] You did not use a tool.",
      ])
    #expect(result.calls.map(\.command) == ["ls -la", nil])
    #expect(result.results.map(\.call) == result.calls.map(\.call))
    #expect(result.results.map(\.exitCode) == [0, nil])
    #expect(result.results.map(\.status) == [.succeeded, .denied])
    #expect(result.edits.isEmpty)
    #expect(result.approvals.map(\.verdict) == [.denied])
    #expect(result.events.first?.at?.rfc3339 == "2026-01-05T12:00:00Z")
  }

  @Test func openHands() {
    let result = read(DocumentFixture.openHands, .openHands)
    #expect(
      result.messages == ["typed: Fix the build.", "said: I build.", "said: It builds."])
    #expect(result.calls.map(\.command) == ["make", nil, "rm -rf x", "sleep 99"])
    #expect(result.calls[0].call == "call_1")
    #expect(result.results.map(\.call) == result.calls.map(\.call))
    #expect(result.results.map(\.status) == [.failed, .succeeded, .denied, .unknown])
    #expect(result.results.map(\.exitCode) == [2, nil, nil, nil])
    #expect(result.edits.map(\.before) == ["old"])
    #expect(result.edits.map(\.after) == ["new"])
    #expect(result.events.last?.cwd == "/workspace/lamp")
    #expect(result.events.first?.at?.rfc3339 == "2026-01-05T12:00:01Z")
    #expect(result.counts.badLines == 1)
  }

  @Test func sweAgent() {
    let result = read(DocumentFixture.sweAgent, .sweAgent)
    #expect(
      result.messages == [
        "pasted: ISSUE: always use tabs", "said: I list.", "said: I build.",
      ])
    #expect(result.calls.map(\.command) == ["ls", "cd src && make", nil])
    #expect(result.calls.last?.tool == "edit")
    #expect(result.results.map(\.call) == result.calls.map(\.call))
    #expect(result.results.map(\.status) == [.unknown, .unknown, .unknown])
    #expect(
      result.events.compactMap(\.cwd) == Array(repeating: "/lamp", count: 6)
        + Array(repeating: "/lamp/src", count: 4))
    #expect(result.edits.map(\.path) == ["a.go", "b.go"])
    #expect(result.edits.map(\.action) == [.update, .create])
    #expect(result.edits[0].after == "package a\nnew")
    #expect(result.counts.badLines == 1)
    let history = read(DocumentFixture.sweHistory, .sweAgent)
    #expect(history.calls.map(\.command) == ["ls"])
    #expect(history.results.map(\.output) == ["a.go"])
  }

  @Test func miniSWEAgent() {
    let result = read(DocumentFixture.mini, .miniSWEAgent)
    #expect(result.messages.filter { $0.hasPrefix("pasted") }.count == 1)
    #expect(
      result.calls.map(\.command) == [
        "ls -la", "echo COMPLETE_TASK_AND_SUBMIT_FINAL_OUTPUT && git diff",
      ])
    #expect(result.results.map(\.call) == result.calls.map(\.call))
    #expect(result.results.map(\.exitCode) == [2, nil])
    #expect(result.results[0].output == "boom")
    #expect(result.edits.map(\.path) == ["a.go"])
    #expect(result.messages.contains { $0.hasPrefix("harness: Please always") })
    let later = read(DocumentFixture.miniObject, .miniSWEAgent)
    #expect(later.calls.map(\.command) == ["ls"])
    #expect(later.results.map(\.output) == ["a.go"])
    #expect(later.results.map(\.status) == [.succeeded])
    #expect(later.events.last?.at?.rfc3339 == "2026-01-05T12:00:01.500Z")
    #expect(later.events.allSatisfy { $0.cwd == "/lamp" })
  }

  @Test func chatGPT() {
    let result = read(DocumentFixture.chatGPT, .chatGPT)
    #expect(
      result.messages == [
        "memory: Answer briefly.", "typed: Sum 1 and 2.", "said: Three.", "typed: Hello",
      ])
    #expect(result.calls.map(\.tool) == ["python"])
    #expect(result.results.map(\.output) == ["3"])
    #expect(result.results.map(\.call) == result.calls.map(\.call))
    #expect(Set(result.events.map(\.session)) == ["conv-1", "conv-2"])
    #expect(result.events[1].at?.milliseconds == 1_767_614_400_104)
    #expect(result.counts.badLines == 1)
  }

  @Test func amp() {
    let result = read(DocumentFixture.amp, .amp)
    #expect(result.messages == ["typed: Use tabs.", "said: I build."])
    #expect(result.calls.map(\.command) == ["make", nil, "rm x"])
    #expect(result.results.map(\.status) == [.failed, .succeeded, .denied])
    #expect(result.results.map(\.exitCode) == [2, nil, nil])
    #expect(result.edits.map(\.before) == ["old"])
    #expect(result.events.allSatisfy { $0.cwd == "/home/ada/lamp" && $0.at != nil })
    #expect(result.session == "T-11111111-2222-3333-4444-555555555555")
    #expect(result.counts.badLines == 1)
  }

  @Test func copilotChat() {
    let result = read(DocumentFixture.copilot, .copilotChat)
    #expect(
      result.messages == [
        "typed: Use tabs.", "said: I build.", "said: It fails.", "typed: Try again.",
        "said: I try `a.go`",
      ])
    #expect(result.calls.map(\.command) == ["make", "make"])
    #expect(result.results.map(\.exitCode) == [2, 0])
    #expect(result.results[0].output.hasPrefix("boom"))
    #expect(result.edits.map(\.path) == ["/home/ada/lamp/a.go"])
    #expect(result.boundaries == [.interrupt])
    #expect(result.events.allSatisfy { $0.at != nil })
    #expect(result.counts.badLines == 1)
  }

  @Test func qwenCode() {
    let result = read(DocumentFixture.qwen, .qwenCode)
    #expect(result.messages == ["typed: Use tabs.", "said: I build.", "harness: Task done."])
    #expect(result.calls.map(\.command) == ["make"])
    #expect(result.results.map(\.exitCode) == [2])
    #expect(result.results.map(\.output) == ["boom"])
    #expect(result.boundaries == [.compaction])
    #expect(result.session == "qs")
    #expect(result.events.allSatisfy { $0.cwd == "/home/ada/lamp" && $0.branch == "main" })
  }
}
