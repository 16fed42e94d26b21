/// Who stands behind a text. Events come from the first four; observations also from files.
public enum Actor: String, Sendable, CaseIterable, Comparable {
  /// A person typed it.
  case human
  /// The model wrote it.
  case assistant
  /// A tool printed it.
  case tool
  /// The agent program itself put it there (wrappers, hooks, reminders).
  case harness
  /// A file that machines read: manifest, lockfile, task runner, CI, source code.
  case workspace
  /// A file that people read: README, instruction file, documentation.
  case document
  /// Web pages, pasted text, other projects.
  case external
  /// A memory read back: an agent's own memory file, an export of kairos.
  case memory

  /// A total order, so that output never depends on hashing.
  public static func < (left: Actor, right: Actor) -> Bool { left.rawValue < right.rawValue }
}

/// What kind of text a message is. Only `typed` and `said` are voices; everything else is kept
/// with its provenance and never becomes a directive or a statement.
public enum Provenance: String, Sendable, CaseIterable {
  /// A prompt that a person typed.
  case typed
  /// Text that the model wrote in this conversation.
  case said
  /// Model text of a sub-agent; its prompt is the parent's, not a person's.
  case delegated
  /// Slash-command wrapper, reminder, notification, hook output, status of the agent program.
  case harness
  /// A summary of earlier conversation, written by the model at compaction or resume.
  case summary
  /// Injected instructions: AGENTS.md, CLAUDE.md, skills, memory files, exports of kairos.
  case memory
  /// A pasted document inside a prompt: plan, review comment, log, article, transcript.
  case pasted
  /// A command that the person ran themselves (`!cmd`), and its output.
  case terminal
}
