import KairosModel

/// An error that went away: a command failed, a command of another kind was run, and the first one
/// succeeded. Edits in between mean that code was repaired, which is work and no knowledge.
struct ErrorFix: SessionRule {
  let name = "error-fix"

  /// Calls between the failure and the success; more would be another story.
  private static let stepsMax = 6

  private struct Run {
    let event: Event
    let line: String
    let commands: [CommandLine]
    let result: ToolResult?
  }

  func observations(in session: SessionView, context: ExtractContext) -> [Observation] {
    let runs = runs(session)
    var found: [Observation] = []
    for (index, failed) in runs.enumerated() {
      guard let run = failed, run.result?.status == .failed, let message = Self.message(run.result),
        let command = run.commands.last, command.role != nil || command.words.first == "git"
      else { continue }
      let rest = runs[(index + 1)...].prefix(Self.stepsMax)
      guard let success = rest.firstIndex(where: { Self.repeats($0, run, .succeeded) }) else {
        continue
      }
      let between = runs[(index + 1)..<success]
      // `nil` stands for an edit.
      guard between.count == 1, let fix = between.first ?? nil, fix.result?.status == .succeeded,
        let cure = fix.commands.last, Self.isCure(cure, for: command)
      else { continue }
      found.append(observation(run, command, message, cure, fix, context))
    }
    return found
  }

  private func runs(_ session: SessionView) -> [Run?] {
    session.events.compactMap { event -> Run?? in
      if case .edit = event.body { return .some(nil) }
      guard case .toolCall(let call) = event.body, let line = call.command else { return nil }
      return Run(
        event: event, line: line, commands: CommandLine.parse(line),
        result: session.result(of: call)?.result)
    }
  }

  private static func repeats(_ run: Run?, _ other: Run, _ status: ToolResult.Status) -> Bool {
    guard let run, run.result?.status == status else { return false }
    return run.commands.last?.text == other.commands.last?.text
  }

  /// A cure changes the state of the machine or the repository and could be run again.
  private static func isCure(_ cure: CommandLine, for command: CommandLine) -> Bool {
    guard cure.text != command.text, cure.text.utf8.count <= 100, cure.isWhole, !cure.isPiped else {
      return false
    }
    if let role = cure.role {
      return [.install, .generate, .migrate, .clean, .format].contains(role)
    }
    let changing = [
      "git read-tree", "git submodule update", "git lfs", "go mod", "npm rebuild", "docker compose",
      "docker-compose", "pip install", "brew install", "apt-get install", "chmod",
    ]
    return changing.contains { cure.text.hasPrefix($0) }
  }

  /// The line that names the error, with numbers, paths and quotes folded.
  private static func message(_ result: ToolResult?) -> String? {
    let cues = ["error", "fatal", "cannot", "not found", "failed", "no such", "missing", "unable"]
    let line = result?.output.split(separator: "\n").first { line in
      let lower = line.lowercased()
      return line.count <= 160 && cues.contains { lower.contains($0) }
    }
    guard let line else { return nil }
    return line.split(separator: " ").map { word in
      word.contains("/") || word.contains(where: \.isNumber) ? "…" : String(word)
    }.joined(separator: " ")
  }

  private func observation(
    _ run: Run, _ command: CommandLine, _ message: String, _ cure: CommandLine, _ fix: Run,
    _ context: ExtractContext
  ) -> Observation {
    Observation(
      rule: name, kind: .fix,
      slot: Slot(
        scope: context.scope, subject: "error:" + message.lowercased(), predicate: "fix"),
      value: cure.text,
      statement: "When `\(command.text)` fails with \"\(message)\", run `\(cure.text)`.",
      actor: .tool, grounded: true, session: run.event.session, lineage: fix.event.id,
      at: fix.event.at, mentions: [],
      evidence: Evidence(
        place: fix.event.place, session: run.event.session, event: fix.event.id, actor: .tool,
        at: fix.event.at, quote: cure.text))
  }
}
