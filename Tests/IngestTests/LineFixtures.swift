import Ingest

/// Sessions of Claude Code and Codex in the forms of their versions, and a feed.
enum LineFixture {
  private static let image = ConformanceCase.image

  private static func joined(_ lines: [String]) -> String { lines.joined(separator: "\n") + "\n" }

  /// No branch, the agent's messages inline in `isSidechain`, a summary first.
  static let claude20 = joined(
    [
      #"{"type":"summary","summary":"Lamp","leafUuid":"a9"}"#,
      Claude.user("u1", "Use tabs here."), Claude.said("a1", "I will."),
      Claude.user("u2", "Find the lamp.").replacing(
        #""isSidechain":false"#, with: #""isSidechain":true"#),
      Claude.call("a2", "t1", "TodoWrite", #"{"todos":[]}"#),
      Claude.result("u3", "t1", "Todos have been modified successfully."),
      Claude.record(
        "user", "u4",
        #""message":{"role":"user","content":["#
          + #"{"type":"text","text":"See."},{"type":"image","source":{"type":"base64","#
          + #""media_type":"image/png","data":"\#(image)"}}]}"#),
    ].map {
      $0.replacing(#""gitBranch":"main","#, with: "").replacing("2.1.17", with: "2.0.64")
        .replacing(Claude.session, with: "20202020-2222-3333-4444-555555555555")
    })

  /// Snapshots of files, progress, structured results, a refusal, a compaction.
  static let claude21 = joined([
    #"{"type":"file-history-snapshot","messageId":"m","snapshot":{}}"#,
    Claude.user("u1", "Write a.go, please."),
    Claude.call("a1", "t1", "Write", #"{"file_path":"/home/ada/lamp/a.go","content":"package a"}"#),
    Claude.record("progress", "p1", #""data":{"type":"bash_progress","fullOutput":"x"}"#),
    Claude.result(
      "u2", "t1", "File created successfully at: /home/ada/lamp/a.go",
      twin: #"{"type":"create","filePath":"/home/ada/lamp/a.go","content":"package a","#
        + #""structuredPatch":[],"originalFile":null}"#),
    Claude.call(
      "a2", "t2", "Edit",
      #"{"file_path":"/home/ada/lamp/a.go","old_string":"package a","#
        + #""new_string":"package b"}"#),
    Claude.result(
      "u3", "t2", "The file has been updated.",
      twin: #"{"filePath":"/home/ada/lamp/a.go","oldString":"package a","newString":"package b","#
        + #""originalFile":"package a","structuredPatch":[]}"#),
    Claude.call("a3", "t3", "Bash", #"{"command":"make","description":"Build"}"#),
    Claude.result("u4", "t3", "Exit code 2\nbroken é", isError: true),
    Claude.call("a4", "t4", "Bash", #"{"command":"rm -rf x"}"#),
    Claude.result(
      "u5", "t4",
      "The user doesn't want to proceed with this tool use. The tool use was rejected."
        + " To tell you how to proceed, the user said:\nkeep x", isError: true),
    Claude.call("a5", "t5", "Read", #"{"file_path":"/home/ada/lamp/x.png"}"#),
    Claude.record(
      "user", "u6",
      #""message":{"role":"user","content":[{"tool_use_id":"t5","type":"tool_result","content":["#
        + #"{"type":"image","source":{"type":"base64","data":"\#(image)"}}]}]},"#
        + #""toolUseResult":{"type":"image","file":{"base64":"\#(image)"}}"#),
    Claude.record("system", "c1", #""subtype":"compact_boundary""#),
    Claude.user("u7", "We wrote a.go.", #","isCompactSummary":true"#),
    Claude.user("u8", "[Request interrupted by user]"), Claude.user("u9", "Why tabs, then?"),
    Claude.said("a6", "The build is broken."),
  ])

  /// Attachments, sources of prompts, git operations, agents in files of their own.
  static let claude220 = joined(
    [
      #"{"type":"mode","mode":"default","sessionId":"22020202-2222-3333-4444-555555555555"}"#,
      Claude.user("u1", "Build it now.", #","promptSource":"typed","promptId":"p""#),
      Claude.user("u2", "A timer fired.", #","promptSource":"system""#),
      Claude.record("attachment", "t1", #""attachment":{"type":"total_tokens_reminder"}"#),
      Claude.record(
        "attachment", "t2", #""attachment":{"type":"queued_command","prompt":"Use make."}"#),
      Claude.record(
        "attachment", "t3",
        #""attachment":{"type":"nested_memory","content":{"content":"Be brief."}}"#),
      Claude.call("a1", "t1", "Bash", #"{"command":"git commit -m x"}"#),
      Claude.result(
        "u3", "t1", "[main 5996b10] x",
        twin: #"{"stdout":"[main 5996b10] x","stderr":"","interrupted":false,"#
          + #""gitOperation":{"commit":{"sha":"5996b102","kind":"committed"}}}"#),
      Claude.call(
        "a2", "t2", "AskUserQuestion",
        #"{"questions":[{"question":"Which lamp?","options":[]}]}"#),
      Claude.result(
        "u4", "t2", "User has answered your questions: …",
        twin: #"{"questions":[{"question":"Which lamp?"}],"answers":{"Which lamp?":"Red"}}"#),
      Claude.said("a3", "I was asked.").replacing(
        #""isSidechain":false"#, with: #""isSidechain":true,"agentId":"ab""#),
    ].map {
      $0.replacing("2.1.17", with: "2.1.220")
        .replacing(Claude.session, with: "22020202-2222-3333-4444-555555555555")
    })

  static let codexBare = joined([
    #"{"id":"s0","timestamp":"2025-08-01T00:00:00Z","instructions":null,"git":{"branch":"dev"}}"#,
    #"{"record_type":"state"}"#,
    #"{"type":"message","role":"user","content":[{"type":"input_text","text":"List them."}]}"#,
    #"{"type":"local_shell_call","call_id":"c1","action":{"type":"exec","command":["ls"]}}"#,
    #"{"type":"local_shell_call_output","call_id":"c1","output":"{\"output\":\"a.go\","#
      + #"\"metadata\":{\"exit_code\":0}}"}"#,
    #"{"type":"reasoning","summary":[]}"#,
  ])

  /// Results are JSON in a string; prompts come through two streams.
  static let codex36 = joined([
    Rollout.meta("s36"),
    Rollout.message("user", "<environment_context>x</environment_context>"),
    Rollout.message("user", "go on"), Rollout.prompt("go on"),
    Rollout.call(
      "c1", "apply_patch",
      #"{"input":"*** Begin Patch\n*** Update File: a.go\n@@\n-old\n+new\n*** End Patch"}"#),
    Rollout.output("c1", #"{"output":"Success.","metadata":{"exit_code":0}}"#),
    Rollout.message("user", "go on"), Rollout.prompt("go on"),
    Rollout.message("assistant", "Change it back?"),
  ])

  /// Results are texts with a header; patches are calls of their own.
  static let codex80 = joined([
    Rollout.meta("s80"), Rollout.line("turn_context", #"{"cwd":"/home/ada/lamp/sub"}"#),
    Rollout.line(
      "response_item",
      #"{"type":"message","role":"user","content":[{"type":"input_text","text":"See."},"#
        + #"{"type":"input_image","image_url":"data:image/png;base64,\#(image)"}]}"#),
    Rollout.line(
      "event_msg", #"{"type":"user_message","message":"See.","images":["data:\#(image)"]}"#),
    Rollout.call("c1", "shell_command", #"{"command":"make","workdir":"/w"}"#, second: 1),
    Rollout.output("c1", "Exit code: 2\nWall time: 0 seconds\nOutput:\nbroken", second: 2),
    Rollout.line("event_msg", #"{"type":"token_count","info":{}}"#),
    Rollout.line(
      "response_item",
      #"{"type":"custom_tool_call","name":"apply_patch","call_id":"c2","input":"*** Begin Patch\n"#
        + #"*** Add File: b.go\n+package b\n*** End Patch"}"#, second: 3),
    Rollout.line(
      "response_item",
      #"{"type":"custom_tool_call_output","call_id":"c2","output":"{\"output\":\"Success\","#
        + #"\"metadata\":{\"exit_code\":0}}"}"#, second: 4),
    Rollout.line("event_msg", #"{"type":"turn_aborted","reason":"interrupted"}"#, second: 5),
    Rollout.line("compacted", #"{"message":"We did x."}"#, second: 6),
    Rollout.message("assistant", "It fails now.", second: 7),
  ])

  /// Unified exec, world states, instructions with their provenance, ordinals.
  static let codex153 = joined(
    [
      Rollout.line(
        "session_meta",
        #"{"id":"s153","cwd":"/home/ada/lamp","cli_version":"0.153.4","#
          + #""base_instructions":{"text":"You are"},"git":{"branch":"main"}}"#),
      Rollout.line("world_state", "{}"),
      Rollout.message("developer", "Be brief."),
      Rollout.message("user", "Run it."),
      Rollout.prompt("Run it."),
      Rollout.call("c1", "exec_command", #"{"cmd":"make"}"#, second: 1),
      Rollout.output(
        "c1", "Chunk ID: ab\nWall time: 1\nProcess exited with code 0\nOutput:\nok", second: 2),
      Rollout.line(
        "event_msg", #"{"type":"task_complete","duration_ms":5,"error":null}"#, second: 3),
      Rollout.message("assistant", "It works now.", second: 4),
    ].map { $0.replacing(#""payload":"#, with: #""ordinal":1,"payload":"#) })

  static let feed = joined(
    [("o1", "birch"), ("o2", "old oak")].map {
      #"{"id":"\#($0.0)","at":"2026-01-05T12:00:00Z","kind":"tool","subject":"table","#
        + #""predicate":"wood","value":"\#($0.1)"}"#
    })
}
