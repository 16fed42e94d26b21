import ArgumentParser
import KairosPipeline

/// `kairos review accept`: one decision about one fact.
struct ReviewAcceptCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "accept",
    abstract: "Make an open fact firm.",
    discussion: HelpPage.text(
      """
      A person's answer where the evidence left a fact open. Evidence that ends a fact (a file \
      that says otherwise, a newer answer) still does; `kairos review pin` holds against it.
      """,
      examples: [
        ("kairos review accept f_3kq9", "by the beginning of its id"),
        ("kairos review accept \"run the unit tests\"", "by its words"),
      ]))

  @OptionGroup var global: GlobalOptions
  @OptionGroup var output: FormatOptions
  @OptionGroup var options: ReviewOptions

  func run() async throws { try await options.decide(.accept, "accept", global, output) }
}
