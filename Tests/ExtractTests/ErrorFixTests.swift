import KairosModel
import KairosTestSupport
import Testing

@testable import Extract

@Suite struct ErrorFixTests {
  private func found(_ steps: [Build.Step]) -> [Observation] {
    ErrorFix().observations(
      in: SessionView(events: Build.session(steps)),
      context: ExtractContext(scope: Scope(project: "p"), index: nil))
  }

  private let broken = Build.Step.run(
    "npm run build", output: "Error: Cannot find module 'x' at /home/dev/app/a.js:12", exit: 1)

  @Test func anInstallationBetweenFailureAndSuccessIsTheFix() throws {
    let one = try #require(
      found([broken, .run("ls node_modules"), .run("npm ci"), .run("npm run build")]).first)
    #expect(one.value == "npm ci" && one.slot.predicate == "fix" && one.kind == .fix)
    #expect(
      one.statement
        == "When `npm run build` fails with \"Error: Cannot find module 'x' at …\", run `npm ci`.")
  }

  @Test func numbersAndPathsDoNotTellErrorsApart() {
    let first = ErrorMessage.signature(of: "fatal: unable to read 3af2b1 in /a/b")
    #expect(first == ErrorMessage.signature(of: "fatal: unable to read 99cc00 in /c/d"))
    #expect(ErrorMessage.signature(of: "--- FAIL: TestError cannot pass (0.01s)") == nil)
  }

  @Test func anotherFormOfARefusedCommandIsTheFix() throws {
    let wrapped = Build.Step.run(
      "rtk bun run test", output: "error: unrecognized subcommand 'bun'", exit: 2)
    let one = try #require(found([wrapped, .run("bun run test")]).first)
    #expect(
      one.statement
        == "`rtk bun run test` does not work (\"error: unrecognized subcommand bun\"): use"
        + " `bun run test`.")
    #expect(one.slot.subject == "command:rtk bun run test" && one.value == "bun run test")
    #expect(found([wrapped, .run("ls")]).isEmpty)
    #expect(
      found([.run("rtk bun run test", output: "1 failed", exit: 1), .run("bun run test")]).isEmpty)
  }

  @Test func workOnCodeIsNoFix() {
    let fixed = Build.Step.run("npm run build")
    #expect(found([broken, .edit("a.js", before: "a", after: "b"), fixed]).isEmpty)
    #expect(found([broken, .run("npm test"), fixed]).isEmpty)
    #expect(found([broken, .run("npm ci"), .edit("a.js"), fixed]).isEmpty)
    #expect(found([broken, .run("npm ci", exit: 1), fixed]).isEmpty)
    #expect(found([broken, .run("npm ci")]).isEmpty)
  }
}
