import ArgumentParser
import KairosModel
import KairosPipeline

/// `kairos run`: the stages of a pipeline file, with gates and a receipt.
struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run a pipeline file.",
    discussion: HelpPage.text(
      """
      A pipeline file names sources, stages, thresholds, guards, gates and exports (see \
      pipelines/nightly.yaml). Every mistake in it is reported at once, with its line. Gates say \
      when a run is due; a run that is not due ends with code 0 and says which gate is closed. \
      Each run leaves a receipt that `kairos status` shows. Relative paths start at the project's \
      folder.

      --receipt and --metrics write files for the scheduler that called kairos, also when the run \
      fails: the receipt as JSON, the numbers of `kairos status` in the text format of Prometheus.
      """,
      examples: [
        ("kairos run pipelines/nightly.yaml", "for cron, systemd, launchd"),
        ("kairos run pipelines/ci.yaml --dry-run", "check the file and print the plan"),
        ("kairos run pipelines/nightly.yaml --force", "now, whatever the gates say"),
      ]))

  @OptionGroup var global: GlobalOptions
  @OptionGroup var output: FormatOptions
  @OptionGroup var work: WorkerOptions

  @Flag(name: .customLong("dry-run"), help: "Check the file, print the plan, change nothing.")
  var dryRun = false

  @Flag(help: "Do not ask the gates.")
  var force = false

  @Flag(name: .customLong("allow-loss"), help: "Switch the loss guard off for this run.")
  var allowLoss = false

  @Option(
    help: ArgumentHelp("Also write the receipt of this run here, as JSON.", valueName: "file"),
    completion: .file())
  var receipt: String?

  @Option(
    help: ArgumentHelp(
      "Also write metrics here, for the textfile collector of Prometheus.", valueName: "file"))
  var metrics: String?

  @Argument(
    help: ArgumentHelp("The pipeline file.", valueName: "pipeline.yaml"),
    completion: .file(extensions: ["yaml", "yml"]))
  var pipeline: String

  func run() async throws {
    try await Invocation.run("run", global) { invocation in
      let file = try Memory.readPipeline(invocation.absolute(pipeline))
      if dryRun {
        let plan = try invocation.memory().plan(file, agents: invocation.agents)
        PipelineText.show(plan, output.format, invocation.talk)
        return .done
      }
      let request = PipelineRequest(
        file: file, agents: invocation.agents, ignoresGates: force, allowsLoss: allowLoss)
      let outcome = try await invocation.exclusively { memory in
        try await memory.run(
          request, invocation.settings(workers: work.workers),
          onReceipt: { try write($0, of: memory, invocation) })
      }
      PipelineText.show(outcome, output.format, invocation.talk)
      return outcome.hasDrift ? .no : .done
    }
  }

  /// The files for the scheduler; a reader never sees a part of one.
  private func write(_ made: Receipt, of memory: Memory, _ invocation: Invocation) throws {
    if let receipt {
      try AtomicFile.write(made.canonicalBytes + [0x0a], to: invocation.absolute(receipt))
    }
    if let metrics {
      let text = StatusMetrics.text(try memory.status())
      try AtomicFile.write(Array(text.utf8), to: invocation.absolute(metrics))
    }
  }
}
