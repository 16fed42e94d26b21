import ArgumentParser
import KairosPipeline

/// `kairos review pin`: one decision about one fact.
struct ReviewPinCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pin",
    abstract: "Make a fact firm whatever the evidence says.",
    discussion: HelpPage.text(
      """
      A pinned fact is firm until it is unpinned or rejected; `kairos explain` says when the \
      evidence disagrees.
      """,
      examples: [
        ("kairos review pin f_3kq9", "by the beginning of its id"),
        ("kairos review pin f_3kq9 --reason \"policy\"", "with a reason"),
      ]))

  @OptionGroup var global: GlobalOptions
  @OptionGroup var output: FormatOptions
  @OptionGroup var options: ReviewOptions

  func run() async throws { try await options.decide(.pin, "pin", global, output) }
}
