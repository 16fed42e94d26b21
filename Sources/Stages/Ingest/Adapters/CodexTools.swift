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
  static func command(_ arguments: JSONValue?) -> String? {
    if let text = arguments?["command"]?.string ?? arguments?["cmd"]?.string { return text }
    let words = arguments?["command"]?.elements.compactMap(\.string) ?? []
    guard let program = words.first else { return nil }
    let name = program.split(separator: "/").last.map(String.init) ?? program
    if words.count == 3, ["bash", "sh", "zsh"].contains(name), ["-lc", "-c"].contains(words[1]) {
      return words[2]
    }
    return words.map(quoted).joined(separator: " ")
  }

  private static func quoted(_ word: String) -> String {
    let isPlain = word.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || $0.properties.numericType != nil
        || "-_./=:,@%+".unicodeScalars.contains($0)
    }
    if isPlain, !word.isEmpty { return word }
    let parts = word.split(separator: "'", omittingEmptySubsequences: false)
    return "'" + parts.joined(separator: "'\\''") + "'"
  }

  /// The text of a patch: the input of its own tool, or what a shell command hands to
  /// `apply_patch`.
  static func patch(
    name: String, item: JSONValue, arguments: JSONValue?, command: String?
  ) -> String? {
    if name == "apply_patch" {
      return item["input"]?.string ?? arguments?["input"]?.string ?? command
    }
    let words = arguments?["command"]?.elements.compactMap(\.string) ?? []
    if words.count == 2, words[0] == "apply_patch" { return words[1] }
    guard let command, command.hasBytes("*** Begin Patch") else { return nil }
    let start = command.prefix { $0 != "\n" }
    return start.hasBytes("apply_patch") ? command : nil
  }

  private static let inputBytesMax = 512

  /// Short named inputs that are no command.
  static func inputs(_ arguments: JSONValue?) -> [String: String] {
    var found: [String: String] = [:]
    for (key, value) in arguments?.members ?? []
    where !["command", "cmd", "input", "workdir"].contains(key) {
      if let text = value.string ?? value.numberText ?? value.bool.map(String.init),
        text.utf8.count <= inputBytesMax
      {
        found[key] = text
      }
    }
    return found
  }

  // MARK: Outputs

  typealias Outcome = (status: ToolResult.Status, exitCode: Int?, output: String)

  /// Status, exit code and text: JSON with metadata (0.36), a header of lines (0.63 and later), or
  /// a plain sentence.
  static func outcome(of output: JSONValue?) -> Outcome {
    let text =
      output?.string ?? output?["content"]?.string
      ?? texts(output) ?? texts(output?["content"]) ?? ""
    if let inner = encoded(text) { return inner }
    if let code = header("Exit code: ", in: text) ?? header("Process exited with code ", in: text) {
      return (status(code), code, body(text))
    }
    if text.head(bytes: 400).hasBytes("Process running with session ID") {
      return (.unknown, nil, body(text))
    }
    if output?["success"]?.bool == false { return (.failed, nil, text) }
    return (plainStatus(text), nil, text)
  }

  /// An output that is itself JSON: `{"output":…,"metadata":{"exit_code":…}}`, or the parts that
  /// an MCP server sent.
  private static func encoded(_ text: String) -> Outcome? {
    guard text.hasPrefix("{\"output\"") || text.hasPrefix("[{"),
      let inner = try? JSONDocument.parse(text).root
    else { return nil }
    if let parts = texts(inner) { return (.succeeded, nil, parts) }
    guard let body = inner["output"]?.string else { return nil }
    let code = inner["metadata"]?["exit_code"]?.int.map(Int.init)
    return (status(code), code, body)
  }

  private static func texts(_ parts: JSONValue?) -> String? {
    let found = (parts?.elements ?? []).compactMap { $0["text"]?.string }
    return found.isEmpty ? nil : found.joined(separator: "\n")
  }

  private static func body(_ text: String) -> String {
    text.bytesRange(of: "Output:\n").map { String(text[$0.upperBound...]) } ?? text
  }

  private static func status(_ code: Int?) -> ToolResult.Status {
    switch code {
    case 0: .succeeded
    case 124: .timedOut
    case nil: .unknown
    default: .failed
    }
  }

  /// How an output without a code reads.
  private static func plainStatus(_ text: String) -> ToolResult.Status {
    let failures: [StaticString] = [
      "apply_patch verification failed", "failed in sandbox", "execution error",
      "exec_command failed", "failed to parse", "unsupported call", "Error: ", "err: ",
    ]
    if failures.contains(where: { text.hasBytesPrefix($0) }) { return .failed }
    let refusals: [StaticString] = [
      "rejected by user", "exec command rejected", "patch rejected by user",
    ]
    if refusals.contains(where: { text.hasBytesPrefix($0) }) { return .denied }
    if text == "aborted" || text.hasBytesPrefix("aborted by user") { return .interrupted }
    return text.hasBytesPrefix("command timed out") ? .timedOut : .succeeded
  }

  /// The number after `name` at the start of one of the first lines.
  private static func header(_ name: StaticString, in text: String) -> Int? {
    for line in text.head(bytes: 400).split(separator: "\n").prefix(6)
    where line.hasBytesPrefix(name) {
      let digits = line.utf8.dropFirst(name.utf8CodeUnitCount).prefix {
        (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-")
      }
      return Int(String(decoding: digits, as: UTF8.self))
    }
    return nil
  }
}
