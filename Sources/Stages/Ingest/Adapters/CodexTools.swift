import KairosJSON
import KairosModel

/// Arguments and outputs of Codex tool calls in their several encodings.
enum CodexTools {
  /// The arguments, which are JSON inside a JSON string.
  static func arguments(of item: JSONValue) -> JSONDocument? {
    if let text = item["arguments"]?.string { return try? JSONDocument.parse(text) }
    guard let action = item["action"], action.isObject else { return nil }
    return try? JSONDocument.parse(Array(action.rawBytes))
  }

  /// The command line: a string, or an argument list in which `bash -lc X` means X.
  static func command(_ arguments: JSONValue?, item: JSONValue) -> String? {
    if let text = arguments?["command"]?.string ?? arguments?["cmd"]?.string { return text }
    let words = arguments?["command"]?.elements.compactMap(\.string) ?? []
    guard let program = words.first else { return nil }
    if words.count == 3, ["bash", "sh", "zsh", "/bin/bash", "/bin/sh"].contains(program),
      ["-lc", "-c"].contains(words[1])
    {
      return words[2]
    }
    return words.map(quoted).joined(separator: " ")
  }

  private static func quoted(_ word: String) -> String {
    let isPlain = word.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || $0.properties.numericType != nil
        || "-_./=:,@%+".unicodeScalars.contains($0)
    }
    return isPlain && !word.isEmpty
      ? word
      : "'"
        + word.split(separator: "'", omittingEmptySubsequences: false)
        .joined(separator: "'\\''") + "'"
  }

  /// The text of a patch, whichever way it was handed over.
  static func patch(name: String, item: JSONValue, command: String?) -> String? {
    if name == "apply_patch" {
      return item["input"]?.string ?? arguments(of: item)?.root["input"]?.string ?? command
    }
    guard let command, command.contains("*** Begin Patch") else { return nil }
    return command
  }

  private static let inputBytesMax = 512

  /// Short named inputs that are no command.
  static func inputs(_ arguments: JSONValue?) -> [String: String] {
    var found: [String: String] = [:]
    for (key, value) in arguments?.members ?? [] where !["command", "cmd", "input"].contains(key) {
      if let text = value.string ?? value.numberText, text.utf8.count <= inputBytesMax {
        found[key] = text
      }
    }
    return found
  }

  /// Status, exit code and text: JSON with metadata (0.36), a header of lines (0.63 and later), or
  /// a plain sentence.
  static func outcome(
    of output: JSONValue?
  ) -> (status: ToolResult.Status, exitCode: Int?, output: String) {
    let text =
      output?.string ?? output?["content"]?.string
      ?? (output?.elements ?? []).compactMap { $0["text"]?.string }.joined(separator: "\n")
    if text.hasPrefix("{"), let inner = try? JSONDocument.parse(text).root,
      let body = inner["output"]?.string
    {
      let code = inner["metadata"]?["exit_code"]?.int.map(Int.init)
      return (status(code), code, body)
    }
    if let code = header("Exit code: ", in: text) ?? header("Process exited with code ", in: text) {
      let body = text.firstRange(of: "Output:\n").map { String(text[$0.upperBound...]) } ?? text
      return (status(code), code, body)
    }
    if output?["success"]?.bool == false { return (.failed, nil, text) }
    for failure in [
      "apply_patch verification failed", "failed in sandbox", "execution error",
      "exec_command failed",
      "failed to parse", "unsupported call",
    ] where text.hasPrefix(failure) {
      return (.failed, nil, text)
    }
    if text.hasPrefix("rejected by user") || text.hasPrefix("exec command rejected") {
      return (.denied, nil, text)
    }
    if text == "aborted" || text.hasPrefix("aborted by user") { return (.interrupted, nil, text) }
    return (.succeeded, nil, text)
  }

  private static func status(_ code: Int?) -> ToolResult.Status {
    switch code {
    case 0: .succeeded
    case 124: .timedOut
    case nil: .unknown
    default: .failed
    }
  }

  /// The number after `name` at the start of one of the first lines.
  private static func header(_ name: String, in text: String) -> Int? {
    for line in text.prefix(400).split(separator: "\n").prefix(5) where line.hasPrefix(name) {
      return Int(line.dropFirst(name.count).prefix { $0.isNumber || $0 == "-" })
    }
    return nil
  }
}
