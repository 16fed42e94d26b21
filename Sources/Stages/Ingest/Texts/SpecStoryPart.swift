/// A piece of a SpecStory message.
enum SpecStoryPart: Equatable {
  case text(String)
  case tool(SpecStoryTool)

  private static let toolEnd: StaticString = "</tool-use>"

  /// The pieces in order. Outputs are not escaped, so an element ends only at a line that is
  /// nothing but its end.
  static func parts(of lines: some Collection<Substring>) -> [SpecStoryPart] {
    var reading = Reading()
    for line in lines { reading.take(line) }
    return reading.end()
  }

  /// What a message holds besides text.
  private enum Element { case tool, thought, oldTool }

  /// Follows one message line by line.
  private struct Reading {
    private var parts: [SpecStoryPart] = []
    private var text: [Substring] = []
    private var open: Element?
    private var element: [Substring] = []
    private var isAfterBlank = true

    mutating func take(_ line: Substring) {
      // One that does not follow a blank line is an example in a fence.
      let next = isAfterBlank ? begin(line) : nil
      isAfterBlank = line.trimmedWhitespace.isEmpty || line == "---"
      if let next, open == nil || open == .oldTool && next == .oldTool {
        close()
        open = next
        element = [line]
      } else if open != nil {
        element.append(line)
      } else {
        text.append(line)
      }
      if let element = open, ends(line, element) { close() }
    }

    mutating func end() -> [SpecStoryPart] {
      close()
      return parts
    }

    private mutating func close() {
      if let kind = open {
        if kind != .thought { parts.append(.tool(SpecStoryTool(element))) }
      } else {
        let said = SpecStoryPart.withoutSeparator(text.joined(separator: "\n"))
        if said.contains(where: { !$0.isWhitespace }) { parts.append(.text(said)) }
      }
      text = []
      element = []
      open = nil
    }

    private func begin(_ line: Substring) -> Element? {
      if line.hasBytesPrefix("<tool-use") { return .tool }
      if line.hasBytesPrefix("<think>") { return .thought }
      // Until October 2025: no tags, and nothing ends it but the message or the next one.
      return line.hasBytesPrefix("Tool use: **") ? .oldTool : nil
    }

    private func ends(_ line: Substring, _ element: Element) -> Bool {
      let text = line.trimmedWhitespace
      switch element {
      case .tool: return text == "</details></tool-use>" || text == "</tool-use>"
      case .thought: return text.hasSuffix("</think>")
      case .oldTool: return false
      }
    }
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
