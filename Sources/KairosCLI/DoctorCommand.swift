import ArgumentParser
import KairosModel
import KairosPipeline

/// `kairos doctor`: whether everything that kairos needs is in order; with `--rebuild`, the store
/// made anew.
struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Check environment, permissions, store and sources.",
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
      """,
      examples: [
        ("kairos doctor", "all checks"), ("kairos doctor --format json", "for monitoring"),
        ("kairos doctor --rebuild", "make a damaged store anew"),
        ("kairos doctor --audit", "who tries to write this memory"),
      ]))

  @OptionGroup var global: GlobalOptions
  @OptionGroup var output: FormatOptions

  @Flag(help: "Make the store anew from the event log and the decisions.")
  var rebuild = false

  @Flag(help: "List text of others that tells agents what to do or to remember.")
  var audit = false

  @Argument(
    help: ArgumentHelp("With --rebuild: files and folders to read again.", valueName: "path"))
  var paths: [String] = []

  func validate() throws {
    guard rebuild || paths.isEmpty else {
      throw ValidationError("paths are for --rebuild.")
    }
    guard !rebuild || !audit else {
      throw ValidationError("--audit looks at a memory, --rebuild makes one; use one of them.")
    }
  }

  func run() async throws {
    try await Invocation.run("doctor", global) { invocation in
      if rebuild { return try await rebuilt(invocation) }
      return audit ? try audited(invocation) : try checked(invocation)
    }
  }

  private func audited(_ invocation: Invocation) throws -> ExitStatus {
    let memory = try invocation.memory()
    AuditText(entries: try memory.audit(), claims: try memory.claimsOfOthers())
      .show(output.format, invocation.talk)
    return .done
  }

  private func rebuilt(_ invocation: Invocation) async throws -> ExitStatus {
    let request = RebuildRequest(
      paths: paths.map(invocation.absolute), agents: invocation.agents)
    let report = try await invocation.alone { folder in
      try await Memory.rebuild(folder, request, invocation.settings(workers: nil))
    }
    RebuildText(report: report).show(output.format, invocation.talk)
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
    switch output.format {
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
