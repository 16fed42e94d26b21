import ArgumentParser
import KairosModel
import KairosPipeline

/// `kairos explain`: why a fact has its state.
struct ExplainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Say why a fact has its state.",
    discussion: HelpPage.text(
      """
      Prints everything that the state of one fact rests on: the rule that decided, every weight \
      with the observation it comes from (they add up to the total exactly), the evidence quoted \
      from its source with the place, what said otherwise, and the journal's entries.

      FACT is an id, the beginning of one, or words that occur in one fact only.
      """,
      examples: [
        ("kairos explain f_3kq9", "by the beginning of its id"),
        ("kairos explain \"run the unit tests\"", "by its words"),
        ("kairos explain f_3kq9 --format json", "for a program"),
      ]))

  @OptionGroup var global: GlobalOptions
  @OptionGroup var output: FormatOptions

  @Argument(help: "Id, beginning of an id, or words.")
  var fact: [String]

  func run() async throws {
    try await Invocation.run("explain", global) { invocation in
      let explanation = try invocation.memory().explain(fact.joined(separator: " "))
      switch output.format {
      case .json: invocation.talk.data(ExplanationJSON(explanation).text)
      case .text:
        for line in ExplanationText(explanation).lines { invocation.talk.data(line) }
      }
      return .done
    }
  }
}
