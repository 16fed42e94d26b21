import ArgumentParser
import KairosPipeline

/// `kairos snapshot`: the versioned archives of the memory.
struct SnapshotCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "snapshot",
    abstract: "Write, list, compare, check and restore snapshots.",
    discussion: HelpPage.text(
      """
      A snapshot is one compressed archive with every fact, its evidence and the journal; the \
      same inputs give the same bytes on every machine. Snapshots are never changed: restore \
      writes a new one, prune removes whole ones. A snapshot is named by its number, its id, the beginning of its id, \
      its tag, `latest` or `parent`.
      """,
      examples: [
        ("kairos snapshot", "write one, if anything has changed"),
        ("kairos snapshot list", "all of them"),
        ("kairos snapshot diff", "what the newest one changed"),
        ("kairos snapshot verify", "read everything again and check every digest"),
        ("kairos snapshot restore 3", "make snapshot 3 current again"),
      ]),
    subcommands: [
      SnapshotCreateCommand.self, SnapshotListCommand.self, SnapshotShowCommand.self,
      SnapshotDiffCommand.self, SnapshotLogCommand.self, SnapshotVerifyCommand.self,
      SnapshotRestoreCommand.self, SnapshotPruneCommand.self, SnapshotTagCommand.self,
    ], defaultSubcommand: SnapshotCreateCommand.self)
}
