import KairosJSON
import KairosModel

/// GitHub Copilot chats in VS Code since 2026: a log of changes to the document of a chat.
///
/// The first record has the whole chat, later ones set (1), push into (2) or delete (3) what stands
/// at a path. A request is read again whenever a change enters it, and its events give way.
struct CopilotChatLog: LineAdapter {
  static let row = SourceRow(
    format: .copilotChatLog, agent: "GitHub Copilot in VS Code (since 2026)",
    place: "`<VS Code user data>/workspaceStorage/<hash>/chatSessions/*.jsonl`",
    reads: "prompts, answers, tool calls with results, exit codes of terminals, edits; not told: "
      + "the folder")

  /// Where the events of one request stand in the sink.
  private struct Entry {
    var start: Int
    var count = 0
    /// Calls up to the end of this request; later ones repeat them.
    var calls: Set<String> = []
  }

  private var chat = ChangingJSON.text(Array("{}".utf8))
  private var entries: [Entry] = []
  private(set) var session: String?
  /// Later records change what earlier ones said, so there is no state to go on from.
  let isResumable = false
  var state = ""

  static func recognises(_ record: JSONValue) -> Bool {
    record["kind"]?.int == 0 && record["v"]?["requests"]?.isArray == true
      && record["v"]?["sessionId"]?.string != nil
  }

  static func session(of record: JSONValue) -> String? { record["v"]?["sessionId"]?.string }

  mutating func read(
    _ record: JSONValue, place: Place, line: Int, into sink: inout EventSink
  ) {
    guard let kind = record["kind"]?.int, (0...3).contains(kind) else {
      sink.counts.unknown += 1
      return
    }
    if kind == 0, let whole = record["v"] {
      chat = ChangingJSON(whole)
      session = session ?? whole["sessionId"]?.string
      return update(0..., place, into: &sink)
    }
    let path = (record["k"]?.elements ?? []).compactMap(ChangingJSON.Step.init)
    guard path.count == record["k"]?.elements.count, case .key("requests") = path.first else {
      sink.counts.skipped += 1
      return
    }
    apply(kind, record, path)
    // A change of the list changes everything from its place on.
    if path.count > 1, case .index(let index) = path[1] {
      update(index...index, place, into: &sink)
    } else {
      let end = entries.count
      let start = kind == 2 ? record["i"]?.int.map(Int.init) ?? end : 0
      update(min(end, start)..., place, into: &sink)
    }
  }

  private mutating func apply(_ kind: Int64, _ record: JSONValue, _ path: [ChangingJSON.Step]) {
    let value = record["v"].map { ChangingJSON($0) }
    chat.change(path[...]) { target in
      if kind == 2 {
        target.push(
          record["v"]?.elements.map { ChangingJSON($0) } ?? [],
          from: record["i"]?.int.map(Int.init))
      } else {
        target = value ?? .text(Array("null".utf8))
      }
    }
  }

  /// Reads the requests of `range` again and lets those go that are no more.
  private mutating func update(
    _ range: some RangeExpression<Int>, _ place: Place, into sink: inout EventSink
  ) {
    let requests = chat["requests"]?.elements ?? []
    while entries.count > requests.count, let last = entries.popLast() {
      sink.events.removeSubrange(last.start..<(last.start + last.count))
    }
    for index in requests.indices where range.contains(index) || index >= entries.count {
      if let request = requests[index].value { put(request, at: index, place, into: &sink) }
    }
  }

  private mutating func put(
    _ request: JSONValue, at index: Int, _ place: Place, into sink: inout EventSink
  ) {
    if index == entries.count { entries.append(Entry(start: sink.events.count)) }
    guard index < entries.count else { return }
    let end = sink.events.count
    var reading = CopilotChat(calls: index > 0 ? entries[index - 1].calls : [])
    if CopilotChat.isRequest(request) {
      let frame = EventSink.Frame(
        key: CopilotChat.key(of: request), session: session ?? place.source,
        at: RecordTime.of(request["timestamp"]), place: place, cwd: nil, branch: nil)
      reading.read(request, frame, into: &sink)
    }
    entries[index].calls = reading.calls
    let fresh = Array(sink.events[end...])
    sink.events.removeSubrange(end...)
    let old = entries[index]
    sink.events.replaceSubrange(old.start..<(old.start + old.count), with: fresh)
    entries[index].count = fresh.count
    for later in entries.indices where later > index {
      entries[later].start += fresh.count - old.count
    }
  }
}
