import ArgumentParser
import KairosModel
import KairosPipeline

/// `kairos snapshot prune`: removes old snapshots by rules.
struct SnapshotPruneCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prune",
    abstract: "Remove old snapshots by rules.",
    discussion: HelpPage.text(
      """
      Keeps every snapshot that any of the rules keeps, the newest one, and the tagged ones. A \
      pruned snapshot leaves its manifest (digests, no content), so `kairos snapshot verify` \
      still follows the chain. Days, weeks and months are those of the newest evidence.
      """,
      examples: [
        ("kairos snapshot prune --keep-last 10 --dry-run", "what would go"),
        ("kairos snapshot prune --keep-last 10", "keep the ten newest"),
        (
          "kairos snapshot prune --keep-daily 7 --keep-weekly 4 --keep-monthly 12",
          "fewer with age"
        ),
      ]))

  @OptionGroup var global: GlobalOptions
  @OptionGroup var output: FormatOptions

  @Option(name: .customLong("keep-last"), help: ArgumentHelp("The newest.", valueName: "n"))
  var last: Int?

  @Option(
    name: .customLong("keep-daily"),
    help: ArgumentHelp("The newest of each of n days.", valueName: "n"))
  var daily: Int?

  @Option(
    name: .customLong("keep-weekly"),
    help: ArgumentHelp("The newest of each of n weeks.", valueName: "n"))
  var weekly: Int?

  @Option(
    name: .customLong("keep-monthly"),
    help: ArgumentHelp("The newest of each of n months.", valueName: "n"))
  var monthly: Int?

  @Flag(name: .customLong("dry-run"), help: "Only say what would go.")
  var dryRun = false

  func validate() throws {
    let rules = [last, daily, weekly, monthly].compactMap { $0 }
    guard !rules.isEmpty else {
      throw ValidationError("name what stays: --keep-last, --keep-daily, …")
    }
    guard rules.allSatisfy({ $0 > 0 }) else {
      throw ValidationError("numbers of snapshots to keep start at 1.")
    }
  }

  func run() async throws {
    try await Invocation.run("snapshot prune", global) { invocation in
      let outcome = try await invocation.exclusively { memory in
        try memory.pruneSnapshots(
          SnapshotRetention(
            last: last ?? 0, daily: daily ?? 0, weekly: weekly ?? 0, monthly: monthly ?? 0),
          isDryRun: dryRun)
      }
      show(outcome, invocation.talk)
      return .done
    }
  }

  private func show(_ outcome: PruneOutcome, _ talk: Talk) {
    let verb = dryRun ? "would prune" : "pruned"
    switch output.format {
    case .text:
      for entry in outcome.pruned {
        talk.data(Printable.line("\(verb)  \(entry.manifest.sequence)  \(entry.manifest.shortID)"))
      }
      talk.say(
        "\(verb) \(outcome.pruned.count), kept \(outcome.kept); \(outcome.bytes) bytes")
    case .json:
      let json = CanonicalJSON.object {
        $0.member("schema", "kairos.prune/1")
        $0.member("dry_run", dryRun)
        $0.member("kept", outcome.kept)
        $0.member("bytes", outcome.bytes)
        $0.key("pruned")
        $0.array(outcome.pruned) { json, entry in
          json.object {
            $0.member("sequence", entry.manifest.sequence)
            $0.member("id", entry.manifest.id)
          }
        }
        $0.member("unreadable", outcome.unreadable)
      }
      talk.data(json.text)
    }
    for path in outcome.unreadable { talk.say("warning: \(path) is damaged and was left alone") }
  }
}
