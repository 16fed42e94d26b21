extension LineFixture {
  /// A session of Goose as a file: a call, its results for the model and for people, a picture.
  static let goose = #"""
    {"working_dir":"/home/ada/lamp","description":"Lamp","message_count":4,"total_tokens":9}
    {"role":"user","created":1755599680,"content":[{"type":"text",\#
    "text":"Dim it with make dim"},{"type":"image","data":"iVBORw0KGgoAAAANSUhEUg",\#
    "mimeType":"image/png"}]}
    {"role":"assistant","created":1755599681,"content":[{"type":"text","text":"I try."},{\#
    "type":"toolRequest","id":"g1","toolCall":{"status":"success","value":{\#
    "name":"developer__shell","arguments":{"command":"make dim"}}}}]}
    {"role":"user","created":1755599682,"content":[{"type":"toolResponse","id":"g1",\#
    "toolResult":{"status":"success","value":[{"type":"text","text":"dimmed","annotations":{\#
    "audience":["assistant"]}},{"type":"text","text":"DIMMED","annotations":{\#
    "audience":["user"]}}]}}]}
    {"role":"assistant","created":1755599683,"content":[{"type":"toolRequest","id":"g2",\#
    "toolCall":{"status":"success","value":{"name":"developer__text_editor","arguments":{\#
    "command":"str_replace","path":"/home/ada/lamp/a.txt","old_str":"dim","new_str":"dark"}}}}]}
    {"role":"user","created":1755599684,"content":[{"type":"toolResponse","id":"g2",\#
    "toolResult":{"status":"error","error":"no such text"}}]}

    """#

  /// A session of OpenCode's folder of files, as one text.
  static let openCode = #"""
    {"id":"ses_1","projectID":"global","directory":"/home/ada/lamp","title":"Lamp",\#
    "version":"0.6.3","time":{"created":1755599680000,"updated":1755599690000}}
    {"id":"msg_1","sessionID":"ses_1","role":"user","time":{"created":1755599681000}}
    {"id":"prt_1","messageID":"msg_1","sessionID":"ses_1","type":"text",\#
    "text":"Dim it with make dim"}
    {"id":"prt_2","messageID":"msg_1","sessionID":"ses_1","type":"text",\#
    "text":"Called the Read tool","synthetic":true}
    {"id":"prt_3","messageID":"msg_1","sessionID":"ses_1","type":"file","mime":"image/png",\#
    "url":"data:image/png;base64,iVBORw0KGgoAAAANSUhEUg"}
    {"id":"msg_2","sessionID":"ses_1","role":"assistant","path":{"cwd":"/home/ada/lamp/sub",\#
    "root":"/home/ada/lamp"},"time":{"created":1755599682000,"completed":1755599689000}}
    {"id":"prt_4","messageID":"msg_2","sessionID":"ses_1","type":"text","text":"I try."}
    {"id":"prt_5","messageID":"msg_2","sessionID":"ses_1","type":"tool","callID":"o1",\#
    "tool":"bash","state":{"status":"completed","input":{"command":"make dim"},\#
    "output":"no rule","title":"","metadata":{"exit":2},"time":{"start":1755599683000,\#
    "end":1755599684000}}}
    {"id":"prt_6","messageID":"msg_2","sessionID":"ses_1","type":"tool","callID":"o2",\#
    "tool":"write","state":{"status":"completed","input":{"filePath":"/home/ada/lamp/b.txt",\#
    "content":"dark"},"output":"","metadata":{"exists":false},"time":{"start":1755599685000,\#
    "end":1755599685100}}}
    {"id":"prt_7","messageID":"msg_2","sessionID":"ses_1","type":"tool","callID":"o3",\#
    "tool":"bash","state":{"status":"error","input":{"command":"rm b.txt"},\#
    "error":"The user rejected permission to use this specific tool call.","time":{\#
    "start":1755599686000,"end":1755599687000}}}

    """#
}

extension DatabaseFixture {
  static let goose = DatabaseFixture(
    format: .goose, version: "1.20",
    sql: """
      CREATE TABLE schema_version (version INTEGER);
      CREATE TABLE sessions (id TEXT PRIMARY KEY, description TEXT, session_type TEXT,
        working_dir TEXT NOT NULL, created_at TIMESTAMP, updated_at TIMESTAMP);
      CREATE TABLE messages (id INTEGER PRIMARY KEY AUTOINCREMENT, message_id TEXT,
        session_id TEXT NOT NULL, role TEXT NOT NULL, content_json TEXT NOT NULL,
        created_timestamp INTEGER NOT NULL, timestamp TIMESTAMP, metadata_json TEXT);
      INSERT INTO sessions VALUES
        ('20250819_1', 'Lamp', 'user', '/home/ada/lamp', '2025-08-19 10:34:40', NULL),
        ('20250819_2', 'Search', 'sub_agent', '/home/ada/lamp', '2025-08-19 10:35:00', NULL);
      INSERT INTO messages (message_id, session_id, role, content_json, created_timestamp,
        metadata_json) VALUES
        ('q-1', '20250819_1', 'user', '[{"type":"text","text":"Summary of before"}]', 1755599680,
          '{"userVisible":false,"agentVisible":true}'),
        ('q-2', '20250819_1', 'user',
          '[{"type":"text","text":"Run the tests, password=hunter2hunter2"},
            {"type":"image","data":"iVBORw0KGgoAAAANSUhEUg","mimeType":"image/png"}]', 1755599681,
          '{"userVisible":true,"agentVisible":true}'),
        ('q-3', '20250819_1', 'assistant',
          '[{"type":"thinking","thinking":"hm","signature":""},
            {"type":"toolRequest","id":"g1","toolCall":{"status":"success","value":
              {"name":"shell","arguments":{"command":"make test"}}}}]', 1755599682, NULL),
        ('q-4', '20250819_1', 'user',
          '[{"type":"toolResponse","id":"g1","toolResult":{"status":"success","value":
            {"content":[{"type":"text","text":"3 passed"}],"isError":false}}},
            {"type":"hologram"}]', 1755599683, NULL),
        ('q-5', '20250819_2', 'user', '[{"type":"text","text":"Find it"}]', 1755599700, NULL);

      """,
    later: """
      INSERT INTO messages (message_id, session_id, role, content_json, created_timestamp) VALUES
        ('q-6', '20250819_1', 'assistant', '[{"type":"text","text":"Done."}]', 1755599800);
      INSERT INTO sessions VALUES
        ('20250820_1', 'Other', 'user', '/home/ada/other', '2025-08-20 10:00:00', NULL);
      """,
    damage: "UPDATE messages SET content_json = '[{' WHERE message_id = 'q-5';",
    path: ".local/share/goose/sessions/sessions.db")

  private static let openCodeSessions = """
    CREATE TABLE session (id TEXT PRIMARY KEY, project_id TEXT, parent_id TEXT,
      directory TEXT NOT NULL, title TEXT, time_created INTEGER, time_updated INTEGER);
    INSERT INTO session VALUES
      ('ses_1', 'global', NULL, '/home/ada/lamp', 'Lamp', 1755599680000, 1755599690000),
      ('ses_2', 'global', 'ses_1', '/home/ada/lamp', 'Search', 1755599684000, 1755599690000);

    """

  static let openCode = DatabaseFixture(
    format: .openCode, version: "1.2",
    sql: openCodeSessions + """
      CREATE TABLE message (id TEXT PRIMARY KEY, session_id TEXT NOT NULL, time_created INTEGER,
        time_updated INTEGER, data TEXT NOT NULL);
      CREATE TABLE part (id TEXT PRIMARY KEY, message_id TEXT NOT NULL, session_id TEXT NOT NULL,
        time_created INTEGER, time_updated INTEGER, data TEXT NOT NULL);
      INSERT INTO message VALUES
        ('msg_1', 'ses_1', 1, 1, '{"role":"user","time":{"created":1755599681000}}'),
        ('msg_2', 'ses_1', 1, 1, '{"role":"assistant","time":{"created":1755599682000},
          "error":{"name":"MessageAbortedError"},"path":{"cwd":"/home/ada/lamp"}}'),
        ('msg_3', 'ses_2', 1, 1, '{"role":"user","time":{"created":1755599685000}}'),
        ('msg_4', 'ses_1', 1, 1, '{"role":"assistant","summary":true,
          "time":{"created":1755599686000}}');
      INSERT INTO part VALUES
        ('prt_1', 'msg_1', 'ses_1', 1, 1, '{"type":"text","text":"password=hunter2hunter2"}'),
        ('prt_2', 'msg_1', 'ses_1', 1, 1, '{"type":"text","text":"a.txt is","synthetic":true}'),
        ('prt_3', 'msg_2', 'ses_1', 1, 1, '{"type":"tool","callID":"o1","tool":"edit","state":
          {"status":"completed","input":{"filePath":"a.txt","oldString":"dim","newString":"dark"},
          "output":"ok","metadata":{},"time":{"start":1755599683000,"end":1755599684000}}}'),
        ('prt_4', 'msg_2', 'ses_1', 1, 1, '{"type":"tool","callID":"o2","tool":"bash","state":
          {"status":"running","input":{"command":"sleep 9"}}}'),
        ('prt_5', 'msg_3', 'ses_2', 1, 1, '{"type":"text","text":"Find it"}'),
        ('prt_6', 'msg_4', 'ses_1', 1, 1, '{"type":"text","text":"They dimmed it."}'),
        ('prt_7', 'msg_4', 'ses_1', 1, 1, '{"type":"hologram"}'),
        ('prt_8', 'msg_1', 'ses_1', 1, 1, '{"type":"file","url":"iVBORw0KGgoAAAANSUhEUg"}');

      """,
    later: """
      UPDATE part SET data = '{"type":"tool","callID":"o2","tool":"bash","state":
        {"status":"completed","input":{"command":"sleep 9"},"output":"","metadata":{"exit":0}}}'
        WHERE id = 'prt_4';
      """,
    damage: "UPDATE part SET data = '{\"type\"' WHERE id = 'prt_5';",
    path: ".local/share/opencode/opencode.db")

  /// The second generation; what was migrated stands in both tables.
  static let openCode2 = DatabaseFixture(
    format: .openCode, version: "2",
    sql: openCodeSessions + """
      CREATE TABLE message (id TEXT PRIMARY KEY, session_id TEXT NOT NULL, data TEXT NOT NULL);
      CREATE TABLE part (id TEXT PRIMARY KEY, message_id TEXT NOT NULL, session_id TEXT NOT NULL,
        data TEXT NOT NULL);
      CREATE TABLE session_message (id TEXT PRIMARY KEY, session_id TEXT NOT NULL, seq INTEGER,
        type TEXT NOT NULL, time_created INTEGER, data TEXT NOT NULL);
      INSERT INTO message VALUES ('msg_1', 'ses_1', '{"role":"user"}');
      INSERT INTO part VALUES ('prt_1', 'msg_1', 'ses_1', '{"type":"text","text":"Dim it"}');
      INSERT INTO session_message VALUES
        ('msg_1', 'ses_1', 1, 'user', 1755599681000, '{"text":"Dim it"}'),
        ('msg_2', 'ses_1', 2, 'synthetic', 1755599682000, '{"text":"The file has changed"}'),
        ('msg_3', 'ses_1', 3, 'assistant', 1755599683000, '{"content":[
          {"type":"reasoning","text":"hm"},{"type":"text","text":"I try."},
          {"type":"tool","id":"o1","name":"bash","state":{"status":"completed",
            "input":{"command":"make dim"},"content":[{"type":"text","text":"dimmed"}]}}]}'),
        ('msg_4', 'ses_1', 4, 'compaction', 1755599684000, '{"summary":"They dimmed it."}');

      """,
    later: """
      INSERT INTO session_message VALUES
        ('msg_5', 'ses_1', 5, 'user', 1755599690000, '{"text":"Thanks"}');
      """,
    damage: "UPDATE session_message SET data = '' WHERE id = 'msg_2';",
    path: ".local/share/opencode/opencode.db")

  static let cursor = DatabaseFixture(
    format: .cursor, version: "2.0",
    sql: #"""
      CREATE TABLE ItemTable (key TEXT UNIQUE ON CONFLICT REPLACE, value BLOB);
      CREATE TABLE cursorDiskKV (key TEXT UNIQUE ON CONFLICT REPLACE, value BLOB);
      INSERT INTO ItemTable VALUES ('composer.composerData', '{"selectedComposerIds":["k-1"]}');
      INSERT INTO cursorDiskKV VALUES
        ('bubbleId:k-1:b-2', '{"_v":3,"type":2,"bubbleId":"b-2","text":"I run it.",
          "createdAt":"2025-08-19T10:34:42.000Z","thinking":{"text":"hm"}}'),
        ('bubbleId:k-1:b-1', CAST('{"_v":3,"type":1,"bubbleId":"b-1",
          "text":"Run the tests, password=hunter2hunter2","richText":"{}",
          "images":["iVBORw0KGgoAAAANSUhEUg"],"createdAt":"2025-08-19T10:34:41.000Z"}' AS BLOB)),
        ('bubbleId:k-1:b-3', '{"type":2,"bubbleId":"b-3","text":"","capabilityType":15,
          "toolFormerData":{"tool":15,"name":"run_terminal_cmd","toolCallId":"c1",
            "rawArgs":"{\"command\":\"make test\"}","params":"{\"command\":\"make test\"}",
            "status":"completed","result":"{\"output\":\"3 failed\",\"exitCodeV2\":1}"}}'),
        ('bubbleId:k-1:b-4', '{"type":2,"bubbleId":"b-4","text":"","capabilityType":15,
          "toolFormerData":{"tool":7,"name":"edit_file","toolCallId":"c2",
            "rawArgs":"{\"target_file\":\"a.txt\",\"code_edit\":\"dark\"}","status":"completed",
            "result":"{\"diff\":{\"chunks\":[{\"diffString\":\"-dim\\n+dark\"}]}}"}}'),
        ('bubbleId:k-1:b-5', '{"type":2,"bubbleId":"b-5","text":"","capabilityType":15,
          "toolFormerData":{"name":"run_terminal_cmd","toolCallId":"c3",
            "rawArgs":"{\"command\":\"rm a.txt\"}","status":"cancelled",
            "userDecision":"rejected"}}'),
        ('bubbleId:k-1:b-rewound', '{"type":1,"text":"Never mind"}'),
        ('bubbleId:k-2:b-1', '{"type":1,"text":"Find it",
          "workspaceUris":["file:///home/ada/my%20lamp"]}'),
        ('bubbleId:k-2:b-2', '{"type":9,"text":"?"}'),
        ('composerData:k-1', '{"_v":10,"composerId":"k-1","name":"Lamp",
          "createdAt":1755599680000,"createdOnBranch":"main",
          "workspaceIdentifier":{"id":"w","uri":{"fsPath":"/home/ada/lamp"}},
          "fullConversationHeadersOnly":[{"bubbleId":"b-1","type":1},{"bubbleId":"b-2","type":2},
            {"bubbleId":"b-3","type":2},{"bubbleId":"b-4","type":2},{"bubbleId":"b-5","type":2},
            {"bubbleId":"b-purged","type":2}]}'),
        ('composerData:k-2', '{"_v":3,"composerId":"k-2","createdAt":1755599690000}'),
        ('composerData:k-3', '{"composerId":"k-3","createdAt":1755599695000,"conversation":[
          {"type":1,"bubbleId":"b-1","text":"Inline"}]}'),
        ('checkpointId:k-1:x', '{}');

      """#,
    later: """
      INSERT INTO cursorDiskKV VALUES ('bubbleId:k-2:b-3', '{"type":2,"text":"It is there."}');
      """,
    damage: "UPDATE cursorDiskKV SET value = '{' WHERE key = 'bubbleId:k-2:b-1';",
    path: ".config/Cursor/User/globalStorage/state.vscdb")

  /// A window's database of 2024 with both kinds of conversations.
  static let cursor2024 = DatabaseFixture(
    format: .cursor, version: "0.42",
    sql: #"""
      CREATE TABLE ItemTable (key TEXT UNIQUE ON CONFLICT REPLACE, value BLOB);
      INSERT INTO ItemTable VALUES
        ('terminal.integrated.bufferState', '[]'),
        ('composer.composerData', '{"allComposers":[
          {"composerId":"w-1","createdAt":1731784818255,"conversation":[
            {"type":1,"bubbleId":"b-1","text":"password=hunter2hunter2"},
            {"type":2,"bubbleId":"b-2","text":"I see."}]},
          {"composerId":"w-2","createdAt":1731784900000,"conversation":[]}]}'),
        ('workbench.panel.aichat.view.aichat.chatdata', '{"tabs":[
          {"tabId":"v-1","lastSendTime":1731818231743,"bubbles":[
            {"type":"user","id":"b-1","text":"Dim it","selectedImages":[
              {"data":"iVBORw0KGgoAAAANSUhEUg"}]},
            {"type":"ai","id":"b-2","rawText":"Turn the switch."}]}]}');

      """#,
    later: """
      UPDATE ItemTable SET value = replace(value, '"conversation":[]',
        '"conversation":[{"type":1,"bubbleId":"b-9","text":"More"}]')
        WHERE key = 'composer.composerData';
      """,
    damage: """
      INSERT INTO ItemTable VALUES ('composer.composerData', '{"allComposers":');
      """,
    path: ".config/Cursor/User/workspaceStorage/abc/state.vscdb")

  private static func id(_ digits: String) -> String { String(repeating: digits, count: 32) }

  /// The first field of the list of messages.
  private static let list = ["11", "22", "33", "44"].map { "0a20" + id($0) }.joined()

  static let cursorCLI = DatabaseFixture(
    format: .cursorCLI, version: "2025",
    sql: """
      CREATE TABLE blobs (id TEXT PRIMARY KEY, data BLOB);
      CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT);
      INSERT INTO meta VALUES ('0', lower(hex('{"agentId":"z-1","latestRootBlobId":"\(id("99"))",
        "createdAt":1755599680000}')));
      INSERT INTO blobs VALUES
        ('\(id("33"))', '{"id":"1","role":"assistant","content":[{"type":"reasoning","text":"hm"},
          {"type":"text","text":"I run it."},{"type":"tool-call","toolCallId":"y1",
          "toolName":"Shell","args":{"command":"make test"}}]}'),
        ('\(id("11"))', CAST('{"role":"user","content":[{"type":"text",
          "text":"<user_info>\\nWorkspace Path: /home/ada/lamp\\n</user_info>"}]}' AS BLOB)),
        ('\(id("22"))', '{"role":"user","content":[{"type":"text",
          "text":"<user_query>\\nRun the tests, password=hunter2hunter2\\n</user_query>"},
          {"type":"image","image":"iVBORw0KGgoAAAANSUhEUg"}]}'),
        ('\(id("44"))', '{"role":"tool","id":"y1","content":[{"type":"tool-result",
          "toolName":"Shell","toolCallId":"y1",
          "result":"Exit code: 1\\n\\nCommand output:\\nno"}]}'),
        ('\(id("55"))', '{"role":"user","content":"Old branch"}'),
        ('\(id("99"))', x'\(list)1a03616263');

      """,
    later: """
      INSERT INTO blobs VALUES ('\(id("66"))', '{"role":"assistant","content":"It fails."}'),
        ('\(id("aa"))', x'\(list)0a20\(id("66"))');
      UPDATE meta SET value = lower(hex('{"agentId":"z-1","latestRootBlobId":"\(id("aa"))",
        "createdAt":1755599680000}'));
      """,
    damage: "UPDATE blobs SET data = '{\"role\":' WHERE id = '\(id("22"))';",
    path: ".cursor/chats/d41d8cd98f00b204e9800998ecf8427e/z-1/store.db")
}
