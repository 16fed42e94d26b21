import Ingest
import KairosModel
import KairosTestSupport
import Testing

/// Rollouts of every generation.
@Suite struct CodexTests {
  @Test func onePromptComesOnceThroughTwoStreams() {
    let result = read(
      [
        Rollout.meta("s1"), Rollout.message("user", "<environment_context>x</environment_context>"),
        Rollout.message("user", "go on"), Rollout.prompt("go on"),
        Rollout.message("assistant", "Yes."),
        Rollout.line("event_msg", #"{"type":"agent_message","message":"Yes."}"#),
        Rollout.prompt("and now?"), Rollout.message("user", "and now?"),
        Rollout.message("user", "go on"), Rollout.prompt("go on"),
      ], .codex)
    #expect(
      result.messages == [
        "harness: x", "typed: go on", "said: Yes.", "typed: and now?", "typed: go on",
      ])
    #expect(result.session == "s1")
    #expect(result.events.allSatisfy { $0.cwd == "/home/ada/lamp" && $0.branch == "main" })
    #expect(Set(result.events.map(\.id)).count == 5)
  }

  @Test(arguments: [
    ("# AGENTS.md instructions for /x\n\n<INSTRUCTIONS>\nUse tabs.\n</INSTRUCTIONS>", "memory"),
    ("<user_instructions>\nUse tabs.\n</user_instructions>", "memory"),
    ("<skill>\nUse tabs.\n</skill>", "memory"),
    ("<permissions instructions>\nx\n</permissions instructions>", "harness"),
    ("<turn_aborted>\nx\n</turn_aborted>", "harness"),
  ])
  func injectedTextsAreNotTyped(text: String, provenance: String) {
    let result = read([Rollout.meta("s1"), Rollout.message("user", text)], .codex)
    #expect(result.events.map(\.provenance.rawValue) == [provenance])
  }

  @Test func theEditorsContextIsNotTyped() {
    let text =
      "# Context from my IDE setup:\n\n## Open tabs:\n- a.go\n\n"
      + "## My request for Codex:\nUse tabs.\n"
    #expect(
      read([Rollout.meta("s1"), Rollout.prompt(text)], .codex).messages == ["typed: Use tabs."])
  }

  @Test(arguments: [
    (#"{"command":["bash","-lc","make test"],"workdir":"/w"}"#, "make test"),
    (#"{"command":["/bin/zsh","-c","make"]}"#, "make"),
    (#"{"command":["rg","a b","x.go"]}"#, "rg 'a b' x.go"),
    (#"{"command":"ls","workdir":"/w"}"#, "ls"), (#"{"cmd":"ls -l"}"#, "ls -l"),
  ])
  func commands(arguments: String, command: String) {
    let calls = read([Rollout.meta("s1"), Rollout.call("c1", "shell", arguments)], .codex).calls
    #expect(calls.map(\.command) == [command])
    #expect(calls[0].workdir == (arguments.contains("/w") ? "/w" : nil))
  }

  @Test(
    arguments: [
      (
        #"{"output":"ok\n","metadata":{"exit_code":0,"duration_seconds":0.1}}"#, "succeeded", 0,
        "ok\n"
      ),
      (#"{"output":"no","metadata":{"exit_code":2}}"#, "failed", 2, "no"),
      ("Exit code: 1\nWall time: 0 seconds\nTotal output lines: 9\nOutput:\nno", "failed", 1, "no"),
      ("Exit code: 124\nOutput:\n", "timed-out", 124, ""),
      ("Chunk ID: ab\nWall time: 1\nProcess exited with code 0\nOutput:\nok", "succeeded", 0, "ok"),
      ("Chunk ID: ab\nProcess running with session ID 7\nOutput:\nhalf", "unknown", nil, "half"),
      ("apply_patch verification failed: x", "failed", nil, "apply_patch verification failed: x"),
      ("aborted by user after 3s", "interrupted", nil, "aborted by user after 3s"),
      (
        #"[{"type":"text","text":"one"},{"type":"text","text":"two"}]"#, "succeeded", nil,
        "one\ntwo"
      ),
      ("Plan updated", "succeeded", nil, "Plan updated"),
    ] as [(String, String, Int?, String)])
  func outputs(output: String, status: String, code: Int?, text: String) {
    let results = read(
      [Rollout.meta("s1"), Rollout.call("c1", "shell", "{}"), Rollout.output("c1", output)], .codex
    ).results
    #expect(results.map(\.status.rawValue) == [status])
    #expect(results[0].exitCode == code)
    #expect(results[0].output == text)
  }

  @Test func refusalsAreApprovals() {
    let result = read(
      [
        Rollout.meta("s1"), Rollout.call("c1", "shell", #"{"command":"rm -r x"}"#),
        Rollout.output("c1", "exec command rejected by user"),
      ], .codex)
    #expect(result.results[0].status == .denied)
    #expect(result.approvals.map(\.question) == ["shell: rm -r x"])
  }

  private static let patch = """
    *** Begin Patch
    *** Add File: new.go
    +package a
    *** Update File: a.go
    @@ func main
     keep
    -old
    +new
    *** Update File: from.go
    *** Move to: to.go
    @@
    -x
    +y
    *** Delete File: gone.go
    *** End Patch
    """

  @Test(arguments: ["custom", "function", "shell", "heredoc"])
  func patchesAreEdits(form: String) {
    let input = quoted(Self.patch)
    let shell = #"{"command":["apply_patch",\#(input)]}"#
    let heredoc = #"{"command":\#(quoted("apply_patch <<'EOF'\n" + Self.patch + "\nEOF"))}"#
    let call =
      switch form {
      case "custom":
        Rollout.line(
          "response_item",
          #"{"type":"custom_tool_call","name":"apply_patch","input":\#(input),"call_id":"c1"}"#)
      case "function": Rollout.call("c1", "apply_patch", #"{"input":\#(input)}"#)
      case "shell": Rollout.call("c1", "shell", shell)
      default: Rollout.call("c1", "shell_command", heredoc)
      }
    let done = Rollout.output("c1", #"{"output":"Success.","metadata":{"exit_code":0}}"#)
    let edits = read([Rollout.meta("s1"), call, done], .codex).edits
    #expect(edits.map(\.action) == [.create, .update, .rename, .delete])
    #expect(edits.map(\.path) == ["new.go", "a.go", "from.go", "gone.go"])
    #expect(edits[1].before == "keep\nold" && edits[1].after == "keep\nnew")
    #expect(edits[2].newPath == "to.go")
    let failed = Rollout.output("c1", "apply_patch verification failed: x")
    #expect(read([Rollout.meta("s1"), call, failed], .codex).edits.isEmpty)
  }

  @Test func aResumedCopyHasTheSameIds() {
    func body(_ second: Int) -> [String] {
      [
        Rollout.message("user", "go on", second: second), Rollout.prompt("go on", second: second),
        Rollout.call("c1", "shell", #"{"command":"ls"}"#, second: second),
        Rollout.output("c1", "Exit code: 0\nOutput:\na", second: second),
        Rollout.message("assistant", "Yes.", second: second),
        Rollout.line(
          "event_msg", #"{"type":"turn_aborted","reason":"interrupted"}"#, second: second),
        Rollout.message("user", "go on", second: second),
      ]
    }
    let parent = read([Rollout.meta("s1")] + body(1), .codex)
    let copy = read(
      [Rollout.meta("s2", second: 50), Rollout.meta("s1", second: 50)] + body(50)
        + [Rollout.message("user", "more", second: 55)], .codex)
    #expect(copy.session == "s2")
    #expect(copy.events.dropLast().map(\.id) == parent.events.map(\.id))
    #expect(copy.events[0].at == Timestamp(milliseconds: Build.start.milliseconds + 50_000))
  }

  @Test func summariesAndNoise() {
    let result = read(
      [
        Rollout.meta("s1"), Rollout.line("compacted", #"{"message":"We did x."}"#),
        Rollout.line("event_msg", #"{"type":"token_count","info":{}}"#),
        Rollout.line("turn_context", #"{"cwd":"/home/ada/lamp/sub"}"#),
        Rollout.message("developer", "Be brief."), Rollout.line("world_state", "{}"),
        Rollout.line(
          "response_item", #"{"type":"ghost_snapshot","ghost_commit":{"id":"x"}}"#),
      ], .codex)
    #expect(result.messages == ["summary: We did x.", "harness: Be brief."])
    #expect(result.events[1].cwd == "/home/ada/lamp/sub")
    #expect(result.counts.unknown == 0)
  }

  @Test(arguments: [
    ("1767614400.5", 500), ("1767614400", 0), ("1767614400007", 7),
    (#""2026-01-05T13:00:00+01:00""#, 0),
  ])
  func timesOfOtherWriters(time: String, milliseconds: Int64) {
    let line =
      #"{"timestamp":\#(time),"type":"response_item","payload":{"role":"assistant","content":["#
      + #"{"type":"output_text","text":"Yes."}]}}"#
    let result = read([Rollout.meta("s1"), line], .codex)
    #expect(result.messages == ["said: Yes."])
    #expect(result.events[0].at?.milliseconds == Build.start.milliseconds + milliseconds)
  }
}
