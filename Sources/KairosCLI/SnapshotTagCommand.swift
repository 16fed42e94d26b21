import ArgumentParser
import KairosPipeline

/// `kairos snapshot tag`: a name for a snapshot.
struct SnapshotTagCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tag",
    abstract: "Give a snapshot a name, and keep it from being pruned.",
    discussion: HelpPage.text(
      """
      The name can be used wherever a snapshot is named. It is a small file beside the archives, \
      so the snapshot itself does not change. A name stays with its snapshot.
      """,
      examples: [
        ("kairos snapshot tag latest release-1", "the newest snapshot"),
        ("kairos snapshot diff release-1 latest", "what changed since then"),
      ]))

  @OptionGroup var global: GlobalOptions

  @Argument(help: "Number, id, beginning of an id, `latest` or `parent`.")
  var snapshot: String

  @Argument(help: "Letters, digits, '-' and '_'.")
  var name: String

  func run() async throws {
    try await Invocation.run("snapshot tag", global) { invocation in
      let entry = try await invocation.exclusively { try $0.tagSnapshot(snapshot, name) }
      invocation.talk.say("snapshot \(entry.manifest.sequence) is \(name)")
      invocation.talk.data(entry.manifest.id)
      return .done
    }
  }
}
