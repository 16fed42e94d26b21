import KairosModel

/// Commands that the agent ran: what this project is built, tested and checked with.
///
/// Only commands that concern the project as a whole count, in the form that people write down;
/// of commands for one test the form with the test's name left open. A failure says nothing about
/// whether a command is the right one, except that its task does not exist.
struct CommandOutcomes: SessionRule {
  let name = "command-outcomes"

  func observations(in session: SessionView, context: ExtractContext) -> [Observation] {
    let place = ProjectPlace(session: session, index: context.index)
    var found: [Observation] = []
    var positions: [String: Int] = [:]
    for event in session.events {
      guard case .toolCall(let call) = event.body, let text = call.command,
        let answer = session.result(of: call)
      else { continue }
      let line = ShellLine(text)
      for run in runs(in: line, call, event, place, result: answer.result) {
        let observation = observation(
          run, call: event, result: answer.event, text: text, context: context)
        let key = observation.slot.key + observation.value + observation.polarity.rawValue
        if let known = positions[key] {
          // One session is one witness; the proven run speaks for it.
          if !found[known].grounded, observation.grounded { found[known] = observation }
        } else {
          positions[key] = found.count
          found.append(observation)
        }
      }
    }
    return found
  }

  /// One use of a command, where it ran and how sure its success is.
  private struct Run {
    let use: CommandUse
    let folder: String?
    let proof: CommandProof
  }

  private func runs(
    in line: ShellLine, _ call: ToolCall, _ event: Event, _ place: ProjectPlace,
    result: ToolResult
  ) -> [Run] {
    var folder = call.workdir ?? event.cwd ?? place.root ?? ""
    var runs: [Run] = []
    for (position, command) in line.commands.enumerated() where command.joint != .pipe {
      if command.words.first == "cd" || command.words.first == "pushd" {
        folder = Self.changed(folder, to: command)
        continue
      }
      guard !command.isDynamic, let use = CommandLine.use(of: command.words) else { continue }
      let proof = CommandProof.of(position, in: line, result: result)
      guard proof != .none, proof != .missing || use.isTask else { continue }
      switch place.folder(folder) {
      case .project: runs.append(Run(use: use, folder: nil, proof: proof))
      case .inside(let path): runs.append(Run(use: use, folder: path, proof: proof))
      case .elsewhere: continue
      }
    }
    return runs
  }

  private static func changed(_ folder: String, to command: ShellLine.Command) -> String {
    guard command.words.count == 2, !command.isDynamic else { return "/" }
    let target = command.words[1]
    if target.hasPrefix("/") || target.hasPrefix("~") { return target }
    return folder.isEmpty ? target : folder + "/" + target
  }

  private func observation(
    _ run: Run, call: Event, result: Event, text: String, context: ExtractContext
  ) -> Observation {
    let scope =
      run.folder.map { Scope(project: context.scope.project, path: $0) } ?? context.scope
    let isMissing = run.proof == .missing
    return Observation(
      rule: name, kind: .command,
      slot: Slot(scope: scope, subject: "project", predicate: "command." + run.use.qualifier),
      value: run.use.line, statement: statement(run, isMissing: isMissing),
      polarity: isMissing ? .negated : .affirmed, actor: .tool,
      grounded: run.proof == .succeeded || isMissing, session: call.session, lineage: call.id,
      at: result.at ?? call.at,
      evidence: Evidence(
        place: call.place, session: call.session, event: call.id, actor: .tool,
        at: result.at ?? call.at, quote: text))
  }

  private func statement(_ run: Run, isMissing: Bool) -> String {
    let sentence =
      isMissing
      ? "`\(run.use.line)` does not work: there is no such task." : run.use.statement
    guard let folder = run.folder else { return sentence }
    let isName = sentence.hasPrefix("`")
    let rest = isName ? sentence : sentence.prefix(1).lowercased() + sentence.dropFirst()
    return "In `\(folder)`: \(rest)"
  }
}
