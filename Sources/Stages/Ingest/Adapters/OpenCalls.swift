import KairosJSON
import KairosModel

/// What must be known of a tool call until its result comes.
struct OpenCall: Equatable {
  let call: String
  let tool: String
  /// What was asked for, in one line, for the record of a refusal.
  let asked: String
  /// File that the call names.
  let path: String?
  /// Edits that the call makes when it succeeds.
  let edits: [Edit]
}

/// The calls without a result. They are part of what is stored between two readings, so their
/// texts are redacted and limited.
struct OpenCalls: Equatable {
  private var calls: [String: OpenCall] = [:]

  init() {}

  mutating func open(_ call: OpenCall) { calls[call.call] = call }

  func isOpen(_ id: String) -> Bool { calls[id] != nil }

  /// The call that a result without an id belongs to, when only one is open.
  var onlyOpen: String? { calls.count == 1 ? calls.keys.first : nil }

  /// The call whose result has come; without it only the id is known.
  mutating func close(_ id: String) -> OpenCall {
    calls.removeValue(forKey: id)
      ?? OpenCall(call: id, tool: "", asked: "tool call", path: nil, edits: [])
  }

  /// Writes the member `open`.
  func write(to json: inout CanonicalJSON) {
    json.key("open")
    json.array(calls.values.sorted { $0.call < $1.call }) { json, call in
      json.object {
        $0.member("call", call.call)
        $0.member("tool", call.tool)
        $0.member("asked", call.asked)
        $0.member("path", call.path)
        $0.key("edits")
        $0.array(call.edits) { json, edit in json.object { Self.write(edit, to: &$0) } }
      }
    }
  }

  init(_ json: JSONValue) {
    for call in json["open"]?.elements ?? [] {
      guard let id = call["call"]?.string else { continue }
      calls[id] = OpenCall(
        call: id, tool: call["tool"]?.string ?? "", asked: call["asked"]?.string ?? "",
        path: call["path"]?.string,
        edits: (call["edits"]?.elements ?? []).compactMap { Self.edit($0, call: id) })
    }
  }

  private static func write(_ edit: Edit, to json: inout CanonicalJSON) {
    json.member("action", edit.action.rawValue)
    json.member("path", edit.path)
    json.member("new_path", edit.newPath)
    json.member("before", edit.before)
    json.member("after", edit.after)
  }

  private static func edit(_ json: JSONValue, call: String) -> Edit? {
    guard let action = json["action"]?.string.flatMap(Edit.Action.init),
      let path = json["path"]?.string
    else { return nil }
    return Edit(
      call: call, action: action, path: path, newPath: json["new_path"]?.string,
      before: json["before"]?.string ?? "", after: json["after"]?.string ?? "")
  }
}
