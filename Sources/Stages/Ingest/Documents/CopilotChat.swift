import KairosJSON
import KairosModel

/// GitHub Copilot chat in VS Code: one document a chat, a request with its response an element.
///
/// The rounds in a result's metadata are complete; the response parts, which are made for the
/// screen, are read when there are no rounds. The session id stands at the end of the document,
/// so the first request's id stands for it.
struct CopilotChat: DocumentAdapter {
  static let row = SourceRow(
    format: .copilotChat, agent: "GitHub Copilot in VS Code",
    place: "`<VS Code user data>/workspaceStorage/<hash>/chatSessions/*.json`",
    reads: "prompts, answers, tool calls with results, exit codes of terminals, edits; not told: "
      + "the folder")

  static func recognises(_ root: JSONValue) -> Bool {
    guard let requests = root["requests"], requests.isArray else { return false }
    if let first = requests.elements.first {
      return first["requestId"] != nil || first["message"]?["text"] != nil
    }
    return root["responderUsername"] != nil || root["creationDate"] != nil
  }

  static func session(of root: JSONValue) -> String? { nil }

  static func identity(of root: JSONValue) -> [String] {
    let first = root["requests"]?.elements.first
    return [first?["requestId"]?.string ?? first?["message"]?["text"]?.string ?? ""]
  }

  /// Ids of calls that were met; a later request repeats the rounds that it goes on from.
  private(set) var calls: Set<String> = []

  init() {}

  init(calls: Set<String>) { self.calls = calls }

  static func isRequest(_ request: JSONValue) -> Bool {
    (request["message"]?["text"]?.string ?? request["message"]?.string) != nil
  }

  static func key(of request: JSONValue) -> String {
    "copilot:" + (request["requestId"]?.string ?? SHA256Digest.of(request.rawBytes).hex)
  }

  mutating func read(
    _ root: JSONValue, of source: DocumentSource, into sink: inout EventSink
  ) {
    for request in root["requests"]?.elements ?? [] {
      sink.counts.records += 1
      guard Self.isRequest(request) else {
        sink.counts.badLines += 1
        continue
      }
      let frame = source.frame(
        Self.key(of: request), of: request, at: RecordTime.of(request["timestamp"]))
      read(request, frame, into: &sink)
    }
  }

  /// One request with its response.
  mutating func read(
    _ request: JSONValue, _ frame: EventSink.Frame, into sink: inout EventSink
  ) {
    let text = request["message"]?["text"]?.string ?? request["message"]?.string ?? ""
    sink.prompt(frame, part: "prompt", text: text)
    let rounds = request["result"]?["metadata"]?["toolCallRounds"]?.elements ?? []
    if rounds.isEmpty {
      parts(request, frame, into: &sink)
    } else {
      for (index, round) in rounds.enumerated() {
        take(round, "round.\(index)", request, frame, into: &sink)
      }
      edits(request, frame, into: &sink)
    }
    if request["isCanceled"]?.bool == true {
      sink.boundary(frame, part: "cancelled", .interrupt)
    }
  }

  // MARK: Rounds

  private mutating func take(
    _ round: JSONValue, _ part: String, _ request: JSONValue, _ frame: EventSink.Frame,
    into sink: inout EventSink
  ) {
    sink.message(
      frame, part: part, actor: .assistant, provenance: .said,
      text: round["response"]?.string ?? "")
    let results = request["result"]?["metadata"]?["toolCallResults"]
    for call in round["toolCalls"]?.elements ?? [] {
      guard let id = call["id"]?.string, let name = call["name"]?.string else {
        sink.counts.badLines += 1
        continue
      }
      guard calls.insert(id).inserted else { continue }
      let arguments = call["arguments"]?.string.flatMap { try? JSONDocument.parse($0) }
      let exchange = ToolExchange(id: id, tool: name, arguments: arguments?.root)
      var frame = frame
      frame.key = "copilot:call:" + id
      exchange.emitCall(frame, part: "0", into: &sink)
      guard let result = results?[id] else { continue }
      exchange.emit(Self.outcome(result), frame, part: "0", into: &sink)
    }
  }

  private static func outcome(_ result: JSONValue) -> ToolExchange.Outcome {
    let output =
      result["content"]?.elements.map { texts(in: $0["value"] ?? $0) }
      .joined(separator: "\n") ?? ""
    let code =
      OutputText.number(after: "Command exited with code ", in: output)
      ?? OutputText.number(after: "exit code: ", in: output.tail(bytes: 200))
    let isError =
      output.hasBytesPrefix("ERROR") || output.hasBytesPrefix("Error")
      || result["isError"]?.bool == true
    let isDenied = output.hasBytes("The user cancelled the tool call")
    return .init(
      status: isDenied
        ? .denied : isError ? .failed : code.map(OutputText.status) ?? .succeeded,
      exitCode: code, output: output)
  }

  /// A value is a string, or a tree of nodes whose leaves have a `text`.
  private static func texts(in value: JSONValue) -> String {
    if let text = value.string { return text }
    var found = ""
    var open = [value]
    while let next = open.popLast() {
      if let text = next["text"]?.string {
        found += text
        if next["lineBreakBefore"]?.bool == true { found += "\n" }
      }
      let children = next["node"].map { [$0] } ?? next["children"]?.elements ?? []
      open += children.reversed()
    }
    return found
  }

  // MARK: Parts of the response

  private mutating func parts(
    _ request: JSONValue, _ frame: EventSink.Frame, into sink: inout EventSink
  ) {
    var text = ""
    for part in request["response"]?.elements ?? [] {
      switch part["kind"]?.string {
      case nil, "markdownContent":
        text += part["value"]?.string ?? part["content"]?["value"]?.string ?? ""
      case "inlineReference": text += part["name"]?.string.map { "`\($0)`" } ?? ""
      case "toolInvocationSerialized": invocation(part, frame, into: &sink)
      default: break
      }
    }
    sink.message(frame, part: "response", actor: .assistant, provenance: .said, text: text)
    edits(request, frame, into: &sink)
  }

  private mutating func invocation(
    _ part: JSONValue, _ frame: EventSink.Frame, into sink: inout EventSink
  ) {
    guard let id = part["toolCallId"]?.string, let tool = part["toolId"]?.string,
      calls.insert(id).inserted
    else { return }
    let data = part["toolSpecificData"]
    let line = data?["commandLine"]
    let command =
      line?["userEdited"]?.string ?? line?["toolEdited"]?.string ?? line?["original"]?.string
      ?? data?["command"]?.string
    let exchange =
      command.map { ToolExchange(id: id, tool: tool, command: $0) }
      ?? ToolExchange(id: id, tool: tool, arguments: nil)
    var frame = frame
    frame.key = "copilot:call:" + id
    exchange.emitCall(frame, part: "0", into: &sink)
    let code = data?["terminalCommandState"]?["exitCode"]?.int.map(Int.init)
    let isDenied = part["isConfirmed"]?.bool == false
    guard isDenied || part["isComplete"]?.bool == true else { return }
    exchange.emit(
      .init(
        status: isDenied ? .denied : code.map(OutputText.status) ?? .succeeded, exitCode: code,
        output: data?["terminalCommandOutput"]?["text"]?.string ?? ""),
      frame, part: "0", into: &sink)
  }

  /// Edits of the screen: the new text of places in a file.
  private func edits(
    _ request: JSONValue, _ frame: EventSink.Frame, into sink: inout EventSink
  ) {
    let groups = (request["response"]?.elements ?? []).filter {
      $0["kind"]?.string == "textEditGroup"
    }
    for (index, group) in groups.enumerated() {
      let uri = group["uri"]
      guard let path = uri?["fsPath"]?.string ?? uri?["path"]?.string else { continue }
      let texts = (group["edits"]?.elements ?? []).flatMap { $0.isArray ? $0.elements : [$0] }
        .compactMap { $0["text"]?.string }
      sink.edit(
        frame, part: "edit.\(index)", provenance: .said,
        Edit(
          call: nil, action: .update, path: path, newPath: nil, before: "",
          after: texts.joined(separator: "\n")))
    }
  }
}
