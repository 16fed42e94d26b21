import ArgumentParser
import KairosModel
import KairosPipeline

/// `kairos snapshot log`: the history, newest first, with what each snapshot changed.
struct SnapshotLogCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "log",
    abstract: "Show the history of snapshots, newest first.",
    discussion: HelpPage.text(
      "Follows the parents from the newest snapshot and counts what each one changed.",
      examples: [("kairos snapshot log", "the whole history")]))

  @OptionGroup var global: GlobalOptions
  @OptionGroup var output: FormatOptions

  func run() async throws {
    try await Invocation.run("snapshot log", global) { invocation in
      let log = try invocation.memory().snapshotLog()
      switch output.format {
      case .text:
        for step in log {
          invocation.talk.data("\(SnapshotText.line(step.entry))  \(step.summary)")
        }
      case .json:
        let json = CanonicalJSON.object {
          $0.member("schema", "kairos.snapshot-log/1")
          $0.key("log")
          $0.array(log) { json, step in
            json.object {
              $0.member("summary", step.summary)
              $0.key("snapshot")
              SnapshotText.write(step.entry, to: &$0)
            }
          }
        }
        invocation.talk.data(json.text)
      }
      return .done
    }
  }
}
