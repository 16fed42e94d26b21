import KairosJSON
import KairosModel

/// Tool calls of Claude Code records.
enum ClaudeTools {
  /// Inputs that hold file contents or prompts to sub-agents; they are not kept with the call.
  private static let bulky: Set<String> = [
    "content", "new_string", "old_string", "prompt", "edits", "todos", "plan", "questions",
    "new_source", "command",
  ]
  private static let inputBytesMax = 512

  static func call(_ block: JSONValue) -> ToolCall? {
    guard let id = block["id"]?.string, let name = block["name"]?.string else { return nil }
    var input: [String: String] = [:]
    for (key, value) in block["input"]?.members ?? [] where !bulky.contains(key) {
      if let text = value.string ?? value.numberText ?? value.bool.map(String.init),
        text.utf8.count <= inputBytesMax
      {
        input[key] = text
      }
    }
    return ToolCall(
      call: id, tool: name, command: block["input"]?["command"]?.string, workdir: nil,
      input: input)
  }

  /// What the result of this call will need to know.
  static func openCall(_ block: JSONValue, _ call: ToolCall, _ sink: EventSink) -> OpenCall {
    let path = call.input["file_path"] ?? call.input["notebook_path"]
    let edits = block["input"].map { self.edits($0, call) } ?? []
    return OpenCall(
      call: call.call, tool: call.tool,
      asked: sink.limited(call.tool + ": " + asked(block, call), 400),
      path: path.map(sink.redactor.redact), edits: edits.map(sink.cleaned))
  }

  /// The input that tells best what is asked for.
  private static func asked(_ block: JSONValue, _ call: ToolCall) -> String {
    if let command = call.command { return command }
    for key in ["file_path", "notebook_path", "url", "query", "pattern", "path", "description"] {
      if let text = call.input[key] { return text }
    }
    if let plan = block["input"]?["plan"]?.string {
      return String(plan.trimmedWhitespace.prefix { $0 != "\n" })
    }
    return call.input.min { $0.key < $1.key }?.value ?? ""
  }

  /// The edits that the input of a call describes.
  private static func edits(_ input: JSONValue, _ call: ToolCall) -> [Edit] {
    guard let path = call.input["file_path"] ?? call.input["notebook_path"] else { return [] }
    func edit(_ before: String, _ after: String) -> Edit {
      Edit(
        call: call.call, action: .update, path: path, newPath: nil, before: before, after: after)
    }
    if let before = input["old_string"]?.string, let after = input["new_string"]?.string {
      return [edit(before, after)]
    }
    if let edits = input["edits"]?.elements, !edits.isEmpty {
      return edits.map { edit($0["old_string"]?.string ?? "", $0["new_string"]?.string ?? "") }
    }
    guard let content = input["content"]?.string ?? input["new_source"]?.string else { return [] }
    return [edit("", content)]
  }
}
