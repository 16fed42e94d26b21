import ArgumentParser
import KairosPipeline

/// `kairos review reject`: one decision about one fact.
struct ReviewRejectCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reject",
    abstract: "Keep a fact away for good, in every spelling.",
    discussion: HelpPage.text(
      """
      The fact becomes rejected and stays so when everything is read and extracted again, \
      imported or restored. Only digests of it are kept with the decision. `kairos review pin` \
      is the way back.
      """,
      examples: [
        ("kairos review reject f_3kq9", "by the beginning of its id"),
        ("kairos review reject f_3kq9 --reason \"was a typo\"", "with a reason"),
      ]))

  @OptionGroup var global: GlobalOptions
  @OptionGroup var output: FormatOptions
  @OptionGroup var options: ReviewOptions

  func run() async throws { try await options.decide(.reject, "reject", global, output) }
}
