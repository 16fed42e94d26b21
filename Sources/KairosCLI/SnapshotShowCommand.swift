import ArgumentParser
import KairosModel
import KairosPipeline

/// `kairos snapshot show`: what one snapshot holds.
struct SnapshotShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show what a snapshot holds.",
    discussion: HelpPage.text(
      """
      Prints the manifest: number, id, parent, time of the newest evidence, and every member with \
      its size. With --member it prints one member as it is (facts.jsonl, MEMORY.md, …).
      """,
      examples: [
        ("kairos snapshot show", "the newest one"),
        ("kairos snapshot show 3 --member MEMORY.md", "the memory as it was then"),
      ]))

  @OptionGroup var global: GlobalOptions
  @OptionGroup var output: FormatOptions

  @Option(help: ArgumentHelp("Print this member.", valueName: "name"))
  var member: String?

  @Argument(help: "Number, id, beginning of an id, `latest` or `parent`.")
  var snapshot = "latest"

  func run() async throws {
    try await Invocation.run("snapshot show", global) { invocation in
      let memory = try invocation.memory()
      let entry = try memory.snapshot(snapshot)
      if let member {
        invocation.talk.data(bytes: try memory.member(member, of: entry))
        return .done
      }
      switch output.format {
      case .text: for line in Self.lines(entry) { invocation.talk.data(line) }
      case .json:
        let json = CanonicalJSON.object {
          $0.member("schema", "kairos.snapshot-entry/1")
          $0.key("snapshot")
          SnapshotText.write(entry, to: &$0)
        }
        invocation.talk.data(json.text)
      }
      return .done
    }
  }

  private static func lines(_ entry: SnapshotEntry) -> [String] {
    let manifest = entry.manifest
    let head = [
      ("snapshot", String(manifest.sequence)), ("id", manifest.id),
      ("parent", manifest.parent ?? "none"), ("project", manifest.project),
      ("newest", manifest.newestEvidence?.rfc3339 ?? "no evidence has a time"),
      ("kairos", manifest.toolVersion), ("settings", manifest.configuration),
      ("file", "\(entry.path) (\(entry.size) bytes)"),
    ]
    let width = manifest.members.map(\.name.count).max() ?? 0
    return head.map { FactTable.padded($0, 10) + Printable.line($1) } + [""]
      + manifest.members.map { "\(FactTable.padded($0.name, width))  \($0.size) bytes" }
  }
}
