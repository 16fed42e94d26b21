import ArgumentParser
import KairosPipeline

/// `kairos review apply`: takes the decisions of an edited review file.
struct ReviewApplyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apply",
    abstract: "Take the decisions of an edited review file.",
    discussion: HelpPage.text(
      """
      Takes all decisions of the file or, when a line is wrong, none; every wrong line is listed \
      with its number. Applying a file again changes nothing. The facts follow at once; the next \
      snapshot and export carry them on.
      """,
      examples: [
        ("kairos review apply review.txt", "take the decisions"),
        ("kairos review apply review.txt --format json", "for a program"),
      ]))

  @OptionGroup var global: GlobalOptions
  @OptionGroup var output: FormatOptions

  @Argument(help: "The edited file.", completion: .file())
  var file: String

  func run() async throws {
    try await Invocation.run("review apply", global) { invocation in
      let path = invocation.absolute(file)
      let bytes = try WholeFile.read(path)
      let outcomes = try await invocation.exclusively { memory in
        try await memory.applyReview(bytes, path: path, invocation.settings(workers: nil))
      }
      ReviewText.show(outcomes, output.format, invocation.talk)
      if outcomes.isEmpty { invocation.talk.say("every decision is `keep`; nothing was changed") }
      return .done
    }
  }
}
