import KairosModel
import KairosTestSupport
import Testing

@testable import Extract

@Suite struct IdentifierRenamesTests {
  private func found(_ steps: [Build.Step]) -> [Observation] {
    IdentifierRenames().observations(
      in: SessionView(events: Build.session(steps)),
      context: ExtractContext(scope: Scope(project: "p"), index: nil))
  }

  private func exchange(_ old: String, _ new: String, times: Int) -> [Build.Step] {
    (0..<times).map { .edit("f\($0).go", before: "x := \(old)(1)", after: "x := \(new)(1)") }
  }

  @Test func aNameThatReplacedAnotherEverywhere() throws {
    let one = try #require(found(exchange("loadConfig", "readSettings", times: 3)).first)
    #expect(one.slot.subject == "symbol:loadConfig" && one.slot.predicate == "renamed")
    #expect(one.value == "readSettings")
    #expect(one.statement == "`loadConfig` was renamed to `readSettings`.")
  }

  @Test func twoEditsOrAnUndoneOneAreNone() {
    #expect(found(exchange("loadConfig", "readSettings", times: 2)).isEmpty)
    let undone =
      exchange("loadConfig", "readSettings", times: 3)
      + exchange("readSettings", "loadConfig", times: 1)
    #expect(found(undone).isEmpty)
  }

  @Test func otherChangesAreNoRenames() {
    let edit = Build.Step.edit("a.go", before: "loadConfig(a)", after: "readSettings(b)")
    let words = Build.Step.edit("a.go", before: "the old text", after: "the new text")
    #expect(found([edit, edit, edit, words, words, words]).isEmpty)
  }
}
