import KairosModel

/// Finds text in a session that nobody of the project said and that tells an agent what to do or to
/// remember: output of tools, pages, issues, pasted texts, words of the agent program.
///
/// Such text never counts; this is for people who want to see who tries to write their memory.
public struct ForeignInstructions: Sendable {
  /// One event with such text.
  public struct Found: Sendable, Equatable {
    public let event: Event
    /// Sentences that read like an instruction.
    public let sentences: Int
  }

  /// Longer outputs are looked at by their beginning.
  private static let bytesMax = 64 * 1024

  private let context: ExtractContext

  public init(context: ExtractContext) { self.context = context }

  /// The events with such text, in order.
  public func found(in events: [Event]) -> [Found] {
    events.compactMap { event in
      guard let text = Self.foreignText(of: event) else { return nil }
      let count = sentences(
        in: String(decoding: text.utf8.prefix(Self.bytesMax), as: UTF8.self), event)
      return count == 0 ? nil : Found(event: event, sentences: count)
    }
  }

  /// Text of an event that is no voice; `nil` for what a person typed.
  private static func foreignText(of event: Event) -> String? {
    switch event.body {
    case .toolResult(let result): result.output
    case .edit(let edit): edit.after
    case .message(let text):
      event.provenance == .typed || event.provenance == .terminal ? nil : text
    case .toolCall, .approval, .boundary: nil
    }
  }

  private func sentences(in text: String, _ event: Event) -> Int {
    let lines = text.split(whereSeparator: \.isNewline)
    let posing = lines.count { line in
      let words = Tokenizer.tokens(Typography.folded(line.lowercased())).map(\.lower)
      return Self.cues.occurs(in: words) || Self.poses(line)
    }
    let reader = DirectiveReader(voice: Voice(event: event, context: context, rule: "audit"))
    // Markdown hides what it takes for code or a heading, an agent reads it all the same.
    let spoken = lines.map { String($0.drop { "#>*- \t".contains($0) }) }.joined(separator: "\n\n")
    let directives = reader.observations(in: spoken).count
    return max(posing, directives)
  }

  /// Whether a line plays a turn of the conversation or a part of the agent program.
  private static func poses(_ line: Substring) -> Bool {
    let text = line.lowercased()
    return turns.contains { text.contains($0) }
  }

  private static let turns = [
    "human:", "user:", "assistant:", "system:", "<system", "<user", "</function", "[inst]",
    "\"role\":", "[system", "<|im_start", "firm:",
  ]

  private static let cues = PhraseTable<Bool>(groups: [
    (
      true,
      [
        "remember", "always", "never", "from now on", "ignore previous", "ignore all",
        "ignore the above", "disregard", "you must", "your memory", "all future",
        "the user prefers",
        "the user wants", "the user said", "we decided", "new instructions", "do not tell",
        "don't tell", "instead of",
      ]
    )
  ])
}
