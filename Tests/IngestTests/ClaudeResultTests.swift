import Ingest
import KairosModel
import Testing

/// Tool calls of Claude Code, their outcomes and what follows from them.
@Suite struct ClaudeResultTests {
  private func run(_ tool: String, _ input: String, _ result: String) -> SourceResult {
    read([Claude.call("a1", "t1", tool, input), result], .claudeCode)
  }

  @Test func callsKeepCommandsAndShortInputsOnly() {
    let calls = read(
      [
        Claude.call(
          "a1", "t1", "Bash", #"{"command":"make","timeout":5,"run_in_background":true}"#),
        Claude.call("a2", "t2", "Write", #"{"file_path":"/a.go","content":"package a"}"#),
      ], .claudeCode
    ).calls
    #expect(calls[0].command == "make")
    #expect(calls[0].input == ["timeout": "5", "run_in_background": "true"])
    #expect(calls[1].command == nil && calls[1].input == ["file_path": "/a.go"])
  }

  @Test(
    arguments: [
      ("fine", false, nil, "succeeded", nil),
      ("Exit code 127\nnot found", true, nil, "failed", 127),
      ("Exit code 124\nslow", true, nil, "timed-out", 124),
      ("Exit code 143\nCommand timed out after 2m", true, nil, "timed-out", 143),
      ("<tool_use_error>File does not exist.</tool_use_error>", true, nil, "failed", nil),
      ("<tool_use_error>Sibling tool call errored</tool_use_error>", true, nil, "interrupted", nil),
      ("[Request interrupted by user for tool use]", true, nil, "interrupted", nil),
      ("half", false, #"{"stdout":"half","interrupted":true}"#, "interrupted", nil),
      ("Permission to use Bash has been denied.", true, nil, "denied", nil),
      ("Command running in background with ID: b1", false, nil, "unknown", nil),
      ("started", false, #"{"stdout":"","backgroundTaskId":"b1"}"#, "unknown", nil),
      ("Exit code 1\n", false, #""Error: Exit code 1\n""#, "failed", 1),
      ("Exit code 1 is what make says", false, nil, "succeeded", nil),
    ] as [(String, Bool, String?, String, Int?)])
  func outcomes(text: String, isError: Bool, twin: String?, status: String, code: Int?) {
    let result = run(
      "Bash", #"{"command":"make"}"#,
      Claude.result("u1", "t1", text, isError: isError, twin: twin))
    #expect(result.results.map(\.status.rawValue) == [status])
    #expect(result.results[0].exitCode == code)
    #expect(result.results[0].call == "t1")
    #expect(result.approvals.isEmpty)
  }

  @Test(arguments: [
    ("To tell you how to proceed, the user said:\nuse make", "use make"),
    (
      "To tell you how to proceed, the user said:\nuse make\n\nNote: The user's next message may"
        + " contain a correction.", "use make"
    ),
    ("STOP what you are doing and wait for the user to tell you how to proceed.", ""),
  ])
  func refusalsCarryTheQuestionAndTheReason(tail: String, reason: String) {
    let text = "The user doesn't want to proceed with this tool use. The tool use was rejected. "
    let result = run(
      "Bash", #"{"command":"npm test"}"#, Claude.result("u1", "t1", text + tail, isError: true))
    #expect(result.results[0].status == .denied)
    #expect(
      result.approvals == [
        Approval(call: "t1", question: "Bash: npm test", verdict: .denied, answer: reason)
      ])
  }

  @Test(arguments: [
    ("\u{1b}[31mred\u{1b}[0m", "red"), ("a\u{1b}]0;title\u{7}b\u{1b}]8;;x\u{1b}\\c", "abc"),
    ("\u{1b}[2K\u{1b}[1;32m✓ ok\u{1b}(B", "✓ ok"), ("cut\u{1b}[3", "cut"),
    ("\u{1b}[é\u{1b}(é", "éé"),
    ("\u{1b}", ""), ("[2m stays", "[2m stays"),
  ])
  func coloursAreTakenOut(output: String, plain: String) {
    #expect(run("Bash", "{}", Claude.result("u1", "t1", output)).results[0].output == plain)
  }

  @Test func longOutputsKeepBothEnds() {
    let text = "first" + String(repeating: "·", count: 9000) + "last"
    let result = run("Bash", "{}", Claude.result("u1", "t1", text)).results[0]
    #expect(result.output.hasPrefix("first") && result.output.hasSuffix("last"))
    #expect(result.droppedBytes == 9 + 18_000 - 8192)
    #expect(!result.output.contains("\u{FFFD}"))
  }

  @Test func editsNeedSuccess() {
    let input = #"{"file_path":"/a.go","old_string":"x","new_string":"y"}"#
    let twin = #"{"filePath":"/a.go","oldString":"x","newString":"y","originalFile":"x"}"#
    let made = Edit(
      call: "t1", action: .update, path: "/a.go", newPath: nil, before: "x", after: "y")
    let done = Claude.result("u1", "t1", "The file /a.go has been updated.", twin: twin)
    let bare = Claude.result("u1", "t1", "The file /a.go has been updated.")
    let failed = Claude.result("u1", "t1", "String to replace not found", isError: true)
    #expect(run("Edit", input, done).edits == [made])
    #expect(run("Edit", input, bare).edits == [made])
    #expect(run("Edit", input, failed).edits.isEmpty)
  }

  @Test func everyEditToolIsAnEdit() {
    let multi = run(
      "MultiEdit",
      #"{"file_path":"/a","edits":[{"old_string":"1","new_string":"2"},"#
        + #"{"old_string":"3","new_string":"4"}]}"#,
      Claude.result("u1", "t1", "Applied 2 edits"))
    #expect(multi.edits.map(\.after) == ["2", "4"])
    let write = run(
      "Write", #"{"file_path":"/b","content":"new"}"#,
      Claude.result("u1", "t1", "File created successfully at: /b"))
    #expect(write.edits.map(\.action) == [.create])
    #expect(write.edits.map(\.after) == ["new"])
    let long = run(
      "Write", #"{"file_path":"/b","content":"\#(String(repeating: "x", count: 20_000))"}"#,
      Claude.result("u1", "t1", "The file /b has been updated."))
    #expect(long.edits[0].after.utf8.count < 8300)
  }

  @Test func answersAreJoinedWithTheirQuestions() {
    let text = #"User has answered your questions: "Which?"="B", "How, then?"="by hand". You can"#
    let twin = """
      {"questions":[{"question":"Which?","options":[{"label":"B","description":"the second"}]}],\
      "answers":{"Which?":"B","How, then?":"by hand"},\
      "annotations":{"Which?":{"notes":"for now"}}}
      """
    let structured = run("AskUserQuestion", "{}", Claude.result("u1", "t1", text, twin: twin))
    #expect(structured.approvals.map(\.question) == ["Which?", "How, then?"])
    #expect(structured.approvals.map(\.answer) == ["B: the second (for now)", "by hand"])
    let plain = run("AskUserQuestion", "{}", Claude.result("u1", "t1", text))
    #expect(plain.approvals.map(\.answer) == ["B", "by hand"])
    #expect(plain.approvals.allSatisfy { $0.verdict == .answered })
  }

  @Test func plansAreApprovedOrRefused() {
    let plan = ##"{"plan":"# Move the lamp\n\nSteps"}"##
    let yes = run(
      "ExitPlanMode", plan, Claude.result("u1", "t1", "User has approved your plan. Start."))
    #expect(yes.approvals.map(\.verdict) == [.approved])
    #expect(yes.approvals[0].question == "ExitPlanMode: # Move the lamp")
    let refusal = "The user doesn't want to proceed with this tool use. the user said:\ntoo big"
    let no = run("ExitPlanMode", plan, Claude.result("u1", "t1", refusal, isError: true))
    #expect(no.approvals.map(\.answer) == ["too big"])
  }

  @Test(arguments: [
    ("/lamp/CLAUDE.md", true), ("/lamp/AGENTS.md", true), ("/lamp/.cursor/rules/go.mdc", true),
    ("/home/a/.claude/projects/x/memory/notes.md", true), ("/lamp/GEMINI.md", true),
    (#"C:\\lamp\\CLAUDE.md"#, true), ("/lamp/README.md", false), ("/lamp/rules/go.md", false),
  ])
  func memoryFilesThatAreRead(path: String, isMemory: Bool) {
    let shown = Claude.result("u1", "t1", "     1→Use tabs.\n     2→Test first.")
    let plain = run("Read", #"{"file_path":"\#(path)"}"#, shown)
    #expect(plain.messages == (isMemory ? ["memory: Use tabs.\nTest first."] : []))
    let twin = Claude.result(
      "u1", "t1", "1→x",
      twin: #"{"type":"text","file":{"filePath":"\#(path)","content":"Use tabs."}}"#)
    #expect(
      run("Read", #"{"file_path":"\#(path)"}"#, twin).messages
        == (isMemory ? ["memory: Use tabs."] : []))
  }

  @Test func partsOfAResultAreJoined() {
    let list = Claude.record(
      "user", "u1",
      #""message":{"role":"user","content":[{"tool_use_id":"t1","type":"tool_result","content":["#
        + #"{"type":"text","text":"one"},{"type":"image","source":{}},"#
        + #"{"type":"text","text":"two"}]}]}"#
    )
    #expect(run("mcp__x", "{}", list).results.map(\.output) == ["one\ntwo"])
  }
}
