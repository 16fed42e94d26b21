import ArgumentParser
import KairosPipeline

/// `kairos review unpin`: one decision about one fact.
struct ReviewUnpinCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "unpin",
    abstract: "Let the evidence decide about a fact again.",
    discussion: HelpPage.text(
      """
      Takes a pin and an acceptance back. A rejection stays.
      """,
      examples: [
        ("kairos review unpin f_3kq9", "by the beginning of its id"),
        ("kairos review unpin f_3kq9 --reason \"outdated\"", "with a reason"),
      ]))

  @OptionGroup var global: GlobalOptions
  @OptionGroup var output: FormatOptions
  @OptionGroup var options: ReviewOptions

  func run() async throws { try await options.decide(.unpin, "unpin", global, output) }
}
