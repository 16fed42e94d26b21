import KairosModel
import KairosTestSupport
import Testing

@testable import Extract

@Suite struct AnsweredQuestionsTests {
  private func found(_ turns: [Build.Turn]) -> [String] {
    AnsweredQuestions().observations(
      in: SessionView(events: Build.conversation(turns)),
      context: ExtractContext(scope: Scope(project: "p"), index: nil)
    ).map(\.statement)
  }

  @Test(arguments: [
    (
      "Where should generated diagrams go?",
      "docs/generated/ (Recommended): Clear that machines write them",
      "Generated diagrams should go in `docs/generated/`."
    ),
    (
      "Should READMEs be embedded files (//go:embed) or inline string constants?",
      "Inline strings (Recommended): Simpler",
      "READMEs should be inline string constants, "
        + "not embedded files."
    ),
    (
      "What should happen when the app loads with an expired token?",
      "Redirect to login: Show the page of logins",
      "When the app loads with an expired token: Redirect to login."
    ),
    (
      "Should we cache parsed manifests on disk?", "no",
      "The project should not cache parsed manifests on disk."
    ),
    (
      "Should we store the state in SQLite or in files?", "SQLite",
      "Decided 2026-01-05: Should the project store the state in SQLite or in files - SQLite."
    ),
    (
      "Which installation method do you want for your Homebrew formula?",
      "Pre-built binaries: Fast install, notarized.",
      "Decided 2026-01-05: Installation method for the Homebrew formula - "
        + "Pre-built binaries: Fast install, notarized."
    ),
    (
      "Where should users find their public key?", "Settings page: A section with a button.",
      "Decided 2026-01-05: Where should users find their public key - "
        + "Settings page: A section with a button."
    ),
  ])
  func aChoiceIsADecision(question: String, answer: String, statement: String) {
    #expect(found([.asked(question, answer: answer)]) == [statement])
  }

  /// Leave to go on, and answers that decide nothing.
  @Test(arguments: [
    ("Should I commit the changes now?", "Yes"), ("Do you want me to proceed?", "Yes, go on"),
    ("Which PR should I review first of these?", "The last"),
    ("Where should the cache file live on disk?", "not sure, you decide"),
    ("Where should the cache file live on disk?", "why do we need one?"),
    ("Is the plan ready for the next step?", "Yes"),
    (
      "More questions about the permissions model, or are we done with all areas?",
      "Done - create context: All areas covered."
    ),
    ("Which storage engine fits the gateway sessions?", "Later: Decide it when needed"),
    ("Should we add a fallback?", "No fallback, trust the model"),
    ("Are we keeping the legacy import endpoints?", "Keep them: Clients need them"),
    ("Which design direction resonates with your vision?", "Option A: Terminal style"),
  ])
  func processIsNone(question: String, answer: String) {
    #expect(found([.asked(question, answer: answer)]).isEmpty)
  }

  @Test(arguments: ["2", "option 2", "let's go with 2", "2."])
  func aNumberMeansItsOption(reply: String) {
    let message = """
      There are two ways:
      1. Keep the sessions in memory.
      2. Store the sessions in Redis.

      Which storage should the gateway use for sessions?
      """
    #expect(
      found([.said(message), .typed(reply)]) == [
        "Decided 2026-01-05: Which storage should the gateway use for sessions - "
          + "Store the sessions in Redis."
      ])
    #expect(found([.said(message), .typed("thanks")]).isEmpty)
    #expect(found([.typed(reply)]).isEmpty)
  }
}
