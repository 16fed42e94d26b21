import Extract
import KairosModel
import KairosTestSupport
import Testing

@Suite struct ExtractStageTests {
  static let stage = ExtractStage(
    context: ExtractContext(scope: Scope(project: "p"), index: nil))

  @Test func sessionsOfOneLogAreReadByThemselves() {
    let one = Build.conversation([.typed("Never amend commits in this repo.")], session: "one")
    let two = Build.conversation(
      [.said("Two ways are left.\n1. Retry\n2. Stop"), .typed("Always run the linter.")],
      session: "two")
    // Interleaved, as concurrent sessions of one file are.
    let mixed = [two[0], one[0], two[1]]
    let alone =
      Self.stage.observations(events: one) + Self.stage.observations(events: two)
    let together = Self.stage.observations(events: mixed)
    #expect(!alone.isEmpty)
    #expect(together.map(\.statement).sorted() == alone.map(\.statement).sorted())
    #expect(Set(together.compactMap(\.session)) == Set(alone.compactMap(\.session)))
  }
}
