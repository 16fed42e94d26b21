import ArgumentParser
import KairosModel
import KairosPipeline

/// `kairos snapshot create`: writes the facts as an archive.
struct SnapshotCreateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "create",
    abstract: "Write a snapshot, if anything has changed.",
    discussion: HelpPage.text(
      """
      Writes .kairos/snapshots/NNNNNN-<id>.tar.zst with the facts as `kairos consolidate` left \
      them. When nothing has changed since the newest snapshot, that one stays current. A run \
      that would retire more than 25 % of the firm facts is refused and lists them.
      """,
      examples: [
        ("kairos snapshot create", "write one"),
        ("kairos snapshot create --allow-loss", "even if many facts went away"),
      ]))

  @OptionGroup var global: GlobalOptions
  @OptionGroup var output: FormatOptions

  @Flag(
    name: .customLong("allow-loss"),
    help: "Write it even if more firm facts are retired than the loss guard allows.")
  var allowLoss = false

  @Option(help: "zstd, or gzip for tools without zstd.")
  var compression: SnapshotCompression = .zstd

  func run() async throws {
    try await Invocation.run("snapshot create", global) { invocation in
      let outcome = try await invocation.exclusively { memory in
        try memory.createSnapshot(
          SnapshotRequest(allowsLoss: allowLoss, compression: compression))
      }
      SnapshotText.show(outcome, output.format, invocation.talk)
      return .done
    }
  }
}

extension SnapshotCompression: ExpressibleByArgument {}
