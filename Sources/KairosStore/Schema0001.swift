/// The first schema. Times are milliseconds since 1970; `record` columns hold canonical JSON.
///
/// Keys that come from transcripts are BLOBs: they sort by bytes and may hold any character.
enum Schema0001 {
  static let sql = """
    CREATE TABLE meta (
      key TEXT NOT NULL PRIMARY KEY,
      value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE sources (
      path TEXT NOT NULL PRIMARY KEY,
      id TEXT NOT NULL,
      kind TEXT NOT NULL,
      format TEXT NOT NULL,
      session TEXT,
      size INTEGER NOT NULL,
      modified_ns INTEGER NOT NULL,
      cursor_offset INTEGER NOT NULL,
      prefix_digest TEXT,
      adapter_state TEXT NOT NULL,
      records INTEGER NOT NULL,
      skipped INTEGER NOT NULL,
      bad_lines INTEGER NOT NULL,
      present INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX sources_session ON sources (session);

    CREATE TABLE sessions (
      key TEXT NOT NULL PRIMARY KEY,
      format TEXT NOT NULL,
      project TEXT NOT NULL,
      first_at INTEGER,
      last_at INTEGER,
      events INTEGER NOT NULL,
      log_name TEXT NOT NULL,
      log_digest TEXT NOT NULL,
      extraction_digest TEXT
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE workspaces (
      id TEXT NOT NULL PRIMARY KEY,
      commit_id TEXT,
      dirty INTEGER NOT NULL,
      at INTEGER,
      remote TEXT,
      files INTEGER NOT NULL,
      extraction_digest TEXT
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE workspace_files (
      workspace TEXT NOT NULL,
      position INTEGER NOT NULL,
      record BLOB NOT NULL,
      PRIMARY KEY (workspace, position)
    ) STRICT;

    CREATE TABLE observations (
      id TEXT NOT NULL,
      origin TEXT NOT NULL,
      slot BLOB NOT NULL,
      at INTEGER NOT NULL,
      digest BLOB NOT NULL,
      record BLOB NOT NULL,
      PRIMARY KEY (id, origin)
    ) STRICT;
    CREATE INDEX observations_slot ON observations (slot, id, at, origin, digest);
    CREATE INDEX observations_origin ON observations (origin);

    CREATE TABLE slot_results (
      slot BLOB NOT NULL PRIMARY KEY,
      input_digest TEXT NOT NULL,
      context_digest TEXT NOT NULL,
      claims BLOB NOT NULL,
      facts BLOB NOT NULL,
      decisions BLOB NOT NULL
    ) STRICT;

    CREATE TABLE facts (
      row INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      state TEXT NOT NULL,
      kind TEXT NOT NULL,
      subject TEXT NOT NULL,
      value TEXT NOT NULL,
      statement TEXT NOT NULL,
      valid_from INTEGER,
      valid_to INTEGER,
      last_seen INTEGER,
      record BLOB NOT NULL
    ) STRICT;
    CREATE VIRTUAL TABLE facts_search USING fts5(
      statement, subject, value, content='facts', content_rowid='row',
      tokenize='unicode61 remove_diacritics 2'
    );

    CREATE TABLE journal (
      id TEXT NOT NULL PRIMARY KEY,
      subject TEXT NOT NULL,
      object TEXT NOT NULL,
      at INTEGER NOT NULL,
      record BLOB NOT NULL
    ) STRICT;
    CREATE INDEX journal_subject ON journal (subject);
    CREATE INDEX journal_object ON journal (object);

    CREATE TABLE tombstones (
      fact TEXT NOT NULL PRIMARY KEY,
      fingerprint TEXT NOT NULL,
      record BLOB NOT NULL
    ) STRICT;

    CREATE TABLE user_decisions (
      position INTEGER PRIMARY KEY,
      record BLOB NOT NULL
    ) STRICT;

    CREATE TABLE pins (
      fact TEXT NOT NULL PRIMARY KEY
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE receipts (
      sequence INTEGER PRIMARY KEY,
      outcome TEXT NOT NULL,
      record BLOB NOT NULL
    ) STRICT;
    """
}
