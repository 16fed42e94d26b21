import KairosModel

/// A piece of a SpecStory message.
enum SpecStoryPart: Equatable {
  case text(String)
  case tool(SpecStoryTool)

  private static let toolEnd: StaticString = "</tool-use>"

  /// The pieces in order. Outputs are not escaped, so an element ends at the last line that can
  /// end it: the one before which the next element, or nothing, begins.
  static func parts(of lines: some Collection<Substring>) -> [SpecStoryPart] {
    var parts: [SpecStoryPart] = []
    var text: [Substring] = []
    var open: (isTool: Bool, lines: [Substring])?
    func close() {
      let said = withoutSeparator(text.joined(separator: "\n"))
      if said.contains(where: { !$0.isWhitespace }) { parts.append(.text(said)) }
      text = []
    }
    var isAfterBlank = true
    for line in lines {
      defer { isAfterBlank = line.trimmedWhitespace.isEmpty || line == "---" }
      if open != nil {
        open?.lines.append(line)
        if let element = open, ends(line, isTool: element.isTool) {
          if element.isTool { parts.append(.tool(SpecStoryTool(element.lines))) }
          open = nil
        }
      } else if isAfterBlank,
        line.hasBytesPrefix("<tool-use") || line.hasBytesPrefix("<think>")
      {
        // One inside a fence is an example in what the model says.
        close()
        let isTool = line.hasBytesPrefix("<tool-use")
        open = (isTool, [line])
        if ends(line, isTool: isTool) { open = nil }
      } else {
        text.append(line)
      }
    }
    if let element = open, element.isTool { parts.append(.tool(SpecStoryTool(element.lines))) }
    close()
    return parts
  }

  /// Numbered lines of a shown file cannot end an element, for they begin with their number.
  private static func ends(_ line: Substring, isTool: Bool) -> Bool {
    let text = line.trimmedWhitespace
    return isTool
      ? text == "</details></tool-use>" || text == "</tool-use>"
      : text.hasSuffix("</details></think>") || text.hasSuffix("</think>")
  }

  /// Without the rules (`---`) that stand between messages.
  static func withoutSeparator(_ text: String) -> String {
    var text = text.trimmedWhitespace
    while text == "---" || text.hasSuffix("\n---") {
      text = text.dropLast(3).trimmedWhitespace
    }
    while text.hasPrefix("---\n") { text = text.dropFirst(4).trimmedWhitespace }
    return text
  }
}

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
    kind = Self.attribute("data-tool-type=\"", head) ?? ""
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
    name = Self.attribute("data-tool-name=\"", head) ?? Self.named(body) ?? "tool"
    sort(fences)
    take(words)
  }

  /// The lines between the tags.
  private static func body(_ lines: [Substring]) -> [Substring] {
    lines.dropFirst().filter {
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
      let text = line.trimmedWhitespace
      if let mark = text.bytesRange(of: "**Answer:** ") {
        answer = String(text[mark.upperBound...])
      } else if kind == "shell", command == nil, text.hasPrefix("`"), text.hasSuffix("`"),
        text.utf8.count > 2
      {
        command = String(text.dropFirst().dropLast())
      } else if !text.isEmpty, !text.hasPrefix("<summary>") {
        rest.append(text)
      }
    }
    summary = rest.joined(separator: "\n")
    takeInputs(rest.first ?? "")
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
