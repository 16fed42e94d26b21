import KairosModel

/// Blocks in tags that programs put into prompts; a person's words may stand around them.
enum PromptTags {
  /// A tag and whose text stands in it.
  private struct Tag {
    let name: StaticString
    let provenance: Provenance
    var actor: Actor?
  }

  private static let tags: [Tag] = [
    Tag(name: "command-name", provenance: .harness),
    Tag(name: "command-message", provenance: .harness),
    Tag(name: "command-contents", provenance: .harness),
    Tag(name: "local-command-stdout", provenance: .harness),
    Tag(name: "local-command-stderr", provenance: .harness),
    Tag(name: "local-command-caveat", provenance: .harness),
    Tag(name: "task-notification", provenance: .harness),
    Tag(name: "bash-input", provenance: .terminal),
    Tag(name: "bash-stdout", provenance: .terminal, actor: .tool),
    Tag(name: "bash-stderr", provenance: .terminal, actor: .tool),
    Tag(name: "user_shell_command", provenance: .terminal),
    Tag(name: "system-reminder", provenance: .harness),
    Tag(name: "user-prompt-submit-hook", provenance: .harness),
    Tag(name: "session-start-hook", provenance: .harness),
    Tag(name: "environment_context", provenance: .harness),
    Tag(name: "environment_details", provenance: .harness),
    Tag(name: "permissions instructions", provenance: .harness),
    Tag(name: "collaboration_mode", provenance: .harness),
    Tag(name: "turn_aborted", provenance: .harness),
    Tag(name: "subagent_notification", provenance: .harness),
    Tag(name: "recommended_plugins", provenance: .harness),
    Tag(name: "user_info", provenance: .harness), Tag(name: "user_action", provenance: .harness),
    Tag(name: "teammate-message", provenance: .harness),
    Tag(name: "new-diagnostics", provenance: .harness),
    Tag(name: "persisted-output", provenance: .harness),
    Tag(name: "ide_opened_file", provenance: .harness),
    Tag(name: "ide_selection", provenance: .pasted),
    Tag(name: "attached_files", provenance: .pasted),
    Tag(name: "file_content", provenance: .pasted),
    Tag(name: "folder_content", provenance: .pasted),
    Tag(name: "url_content", provenance: .pasted),
    Tag(name: "terminal_output", provenance: .pasted),
    Tag(name: "workspace_diagnostics", provenance: .pasted),
    Tag(name: "git_working_state", provenance: .pasted),
    Tag(name: "git_commit", provenance: .pasted),
    Tag(name: "user_instructions", provenance: .memory),
    Tag(name: "INSTRUCTIONS", provenance: .memory), Tag(name: "skill", provenance: .memory),
  ]

  /// Tags around words that a person typed: only the tags go.
  private static let wrappers: [StaticString] = [
    "command-args", "user_query", "feedback", "task", "user_message",
  ]

  static func pieces(of text: String) -> [VoiceClassifier.Piece] {
    guard text.hasBytes("<") else { return PastedText.pieces(of: text) }
    var pieces: [VoiceClassifier.Piece] = []
    var rest = ""
    var from = text.startIndex
    var at = text.startIndex
    var unclosed: Set<String> = []
    while let open = text.bytesRange(of: "<", from: at) {
      at = open.upperBound
      guard let block = block(in: text, at: open, &unclosed) else { continue }
      rest += text[from..<open.lowerBound]
      if let tag = block.tag {
        pieces.append(piece(tag, text[block.inner].trimmedWhitespace))
      } else {
        rest += text[block.inner] + "\n"
      }
      from = block.end
      at = block.end
    }
    return pieces + PastedText.pieces(of: rest + text[from...])
  }

  /// A block as it stands in the text.
  private struct Block {
    let tag: Tag?
    let inner: Range<String.Index>
    let end: String.Index
  }

  /// The block that opens at this `<`. Tags with names of one plain word begin a line or follow
  /// another tag, since people write about such tags as well; none counts inside quotes. Without
  /// its end a tag counts only as the first thing of the whole text.
  ///
  /// `unclosed` remembers the tags whose end was not found, so that a text full of them is not
  /// searched again and again.
  private static func block(
    in text: String, at open: Range<String.Index>, _ unclosed: inout Set<String>
  ) -> Block? {
    let name = text[open.upperBound...]
    let tag = tags.first { name.hasTagName($0.name) }
    guard let word = tag?.name ?? wrappers.first(where: { name.hasTagName($0) }),
      mayStand(word, after: text[..<open.lowerBound]), !unclosed.contains("\(word)"),
      let close = text.bytesRange(of: ">", from: open.upperBound)
    else { return nil }
    if let end = closing(word, in: text, from: close.upperBound) {
      return Block(tag: tag, inner: close.upperBound..<end.lowerBound, end: end.upperBound)
    }
    unclosed.insert("\(word)")
    guard tag != nil, open.lowerBound == text.startIndex else { return nil }
    return Block(tag: tag, inner: close.upperBound..<text.endIndex, end: text.endIndex)
  }

  private static func mayStand(_ word: StaticString, after text: Substring) -> Bool {
    guard let before = text.utf8.last else { return true }
    let isCompound = word.withUTF8Buffer { $0.contains { "-_ ".utf8.contains($0) } }
    if isCompound { return !"`\"'".utf8.contains(before) }
    return before == 0x0a || before == UInt8(ascii: ">")
  }

  private static func closing(
    _ word: StaticString, in text: String, from start: String.Index
  ) -> Range<String.Index>? {
    var at = start
    while let mark = text.bytesRange(of: "</", from: at) {
      at = mark.upperBound
      if text[at...].hasTagName(word), let end = text.bytesRange(of: ">", from: at) {
        return mark.lowerBound..<end.upperBound
      }
    }
    return nil
  }

  /// A reminder may carry an instruction file; then it is a memory.
  private static func piece(_ tag: Tag, _ inner: String) -> VoiceClassifier.Piece {
    if tag.provenance == .harness, VoiceClassifier.opening(of: inner) == .memory {
      return .init(provenance: .memory, text: inner)
    }
    return .init(provenance: tag.provenance, text: inner, actor: tag.actor)
  }
}

extension StringProtocol {
  /// Whether a tag of this name begins here: the name, then a space, `>` or an attribute.
  fileprivate func hasTagName(_ name: StaticString) -> Bool {
    guard hasBytesPrefix(name) else { return false }
    let next = utf8.dropFirst(name.utf8CodeUnitCount).first
    return next == UInt8(ascii: ">") || next == 0x20 || next == 0x0a
  }
}
