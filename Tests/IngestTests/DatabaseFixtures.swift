extension DatabaseFixture {
  static let all = [
    crush, openCodeGo, goose, openCode, openCode2, cursor, cursor2024, cursorCLI, atuin,
  ]

  /// Two sessions: one with calls, a picture, a thought and a refusal; a sub-agent's.
  static let crush = DatabaseFixture(
    format: .crush, version: "0.9",
    sql: """
      CREATE TABLE goose_db_version (id INTEGER PRIMARY KEY, version_id INTEGER);
      CREATE TABLE sessions (id TEXT PRIMARY KEY, parent_session_id TEXT, title TEXT NOT NULL,
        message_count INTEGER, updated_at INTEGER NOT NULL, created_at INTEGER NOT NULL,
        summary_message_id TEXT);
      CREATE TABLE files (id TEXT PRIMARY KEY, session_id TEXT NOT NULL, path TEXT NOT NULL,
        content TEXT NOT NULL, version INTEGER NOT NULL DEFAULT 0, created_at INTEGER NOT NULL);
      CREATE TABLE messages (id TEXT PRIMARY KEY, session_id TEXT NOT NULL, role TEXT NOT NULL,
        parts TEXT NOT NULL, model TEXT, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
        finished_at INTEGER, provider TEXT);
      INSERT INTO sessions VALUES
        ('c-1', NULL, 'Lamp', 6, 1755599700, 1755599680, 'm-6'),
        ('c-2', 'c-1', 'Search', 1, 1755599691, 1755599690, NULL);
      INSERT INTO files VALUES ('f-1', 'c-1', '/home/ada/lamp/a.txt', 'dim', 0, 1755599681),
        ('f-2', 'c-1', '/home/ada/lamp/a.txt', 'bright', 1, 1755599685);
      INSERT INTO messages VALUES
        ('m-1', 'c-1', 'user',
          '[{"type":"text","data":{"text":"Use make check, password=hunter2hunter2"}},
            {"type":"binary","data":{"Path":"a.png","MIMEType":"image/png",
              "Data":"iVBORw0KGgoAAAANSUhEUg"}},
            {"type":"finish","data":{"reason":"stop","time":0}}]',
          '', 1755599682, 1755599682, NULL, NULL),
        ('m-2', 'c-1', 'assistant',
          '[{"type":"reasoning","data":{"thinking":"hm"}},
            {"type":"text","data":{"text":"I run it."}},
            {"type":"tool_call","data":{"id":"t1","name":"bash",
              "input":"{\\"command\\":\\"make check\\"}","finished":true}},
            {"type":"tool_call","data":{"id":"t2","name":"write",
              "input":"{\\"file_path\\":\\"/home/ada/lamp/a.txt\\",\\"content\\":\\"bright\\"}"}},
            {"type":"tool_call","data":{"id":"t3","name":"bash",
              "input":"{\\"command\\":\\"rm -r x\\"}"}}]',
          'm', 1755599684, 1755599684, 1755599685, 'p'),
        ('m-3', 'c-1', 'tool',
          '[{"type":"tool_result","data":{"tool_call_id":"t1","name":"",
              "content":"one failed\\n\\nExit code 2","metadata":"{}","is_error":false}},
            {"type":"tool_result","data":{"tool_call_id":"t2","content":"<result>\\nok</result>",
              "is_error":false}},
            {"type":"tool_result","data":{"tool_call_id":"t3","content":"user denied permission",
              "is_error":true}}]',
          '', 1755599686, 1755599686, NULL, NULL),
        ('m-4', 'c-2', 'user', '[{"type":"text","data":{"text":"Find the switch"}}]',
          '', 1755599690, 1755599690, NULL, NULL),
        ('m-5', 'c-1', 'assistant',
          '[{"type":"finish","data":{"reason":"canceled","time":1755599692}},
            {"type":"hologram","data":{}}]',
          'm', 1755599692, 1755599692, NULL, NULL),
        ('m-6', 'c-1', 'assistant', '[{"type":"text","data":{"text":"We made a lamp."}}]',
          'm', 1755599695, 1755599695, NULL, NULL);

      """,
    later: """
      INSERT INTO messages VALUES
        ('m-7', 'c-2', 'assistant', '[{"type":"text","data":{"text":"It is in a.txt"}}]', 'm',
          1755599702, 1755599702, NULL, NULL),
        ('m-8', 'c-3', 'user', '[{"type":"text","data":{"text":"Only messages are left"}}]', '',
          1755599800, 1755599800, NULL, NULL);
      UPDATE sessions SET updated_at = 1755599702 WHERE id = 'c-2';
      """,
    damage: "UPDATE messages SET parts = substr(parts, 1, 30) WHERE id = 'm-4';",
    path: "lamp/.crush/crush.db")

  static let openCodeGo = DatabaseFixture(
    format: .openCodeGo, version: "0.0",
    sql: """
      CREATE TABLE sessions (id TEXT PRIMARY KEY, parent_session_id TEXT, title TEXT NOT NULL,
        summary TEXT, summarized_at TEXT, updated_at TEXT NOT NULL, created_at TEXT NOT NULL);
      CREATE TABLE files (id TEXT PRIMARY KEY, session_id TEXT, path TEXT, content TEXT,
        version TEXT, created_at TEXT);
      CREATE TABLE messages (id TEXT PRIMARY KEY, session_id TEXT NOT NULL, role TEXT NOT NULL,
        parts TEXT NOT NULL, model TEXT, created_at TEXT NOT NULL, updated_at TEXT NOT NULL);
      INSERT INTO sessions VALUES ('o-1', NULL, 'Lamp', 'They built a lamp.',
        '2025-05-28T11:20:00.000000Z', '2025-05-28T11:32:03.984000Z',
        '2025-05-28T11:05:58.132000Z');
      INSERT INTO messages VALUES
        ('n-1', 'o-1', 'user', '[{"type":"text","data":{"text":"Build it with swift build"}}]',
          '', '2025-05-28T11:05:58.133000Z', '2025-05-28T11:05:58.133000Z'),
        ('n-2', 'o-1', 'assistant',
          '[{"type":"tool_call","data":{"id":"u1","name":"bash",
            "input":"{\\"command\\":\\"swift build\\"}","type":"tool_use","finished":true}}]',
          'm', '2025-05-28T11:06:03.582000Z', '2025-05-28T11:06:03.582000Z'),
        ('n-3', 'o-1', 'tool',
          '[{"type":"tool_result","data":{"tool_call_id":"u1","name":"","content":"built",
            "metadata":"{}","is_error":false}}]',
          '', '2025-05-28T11:06:09.000000Z', '2025-05-28T11:06:09.000000Z');

      """,
    later: """
      INSERT INTO messages VALUES ('n-4', 'o-1', 'assistant',
        '[{"type":"text","data":{"text":"Done."}}]', 'm', '2025-05-28T11:07:00.000000Z',
        '2025-05-28T11:07:00.000000Z');
      """,
    damage: "UPDATE messages SET parts = x'5b7b' WHERE id = 'n-1';",
    path: "lamp/.opencode/opencode.db")

  static let atuin = DatabaseFixture(
    format: .atuin, version: "18",
    sql: """
      CREATE TABLE history (id TEXT PRIMARY KEY, timestamp INTEGER NOT NULL,
        duration INTEGER NOT NULL, exit INTEGER NOT NULL, command TEXT NOT NULL,
        cwd TEXT NOT NULL, session TEXT NOT NULL, hostname TEXT NOT NULL, deleted_at INTEGER);
      INSERT INTO history VALUES
        ('h-1', 1755599680123456789, 90, 2, 'make check', '/home/ada/lamp', 's-1', 'box:ada', NULL),
        ('h-2', 1755599690000000000, 90, 0, 'TOKEN=hunter2hunter2hunter2 make', '/home/ada/lamp',
          's-1', 'box:ada', NULL),
        ('h-3', 1755599691000000000, 0, 0, '', '/home/ada', 's-2', 'box:ada', 1755599695000000000),
        ('h-4', 1755599692000000000, 9, 130, 'sleep 9', 'unknown', 's-2', 'box:ada', NULL),
        ('h-5', 1755599693000000000, -1, -1, 'top', '/home/ada', 's-2', 'box:ada', NULL);

      """,
    later: """
      INSERT INTO history VALUES
        ('h-6', 1755599700000000000, 90, 0, 'make check', '/home/ada/lamp', 's-1', 'box:ada', NULL);
      """,
    damage: "UPDATE history SET command = '' WHERE id = 'h-2';",
    path: ".local/share/atuin/history.db")
}
