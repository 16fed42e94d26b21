import ArgumentParser
import KairosModel
import KairosPipeline

/// `kairos snapshot list`: the snapshots of this memory, oldest first.
struct SnapshotListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List all snapshots.",
    discussion: HelpPage.text(
      "Prints number, id, time of the newest evidence and size; the last line is current.",
      examples: [("kairos snapshot list --format json", "with their manifests")]))

  @OptionGroup var global: GlobalOptions
  @OptionGroup var output: FormatOptions

  func run() async throws {
    try await Invocation.run("snapshot list", global) { invocation in
      let memory = try invocation.memory()
      let entries = try memory.snapshots()
      let tags = memory.snapshotTags()
      switch output.format {
      case .text:
        for entry in entries {
          let names = (tags[entry.manifest.id] ?? []).map { "  " + $0 }.joined()
          invocation.talk.data(SnapshotText.line(entry) + names)
        }
        if entries.isEmpty {
          invocation.talk.say("there is no snapshot yet; `kairos snapshot create` writes one")
        }
      case .json:
        let json = CanonicalJSON.object {
          $0.member("schema", "kairos.snapshots/1")
          $0.key("snapshots")
          $0.array(entries) { SnapshotText.write($1, to: &$0) }
        }
        invocation.talk.data(json.text)
      }
      return .done
    }
  }
}
