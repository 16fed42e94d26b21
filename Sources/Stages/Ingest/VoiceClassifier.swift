import KairosModel

/// Tells apart, by structure, what a person typed and what the agent program, a hook, a memory or
/// a clipboard put into the user role.
enum VoiceClassifier {
  /// One part of a prompt with a single origin.
  struct Piece: Equatable {
    let provenance: Provenance
    let text: String
    let actor: Actor
    var isInterrupt = false

    init(
      provenance: Provenance, text: String, actor: Actor? = nil, isInterrupt: Bool = false
    ) {
      self.provenance = provenance
      self.text = text
      self.actor = actor ?? Self.actor(of: provenance)
      self.isInterrupt = isInterrupt
    }

    private static func actor(of provenance: Provenance) -> Actor {
      switch provenance {
      case .typed, .terminal: .human
      case .said, .delegated, .summary: .assistant
      case .harness: .harness
      case .memory: .memory
      case .pasted: .external
      }
    }
  }

  /// Beginnings that only machinery writes, with what they are.
  private static let openings: [(StaticString, Provenance)] = [
    ("This session is being continued from a previous conversation", .summary),
    ("Another language model started to solve this problem", .summary),
    ("Please continue the conversation from where we left it off", .summary),
    ("Operation stopped by hook", .harness), ("Stop hook feedback", .harness),
    ("Caveat: The messages below", .harness), ("API Error", .harness),
    ("Unknown slash command", .harness), ("Unknown skill: ", .harness),
    ("Your task is to create a detailed summary", .harness),
    ("Base directory for this skill:", .memory), ("# AGENTS.md instructions", .memory),
    ("Contents of /", .memory), ("Codebase and user instructions", .memory),
    ("As you answer the user's questions, you can use the following context", .memory),
    ("# claudeMd", .memory), ("Implement the following plan:", .pasted),
    ("PLEASE IMPLEMENT THIS PLAN:", .pasted),
  ]

  /// What a whole text is, judged by how it begins; `nil` when it may be a person's.
  static func opening(of text: String) -> Provenance? {
    if let known = openings.first(where: { text.hasBytesPrefix($0.0) }) { return known.1 }
    return isHookOutput(text) ? .harness : nil
  }

  /// `PreToolUse:Bash hook …`, `UserPromptSubmit hook …`: the program reports what a hook said.
  private static func isHookOutput(_ text: String) -> Bool {
    let line = text.head(bytes: 80).prefix { $0 != "\n" }
    guard let hook = line.bytesRange(of: "hook") else { return false }
    let before = line[..<hook.lowerBound]
    return before.hasBytes("ToolUse:") || before.hasBytes("PromptSubmit")
      || before.hasBytes("SessionStart") || before.hasPrefix("Stop ")
      || before.hasPrefix("SubagentStop ")
  }

  /// The pieces of a text in the user role, in order. `isVouched`: the format itself says that a
  /// person typed it, so only tags and pasted blocks are taken out.
  static func pieces(of text: String, isVouched: Bool) -> [Piece] {
    let trimmed = text.trimmedWhitespace
    if trimmed.hasBytesPrefix("[Request interrupted by user") {
      return [Piece(provenance: .typed, text: trimmed, isInterrupt: true)]
    }
    if AgentMemory.hasExport(trimmed) {
      let (exports, rest) = AgentMemory.split(trimmed)
      let around = rest.trimmedWhitespace
      return exports.map { Piece(provenance: .memory, text: $0) }
        + (around.isEmpty ? [] : pieces(of: around, isVouched: isVouched))
    }
    if !isVouched, let whole = opening(of: trimmed) {
      return [Piece(provenance: whole, text: trimmed)]
    }
    return PromptTags.pieces(of: editorRequest(in: trimmed))
  }

  /// Editor extensions put the open files before the request; only the request is typed.
  private static func editorRequest(in text: String) -> String {
    guard text.hasBytesPrefix("# Context from my IDE setup:"),
      let mark = text.bytesRange(of: "## My request for Codex:")
    else { return text }
    return text[mark.upperBound...].trimmedWhitespace
  }
}
