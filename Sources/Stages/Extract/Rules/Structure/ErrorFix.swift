import KairosModel

/// An error that went away: a command failed, one other command that installs or repairs something
/// was run, and the first one succeeded. Edits in between mean that code was repaired, which is
/// work and no knowledge.
struct ErrorFix: SessionRule {
  let name = "error-fix"

  /// Calls between the failure and the success; more would be another story.
  private static let stepsMax = 6

  /// A call of a shell, or an edit.
  private struct Step {
    let event: Event
    /// The last command of the line as typed; `nil` for an edit.
    let text: String?
    let use: CommandUse?
    let result: ToolResult?
  }

  func observations(in session: SessionView, context: ExtractContext) -> [Observation] {
    let steps = session.events.compactMap { step($0, session) }
    var found = otherForms(steps, context)
    for (index, failed) in steps.enumerated() {
      guard failed.result?.status == .failed, let text = failed.text,
        failed.use != nil || text.hasPrefix("git "), failed.use?.role != .lint,
        let message = ErrorMessage.signature(of: failed.result?.output ?? "")
      else { continue }
      let rest = steps[(index + 1)...].prefix(Self.stepsMax)
      guard
        let success = rest.firstIndex(where: { $0.text == text && $0.result?.status == .succeeded })
      else { continue }
      let between = steps[(index + 1)..<success].filter { !Self.looks($0) }
      guard between.count == 1, let fix = between.first, let cure = fix.text,
        fix.result?.status == .succeeded, cure != text, Self.isCure(fix)
      else { continue }
      found.append(observation(text, message, cure, fix, context))
    }
    return found
  }

  // MARK: Another form of the same command

  private static let usageErrors = [
    "unrecognized subcommand", "unrecognized command", "unrecognized option", "unknown command",
    "unknown subcommand", "unknown option", "no such command", "invalid option",
    "unexpected argument", "is not a command", "is not a valid command", "unknown flag",
    "unrecognized arguments", "script not found", "missing script",
  ]

  /// A command that is refused for its form, and the same words in another form that work next:
  /// without the wrapper in front, or with another flag or from another folder.
  private func otherForms(_ steps: [Step], _ context: ExtractContext) -> [Observation] {
    var seen: Set<String> = []
    return zip(steps, steps.dropFirst()).compactMap { failed, next in
      guard failed.result?.status == .failed, let text = failed.text, !text.isEmpty,
        let output = failed.result?.output, next.result?.status == .succeeded,
        let cure = next.text, cure != text, Self.isSameWork(text, cure),
        let line = Self.usageError(output), seen.insert(text + "\n" + cure).inserted
      else { return nil }
      return Observation(
        rule: name, kind: .fix,
        slot: Slot(
          scope: context.scope, subject: "command:" + text, predicate: "fix"),
        value: cure,
        statement: "`\(text)` does not work (\(line)): use `\(cure)`.", actor: .tool,
        grounded: true, session: next.event.session, lineage: next.event.id, at: next.event.at,
        evidence: Evidence(
          place: next.event.place, session: next.event.session, event: next.event.id, actor: .tool,
          at: next.event.at, quote: cure))
    }
  }

  /// The line that refuses the form, short enough to quote.
  private static func usageError(_ output: String) -> String? {
    for line in output.split(separator: "\n").prefix(5) where line.count <= 100 {
      let lower = line.lowercased()
      if usageErrors.contains(where: { lower.contains($0) }) {
        return "\"" + line.trimmed.filter { $0 != "`" && $0 != "\"" && $0 != "'" } + "\""
      }
    }
    return nil
  }

  /// Whether the cure has the words of the failed command in their order but for one or two, and
  /// is short enough to write down.
  private static func isSameWork(_ failed: String, _ cure: String) -> Bool {
    let plain = { (text: String) in
      text.utf8.count <= 80 && !text.contains(where: { "$`*~\"'<>|".contains($0) })
        && !text.contains("/tmp") && !text.contains(" /")
    }
    let one = failed.split(separator: " ")
    let other = cure.split(separator: " ")
    guard plain(failed), plain(cure), one.count >= 2, other.count >= 2 else { return false }
    let difference = other.difference(from: one)
    let shared = other.count - difference.insertions.count
    return shared >= 2 && difference.count <= 2
  }

  private func step(_ event: Event, _ session: SessionView) -> Step? {
    if case .edit = event.body { return Step(event: event, text: nil, use: nil, result: nil) }
    guard case .toolCall(let call) = event.body, let line = call.command else { return nil }
    let commands = ShellLine(line).commands.filter { $0.words.first != "cd" && $0.joint != .pipe }
    guard commands.count == 1, let command = commands.first, !command.isDynamic else {
      return Step(event: event, text: "", use: nil, result: nil)
    }
    let words = CommandPrefix.stripped(command.words)
    return Step(
      event: event, text: words.joined(separator: " "), use: CommandLine.use(of: words),
      result: session.result(of: call)?.result)
  }

  /// Looking around changes nothing.
  private static func looks(_ step: Step) -> Bool {
    guard let program = step.text?.split(separator: " ").first else { return false }
    return [
      "ls", "cat", "head", "tail", "grep", "rg", "find", "which", "pwd", "echo", "sed", "wc", "git",
    ].contains(program) && !changesRepository(step.text ?? "")
  }

  private static func changesRepository(_ text: String) -> Bool {
    let changing = [
      "git read-tree", "git submodule update", "git lfs", "git config", "git fetch", "git worktree",
      "git remote", "sed -i",
    ]
    return changing.contains { text.hasPrefix($0) }
  }

  /// A cure changes the state of the machine or the repository and could be run again.
  private static func isCure(_ step: Step) -> Bool {
    guard let text = step.text, text.utf8.count <= 100,
      !text.contains(where: { "$`*~\"'".contains($0) }), !text.contains("/tmp"),
      !text.contains(" /")
    else { return false }
    if let role = step.use?.role { return [.install, .generate, .migrate].contains(role) }
    if changesRepository(text) { return true }
    let changing = [
      "go mod", "npm rebuild", "npm install", "pnpm add", "docker compose", "pip install",
      "brew install", "apt-get install", "apt install", "chmod +x", "mise trust", "mise install",
      "direnv allow", "rustup", "nvm use", "nvm install", "corepack enable", "bundle install",
      "cargo update", "uv pip install", "npx playwright install", "swift package",
    ]
    return changing.contains { text.hasPrefix($0) }
  }

  private func observation(
    _ command: String, _ message: String, _ cure: String, _ fix: Step, _ context: ExtractContext
  ) -> Observation {
    Observation(
      rule: name, kind: .fix,
      slot: Slot(
        scope: context.scope, subject: "error:" + message.lowercased(), predicate: "fix"),
      value: cure,
      statement: "When `\(command)` fails with \"\(message)\", run `\(cure)`.", actor: .tool,
      grounded: true, session: fix.event.session, lineage: fix.event.id, at: fix.event.at,
      evidence: Evidence(
        place: fix.event.place, session: fix.event.session, event: fix.event.id, actor: .tool,
        at: fix.event.at, quote: cure))
  }
}

/// The part of an output that tells one error from another.
enum ErrorMessage {
  private static let cues = [
    "error", "fatal", "cannot", "can't", "not found", "failed", "no such", "missing", "unable",
    "not installed", "not trusted", "permission denied", "unresolved", "no required module",
  ]
  private static let charactersMax = 140
  private static let wordsMin = 3

  /// The first line that names an error, with numbers and paths folded; `nil` when no line does or
  /// too little would be left.
  static func signature(of output: String) -> String? {
    for line in output.split(separator: "\n") {
      let lower = line.lowercased()
      guard line.count <= charactersMax, cues.contains(where: { lower.contains($0) }),
        !line.contains("FAIL"), !lower.hasPrefix("exit code")
      else { continue }
      let words = line.split(separator: " ").map { word in
        word.contains(where: { "/\\".contains($0) }) || word.contains(where: \.isNumber)
          ? "…" : word.filter { $0 != "\"" && $0 != "`" }
      }
      let plain = words.filter { $0 != "…" && $0.contains(where: \.isLetter) }
      if plain.count >= wordsMin { return words.joined(separator: " ") }
    }
    return nil
  }
}
