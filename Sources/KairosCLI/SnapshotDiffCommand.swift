import ArgumentParser
import KairosPipeline

/// `kairos snapshot diff`: what changed between two snapshots.
struct SnapshotDiffCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Say what changed between two snapshots.",
    discussion: HelpPage.text(
      """
      Lists the facts that were added, changed their state, were retired or only reworded, with \
      the reason. Without arguments it compares the newest snapshot with the one before; with one \
      argument that snapshot with its parent.
      """,
      examples: [
        ("kairos snapshot diff", "what the last run did"),
        ("kairos snapshot diff 1 latest", "everything since the first"),
      ]))

  @OptionGroup var global: GlobalOptions
  @OptionGroup var output: FormatOptions

  @Argument(help: "The older snapshot.")
  var older: String?

  @Argument(help: "The newer snapshot.")
  var newer: String?

  func run() async throws {
    try await Invocation.run("snapshot diff", global) { invocation in
      let memory = try invocation.memory()
      let diff = try memory.diff(older: newer == nil ? nil : older, newer: newer ?? older)
      switch output.format {
      case .text: invocation.talk.data(bytes: Array(Printable.lines(diff.text).utf8))
      case .json: invocation.talk.data(diff.json)
      }
      return .done
    }
  }
}
