import Ingest

/// Formats that came later, and the lists of prompts that agents keep.
enum LaterFixture {
  private static func lines(_ lines: [String]) -> String { lines.joined(separator: "\n") + "\n" }

  static let copilotLog = lines([
    #"{"kind":0,"v":{"version":3,"creationDate":1767614400000,"sessionId":"v-1","requests":[]}}"#,
    #"{"kind":2,"k":["requests"],"v":[{"requestId":"r1","timestamp":1767614400000,"#
      + #""message":{"text":"Use tabs.","parts":[]},"variableData":{"variables":[{"kind":"image","#
      + #""value":"\#(ConformanceCase.image)"}]},"response":[{"value":"I thi"}]}]}"#,
    #"{"kind":1,"k":["customTitle"],"v":"Tabs"}"#,
    #"{"kind":2,"k":["requests"],"v":[{"requestId":"r2","timestamp":1767614500000,"#
      + #""message":{"text":"Taken back."},"response":[]}]}"#,
    #"{"kind":1,"k":["requests",0,"result"],"v":{"metadata":{"toolCallRounds":[{"response":"#
      + #""I build.","toolCalls":[{"id":"c1","name":"run_in_terminal","arguments":"#
      + #""{\"command\":\"make\"}"}]},{"response":"It fails.","toolCalls":[]}],"#
      + #""toolCallResults":{"c1":{"content":[{"value":"boom\nCommand exited with code 2"}]}}}}}"#,
    #"{"kind":2,"k":["requests",0,"response"],"v":[{"kind":"textEditGroup","uri":{"path":"#
      + #""/home/ada/lamp/a.go"},"edits":[[{"text":"new","range":{}}]]}],"i":0}"#,
    #"{"kind":2,"k":["requests"],"i":1,"v":[{"requestId":"r3","timestamp":1767614600000,"#
      + #""message":{"text":"Better way."},"response":[{"value":"Fine."}]}]}"#,
    #"{"kind":3,"k":["inputState"]}"#,
  ])

  static let claudeHistory = lines([
    #"{"display":"Use tabs.","pastedContents":{},"timestamp":1767614400000,"#
      + #""project":"/home/ada/lamp","sessionId":"h-1"}"#,
    #"{"display":"/clear","pastedContents":{},"timestamp":1767614401000,"#
      + #""project":"/home/ada/lamp","sessionId":"h-1"}"#,
    #"{"display":"Use spaces.","pastedContents":{},"timestamp":1767614402000,"#
      + #""project":"/home/ada/fan"}"#,
  ])

  static let codexHistory = lines([
    #"{"session_id":"h-1","ts":1767614400,"text":"Use tabs."}"#,
    #"{"session_id":"h-2","ts":1767614401,"text":"Use spaces."}"#,
  ])

  static let geminiLogs = #"""
    [
      {"sessionId":"h-1","messageId":0,"type":"user","message":"Use tabs.","timestamp":"2026-01-05T12:00:00.000Z"},
      {"sessionId":"h-1","messageId":1,"type":"user","message":"/quit","timestamp":"2026-01-05T12:00:01.000Z"},
      {"sessionId":"h-2","messageId":0,"type":"user","message":"Use spaces.","timestamp":"2026-01-05T12:00:02.000Z"}
    ]
    """#

  static let openHandsMessage =
    #"{"id":"e1","timestamp":"2026-01-05T12:00:00.000001","source":"user","kind":"MessageEvent","#
    + #""llm_message":{"role":"user","content":[{"type":"text","text":"Fix it."},{"type":"image","#
    + #""image_urls":["data:image/png;base64,\#(ConformanceCase.image)"]}]},"#
    + #""extended_content":[{"type":"text","text":"Skill: be brief."}]}"#

  static let openHandsAction =
    #"{"id":"e2","timestamp":"2026-01-05T12:00:01","source":"agent","kind":"ActionEvent","#
    + #""thought":[{"type":"text","text":"I build."}],"tool_name":"terminal","#
    + #""tool_call_id":"t1","action":{"kind":"TerminalAction","command":"make"}}"#

  /// The rest of a conversation: what came back, an edit, a refusal, the end.
  static let openHandsRest = [
    #"{"id":"e3","timestamp":"2026-01-05T12:00:02","source":"environment","#
      + #""kind":"ObservationEvent","tool_name":"terminal","tool_call_id":"t1","action_id":"e2","#
      + #""observation":{"kind":"TerminalObservation","content":[{"type":"text","text":"boom"}],"#
      + #""is_error":false,"exit_code":2,"metadata":{"exit_code":2,"working_dir":"/lamp"}}}"#,
    #"{"id":"e4","timestamp":"2026-01-05T12:00:03","source":"agent","kind":"ActionEvent","#
      + #""thought":[],"tool_name":"file_editor","tool_call_id":"t2","action":{"kind":"#
      + #""FileEditorAction","command":"str_replace","path":"/lamp/a.go","old_str":"x"}}"#,
    #"{"id":"e5","timestamp":"2026-01-05T12:00:04","source":"environment","#
      + #""kind":"ObservationEvent","tool_name":"file_editor","tool_call_id":"t2","#
      + #""action_id":"e4","observation":{"kind":"FileEditorObservation","#
      + #""content":[{"type":"text","#
      + #""text":"done"}],"command":"str_replace","path":"/lamp/a.go","#
      + #""prev_exist":true,"old_content":"x","#
      + #""new_content":"y"}}"#,
    #"{"id":"e6","timestamp":"2026-01-05T12:00:05","source":"agent","kind":"ActionEvent","#
      + #""thought":[],"tool_name":"terminal","tool_call_id":"t3","action":{"kind":"#
      + #""TerminalAction","command":"rm x"}}"#,
    #"{"id":"e7","timestamp":"2026-01-05T12:00:06","source":"user","#
      + #""kind":"UserRejectObservation","tool_name":"terminal","tool_call_id":"t3","#
      + #""action_id":"e6","rejection_reason":"Keep x."}"#,
    #"{"id":"e8","timestamp":"2026-01-05T12:00:07","source":"agent","kind":"ActionEvent","#
      + #""thought":[],"tool_name":"finish","tool_call_id":"t4","action":{"kind":"FinishAction","#
      + #""message":"It builds."}}"#,
    #"{"id":"e9","timestamp":"2026-01-05T12:00:08","source":"environment","#
      + #""kind":"ConversationStateUpdateEvent","key":"x","value":1}"#,
  ]
}
