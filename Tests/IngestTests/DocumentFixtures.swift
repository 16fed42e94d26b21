import Ingest

/// Documents of agents that write one file as a whole, by hand after the formats' descriptions.
enum DocumentFixture {
  static let gemini = #"""
    {
      "sessionId": "g-1",
      "projectHash": "abc",
      "startTime": "2026-01-05T12:00:00.000Z",
      "lastUpdated": "2026-01-05T12:09:00.000Z",
      "messages": [
        {"id": "m1", "timestamp": "2026-01-05T12:00:00.000Z", "type": "user",
         "content": [{"text": "Use tabs in @a.go"},
                     {"inlineData": {"mimeType": "image/png", "data": "iVBORw0KGgoAAAANSUhEUg"}},
                     {"text": "\n--- Content from referenced files ---\npackage a\n"}]},
        {"id": "m2", "timestamp": "2026-01-05T12:00:02.000Z", "type": "gemini", "content": "I run it.",
         "thoughts": [{"subject": "x", "description": "secret thought"}],
         "toolCalls": [
          {"id": "c1", "name": "run_shell_command", "args": {"command": "make test"},
           "status": "success", "timestamp": "2026-01-05T12:00:03.500Z",
           "result": [{"functionResponse": {"id": "c1", "name": "run_shell_command", "response":
            {"output": "Command: make test\nDirectory: (root)\nOutput: 1 failed\nError: (none)\nExit Code: 2\nSignal: 0"}}}]},
          {"id": "c2", "name": "write_file", "args": {"file_path": "b.go", "content": "package b"},
           "status": "success", "result": [{"functionResponse": {"response": {"output": "ok"}}}],
           "resultDisplay": {"fileDiff": "x", "fileName": "b.go", "originalContent": "package a", "newContent": "package b"}},
          {"id": "c5", "name": "write_file", "args": {"file_path": "c.go", "content": "package c"}, "status": "success",
           "result": [{"functionResponse": {"response": {"output": "Successfully created and wrote to new file: c.go."}}}]},
          {"id": "c3", "name": "replace", "args": {"file_path": "a.go", "old_string": "p", "new_string": "q"},
           "status": "cancelled", "result": [{"functionResponse": {"response": {"error": "[Operation Cancelled] Reason: User did not allow tool call"}}}]},
          {"id": "c4", "name": "read_file", "args": {"file_path": "GEMINI.md"},
           "status": "success", "result": [{"functionResponse": {"response": {"output": "Be brief."}}}]}]},
        {"id": "m3", "type": "info", "content": "Update available"},
        {"id": "m4", "type": "hologram", "content": "?"},
        "garbage"
      ]
    }
    """#

  static let cline = #"""
    [{"role":"user","content":[
       {"type":"text","text":"<task>\nAdd a lamp.\n</task>\n\n<file_content path=\"README.md\">\nAlways use spaces.\n</file_content>"},
       {"type":"text","text":"<environment_details>\n# Current Time\n1/5/2026, 1:02:03 PM (Europe/Berlin, UTC+1:00)\n\n# Current Working Directory (/home/ada/lamp) Files\na.go\n</environment_details>"}]},
     {"role":"assistant","content":[
       {"type":"thinking","thinking":"hidden"},{"type":"text","text":"I look."},
       {"type":"tool_use","id":"t1","name":"execute_command","input":{"command":"make","requires_approval":"false"}}]},
     {"role":"user","content":[{"type":"tool_result","tool_use_id":"t1","content":[{"type":"text","text":"Command failed with exit code 2.\nOutput:\nboom"},{"type":"image","source":{"type":"base64","data":"iVBORw0KGgoAAAANSUhEUg"}}]}]},
     {"role":"assistant","content":[{"type":"tool_use","id":"t2","name":"replace_in_file","input":{"path":"a.go","diff":"------- SEARCH\nold\n=======\nnew\n+++++++ REPLACE"}}]},
     {"role":"user","content":[{"type":"text","text":"[replace_in_file for 'a.go'] Result:"},{"type":"text","text":"The content was successfully saved to a.go."}]},
     {"role":"assistant","content":[{"type":"tool_use","id":"t3","name":"ask_followup_question","input":{"question":"Which lamp?"}}]},
     {"role":"user","content":[{"type":"text","text":"[ask_followup_question for 'Which lamp?'] Result:\n<answer>\nThe red one\n</answer>"}]},
     {"role":"assistant","content":[{"type":"tool_use","id":"t4","name":"attempt_completion","input":{"result":"The lamp is there."}}]},
     {"role":"user","content":[{"type":"text","text":"[attempt_completion] Result:\nThe user has provided feedback.\n<feedback>\nAlways run gofmt.\n</feedback>"}]}]
    """#

  static let clineTags = #"""
    [{"role":"user","content":[{"type":"text","text":"<task>\nList files.\n</task>"}],"ts":1767614400000},
     {"role":"assistant","content":"<thinking>hm</thinking>I list.\n<execute_command>\n<command>ls -la</command>\n<requires_approval>false</requires_approval>\n</execute_command>","ts":1767614401000},
     {"role":"user","content":[{"type":"text","text":"[execute_command for 'ls -la'] Result:\nCommand executed in terminal within working directory '/x'. Exit code: 0\nOutput:\na.go"}]},
     {"role":"assistant","content":"<write_to_file>\n<path>a.html</path>\n<content>\n<b>x</b></content>\n</write_to_file>"},
     {"role":"user","content":[{"type":"text","text":"[write_to_file for 'a.html'] Result:\nThe user denied this operation and provided the following feedback:\n<feedback>\nNo html here.\n</feedback>"}]},
     {"role":"user","content":[{"type":"text","text":"[ERROR] You did not use a tool."}]}]
    """#

  static let openHands = #"""
    [{"id":0,"timestamp":"2026-01-05T12:00:00.123456","source":"agent","action":"system","args":{"content":"You are"}},
     {"id":1,"timestamp":"2026-01-05T12:00:01.000001","source":"user","action":"message","message":"x","args":{"content":"Fix the build.","image_urls":["data:image/png;base64,iVBORw0KGgoAAAANSUhEUg"]}},
     {"id":2,"timestamp":"2026-01-05T12:00:02","source":"agent","action":"run","args":{"command":"make","thought":"I build."},"tool_call_metadata":{"tool_call_id":"call_1","function_name":"execute_bash"}},
     {"id":3,"timestamp":"2026-01-05T12:00:03","source":"agent","observation":"run","content":"boom","cause":2,"extras":{"command":"make","metadata":{"exit_code":2,"working_dir":"/workspace/lamp"}}},
     {"id":4,"timestamp":"2026-01-05T12:00:04","source":"agent","action":"edit","args":{"path":"a.go","content":"new"}},
     {"id":5,"timestamp":"2026-01-05T12:00:05","source":"agent","observation":"edit","content":"done","cause":4,"extras":{"path":"a.go","old_content":"old","new_content":"new","prev_exist":true}},
     {"id":6,"timestamp":"2026-01-05T12:00:06","source":"agent","action":"run","args":{"command":"rm -rf x"}},
     {"id":7,"timestamp":"2026-01-05T12:00:07","source":"user","observation":"user_rejected","content":"Action has been rejected by the user!","cause":6,"extras":{}},
     {"id":8,"timestamp":"2026-01-05T12:00:08","source":"agent","action":"run","args":{"command":"sleep 99"}},
     {"id":9,"timestamp":"2026-01-05T12:00:09","source":"agent","observation":"run","content":"still running","cause":8,"extras":{"metadata":{"exit_code":-1}}},
     {"id":10,"timestamp":"2026-01-05T12:00:10","source":"environment","observation":"agent_state_changed","content":"","extras":{}},
     {"id":11},
     {"id":12,"timestamp":"2026-01-05T12:00:12","source":"agent","action":"finish","args":{"final_thought":"It builds."}}]
    """#

  static let sweAgent = #"""
    {"environment":"swe_main","trajectory":[
      {"action":"ls\n","observation":"a.go","response":"I list.\n```\nls\n```","state":"{\"open_file\": \"n/a\", \"working_dir\": \"/lamp\"}\n","thought":"I list."},
      {"action":"cd src && make\n","observation":"ok","response":"x","state":{"working_dir":"/lamp/src"},"thought":"I build."},
      {"action":"edit 1:1\nx\nend_of_edit","observation":"edited","state":"{}"},
      {"thought":"torn"}],
     "history":[{"role":"system","content":"You are","agent":"main"},
      {"role":"user","content":"a demonstration","is_demo":true,"agent":"main"},
      {"role":"user","content":"ISSUE: always use tabs","agent":"main"}],
     "info":{"exit_status":"submitted","submission":"diff --git a/a.go b/a.go\nindex 1..2 100644\n--- a/a.go\n+++ b/a.go\n@@ -1,2 +1,2 @@\n package a\n-old\n+new\ndiff --git a/b.go b/b.go\nnew file mode 100644\n--- /dev/null\n+++ b/b.go\n@@ -0,0 +1 @@\n+package b\n"}}
    """#

  static let sweHistory = #"""
    {"history":[{"role":"system","content":"You are","agent":"main"},
     {"role":"user","content":"ISSUE: broken","agent":"main"},
     {"role":"assistant","content":"I look.","thought":"I look.","action":"ls","agent":"main"},
     {"role":"tool","content":"a.go","agent":"main"}]}
    """#

  static let mini = #"""
    [{"role":"system","content":"One command in a bash block, ```mswea_bash_command"},
     {"role":"user","content":"Please solve this issue: it breaks"},
     {"role":"assistant","content":"I look.\n\n```mswea_bash_command\nls -la\n```"},
     {"role":"user","content":"<returncode>2</returncode>\n<output>\nboom\n</output>"},
     {"role":"assistant","content":"No command."},
     {"role":"user","content":"Please always provide EXACTLY ONE action"},
     {"role":"assistant","content":"Done.\n```bash\necho COMPLETE_TASK_AND_SUBMIT_FINAL_OUTPUT && git diff\n```"},
     {"role":"user","content":"diff --git a/a.go b/a.go\n--- a/a.go\n+++ b/a.go\n@@ -1 +1 @@\n-old\n+new\n"}]
    """#

  static let miniObject = #"""
    {"info":{"mini_version":"2.0.0","exit_status":"Submitted","config":{"environment":{"cwd":"/lamp"}}},
     "messages":[{"role":"system","content":"You are"},{"role":"user","content":"Please solve"},
      {"role":"assistant","content":"I look.","tool_calls":[{"id":"c1","function":{"name":"bash","arguments":"{\"command\":\"ls\"}"}}],"extra":{"timestamp":1767614400.25}},
      {"role":"tool","tool_call_id":"c1","content":"<returncode>0</returncode>\n<output>\na.go\n</output>","extra":{"returncode":0,"raw_output":"a.go","timestamp":1767614401.5}}],
     "trajectory_format":"mini-swe-agent-1.1"}
    """#

  static let conversation = #"""
    {"title":"Lamps","create_time":1767614400.104189,"update_time":1767614402.0,"mapping":{
     "root":{"id":"root","message":null,"parent":null,"children":["n0"]},
     "n0":{"id":"n0","parent":"root","children":["n1"],"message":{"id":"n0","author":{"role":"user"},"content":{"content_type":"user_editable_context","user_instructions":"Answer briefly."},"metadata":{"is_visually_hidden_from_conversation":true}}},
     "n1":{"id":"n1","parent":"n0","children":["old","n2"],"message":{"id":"n1","author":{"role":"user"},"create_time":1767614400.104189,"content":{"content_type":"multimodal_text","parts":[{"content_type":"image_asset_pointer","asset_pointer":"x"},"Sum 1 and 2."]},"recipient":"all"}},
     "old":{"id":"old","parent":"n1","children":[],"message":{"id":"old","author":{"role":"assistant"},"content":{"content_type":"text","parts":["abandoned"]},"recipient":"all"}},
     "n2":{"id":"n2","parent":"n1","children":["n3"],"message":{"id":"n2","author":{"role":"assistant"},"create_time":1767614401,"content":{"content_type":"code","text":"1+2"},"recipient":"python"}},
     "n3":{"id":"n3","parent":"n2","children":["n4"],"message":{"id":"n3","author":{"role":"tool","name":"python"},"create_time":null,"content":{"content_type":"execution_output","text":"3"},"metadata":{"aggregate_result":{"status":"success","in_kernel_exception":null}}}},
     "n4":{"id":"n4","parent":"n3","children":[],"message":{"id":"n4","author":{"role":"assistant"},"create_time":1767614402.5,"content":{"content_type":"text","parts":["Three."]},"recipient":"all"}}},
     "current_node":"n4","conversation_id":"conv-1","id":"conv-1"}
    """#

  static let chatGPT =
    "[" + conversation + ","
      + #"""
      {"title":"Other","mapping":{"a":{"id":"a","parent":null,"children":[],"message":{"id":"a","author":{"role":"user"},"content":{"content_type":"text","parts":["Hello"]}}}},"id":"conv-2"},7]
      """#

  static let amp = #"""
    {"v":3,"id":"T-11111111-2222-3333-4444-555555555555","created":1767614400000,"title":"Lamp",
     "env":{"initial":{"trees":[{"uri":"file:///home/ada/lamp","displayName":"lamp"}]}},
     "messages":[
      {"role":"user","content":[{"type":"text","text":"Use tabs."},{"type":"image","source":{"type":"base64","data":"iVBORw0KGgoAAAANSUhEUg"}}],"meta":{"sentAt":1767614400500}},
      {"role":"assistant","content":[{"type":"thinking","thinking":"hidden"},{"type":"text","text":"I build."},{"type":"tool_use","id":"t1","name":"Bash","input":{"cmd":"make"}}]},
      {"role":"user","content":[{"type":"tool_result","toolUseID":"t1","run":{"status":"done","result":{"output":"boom","exitCode":2}}}]},
      {"role":"assistant","content":[{"type":"tool_use","id":"t2","name":"edit_file","input":{"path":"/home/ada/lamp/a.go","old_str":"old","new_str":"new"}},{"type":"tool_use","id":"t3","name":"Bash","input":{"cmd":"rm x"}}]},
      {"role":"user","content":[{"type":"tool_result","toolUseID":"t2","run":{"status":"done","result":"ok"}},{"type":"tool_result","toolUseID":"t3","run":{"status":"rejected-by-user"}},{"type":"tool_result"}]}]}
    """#

  static let copilot = #"""
    {"version":3,"requesterUsername":"ada","responderUsername":"GitHub Copilot","requests":[
      {"requestId":"request_1","timestamp":1767614400000,"message":{"text":"Use tabs.","parts":[]},"variableData":{"variables":[{"kind":"image","value":"iVBORw0KGgoAAAANSUhEUg"}]},
       "response":[{"value":"shown twice"},{"kind":"textEditGroup","uri":{"path":"/home/ada/lamp/a.go"},"edits":[[{"text":"new","range":{}}]]}],
       "result":{"metadata":{"toolCallRounds":[
         {"response":"I build.","toolCalls":[{"id":"c1","name":"run_in_terminal","arguments":"{\"command\":\"make\",\"explanation\":\"x\"}"}]},
         {"response":"It fails.","toolCalls":[]}],
        "toolCallResults":{"c1":{"content":[{"value":{"node":{"children":[{"text":"boom\n"},{"text":"Command exited with code 2"}]}}}]}}}}},
      {"requestId":"request_2","timestamp":1767614500000,"message":{"text":"Try again."},"isCanceled":true,
       "response":[{"value":"I try "},{"kind":"inlineReference","name":"a.go"},
        {"kind":"toolInvocationSerialized","toolCallId":"v1","toolId":"copilot_runInTerminal","isComplete":true,"isConfirmed":true,
         "toolSpecificData":{"kind":"terminal","commandLine":{"original":"make"},"terminalCommandState":{"exitCode":0},"terminalCommandOutput":{"text":"ok"}}}]},
      {"requestId":"request_3"}],
     "sessionId":"s-1","creationDate":1767614400000}
    """#

  static let qwen =
    [
      #"""
      {"uuid":"q1","parentUuid":null,"sessionId":"qs","timestamp":"2026-01-05T12:00:00.000Z","type":"user","provenance":"real_user","cwd":"/home/ada/lamp","version":"0.5","gitBranch":"main","message":{"role":"user","parts":[{"text":"Use tabs."},{"inlineData":{"mimeType":"image/png","data":"iVBORw0KGgoAAAANSUhEUg"}}]}}
      """#,
      #"""
      {"uuid":"q2","parentUuid":"q1","sessionId":"qs","timestamp":"2026-01-05T12:00:01.000Z","type":"assistant","cwd":"/home/ada/lamp","version":"0.5","message":{"role":"model","parts":[{"text":"hidden","thought":true},{"text":"I build."},{"functionCall":{"id":"c1","name":"run_shell_command","args":{"command":"make"}}}]}}
      """#,
      #"""
      {"uuid":"q3","parentUuid":"q2","sessionId":"qs","timestamp":"2026-01-05T12:00:02.000Z","type":"tool_result","cwd":"/home/ada/lamp","version":"0.5","message":{"role":"user","parts":[{"functionResponse":{"id":"c1","name":"run_shell_command","response":{"output":"Command: make\nDirectory: (root)\nOutput: boom\nError: (none)\nExit Code: 2\nSignal: 0"}}}]},"toolCallResult":{"callId":"c1","status":"success"}}
      """#,
      #"""
      {"uuid":"q4","parentUuid":"q3","sessionId":"qs","timestamp":"2026-01-05T12:00:03.000Z","type":"system","subtype":"chat_compression","cwd":"/home/ada/lamp","version":"0.5","systemPayload":{"info":{},"compressedHistory":[]}}
      """#,
      #"""
      {"uuid":"q5","parentUuid":"q4","sessionId":"qs","timestamp":"2026-01-05T12:00:04.000Z","type":"user","subtype":"notification","cwd":"/home/ada/lamp","version":"0.5","message":{"role":"user","parts":[{"text":"Task done."}]}}
      """#,
    ].joined(separator: "\n") + "\n"
}

/// Reads a text as one file.
func read(_ text: String, _ format: SourceFormat) -> SourceResult {
  read(Array(text.utf8), format)
}
