import KairosJSON
import KairosModel

/// One tool call with what came back, for formats that keep both at hand.
struct ToolExchange {
  var call: ToolCall
  var edits: [Edit] = []
  var provenance = Provenance.said

  /// A call whose arguments have the names that agents commonly use.
  init(id: String, tool: String, arguments: JSONValue?, provenance: Provenance = .said) {
    call = ToolInput.call(id: id, name: tool, input: arguments)
    edits = ToolInput.edits(call, arguments)
    self.provenance = provenance
  }

  /// A command line that was run without named arguments.
  init(id: String, tool: String, command: String) {
    call = ToolCall(call: id, tool: tool, command: command, workdir: nil, input: [:])
  }

  /// What came back.
  struct Outcome {
    var status: ToolResult.Status
    var exitCode: Int?
    var output: String
  }

  func emitCall(_ frame: EventSink.Frame, part: String, into sink: inout EventSink) {
    sink.call(frame, part: part + ".call", provenance: provenance, call)
  }

  /// The result, and what follows from it: edits of a success, the text of a memory file that was
  /// read, the person's refusal.
  func emit(
    _ outcome: Outcome, _ frame: EventSink.Frame, part: String, into sink: inout EventSink
  ) {
    sink.result(
      frame, part: part + ".result", provenance: provenance, call: call.call,
      status: outcome.status, exitCode: outcome.exitCode, output: outcome.output)
    if outcome.status == .denied, provenance == .said {
      sink.approval(
        frame, part: part + ".denied",
        Approval(call: call.call, question: asked, verdict: .denied, answer: ""))
    }
    guard outcome.status == .succeeded else { return }
    for (index, edit) in edits.enumerated() {
      sink.edit(frame, part: part + ".edit.\(index)", provenance: provenance, edit)
    }
    if edits.isEmpty, call.tool.hasBytes("ead"), let path, AgentMemory.isMemoryFile(path) {
      sink.message(
        frame, part: part + ".memory", actor: .memory, provenance: .memory,
        text: AgentMemory.withoutLineNumbers(outcome.output))
    }
  }

  /// Names of the argument that tells which file a call is about.
  private static let pathKeys = ["file_path", "filePath", "path", "absolute_path", "filename"]

  private var path: String? { Self.pathKeys.lazy.compactMap { call.input[$0] }.first }

  private var asked: String { call.tool + ": " + (call.command ?? path ?? "") }
}

/// Blocks of searched and replacing text, in the marks of several agents.
enum SearchReplace {
  /// One edit a block; `edit` makes it from the texts before and after.
  static func edits(_ diff: String, _ edit: (String, String) -> Edit) -> [Edit] {
    var found: [Edit] = []
    var before: [Substring] = []
    var after: [Substring] = []
    var side = 0
    for line in diff.split(separator: "\n", omittingEmptySubsequences: false) {
      switch line.trimmedWhitespace {
      case "<<<<<<< SEARCH", "------- SEARCH": (side, before, after) = (1, [], [])
      case "-------" where side == 1: before = []
      case "=======" where side == 1: side = 2
      case ">>>>>>> REPLACE", "+++++++ REPLACE":
        if side == 2 {
          found.append(edit(before.joined(separator: "\n"), after.joined(separator: "\n")))
        }
        side = 0
      default:
        if side == 1 { before.append(line) }
        if side == 2 { after.append(line) }
      }
    }
    return found
  }
}

/// Numbers and statuses that tools write into their text.
enum OutputText {
  /// The integer after the first occurrence of `mark`.
  static func number(after mark: StaticString, in text: some StringProtocol) -> Int? {
    guard let hit = text.bytesRange(of: mark) else { return nil }
    let digits = text[hit.upperBound...].utf8.prefix {
      (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-")
    }
    return Int(String(decoding: digits, as: UTF8.self))
  }

  static func status(_ exitCode: Int?) -> ToolResult.Status {
    switch exitCode {
    case 0: .succeeded
    case 124: .timedOut
    case nil: .unknown
    default: .failed
    }
  }
}
