import KairosModel

/// Tells apart, by structure, what a person typed and what the agent program, a hook, a memory or
/// a clipboard put into the user role.
enum VoiceClassifier {
  /// One part of a prompt with a single origin.
  struct Piece: Equatable {
    let provenance: Provenance
    let text: String
    var isInterrupt = false

    var actor: Actor {
      switch provenance {
      case .typed: .human
      case .said, .delegated, .summary: .assistant
      case .harness: .harness
      case .memory: .memory
      case .pasted: .external
      case .terminal: .human
      }
    }
  }

  /// Beginnings that only machinery writes, with what they are.
  private static let openings: [(String, Provenance)] = [
    ("This session is being continued from a previous conversation", .summary),
    ("Another language model started to solve this problem", .summary),
    ("Operation stopped by hook", .harness), ("Stop hook feedback", .harness),
    ("Base directory for this skill:", .memory), ("Caveat: The messages below", .harness),
    ("API Error", .harness), ("# AGENTS.md instructions", .memory),
    ("Contents of /", .memory), ("Codebase and user instructions", .memory),
    ("As you answer the user's questions, you can use the following context", .memory),
    ("Implement the following plan:", .pasted), ("Unknown slash command", .harness),
    ("Your task is to create a detailed summary", .harness),
    ("Please continue the conversation from where we left it off", .summary),
  ]

  /// Tags that wrap a whole injected text.
  private static let tags: [(String, Provenance)] = [
    ("command-name", .harness), ("command-message", .harness), ("command-contents", .harness),
    ("local-command-stdout", .harness), ("local-command-stderr", .harness),
    ("local-command-caveat", .harness), ("task-notification", .harness),
    ("bash-stdout", .terminal), ("bash-stderr", .terminal), ("bash-input", .terminal),
    ("system-reminder", .harness), ("user-prompt-submit-hook", .harness),
    ("session-start-hook", .harness), ("environment_context", .harness),
    ("user_instructions", .memory), ("INSTRUCTIONS", .memory), ("skill", .memory),
    ("permissions instructions", .harness), ("recommended_plugins", .harness),
    ("environment_details", .harness), ("user_info", .harness), ("ide_selection", .pasted),
    ("ide_opened_file", .harness), ("turn_aborted", .harness), ("persisted-output", .harness),
    ("collaboration_mode", .harness), ("user_action", .harness), ("teammate-message", .harness),
    ("new-diagnostics", .harness), ("attached_files", .pasted), ("summary", .summary),
  ]

  /// The pieces of a text in the user role, in order. `isVouched`: the format itself says that a
  /// person typed it, so only tags and pasted blocks are taken out.
  static func pieces(of text: String, isVouched: Bool) -> [Piece] {
    let trimmed = text.trimmedWhitespace
    if trimmed.hasPrefix("[Request interrupted by user") {
      return [Piece(provenance: .typed, text: trimmed, isInterrupt: true)]
    }
    if AgentMemory.hasExport(trimmed) { return [Piece(provenance: .memory, text: trimmed)] }
    if !isVouched, let whole = openings.first(where: { trimmed.hasPrefix($0.0) }) {
      return [Piece(provenance: whole.1, text: trimmed)]
    }
    if !isVouched, isHookOutput(trimmed) { return [Piece(provenance: .harness, text: trimmed)] }
    var pieces: [Piece] = []
    let rest = takeTags(from: trimmed, into: &pieces)
    return pieces + PastedText.pieces(of: rest)
  }

  /// `PreToolUse:Bash hook …`, `UserPromptSubmit hook …`: the program reports what a hook said.
  private static func isHookOutput(_ text: String) -> Bool {
    let line = text.prefix(80).prefix { $0 != "\n" }
    guard let hook = line.firstRange(of: "hook") else { return false }
    let before = line[..<hook.lowerBound]
    return before.contains("ToolUse:") || before.contains("PromptSubmit")
      || before.contains("SessionStart") || before.hasPrefix("Stop ")
  }

  /// Takes out `<tag>…</tag>` blocks of machinery; what a person wrote around them is left.
  private static func takeTags(from text: String, into pieces: inout [Piece]) -> String {
    guard text.contains("<") else { return text }
    var rest = text
    for (tag, provenance) in tags {
      while let open = rest.firstRange(of: "<\(tag)>") ?? rest.firstRange(of: "<\(tag) ") {
        let close = rest[open.upperBound...].firstRange(of: "</\(tag)>")
        let end = close?.upperBound ?? rest.endIndex
        let inner = String(rest[open.upperBound..<(close?.lowerBound ?? rest.endIndex)])
        pieces.append(Piece(provenance: provenance, text: inner))
        rest.removeSubrange(open.lowerBound..<end)
      }
    }
    // The arguments of a slash command are typed; the user's query may be wrapped as well.
    for tag in ["command-args", "user_query", "feedback", "task", "user_message"] {
      if let open = rest.firstRange(of: "<\(tag)>") {
        rest.removeSubrange(open)
        if let close = rest.firstRange(of: "</\(tag)>") { rest.removeSubrange(close) }
      }
    }
    return rest
  }
}

extension StringProtocol {
  /// Without white space at both ends.
  var trimmedWhitespace: String {
    guard let first = firstIndex(where: { !$0.isWhitespace }),
      let last = lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(self[first...last])
  }
}
