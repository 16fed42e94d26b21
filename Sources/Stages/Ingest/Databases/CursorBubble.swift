import KairosJSON
import KairosModel

/// One message of Cursor ("bubble"): a prompt, an answer, or a call with its result.
enum CursorBubble {
  static func take(
    _ bubble: JSONValue, id: String, _ frame: EventSink.Frame, _ known: inout LineSession,
    into sink: inout EventSink
  ) {
    let text = ["text", "rawText", "content"].lazy.compactMap { bubble[$0]?.string }.first ?? ""
    switch bubble["type"]?.int {
    case 1: known.prompt(frame, part: "0", text: text, into: &sink)
    case 2:
      known.says(frame, part: "0", text: text, into: &sink)
      if let call = bubble["toolFormerData"], call.isObject {
        tool(call, id: id, frame, &known, into: &sink)
      }
    // The chats of 2024 have words for both.
    case nil where bubble["type"]?.string == "user":
      known.prompt(frame, part: "0", text: text, into: &sink)
    case nil where bubble["type"]?.string == "ai":
      known.says(frame, part: "0", text: text, into: &sink)
    default: sink.counts.unknown += 1
    }
  }

  /// The time of a bubble; most have none before 2025.
  static func time(_ bubble: JSONValue) -> Timestamp? {
    let timing = bubble["timingInfo"]
    return RecordTime.of(bubble["createdAt"]) ?? RecordTime.of(bubble["timestamp"])
      ?? RecordTime.of(timing?["clientStartTime"]) ?? RecordTime.of(timing?["clientRpcSendTime"])
  }

  /// The folder that a bubble, or the whole conversation, names.
  static func folder(_ value: JSONValue) -> String? {
    let uri = value["workspaceIdentifier"]?["uri"]
    let named =
      uri?["fsPath"]?.string ?? uri?["path"]?.string ?? value["workspaceProjectDir"]?.string
      ?? value["workspaceUris"]?.elements.first?.string
    return named.flatMap(FileAddress.path)
  }

  /// Inputs and results are JSON in strings.
  private static func nested(_ value: JSONValue?) -> JSONValue? {
    guard let text = value?.string else { return value?.isObject == true ? value : nil }
    return try? JSONDocument.parse(text).root
  }

  private static func tool(
    _ data: JSONValue, id: String, _ frame: EventSink.Frame, _ known: inout LineSession,
    into sink: inout EventSink
  ) {
    guard let name = data["name"]?.string else {
      // A call that is being written has no name yet.
      sink.counts.skipped += 1
      return
    }
    let call = data["toolCallId"]?.string ?? id
    let (arguments, params) = (nested(data["rawArgs"]), nested(data["params"]))
    let input = arguments?.members.isEmpty == false ? arguments : params
    let result = nested(data["result"])
    known.call(
      frame, id: call, name: name, input: input,
      edits: edits(name, call, input, params, result), into: &sink)
    guard let status = status(data, result) else { return }
    let error = nested(data["error"])
    let failure = error?["modelVisibleErrorMessage"]?.string ?? data["error"]?.string
    let output =
      ["output", "contents", "content", "stdout"].lazy.compactMap { result?[$0]?.string }.first
      ?? failure ?? data["result"]?.string ?? ""
    let code = (result?["exitCodeV2"] ?? result?["exitCode"])?.int.map(Int.init)
    let isDone = status == .succeeded
    known.result(
      frame, id: call, output: output, isError: !isDone, exitCode: code,
      status: isDone && code != nil ? nil : status, into: &sink)
  }

  /// How the call ended; `nil` while it has not.
  private static func status(_ data: JSONValue, _ result: JSONValue?) -> ToolResult.Status? {
    if data["userDecision"]?.string == "rejected" || result?["rejected"]?.bool == true {
      return .denied
    }
    return switch data["status"]?.string {
    case "completed": .succeeded
    case "error": .failed
    case "cancelled": .interrupted
    case nil where result != nil: .unknown
    default: nil
    }
  }

  /// What the input says, or the hunks of the result.
  private static func edits(
    _ name: String, _ call: String, _ input: JSONValue?, _ params: JSONValue?,
    _ result: JSONValue?
  ) -> [Edit] {
    let known = ToolInput.edits(ToolInput.call(id: call, name: name, input: input), input)
    if !known.isEmpty { return known }
    let path =
      input?["target_file"]?.string ?? input?["file_path"]?.string
      ?? params?["relativeWorkspacePath"]?.string
    let hunks = (result?["diff"]?["chunks"]?.elements ?? []).compactMap { $0["diffString"]?.string }
    guard let path, !hunks.isEmpty else { return [] }
    let patch = ["--- a/" + path, "+++ b/" + path] + hunks.map { "@@\n" + $0 }
    return UnifiedDiff.edits(in: "diff --git \n" + patch.joined(separator: "\n"), call: call)
      .map {
        Edit(
          call: call, action: .update, path: path, newPath: nil, before: $0.before,
          after: $0.after)
      }
  }
}

/// Addresses of files and folders as editors write them.
enum FileAddress {
  /// The path of `file:///home/ada/lamp`, of a remote machine's folder, or of a plain path.
  static func path(_ address: String) -> String? {
    guard let scheme = address.firstRange(of: "://") else { return address }
    guard let slash = address[scheme.upperBound...].firstIndex(of: "/") else { return nil }
    var bytes: [UInt8] = []
    var rest = Array(address[slash...].utf8)[...]
    while let byte = rest.popFirst() {
      let digits = String(decoding: rest.prefix(2), as: UTF8.self)
      if byte == UInt8(ascii: "%"), let value = UInt8(digits, radix: 16) {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
