import KairosModel

/// Conversations for the tests of rules over language.
extension Build {
  /// One turn of a conversation.
  public enum Turn {
    case typed(String)
    case said(String)
    /// Text in the user role that no person typed.
    case injected(String, Provenance)
    case asked(String, answer: String)
    case denied(String)
    /// A look at a file or for a name.
    case looked(String)
  }

  /// The events of a conversation; ids `e_0`, `e_1`, … in order.
  public static func conversation(_ turns: [Turn], session: String = "one") -> [Event] {
    turns.enumerated().map { index, turn in
      let (actor, provenance, body): (Actor, Provenance, Event.Body) =
        switch turn {
        case .typed(let text): (.human, .typed, .message(text: text))
        case .said(let text): (.assistant, .said, .message(text: text))
        case .injected(let text, let provenance):
          (provenance == .memory ? .memory : .harness, provenance, .message(text: text))
        case .asked(let question, let answer):
          (.human, .typed, .approval(approval(index, question, .answered, answer)))
        case .denied(let reason):
          (.human, .typed, .approval(approval(index, "tool call", .denied, reason)))
        case .looked(let name):
          (
            .assistant, .said,
            .toolCall(
              ToolCall(
                call: "call-\(index)", tool: "Read", command: nil, workdir: nil,
                input: ["path": name]))
          )
        }
      return Event(
        id: "e_\(index)", session: session, actor: actor, provenance: provenance,
        at: at(day: 0, seconds: Int64(index)),
        place: Place(source: "s_1", bytes: index..<(index + 1), digest: "sha256:0"), cwd: nil,
        branch: nil, body: body)
    }
  }

  private static func approval(
    _ index: Int, _ question: String, _ verdict: Approval.Verdict, _ answer: String
  ) -> Approval {
    Approval(call: "call-\(index)", question: question, verdict: verdict, answer: answer)
  }
}
