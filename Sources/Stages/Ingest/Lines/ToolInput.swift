import KairosJSON
import KairosModel

/// Reads the inputs of tool calls by the names that agents give them.
enum ToolInput {
  private static let commandKeys = ["command", "cmd", "CommandLine"]
  private static let folderKeys = ["workdir", "cwd", "directory", "dir_path"]
  private static let pathKeys = [
    "file_path", "path", "filePath", "absolute_path", "notebook_path", "file", "filename",
  ]
  private static let beforeKeys = ["old_string", "old_str", "oldText", "oldString", "old_text"]
  private static let afterKeys = ["new_string", "new_str", "newText", "newString", "new_text"]
  private static let contentKeys = ["content", "file_text", "contents", "text"]
  /// Inputs that hold file contents or prompts; they are not kept with the call.
  private static let bulky = Set(
    commandKeys + beforeKeys + afterKeys + contentKeys
      + ["prompt", "edits", "todos", "plan", "patch", "patchText", "input", "diff", "code_edit"])
  private static let inputBytesMax = 512

  static func call(id: String, name: String, input: JSONValue?) -> ToolCall {
    var inputs: [String: String] = [:]
    for (key, value) in input?.members ?? [] where !bulky.contains(key) {
      if let text = value.string ?? value.numberText ?? value.bool.map(String.init),
        text.utf8.count <= inputBytesMax
      {
        inputs[key] = text
      }
    }
    let command = isEditor(name) ? nil : CodexTools.command(input) ?? first(commandKeys, input)
    let folder = command == nil ? nil : first(folderKeys, input)
    return ToolCall(call: id, tool: name, command: command, workdir: folder, input: inputs)
  }

  /// What the result of this call will need to know.
  static func open(
    _ call: ToolCall, _ input: JSONValue?, _ sink: EventSink, edits known: [Edit]? = nil
  ) -> OpenCall {
    let path = first(pathKeys, input)
    let asked = call.command ?? path ?? call.input.min { $0.key < $1.key }?.value ?? ""
    return OpenCall(
      call: call.call, tool: call.tool, asked: sink.limited(call.tool + ": " + asked, 400),
      path: path.map(sink.redactor.redact),
      edits: (known ?? edits(call, input)).map(sink.cleaned))
  }

  /// The edits that a call describes.
  static func edits(_ call: ToolCall, _ input: JSONValue?) -> [Edit] {
    let patch = first(["patch", "input", "patchText", "command"], input) ?? input?.string
    if let patch, patch.hasBytes("*** Begin Patch") {
      return ApplyPatch.edits(in: patch, call: call.call)
    }
    guard let path = first(pathKeys, input), !isReader(call.tool) else { return [] }
    let parts = input?["edits"]?.elements ?? []
    let replacements = (parts.isEmpty ? input.map { [$0] } ?? [] : parts).compactMap {
      part -> Edit? in
      guard let after = first(afterKeys, part) else { return nil }
      return Edit(
        call: call.call, action: .update, path: path, newPath: nil,
        before: first(beforeKeys, part) ?? "", after: after)
    }
    if !replacements.isEmpty { return replacements }
    guard isWriter(call.tool) || ["create", "write"].contains(input?["command"]?.string ?? ""),
      let content = first(contentKeys, input)
    else { return [] }
    return [
      Edit(
        call: call.call, action: isCreator(call, input) ? .create : .update, path: path,
        newPath: nil, before: "", after: content)
    ]
  }

  /// Tools whose `command` names a way of editing, not a line for a shell.
  private static func isEditor(_ name: String) -> Bool {
    ["str_replace_editor", "str_replace_based_edit_tool", "apply_patch"].contains(name)
      || name.hasSuffix("text_editor")
  }

  private static func isReader(_ name: String) -> Bool {
    ["read", "view", "search", "grep", "glob", "list", "ls"].contains {
      name.lowercased().hasPrefix($0)
    }
  }

  private static func isWriter(_ name: String) -> Bool {
    let name = name.lowercased()
    return name.contains("write") || name.contains("create")
  }

  private static func isCreator(_ call: ToolCall, _ input: JSONValue?) -> Bool {
    call.tool.lowercased().contains("create") || input?["command"]?.string == "create"
  }

  private static func first(_ keys: [String], _ input: JSONValue?) -> String? {
    guard let input else { return nil }
    for key in keys { if let text = input[key]?.string { return text } }
    return nil
  }
}
