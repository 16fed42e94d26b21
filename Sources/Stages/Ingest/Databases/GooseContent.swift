import KairosJSON
import KairosModel

/// The contents of Goose's messages, which are the same in its files and in its database.
///
/// A call and its result carry the same id. Results come in the user role, so the role alone does
/// not tell who spoke.
enum GooseContent {
  static func take(
    _ content: JSONValue, role: String, metadata: JSONValue?, _ frame: EventSink.Frame,
    _ known: inout LineSession, into sink: inout EventSink
  ) {
    // What only the model sees was put there: summaries of what came before, and reminders.
    let isHidden = metadata?["userVisible"]?.bool == false
    for (index, part) in content.elements.enumerated() {
      let name = String(index)
      switch part["type"]?.string {
      case "text":
        let text = part["text"]?.string ?? ""
        if isHidden {
          sink.message(
            frame, part: name, actor: .assistant, provenance: .summary, text: text)
        } else if role == "user" {
          known.prompt(frame, part: name, text: text, into: &sink)
        } else {
          known.says(frame, part: name, text: text, into: &sink)
        }
      case "toolRequest", "frontendToolRequest": call(part, frame, &known, into: &sink)
      case "toolResponse": result(part, frame, &known, into: &sink)
      case "summarizationRequested", "contextLengthExceeded":
        sink.boundary(frame, part: name, .compaction)
      case "systemNotification":
        sink.message(
          frame, part: name, actor: .harness, provenance: .harness,
          text: part["msg"]?.string ?? "")
      // Thoughts, pictures, and questions whose answers come as results.
      case "thinking", "redactedThinking", "reasoning", "image", "toolConfirmationRequest",
        "actionRequired":
        continue
      default: sink.counts.unknown += 1
      }
    }
  }

  /// `{status, value}` now, `{Ok}` or `{Err}` in some versions.
  private static func value(_ outcome: JSONValue?) -> (value: JSONValue?, error: String?) {
    let error = outcome?["error"] ?? outcome?["Err"]
    let text = error?.string ?? error?["message"]?.string
    return (outcome?["value"] ?? outcome?["Ok"], text ?? (error == nil ? nil : ""))
  }

  private static func call(
    _ part: JSONValue, _ frame: EventSink.Frame, _ known: inout LineSession,
    into sink: inout EventSink
  ) {
    let call = value(part["toolCall"]).value ?? part
    guard let id = part["id"]?.string, let name = call["name"]?.string else {
      // A call that the model got wrong has no name; its result says why.
      sink.counts.skipped += 1
      return
    }
    known.call(frame, id: id, name: name, input: call["arguments"], into: &sink)
  }

  private static func result(
    _ part: JSONValue, _ frame: EventSink.Frame, _ known: inout LineSession,
    into sink: inout EventSink
  ) {
    guard let id = part["id"]?.string else {
      sink.counts.unknown += 1
      return
    }
    let (value, error) = value(part["toolResult"] ?? part["tool_result"])
    let content = value?["content"] ?? value
    let code =
      value?["structuredContent"]?["exit_code"]?.int
      ?? value?["structuredContent"]?["exitCode"]?.int
    known.result(
      frame, id: id, output: error ?? text(content),
      isError: error != nil || value?["isError"]?.bool == true, exitCode: code.map(Int.init),
      into: &sink)
  }

  /// Some tools give one text for the model and the same again for people.
  private static func text(_ content: JSONValue?) -> String {
    let parts = content?.elements ?? []
    let forModel = parts.filter { part in
      guard let audience = part["annotations"]?["audience"] else { return true }
      return audience.elements.contains { $0.string == "assistant" }
    }
    return (forModel.isEmpty ? parts : forModel).compactMap { $0["text"]?.string }
      .joined(separator: "\n")
  }
}
