import ArgumentParser
import KairosPipeline

/// `kairos review export`: the facts that wait for a decision, as a file to edit.
struct ReviewExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write the facts that wait for a decision as a file to edit.",
    discussion: HelpPage.text(
      """
      One block a fact: its statement, why it is not firm, other answers, its evidence, and a \
      line `decision: keep` to change into accept, reject, pin or reword: TEXT. Facts that need \
      review stand first, then the tentative ones. An existing file is not overwritten.
      """,
      examples: [
        ("kairos review export", "on stdout"),
        ("kairos review export --out review.txt", "as a file"),
        ("kairos review export --firm --out review.txt", "with the firm facts"),
      ]))

  @OptionGroup var global: GlobalOptions

  @Option(help: ArgumentHelp("File to write. (default: stdout)", valueName: "file"))
  var out: String?

  @Flag(help: "Also the firm facts.")
  var firm = false

  func run() async throws {
    try await Invocation.run("review export", global) { invocation in
      let text = try invocation.memory().reviewText(includesFirm: firm)
      guard let out, out != "-" else {
        invocation.talk.data(bytes: Array(text.utf8))
        return .done
      }
      let path = invocation.absolute(out)
      try NewFile.write(Array(text.utf8), to: path)
      invocation.talk.data(Printable.line(path))
      invocation.talk.say("next: edit it, then `kairos review apply \(out)`")
      return .done
    }
  }
}
