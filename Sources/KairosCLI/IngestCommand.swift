import ArgumentParser
import KairosModel
import KairosPipeline

/// `kairos ingest`: sources → the event log.
struct IngestCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ingest",
    abstract: "Read transcripts and workspaces.",
    discussion: HelpPage.text(
      """
      Reads transcripts of coding agents, observation feeds and states of the project's files, \
      takes secrets out, and keeps the rest in the event log. Sources are never changed. What has \
      been read before is skipped; a transcript that has grown is read from where it ended.

      Without PATH it looks into the homes of every agent that it knows (docs/sources.md lists \
      them with the variables that move them), says what is there, and takes the sessions of this \
      project: by remote, first commit or folder, as docs/projects.md explains. A PATH belongs to \
      this project, whatever its sessions say. Transcripts are \
      recognised by their content, a workspace by being a repository or a folder without \
      transcripts; --as decides when that is not what is meant.
      """,
      examples: [
        ("kairos ingest", "every session of this project on this machine"),
        ("kairos ingest --dry-run", "what is there, agent by agent"),
        ("kairos ingest ~/archive/*.jsonl", "transcripts from elsewhere"),
        ("kairos ingest .", "the project's files as they are now"),
        ("kairos ingest . --commit HEAD~20", "the project's files as they were"),
        ("kairos ingest . --workspace-history v1.0..", "renames and removals since v1.0 as well"),
        ("kairos ingest lamp.tar.gz --as workspace", "the project's files in an archive"),
        ("kairos ingest notes.ndjson --as observations", "statements from another tool"),
      ]))

  @OptionGroup var global: GlobalOptions
  @OptionGroup var output: FormatOptions
  @OptionGroup var work: WorkerOptions

  @Option(
    name: .customLong("as"),
    help: "What the paths are: workspace, transcripts or observations.")
  var form: IngestRequest.Form?

  @Option(
    help: ArgumentHelp("Read the workspace at this commit of its repository.", valueName: "rev"))
  var commit: String?

  @Option(
    name: .customLong("workspace-history"),
    help: ArgumentHelp(
      "Also read renames, removals and reverts between these commits of the workspace (A..B).",
      valueName: "range"))
  var history: String?

  @Option(
    help: ArgumentHelp(
      "The time of a workspace that has no commit (RFC 3339); without it, it is the newest.",
      valueName: "time"), transform: Self.time)
  var at: Timestamp?

  @Flag(
    name: .customLong("all-projects"),
    help: "Take the sessions of every project from the homes, each under its own.")
  var allProjects = false

  @Flag(help: "End with code 65 when a line cannot be read; nothing of its session is kept.")
  var strict = false

  @Flag(name: .customLong("dry-run"), help: "Say what would be read, and read nothing.")
  var dryRun = false

  @Argument(
    help: ArgumentHelp("Files and folders.", valueName: "path"), completion: .file())
  var paths: [String] = []

  func validate() throws {
    if commit != nil, form != nil, form != .workspace {
      throw ValidationError("--commit is for workspaces; leave --as out or say --as workspace.")
    }
    if history != nil, form != nil, form != .workspace {
      throw ValidationError("--workspace-history is for workspaces; say --as workspace.")
    }
    if history != nil, paths.isEmpty {
      throw ValidationError("--workspace-history needs the path of a repository.")
    }
    if allProjects, !paths.isEmpty {
      throw ValidationError("--all-projects searches the homes of agents; leave the paths out.")
    }
    if commit != nil, paths.isEmpty {
      throw ValidationError("--commit needs the path of a repository.")
    }
  }

  private static func time(_ text: String) throws -> Timestamp {
    guard let time = Timestamp(rfc3339: text) else {
      throw ValidationError("'\(text)' is not a time like 2026-01-05T12:00:00Z.")
    }
    return time
  }

  func run() async throws {
    try await Invocation.run("ingest", global) { invocation in
      var agents = invocation.agents
      agents.takesAllProjects = allProjects
      let request = IngestRequest(
        paths: paths.map(invocation.absolute), agents: paths.isEmpty ? agents : nil,
        form: form, commit: commit, history: history, at: at, isStrict: strict)
      if dryRun {
        let plan = try invocation.memory().plan(request)
        IngestPlanText(plan: plan).show(output.format, invocation.talk)
        return .done
      }
      let report = try await invocation.exclusively { memory in
        try await memory.ingest(request, invocation.settings(workers: work.workers))
      }
      StageReportText(reports: [report]).show(output.format, invocation.talk)
      return .done
    }
  }
}

extension IngestRequest.Form: ExpressibleByArgument {}
