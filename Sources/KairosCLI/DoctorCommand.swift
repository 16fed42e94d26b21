import ArgumentParser
import KairosModel
import KairosPipeline

/// `kairos doctor`: whether everything that kairos needs is in order; with `--rebuild`, the store
/// made anew; with `--audit`, who tries to write a memory, and whether memory files of agents are
/// sound.
struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Check the memory, rebuild its store, audit memory files of agents.",
    discussion: HelpPage.text(
      """
      Looks at the settings, the folder's permissions, every page of the store, the event log, \
      the newest snapshot and every source, and says for each finding what to do. Changes nothing. \
      Ends with code 1 when something is broken.

      --rebuild makes a damaged or missing store anew. The old database is kept as \
      kairos.db.damaged-N; sessions come from the event log, people's decisions from \
      decisions.jsonl, and files that are still there are read again. Says what could not be \
      brought back and how the facts stand to those of the newest snapshot; ends with code 1 when \
      something was lost. PATHs are read as by `kairos ingest PATH`, for places that only the lost \
      store knew.

      --audit lists where text that nobody of the project said (output of tools, pages, issues, \
      pasted texts, bundles of others) tells agents what to do or to remember. None of it counts; \
      the list shows who tries. It names places and never quotes.

      --audit PATH… checks memory files of any agent instead, without a memory of kairos: \
      CLAUDE.md, AGENTS.md, MEMORY.md with its topics, Cursor rules, Copilot instructions, JSON \
      lines, bundles; in a folder, every one that is there. Finds hidden text, secrets, \
      contradictions, dead paths and commands, recall loops, relative dates, repetitions, and \
      what the agent does not read. With --strict, ends with code 1 when more than notes was \
      found.
      """,
      examples: [
        ("kairos doctor", "all checks"), ("kairos doctor --format json", "for monitoring"),
        ("kairos doctor --rebuild", "make a damaged store anew"),
        ("kairos doctor --audit", "who tries to write this memory"),
        ("kairos doctor --audit .", "check the memory files of a project"),
        ("kairos doctor --audit AGENTS.md --strict", "fail in CI"),
        ("kairos doctor --audit . --format sarif", "for code hosts and editors"),
      ]))

  @OptionGroup var global: GlobalOptions

  /// The forms of the answer.
  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, sarif }

  @Option(help: "How data is printed: text, json with a schema in it, or sarif (--audit PATH).")
  var format = Format.text

  @Flag(help: "Make the store anew from the event log and the decisions.")
  var rebuild = false

  @Flag(help: "List text of others that tells agents what to do or to remember.")
  var audit = false

  @Flag(help: "With --audit PATH: end with code 1 when something was found.")
  var strict = false

  @Option(
    help: ArgumentHelp(
      "With --audit PATH: the project that paths and commands are checked against. (default: the "
        + "working folder)", valueName: "dir"))
  var workspace: String?

  @Argument(help: ArgumentHelp("Files and folders to read again, or to audit.", valueName: "path"))
  var paths: [String] = []

  func validate() throws {
    guard rebuild || audit || paths.isEmpty else {
      throw ValidationError("paths are for --rebuild and --audit.")
    }
    guard auditsFiles || (!strict && workspace == nil && format != .sarif) else {
      throw ValidationError("--strict, --workspace and --format sarif are for --audit PATH.")
    }
    guard !rebuild || !audit else {
      throw ValidationError("--audit looks at a memory, --rebuild makes one; use one of them.")
    }
  }

  private var auditsFiles: Bool { audit && !paths.isEmpty }

  /// For answers that are never SARIF.
  private var plainFormat: FormatOptions.Format { format == .json ? .json : .text }

  func run() async throws {
    try await Invocation.run("doctor", global) { invocation in
      if rebuild { return try await rebuilt(invocation) }
      if auditsFiles { return try auditedFiles(invocation) }
      return audit ? try audited(invocation) : try checked(invocation)
    }
  }

  private func audited(_ invocation: Invocation) throws -> ExitStatus {
    let memory = try invocation.memory()
    AuditText(entries: try memory.audit(), claims: try memory.claimsOfOthers())
      .show(plainFormat, invocation.talk)
    return .done
  }

  private func auditedFiles(_ invocation: Invocation) throws -> ExitStatus {
    let report = try MemoryAudit.run(
      AuditRequest(
        paths: paths.map(invocation.absolute), workspace: invocation.absolute(workspace ?? ".")))
    FileAuditText(report: report).show(format, invocation.talk)
    return strict && report.hasProblems ? .no : .done
  }

  private func rebuilt(_ invocation: Invocation) async throws -> ExitStatus {
    let request = RebuildRequest(
      paths: paths.map(invocation.absolute), agents: invocation.agents)
    let report = try await invocation.alone { folder in
      try await Memory.rebuild(folder, request, invocation.settings(workers: nil))
    }
    RebuildText(report: report).show(plainFormat, invocation.talk)
    return report.isComplete ? .done : .no
  }

  private func checked(_ invocation: Invocation) throws -> ExitStatus {
    let folder = try invocation.folder()
    let homes = invocation.agents.listings(for: folder)
    let environment = [
      Check(name: "kairos", state: .sound, text: "version \(KairosVersion.text)"),
      Check(
        name: "agent homes", state: .sound,
        text: homes.isEmpty ? "none found" : homes.map(\.agent).joined(separator: ", ")),
    ]
    let checks = environment + Memory.doctor(folder)
    switch plainFormat {
    case .text:
      for check in checks {
        let state = FactTable.padded(check.state.rawValue, 7)
        invocation.talk.data(Printable.line("\(state)  \(check.name): \(check.text)"))
      }
    case .json: invocation.talk.data(Self.json(checks).text)
    }
    return checks.contains { $0.state == .broken } ? .no : .done
  }

  private static func json(_ checks: [Check]) -> CanonicalJSON {
    CanonicalJSON.object {
      $0.member("schema", "kairos.doctor/1")
      $0.key("checks")
      $0.array(checks) { json, check in
        json.object {
          $0.member("name", check.name)
          $0.member("state", check.state.rawValue)
          $0.member("text", check.text)
        }
      }
    }
  }
}
