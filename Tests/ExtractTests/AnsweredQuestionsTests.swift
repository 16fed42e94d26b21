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

  @Test func aChoiceIsADecision() {
    #expect(
      found([
        .asked(
          "Where should generated diagrams go?",
          answer: "docs/generated/ (Recommended): Clear that machines write them")
      ]) == [
        "For the question \"Where should generated diagrams go\", the decision is: "
          + "`docs/generated/` - Clear that machines write them."
      ])
    #expect(
      found([.asked("Should we store the state in SQLite or in files?", answer: "SQLite")])
        == [
          "For the question \"Should the project store the state in SQLite or in files\", "
            + "the decision is: SQLite."
        ])
  }

  /// Leave to go on, and answers that decide nothing.
  @Test(arguments: [
    ("Should I commit the changes now?", "Yes"), ("Do you want me to proceed?", "Yes, go on"),
    ("Which PR should I review first of these?", "The last"),
    ("Where should the cache file live on disk?", "not sure, you decide"),
    ("Where should the cache file live on disk?", "why do we need one?"),
    ("Is the plan ready for the next step?", "Yes"),
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
        "For the question \"Which storage should the gateway use for sessions\", "
          + "the decision is: Store the sessions in Redis."
      ])
    #expect(found([.said(message), .typed("thanks")]).isEmpty)
    #expect(found([.typed(reply)]).isEmpty)
  }
}
