import KairosModel

/// Commands that worked: what this project is built, tested and checked with.
///
/// Only whole-project commands of known tools count, and only when the line as a whole succeeded
/// and nothing hides the exit code. A failure says nothing about whether a command is the right
/// one: red tests are work.
struct CommandOutcomes: SessionRule {
  let name = "command-outcomes"

  func observations(in session: SessionView, context: ExtractContext) -> [Observation] {
    var found: [Observation] = []
    var seen: Set<String> = []
    for event in session.events where event.provenance == .said || event.provenance == .delegated {
      guard case .toolCall(let call) = event.body, let line = call.command,
        let (resultEvent, result) = session.result(of: call), result.status == .succeeded
      else { continue }
      for command in CommandLine.parse(line) {
        guard let role = command.role, role != .task || command.task != nil, command.isWhole,
          command.text.utf8.count <= 120, !command.text.contains("\""), !command.text.contains("'"),
          proves(command, result), isThisProject(event, call, line),
          seen.insert(command.text).inserted
        else { continue }
        found.append(
          observation(command, role, call: event, result: resultEvent, context: context))
      }
    }
    return found
  }

  /// A piped command's exit code is lost; then its output must not speak of failure.
  private func proves(_ command: CommandLine, _ result: ToolResult) -> Bool {
    if result.exitCode == 0 || !command.isPiped {
      return !(command.isPiped && Self.saysFailure(result.output))
    }
    return !Self.saysFailure(result.output)
  }

  private static func saysFailure(_ output: String) -> Bool {
    [
      "FAIL", "error:", "Error:", "ERROR", "command not found", "No such file", "not ok ", "failed",
      "panic:", "Traceback", "no such task", "Unknown command", "missing script",
    ].contains { output.contains($0) }
  }

  /// Commands after `cd` to a folder elsewhere belong to another project.
  private func isThisProject(_ event: Event, _ call: ToolCall, _ line: String) -> Bool {
    if line.hasPrefix("cd /tmp") || line.hasPrefix("cd ~") || line.contains("mktemp") {
      return false
    }
    guard line.hasPrefix("cd /"), let cwd = event.cwd else { return true }
    let folder = line.dropFirst(3).prefix { $0 != " " && $0 != ";" && $0 != "&" }
    return folder.hasPrefix(cwd) || cwd.hasPrefix(folder)
  }

  private func observation(
    _ command: CommandLine, _ role: CommandRole, call: Event, result: Event,
    context: ExtractContext
  ) -> Observation {
    let statement =
      role == .task
      ? "`\(command.text)` is a task of the project."
      : "\(role.phrase) `\(command.text)`."
    return Observation(
      rule: name, kind: .command,
      slot: Slot(
        scope: context.scope, subject: "project", predicate: "command." + role.rawValue),
      value: command.text, statement: statement, actor: .tool, grounded: true,
      session: call.session, lineage: result.id, at: result.at ?? call.at,
      mentions: [Mention(kind: .command, name: command.text)],
      evidence: Evidence(
        place: call.place, session: call.session, event: call.id, actor: .tool,
        at: result.at ?? call.at, quote: command.text))
  }
}
