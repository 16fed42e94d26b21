import KairosJSON
import KairosModel

/// The texts that Cline and Roo Code put around what others said.
enum ClineText {
  // MARK: Calls in tags

  /// A call that is written as tags.
  struct Call {
    let tool: String
    let inputs: [(name: String, text: String)]
  }

  /// Tools of both programs; other tags are text.
  private static let tools: [String] = [
    "execute_command", "read_file", "write_to_file", "replace_in_file", "apply_diff",
    "insert_content", "search_and_replace", "search_files", "list_files",
    "list_code_definition_names", "codebase_search", "browser_action", "use_mcp_tool",
    "access_mcp_resource", "ask_followup_question", "attempt_completion", "plan_mode_respond",
    "new_task", "switch_mode", "fetch_instructions", "update_todo_list", "web_fetch",
  ]
  /// Inputs that may hold tags of their own: they end at the last closing tag.
  private static let whole: Set<String> = ["content", "diff", "result", "response", "question"]

  /// The calls in a text, and what stands around them without reasoning.
  static func calls(in text: String) -> (words: String, calls: [Call]) {
    var words = ""
    var calls: [Call] = []
    var from = text.startIndex
    // A tag that was never closed is not looked for again and again.
    var unclosed: Set<String> = []
    while let open = text.bytesRange(of: "<", from: from) {
      let rest = text[open.upperBound...]
      let tool = tools.first { rest.hasPrefix($0 + ">") && !unclosed.contains($0) }
      let body = tool.flatMap {
        element($0, in: text, at: open.lowerBound, isLast: $0 == "write_to_file")
      }
      guard let tool, let body else {
        if let tool { unclosed.insert(tool) }
        words += text[from..<open.upperBound]
        from = open.upperBound
        continue
      }
      words += text[from..<open.lowerBound]
      calls.append(Call(tool: tool, inputs: inputs(text[body.inner])))
      from = body.end
    }
    return (withoutThinking(words + text[from...]), calls)
  }

  private static func withoutThinking(_ text: String) -> String {
    guard let body = element("thinking", in: text, at: text.startIndex) else { return text }
    return (text[..<body.start] + text[body.end...]).description.trimmedWhitespace
  }

  private static func inputs(_ text: Substring) -> [(name: String, text: String)] {
    var found: [(name: String, text: String)] = []
    let body = String(text)
    var from = body.startIndex
    var unclosed: Set<String> = []
    while let open = body.bytesRange(of: "<", from: from) {
      let name = String(body[open.upperBound...].prefix(64).prefix { $0.isLetter || $0 == "_" })
      guard !name.isEmpty, !unclosed.contains(name),
        let value = element(
          name, in: body, at: open.lowerBound, isLast: whole.contains(name))
      else {
        unclosed.insert(name)
        from = open.upperBound
        continue
      }
      let text = body[value.inner]
      found.append((name, text.hasPrefix("\n") ? String(text.dropFirst()) : String(text)))
      from = value.end
    }
    return found
  }

  /// The first element of this name at or after a place.
  private static func element(
    _ name: String, in text: String, at start: String.Index, isLast: Bool = false
  ) -> (start: String.Index, inner: Range<String.Index>, end: String.Index)? {
    guard let open = text[start...].firstRange(of: "<\(name)>") else { return nil }
    let rest = text[open.upperBound...]
    let end = "</\(name)>"
    guard let close = isLast ? rest.ranges(of: end).last : rest.firstRange(of: end) else {
      return nil
    }
    return (open.lowerBound, open.upperBound..<close.lowerBound, close.upperBound)
  }

  /// Inputs as the object that a native call would have.
  static func json(_ inputs: [(name: String, text: String)]) -> JSONValue? {
    var seen: Set<String> = []
    let unique = inputs.filter { seen.insert($0.name).inserted }
    let text = CanonicalJSON.object { json in
      for input in unique.sorted(by: { $0.name < $1.name }) {
        let isText = Self.whole.contains(input.name)
        json.member(input.name, isText ? input.text : input.text.trimmedWhitespace)
      }
    }.text
    return try? JSONDocument.parse(text).root
  }

  /// What stands in the first element of this name.
  static func inner(_ name: String, of text: String) -> String? {
    element(name, in: text, at: text.startIndex).map { text[$0.inner].trimmedWhitespace }
  }

  // MARK: Results

  /// `[read_file for 'x'] Result:`: the tool, and what follows.
  static func resultHeader(of text: String) -> (tool: String, rest: String)? {
    guard text.hasPrefix("["), let end = text.bytesRange(of: "] Result:") else { return nil }
    let tool = text[text.index(after: text.startIndex)..<end.lowerBound]
      .prefix { $0.isLetter || $0.isNumber || $0 == "_" }
    guard !tool.isEmpty else { return nil }
    return (String(tool), text[end.upperBound...].trimmedWhitespace)
  }

  static func outcome(_ text: String) -> ToolExchange.Outcome {
    let head = String(text.head(bytes: 400))
    func made(_ status: ToolResult.Status, _ code: Int? = nil) -> ToolExchange.Outcome {
      .init(status: status, exitCode: code, output: text)
    }
    if head.hasBytesPrefix("The user denied this operation") { return made(.denied) }
    if let code = OutputText.number(after: "xit code: ", in: head)
      ?? OutputText.number(after: "xit code ", in: head)
    {
      return made(OutputText.status(code), code)
    }
    if head.hasBytes("Command is still running") { return made(.unknown) }
    let failures: [StaticString] = [
      "Error", "The tool execution failed", "<error>", "Missing value for required parameter",
      "The model used search patterns that don't match",
    ]
    return made(failures.contains { head.hasBytesPrefix($0) } ? .failed : .succeeded)
  }

  // MARK: The program's own texts

  /// Whether the program itself says this, perhaps with a person's words in tags.
  static func isProgram(_ text: String) -> Bool {
    let openings: [StaticString] = [
      "[ERROR]", "[TASK RESUMPTION]", "<explicit_instructions", "# Reminder", "# TODO LIST",
      "<hook_context", "<user_instructions>",
    ]
    return openings.contains { text.hasBytesPrefix($0) }
  }

  /// The folder and the time that are told to the model with a message.
  static func environment(in text: String) -> (folder: String?, time: Timestamp?) {
    guard text.hasBytes("<environment_details>") else { return (nil, nil) }
    return (folder(in: text), time(in: text))
  }

  private static func folder(in text: String) -> String? {
    guard
      let mark = text.bytesRange(of: "# Current Working Directory (")
        ?? text.bytesRange(of: "# Current Workspace Directory ("),
      let end = text.bytesRange(of: ") Files", from: mark.upperBound)
    else { return nil }
    return String(text[mark.upperBound..<end.lowerBound])
  }

  /// Roo writes RFC 3339; Cline `1/5/2026, 1:02:03 PM (Europe/Berlin, UTC+1:00)`.
  private static func time(in text: String) -> Timestamp? {
    guard let mark = text.bytesRange(of: "# Current Time\n") else { return nil }
    let line = text[mark.upperBound...].prefix { $0 != "\n" }
    if let iso = line.bytesRange(of: "format: ") {
      return Timestamp(rfc3339: line[iso.upperBound...].trimmedWhitespace)
    }
    let zone = line.bytesRange(of: "UTC").map { line[$0.upperBound...].prefix { $0 != ")" } }
    let words = line.split { " ,/:\u{202f}".contains($0) }.map(String.init)
    guard words.count >= 7, let zone, let hour = Int(words[3]) else { return nil }
    let isNoon = words[6] == "PM"
    let parts = [words[2], padded(words[0]), padded(words[1])].joined(separator: "-")
    let clock = [padded(String(hour % 12 + (isNoon ? 12 : 0))), words[4], words[5]]
    return Timestamp(rfc3339: parts + "T" + clock.joined(separator: ":") + offset(zone))
  }

  private static func offset(_ zone: Substring) -> String {
    let parts = zone.dropFirst().split(separator: ":").map { padded(String($0)) }
    guard let sign = zone.first, parts.count == 2 else { return "Z" }
    return "\(sign)" + parts.joined(separator: ":")
  }

  private static func padded(_ text: String) -> String { text.count < 2 ? "0" + text : text }
}
