import ArgumentParser
import KairosModel
import KairosPipeline

/// `kairos review`: a person's decisions about facts.
struct ReviewCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review",
    abstract: "Decide about facts: accept, reject, pin, reword.",
    discussion: HelpPage.text(
      """
      Decisions are kept in .kairos/decisions.jsonl, attached to what a fact says, so they hold \
      when everything is read and extracted again. In a terminal `kairos review` asks fact by \
      fact, one key each. Many facts are decided in a file (export, edit, apply), which also suits \
      a pull request; single ones directly.

      accept makes a fact firm where the evidence left it open; pin makes it firm whatever the \
      evidence says; reject keeps it away for good, in every spelling; unpin lets the evidence \
      decide again.
      """,
      examples: [
        ("kairos review", "fact by fact in the terminal"),
        ("kairos review export --out review.txt", "what waits for a decision, as a file"),
        ("kairos review apply review.txt", "take the decisions in it"),
        ("kairos review reject f_3kq9 --reason \"never true\"", "one fact directly"),
        ("kairos review pin f_3kq9", "firm whatever the evidence says"),
      ]),
    subcommands: [
      ReviewAskCommand.self, ReviewExportCommand.self, ReviewApplyCommand.self,
      ReviewAcceptCommand.self, ReviewRejectCommand.self, ReviewPinCommand.self,
      ReviewUnpinCommand.self,
    ], defaultSubcommand: ReviewAskCommand.self)
}

/// What a direct decision is about.
struct ReviewOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Kept with the decision.", valueName: "text"))
  var reason: String?

  @Argument(help: "Id, beginning of an id, or words.")
  var fact: [String]

  /// Takes the decision and prints it.
  func decide(
    _ decision: ReviewDecision, _ command: String, _ global: GlobalOptions,
    _ output: FormatOptions
  ) async throws {
    try await Invocation.run("review \(command)", global) { invocation in
      let outcome = try await invocation.exclusively { memory in
        try await memory.review(
          decision, fact.joined(separator: " "), reason: reason,
          invocation.settings(workers: nil))
      }
      ReviewText.show([outcome], output.format, invocation.talk)
      return .done
    }
  }
}

/// How decisions are printed.
enum ReviewText {
  static func show(
    _ outcomes: [ReviewOutcome], _ format: FormatOptions.Format, _ talk: Talk
  ) {
    switch format {
    case .text:
      for outcome in outcomes {
        let note = outcome.isNew ? "" : "  (decided before)"
        talk.data(
          Printable.line(
            "\(FactTable.padded(outcome.action, 6))  \(outcome.fact)  \(outcome.statement)\(note)"))
      }
    case .json:
      let json = CanonicalJSON.object {
        $0.member("schema", "kairos.review/1")
        $0.key("decisions")
        $0.array(outcomes) { json, outcome in
          json.object {
            $0.member("action", outcome.action)
            $0.member("fact", outcome.fact)
            $0.member("statement", outcome.statement)
            $0.member("new", outcome.isNew)
          }
        }
      }
      talk.data(json.text)
    }
  }
}
