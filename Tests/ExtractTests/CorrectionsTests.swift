import KairosModel
import KairosTestSupport
import Testing

@testable import Extract

@Suite struct CorrectionsTests {
  private func found(_ turns: [Build.Turn]) -> [String] {
    Corrections().observations(
      in: SessionView(events: Build.conversation(turns)),
      context: ExtractContext(scope: Scope(project: "p"), index: nil)
    ).map(\.statement)
  }

  @Test func whatRefutesTheAssistantIsAFact() {
    let said = Build.Turn.said("The hook gets no prompt.")
    #expect(
      found([said, .typed("you are not correct, the `prompt` field is part of `HookInput`")])
        == ["The `prompt` field is part of `HookInput`."])
    #expect(
      found([said, .typed("No, `HookInput` has a prompt field.")])
        == ["`HookInput` has a prompt field."])
  }

  @Test func anAnswerOrARequestRefutesNothing() {
    let asked = Build.Turn.said("Shall I go on?")
    #expect(found([asked, .typed("no, `HookInput` has a prompt field")]).isEmpty)
    let said = Build.Turn.said("The hook gets no prompt.")
    #expect(found([said, .typed("`HookInput` has a prompt field")]).isEmpty)
    #expect(found([said, .typed("no, rename `HookInput` now")]).isEmpty)
    #expect(found([.typed("no, `HookInput` has a prompt field")]).isEmpty)
  }
}
