import KairosModel

/// Sessions and trees for the tests of extraction rules.
extension Build {
  /// One step of a session.
  public enum Step: Sendable {
    /// A shell command with its output; `exit` 0 succeeds, others fail, `nil` is unknown.
    case run(String, output: String = "", exit: Int? = 0, cwd: String? = nil)
    /// A command with a status of its own.
    case ended(String, ToolResult.Status)
    case edit(String, before: String = "", after: String = "", action: Edit.Action = .update)
    case move(String, to: String)
  }

  /// The events of a session in `/home/dev/app`.
  public static func session(_ steps: [Step], root: String = "/home/dev/app") -> [Event] {
    var events: [Event] = []
    func add(_ id: String, _ cwd: String?, _ actor: Actor, _ body: Event.Body) {
      let place = Place(
        source: "s_1", bytes: events.count..<(events.count + 1), digest: "sha256:0")
      events.append(
        Event(
          id: id, session: "one", actor: actor, provenance: .said,
          at: at(day: 0, seconds: Int64(events.count)), place: place, cwd: cwd ?? root,
          branch: nil, body: body))
    }
    for (index, step) in steps.enumerated() {
      let call = "call-\(index)"
      switch step {
      case .run(let command, let output, let exit, let cwd):
        add("e_\(index)", cwd, .assistant, .toolCall(shell(call, command)))
        let status: ToolResult.Status = exit.map { $0 == 0 ? .succeeded : .failed } ?? .unknown
        add(
          "r_\(index)", cwd, .tool,
          .toolResult(
            ToolResult(
              call: call, status: status, exitCode: exit, output: output, droppedBytes: 0)))
      case .ended(let command, let status):
        add("e_\(index)", nil, .assistant, .toolCall(shell(call, command)))
        add(
          "r_\(index)", nil, .tool,
          .toolResult(
            ToolResult(call: call, status: status, exitCode: nil, output: "", droppedBytes: 0)))
      case .edit(let path, let before, let after, let action):
        add(
          "e_\(index)", nil, .assistant,
          .edit(
            Edit(
              call: call, action: action, path: path, newPath: nil, before: before, after: after)))
      case .move(let path, let target):
        add(
          "e_\(index)", nil, .assistant,
          .edit(
            Edit(
              call: call, action: .rename, path: path, newPath: target, before: "", after: "")))
      }
    }
    return events
  }

  private static func shell(_ call: String, _ command: String) -> ToolCall {
    ToolCall(call: call, tool: "shell", command: command, workdir: nil, input: [:])
  }

  /// A tree of files; the kind follows the name unless given.
  public static func tree(
    _ files: [(path: String, text: String)], code: [(path: String, doc: String?)] = []
  ) -> Workspace {
    var all = files.map { file in
      Workspace.File(
        path: file.path, size: file.text.utf8.count, digest: "sha256:" + file.path,
        kind: kind(file.path), text: file.text, symbols: [],
        words: Set(WorkspaceIndex.words(of: file.text)).sorted())
    }
    all += code.map { file in
      Workspace.File(
        path: file.path, size: 1, digest: "sha256:" + file.path, kind: .code, text: file.doc,
        symbols: [], words: Set(WorkspaceIndex.words(of: file.doc ?? "")).sorted())
    }
    return Workspace(
      id: "w_1", commit: "c0ffee", dirty: false, at: at(day: 9), remote: nil,
      files: all.sorted { $0.path < $1.path })
  }

  private static func kind(_ path: String) -> Workspace.File.Kind {
    let name = path.split(separator: "/").last ?? ""
    if ["AGENTS.md", "CLAUDE.md"].contains(name) { return .instructions }
    return name.hasSuffix(".md") || name.hasPrefix("LICENSE") ? .document : .manifest
  }
}
