import ArgumentParser
import KairosPipeline

/// `kairos extract`: the event log → observations.
struct ExtractCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "extract",
    abstract: "Take observations from the event log.",
    discussion: HelpPage.text(
      """
      Runs every rule over the sessions and workspace states that are new or have changed since \
      the last time, and keeps the candidate statements (observations) with their evidence. It \
      reads the event log only, so it works after an agent has deleted its transcripts.
      """,
      examples: [
        ("kairos extract", "what is new"),
        ("kairos extract --all", "everything again"),
      ]))

  @OptionGroup var global: GlobalOptions
  @OptionGroup var output: FormatOptions
  @OptionGroup var work: WorkerOptions

  @Flag(help: "Extract from everything again.")
  var all = false

  func run() async throws {
    try await Invocation.run("extract", global) { invocation in
      let report = try await invocation.exclusively { memory in
        try await memory.extract(everything: all, invocation.settings(workers: work.workers))
      }
      StageReportText(reports: [report]).show(output.format, invocation.talk)
      return .done
    }
  }
}
