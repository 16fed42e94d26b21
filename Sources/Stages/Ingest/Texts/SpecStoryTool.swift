import KairosModel

/// A tool call as SpecStory shows it: a summary, a description, the command or inputs in
/// backquotes, what was written and what came back in fences.
struct SpecStoryTool: Equatable {
  private(set) var name = "tool"
  private(set) var kind = ""
  private(set) var summary = ""
  private(set) var command: String?
  private(set) var input: [String: String] = [:]
  /// What was written to a file, as the call shows it.
  private(set) var written: String?
  private(set) var output: String?
  /// A person's answer to a question of the agent.
  private(set) var answer: String?

  init(_ lines: [Substring]) {
    let head = lines.first ?? ""
    name = Self.attribute("data-tool-name=\"", head) ?? Self.named(lines) ?? "tool"
    kind = Self.attribute("data-tool-type=\"", head) ?? ""
    if Self.shells.contains(name) { kind = "shell" }
    if Self.writers.contains(name) { kind = "write" }
    var fences: [(language: String, text: String)] = []
    var words: [Substring] = []
    var fence: (language: String, lines: [Substring])?
    let body = Self.body(lines)
    let lastFence = body.lastIndex { $0.hasBytesPrefix("```") }
    for (index, line) in body.enumerated() {
      if let open = fence {
        // Outputs are not escaped: only the last fence ends the last block.
        let isLast = open.language == "text" || open.language.isEmpty
        if line == "```", !isLast || index == lastFence {
          fences.append((open.language, open.lines.joined(separator: "\n")))
          fence = nil
        } else {
          fence?.lines.append(line)
        }
      } else if line.hasBytesPrefix("```") {
        fence = (String(line.dropFirst(3)), [])
      } else {
        words.append(line)
      }
    }
    if let open = fence { fences.append((open.language, open.lines.joined(separator: "\n"))) }
    sort(fences)
    take(words)
  }

  /// Names that tell the kind where the tag does not.
  private static let shells: Set<String> = ["Bash", "exec_command", "shell_command", "shell"]
  private static let writers: Set<String> = ["Write", "Edit", "MultiEdit", "NotebookEdit"]

  /// The lines between the tags; the first one when it has no tag.
  private static func body(_ lines: [Substring]) -> [Substring] {
    let isTagged = lines.first?.hasBytesPrefix("<tool-use") ?? false
    return lines.dropFirst(isTagged ? 1 : 0).filter {
      let text = $0.trimmedWhitespace
      return !["<details>", "</details>", "</tool-use>", "</details></tool-use>"].contains(text)
    }
  }

  private static func attribute(_ name: StaticString, _ line: Substring) -> String? {
    guard let mark = line.bytesRange(of: name) else { return nil }
    return String(line[mark.upperBound...].prefix { $0 != "\"" })
  }

  /// `<summary>Tool use: **Bash**</summary>`
  private static func named(_ lines: [Substring]) -> String? {
    for line in lines.prefix(3) {
      guard let mark = line.bytesRange(of: "Tool use: **") else { continue }
      return String(line[mark.upperBound...].prefix { $0 != "*" })
    }
    return nil
  }

  private mutating func sort(_ fences: [(language: String, text: String)]) {
    let shells = ["bash", "sh", "zsh", "shell"]
    for fence in fences {
      if kind == "shell", shells.contains(fence.language), command == nil {
        command = fence.text
      } else if fence.language.isEmpty || fence.language == "text" {
        output = fence.text
      } else {
        written = fence.text
      }
    }
  }

  private mutating func take(_ words: [Substring]) {
    var rest: [String] = []
    for line in words {
      let text = Self.untagged(line.trimmedWhitespace, name)
      if let mark = text.bytesRange(of: "**Answer:** ") {
        answer = String(text[mark.upperBound...])
      } else if kind == "shell", command == nil, let quoted = Self.command(in: text) {
        command = quoted
      } else if !text.isEmpty, text != "Result:", text != "Output:" {
        rest.append(text)
      }
    }
    summary = rest.joined(separator: "\n")
    if command == nil, kind == "shell" { command = Self.openCommand(words) }
    takeInputs(rest.first ?? "")
  }

  /// What a summary says besides the tool's name.
  private static func untagged(_ text: String, _ name: String) -> String {
    var text = text
    for tag in ["<details>", "<summary>"] where text.hasPrefix(tag) {
      text = String(text.dropFirst(tag.count))
    }
    if text.hasSuffix("</summary>") { text = String(text.dropLast(10)) }
    let head = "Tool use: **" + name + "**"
    return text.hasPrefix(head) ? text.dropFirst(head.count).trimmedWhitespace : text
  }

  /// A line that is nothing but the command in backquotes, or the input that holds it.
  private static func command(in text: String) -> String? {
    let bare = text.hasBytesPrefix("- command: ") ? text.dropFirst(11) : text[...]
    guard bare.hasPrefix("`"), bare.hasSuffix("`"), bare.utf8.count > 2 else { return nil }
    return unlisted(String(bare.dropFirst().dropLast()))
  }

  /// A command of several lines in the list of inputs.
  private static func openCommand(_ words: [Substring]) -> String? {
    guard let start = words.firstIndex(where: { $0.hasBytesPrefix("- command: `") }),
      let end = words[(start + 1)...].firstIndex(where: { $0.hasSuffix("`") })
    else { return nil }
    let lines = words[start...end].joined(separator: "\n")
    return unlisted(String(lines.dropFirst(12).dropLast()))
  }

  /// Codex lists arguments: `[bash -lc go vet ./...]`.
  private static func unlisted(_ command: String) -> String {
    guard command.hasPrefix("["), command.hasSuffix("]") else { return withoutShell(command) }
    return withoutShell(String(command.dropFirst().dropLast()))
  }

  private static func withoutShell(_ command: String) -> String {
    for shell in ["bash -lc ", "bash -c ", "sh -c ", "zsh -lc "] where command.hasPrefix(shell) {
      return String(command.dropFirst(shell.count))
    }
    return command
  }

  /// A lone path in backquotes, or names before their values: path `./` pattern `x`.
  private mutating func takeInputs(_ line: String) {
    let pieces = line.split(separator: "`", omittingEmptySubsequences: false)
    guard pieces.count >= 3 else { return }
    for index in stride(from: 1, to: pieces.count, by: 2) {
      let label = pieces[index - 1].split(separator: " ").last.map(String.init) ?? ""
      let isName = !label.isEmpty && label.allSatisfy { $0.isLetter || $0 == "_" || $0 == ":" }
      let key = isName ? label.replacing(":", with: "") : "path"
      if pieces[index].utf8.count <= 512 { input[key] = String(pieces[index]) }
    }
  }

  /// Whether an output says that the call failed; `nil` when it does not tell.
  func isError(_ output: String) -> Bool? {
    let failures: [StaticString] = [
      "Error:", "error:", "<tool_use_error>", "ENOENT", "Exit code ", "String to replace not found",
      "File does not exist", "File has not been read yet", "The user doesn't want to proceed",
    ]
    if failures.contains(where: { output.hasBytesPrefix($0) }) { return true }
    // A shell shows no code of its own: that it printed something says nothing.
    return kind == "shell" ? nil : false
  }

  /// The file that a call wrote; SpecStory shows the new text of some, and never the old one.
  func edit(call: String, output: String) -> Edit? {
    guard kind == "write", let path = input["path"] ?? Self.path(in: output) else { return nil }
    let isNew = output.hasBytesPrefix("File created") || name == "Write" && written != nil
    return Edit(
      call: call, action: isNew ? .create : .update, path: path, newPath: nil, before: "",
      after: written ?? "")
  }

  /// `The file /a/b.md has been updated.`, `File created successfully at: /a/b.md`
  private static func path(in output: String) -> String? {
    let line = output.prefix { $0 != "\n" }
    if let start = line.bytesRange(of: "The file "),
      let end = line.bytesRange(of: " has been ")
    {
      return String(line[start.upperBound..<end.lowerBound])
    }
    guard let start = line.bytesRange(of: "successfully at: ") else { return nil }
    return line[start.upperBound...].prefix { !$0.isWhitespace }.trimmedWhitespace
  }
}
