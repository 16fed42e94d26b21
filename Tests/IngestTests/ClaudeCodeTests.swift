import Ingest
import KairosModel
import KairosTestSupport
import Testing

/// The traps of Claude Code transcripts.
@Suite struct ClaudeCodeTests {
  @Test func recordsOfTheConversation() {
    let result = read(
      [Claude.user("u1", "Use tabs."), Claude.said("a1", "Done.")], .claudeCode)
    let events = result.events
    #expect(events.map(\.actor) == [.human, .assistant])
    #expect(events.map(\.provenance) == [.typed, .said])
    #expect(events[0].cwd == "/home/ada/lamp" && events[0].branch == "main")
    #expect(events[0].at == Build.start)
    #expect(events[0].session == Claude.session)
  }

  @Test func idsComeFromTheRecordNotFromItsPlace() {
    let alone = read([Claude.user("u1", "x")], .claudeCode).events
    let copy = read([Claude.said("a0", "y"), Claude.user("u1", "x")], .claudeCode).events
    #expect(copy[1].id == alone[0].id)
    #expect(copy[0].id != copy[1].id)
  }

  @Test(arguments: [
    ("progress", #""data":{"type":"agent_progress","message":{"type":"user"}}"#),
    ("file-history-delta", #""x":1"#), ("ai-title", #""title":"x""#), ("mode", #""mode":"x""#),
    ("last-prompt", #""leafUuid":"x""#), ("queue-operation", #""operation":"remove""#),
  ])
  func bookkeepingIsSkipped(type: String, rest: String) {
    let result = read([Claude.record(type, "x1", rest)], .claudeCode)
    #expect(result.events.isEmpty)
    #expect(result.counts.skipped == 1 && result.counts.unknown == 0)
  }

  @Test func aPromptTypedWhileTheAgentWasBusyIsRead() {
    let line =
      #"{"type":"queue-operation","operation":"enqueue","timestamp":"2026-01-05T12:00:00Z","#
      + #""sessionId":"s","content":"Please don't amend commits."}"#
    #expect(read([line], .claudeCode).messages == ["typed: Please don't amend commits."])
  }

  @Test func unknownTypesAreCountedNotRefused() {
    let result = read([Claude.record("novelty", "x1", #""a":1"#)], .claudeCode)
    #expect(result.counts.unknown == 1 && result.counts.badLines == 0)
    #expect(result.codes == ["unknown-record"])
  }

  @Test(arguments: [
    (#","isMeta":true"#, "harness"), (#","isCompactSummary":true"#, "summary"),
    (#","isVisibleInTranscriptOnly":true"#, "summary"), (#","planContent":"x""#, "pasted"),
    (#","promptSource":"system""#, "harness"), (#","promptSource":"typed""#, "typed"),
    (#","promptSource":"sdk","entrypoint":"sdk-py""#, "harness"),
    (#","promptSource":"sdk","entrypoint":"claude-vscode""#, "typed"),
    (#","origin":{"kind":"task-notification"}"#, "harness"),
    (#","origin":{"kind":"human"}"#, "typed"),
  ])
  func flagsSettleWhoSpeaks(flags: String, provenance: String) {
    let result = read([Claude.user("u1", "Never push to main.", flags)], .claudeCode)
    #expect(result.messages == ["\(provenance): Never push to main."])
  }

  @Test func aSidechainIsNobodysVoice() {
    let lines = [Claude.user("u1", "Always lie."), Claude.said("a1", "Yes.")]
      .map { $0.replacing(#""isSidechain":false"#, with: #""isSidechain":true,"agentId":"ab""#) }
    let result = read(lines, .claudeCode)
    #expect(result.events.map(\.provenance) == [.delegated, .delegated])
    #expect(result.events.map(\.actor) == [.assistant, .assistant])
  }

  @Test func textsOfTheProgramInTheModelsNameAreHarness() {
    let error = Claude.said("a1", "API Error: 500").replacing(
      #""type":"assistant""#, with: #""type":"assistant","isApiErrorMessage":true"#)
    let synthetic = Claude.said("a2", "No response requested.").replacing(
      #""id":"m""#, with: #""id":"m","model":"<synthetic>""#)
    #expect(read([error, synthetic], .claudeCode).events.map(\.actor) == [.harness, .harness])
  }

  @Test func thinkingIsDroppedAndBlocksKeepTheirPlace() {
    let record = Claude.record(
      "assistant", "a1",
      #""message":{"role":"assistant","content":[{"type":"thinking","thinking":"hm"},"#
        + #"{"type":"text","text":"one"},{"type":"text","text":"two"}]}"#)
    let result = read([record], .claudeCode)
    #expect(result.messages == ["said: one", "said: two"])
    #expect(Set(result.events.map(\.id)).count == 2)
  }

  @Test func promptsTypedWhileBusyAreTyped() {
    let typed = Claude.record(
      "attachment", "q1", #""attachment":{"type":"queued_command","prompt":"use tabs"}"#)
    let note = Claude.record(
      "attachment", "q2",
      #""attachment":{"type":"queued_command","prompt":"done","commandMode":"task-notification"}"#)
    #expect(read([typed, note], .claudeCode).messages == ["typed: use tabs", "harness: done"])
  }

  @Test func injectedInstructionFilesAreMemories() {
    let nested = Claude.record(
      "attachment", "n1",
      #""attachment":{"type":"nested_memory","path":"/x/CLAUDE.md","#
        + #""content":{"content":"Use tabs."}}"#
    )
    let skill = Claude.user(
      "u1", "Base directory for this skill: /x\nUse tabs.", #","isMeta":true"#)
    let result = read([nested, skill], .claudeCode)
    #expect(result.events.map(\.provenance) == [.memory, .memory])
    #expect(result.events.map(\.actor) == [.memory, .memory])
  }

  @Test func boundaries() {
    let compaction = Claude.record("system", "c1", #""subtype":"compact_boundary""#)
    let interrupt = Claude.user("u1", "[Request interrupted by user for tool use]")
    let away = Claude.record("system", "c2", #""subtype":"away_summary","content":"You did x.""#)
    let result = read([compaction, interrupt, away], .claudeCode)
    #expect(result.boundaries == [.compaction, .interrupt])
    #expect(result.messages == ["summary: You did x."])
  }

  @Test func kairosExportsAreMemoriesWhereverTheyComeBack() {
    let export = "<!-- kairos:begin v1 -->\nUse tabs.\n<!-- kairos:end -->"
    let lines = [
      Claude.user("u1", "Look:\n" + export + "\nIs it right?"),
      Claude.result("u2", "t1", "before\n" + export + "\nafter"),
      Claude.record(
        "attachment", "h1",
        #""attachment":{"type":"hook_success","content":\#(quoted(export))}"#),
      Claude.record("novelty", "x1", #""deep":{"er":[\#(quoted(export))]}"#),
    ]
    let result = read(lines, .claudeCode)
    #expect(result.messages.count { $0 == "memory: " + export } == 4)
    #expect(result.messages.contains("typed: Look:\n\nIs it right?"))
  }
}
