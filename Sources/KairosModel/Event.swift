import KairosJSON

/// One normalised thing in a session, after redaction.
public struct Event: Sendable, Equatable {
  /// What happened.
  public enum Kind: String, Sendable, CaseIterable {
    case message
    case toolCall = "tool-call"
    case toolResult = "tool-result"
    case edit, approval, boundary
  }

  /// Content-derived; equal wherever the same record occurs (`e_…`).
  public let id: String
  /// Key of the session that survives resume, fork, copy and renaming.
  public let session: String
  public let actor: Actor
  public let provenance: Provenance
  /// `nil` when neither the record nor its neighbours have a time.
  public let at: Timestamp?
  public let place: Place
  /// Working folder and branch at that moment, where the format tells.
  public let cwd: String?
  public let branch: String?
  public let body: Body

  /// The content, by kind.
  public enum Body: Sendable, Equatable {
    case message(text: String)
    case toolCall(ToolCall)
    case toolResult(ToolResult)
    case edit(Edit)
    /// A person's answer to a question of the agent (a choice, a permission, a plan).
    case approval(Approval)
    case boundary(Boundary)
  }

  /// Where the conversation was cut or joined.
  public enum Boundary: String, Sendable { case start, compaction, interrupt, resume }

  public var kind: Kind {
    switch body {
    case .message: .message
    case .toolCall: .toolCall
    case .toolResult: .toolResult
    case .edit: .edit
    case .approval: .approval
    case .boundary: .boundary
    }
  }

  public init(
    id: String, session: String, actor: Actor, provenance: Provenance, at: Timestamp?,
    place: Place, cwd: String?, branch: String?, body: Body
  ) {
    self.id = id
    self.session = session
    self.actor = actor
    self.provenance = provenance
    self.at = at
    self.place = place
    self.cwd = cwd
    self.branch = branch
    self.body = body
  }
}

/// A tool call of the agent. `command` is set for shells; `input` holds the other named inputs
/// that are short texts (paths, patterns, queries), without file contents.
public struct ToolCall: Sendable, Equatable {
  public let call: String
  public let tool: String
  public let command: String?
  /// Working folder of this call when it differs from the event's.
  public let workdir: String?
  public let input: [String: String]

  public init(
    call: String, tool: String, command: String?, workdir: String?, input: [String: String]
  ) {
    self.call = call
    self.tool = tool
    self.command = command
    self.workdir = workdir
    self.input = input
  }
}

/// What came back from a tool call.
public struct ToolResult: Sendable, Equatable {
  /// How the call ended.
  public enum Status: String, Sendable {
    case succeeded, failed, denied, interrupted
    case timedOut = "timed-out"
    case unknown
  }

  public let call: String
  public let status: Status
  /// `nil` when the format does not tell one.
  public let exitCode: Int?
  /// Head and tail of the output within the stated limit, joined by a marker line.
  public let output: String
  /// Bytes that the limit dropped.
  public let droppedBytes: Int

  public init(call: String, status: Status, exitCode: Int?, output: String, droppedBytes: Int) {
    self.call = call
    self.status = status
    self.exitCode = exitCode
    self.output = output
    self.droppedBytes = droppedBytes
  }
}

/// A change of one file by the agent.
public struct Edit: Sendable, Equatable {
  /// What was done to the file.
  public enum Action: String, Sendable { case create, update, delete, rename }

  public let call: String?
  public let action: Action
  public let path: String
  /// New path of a rename.
  public let newPath: String?
  /// Replaced and replacing text where the format has them, each within the stated limit.
  public let before: String
  public let after: String

  public init(
    call: String?, action: Action, path: String, newPath: String?, before: String, after: String
  ) {
    self.call = call
    self.action = action
    self.path = path
    self.newPath = newPath
    self.before = before
    self.after = after
  }
}

/// A question of the agent and what the person chose or answered.
public struct Approval: Sendable, Equatable {
  /// What the person did with the question.
  public enum Verdict: String, Sendable { case answered, approved, denied }

  public let call: String?
  public let question: String
  public let verdict: Verdict
  public let answer: String

  public init(call: String?, question: String, verdict: Verdict, answer: String) {
    self.call = call
    self.question = question
    self.verdict = verdict
    self.answer = answer
  }
}

extension Event: CanonicalRecord {
  /// Writes the canonical form.
  public func write(to json: inout CanonicalJSON) {
    json.object {
      $0.member("id", id)
      $0.member("kind", kind.rawValue)
      $0.member("session", session)
      $0.member("actor", actor.rawValue)
      $0.member("provenance", provenance.rawValue)
      $0.member("at", at)
      $0.key("place")
      place.write(to: &$0)
      $0.member("cwd", cwd)
      $0.member("branch", branch)
      $0.member("body") { body.write(to: &$0) }
    }
  }

  public init(json: JSONValue) throws(RecordError) {
    let reader = RecordReader("event", json)
    guard let place = json["place"], let body = json["body"] else { throw reader.error("place") }
    self.init(
      id: try reader.string("id"), session: try reader.string("session"),
      actor: try reader.choice("actor", Actor.self),
      provenance: try reader.choice("provenance", Provenance.self), at: reader.time("at"),
      place: try Place(json: place), cwd: reader.optionalString("cwd"),
      branch: reader.optionalString("branch"),
      body: try Body(kind: try reader.choice("kind", Kind.self), json: body))
  }
}

extension Event.Body {
  func write(to json: inout CanonicalJSON) {
    switch self {
    case .message(let text): json.member("text", text)
    case .toolCall(let call): call.write(to: &json)
    case .toolResult(let result): result.write(to: &json)
    case .edit(let edit): edit.write(to: &json)
    case .approval(let approval): approval.write(to: &json)
    case .boundary(let boundary): json.member("boundary", boundary.rawValue)
    }
  }

  init(kind: Event.Kind, json: JSONValue) throws(RecordError) {
    let reader = RecordReader("event body", json)
    switch kind {
    case .message: self = .message(text: try reader.string("text"))
    case .toolCall: self = .toolCall(try ToolCall(reader))
    case .toolResult: self = .toolResult(try ToolResult(reader))
    case .edit: self = .edit(try Edit(reader))
    case .approval: self = .approval(try Approval(reader))
    case .boundary: self = .boundary(try reader.choice("boundary", Event.Boundary.self))
    }
  }
}

extension ToolCall {
  func write(to json: inout CanonicalJSON) {
    json.member("call", call)
    json.member("tool", tool)
    json.member("command", command)
    json.member("workdir", workdir)
    json.member("input") {
      for (key, value) in input.sorted(by: { $0.key < $1.key }) { $0.member(key, value) }
    }
  }

  init(_ reader: RecordReader) throws(RecordError) {
    var input: [String: String] = [:]
    for (key, value) in reader.json["input"]?.members ?? [] { input[key] = value.string ?? "" }
    self.init(
      call: try reader.string("call"), tool: try reader.string("tool"),
      command: reader.optionalString("command"), workdir: reader.optionalString("workdir"),
      input: input)
  }
}

extension ToolResult {
  func write(to json: inout CanonicalJSON) {
    json.member("call", call)
    json.member("status", status.rawValue)
    json.member("exit_code", exitCode.map(Int64.init))
    json.member("output", output)
    json.member("dropped_bytes", droppedBytes)
  }

  init(_ reader: RecordReader) throws(RecordError) {
    self.init(
      call: try reader.string("call"), status: try reader.choice("status", Status.self),
      exitCode: reader.json["exit_code"]?.int.map(Int.init), output: try reader.string("output"),
      droppedBytes: Int(try reader.int("dropped_bytes")))
  }
}

extension Edit {
  func write(to json: inout CanonicalJSON) {
    json.member("call", call)
    json.member("action", action.rawValue)
    json.member("path", path)
    json.member("new_path", newPath)
    json.member("before", before)
    json.member("after", after)
  }

  init(_ reader: RecordReader) throws(RecordError) {
    self.init(
      call: reader.optionalString("call"), action: try reader.choice("action", Action.self),
      path: try reader.string("path"), newPath: reader.optionalString("new_path"),
      before: try reader.string("before"), after: try reader.string("after"))
  }
}

extension Approval {
  func write(to json: inout CanonicalJSON) {
    json.member("call", call)
    json.member("question", question)
    json.member("verdict", verdict.rawValue)
    json.member("answer", answer)
  }

  init(_ reader: RecordReader) throws(RecordError) {
    self.init(
      call: reader.optionalString("call"), question: try reader.string("question"),
      verdict: try reader.choice("verdict", Verdict.self), answer: try reader.string("answer"))
  }
}
