import ArgumentParser
import KairosPipeline

/// `kairos snapshot restore`: makes an older snapshot current again.
struct SnapshotRestoreCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "Make an older snapshot current again, by writing a new one.",
    discussion: HelpPage.text(
      """
      Puts the facts and the journal of the snapshot back into the store and writes them as a new \
      snapshot. History is never rewritten, and what people rejected since stays rejected. The \
      next `kairos consolidate` works from the observations again.
      """,
      examples: [
        ("kairos snapshot restore parent", "undo the last run"),
        ("kairos snapshot restore 3", "go back to snapshot 3"),
      ]))

  @OptionGroup var global: GlobalOptions
  @OptionGroup var output: FormatOptions

  @Argument(help: "Number, id, beginning of an id, or `parent`.")
  var snapshot: String

  func run() async throws {
    try await Invocation.run("snapshot restore", global) { invocation in
      let outcome = try await invocation.exclusively { try $0.restoreSnapshot(snapshot) }
      SnapshotText.show(outcome, output.format, invocation.talk)
      return .done
    }
  }
}
