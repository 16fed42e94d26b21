import ArgumentParser
import KairosModel

/// The root of the command line.
public struct KairosCommand: AsyncParsableCommand {
  public static let configuration = CommandConfiguration(
    commandName: "kairos",
    abstract: "A memory of coding sessions that can be trusted.",
    discussion: HelpPage.text(
      """
      kairos reads what coding agents did (transcripts, and snapshots of the project's files), \
      keeps what the evidence supports as firm facts, and writes every result as a versioned \
      snapshot. From a snapshot it exports the files that agents load. Everything stays on this \
      machine.

      The chain, one command per step: ingest, extract, consolidate, snapshot, export. `kairos \
      run` does all of them as a pipeline file says.
      """,
      examples: [
        ("kairos init", "make a memory beside this project"),
        ("kairos run pipelines/nightly.yaml", "the whole chain, with gates and a receipt"),
        ("kairos facts", "what is known"),
        ("kairos explain f_3kq9", "why it is believed"),
      ]),
    version: KairosVersion.text,
    subcommands: [
      InitCommand.self, IngestCommand.self, RecordCommand.self, ExtractCommand.self,
      ConsolidateCommand.self,
      SnapshotCommand.self, ExportCommand.self, ImportCommand.self, RunCommand.self,
      FactsCommand.self,
      ExplainCommand.self, ReviewCommand.self, ForgetCommand.self, StatusCommand.self,
      DoctorCommand.self, ManualCommand.self,
    ])

  public init() {}
}
