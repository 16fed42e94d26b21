import KairosModel
import KairosTestSupport
import Testing

@testable import Extract

@Suite struct CommandOutcomesTests {
  private func found(_ steps: [Build.Step], tree: Workspace? = nil) -> [Observation] {
    CommandOutcomes().observations(
      in: SessionView(events: Build.session(steps)),
      context: ExtractContext(
        scope: Scope(project: "p"), index: tree.map { WorkspaceIndex($0) }))
  }

  @Test func aCommandThatWorkedIsKnownByItsRole() throws {
    let one = try #require(found([.run("cd /home/dev/app && npm run lint 2>&1")]).first)
    #expect(one.slot.predicate == "command.lint")
    #expect(one.slot.subject == "project")
    #expect(one.value == "npm run lint")
    #expect(one.statement == "Lint with `npm run lint`.")
    #expect(one.grounded && one.actor == .tool && one.kind == .command)
    #expect(one.evidence.quote == "cd /home/dev/app && npm run lint 2>&1")
  }

  /// Output, and whether the run counts as proven; `nil` when nothing is said at all.
  @Test(
    arguments: [
      ("make test | tail", "", 0, false), ("make test | tail", "ok  \tapp\t0.1s", 0, true),
      ("make test | tail", "--- FAIL: TestA", 0, nil),
      ("set -o pipefail; make test | cat", "", 0, true),
      ("make test; echo done", "12 passed", 0, true), ("make test || true", "", 0, false),
      ("make test && git push", "", 0, true), ("make test", "FAIL", 1, nil),
      ("make test", "Command running in background with ID: 1", 0, nil),
    ] as [(String, String, Int, Bool?)])
  func provesOnlyWhatTheLineShows(line: String, output: String, exit: Int, proven: Bool?) {
    let tests = found([.run(line, output: output, exit: exit)])
      .filter { $0.slot.predicate == "command.test" }
    #expect(tests.map(\.grounded) == (proven.map { [$0] } ?? []))
  }

  @Test(arguments: [ToolResult.Status.denied, .interrupted, .timedOut])
  func refusalsAndTimeoutsAreNoOutcomes(status: ToolResult.Status) {
    #expect(found([.ended("make test", status)]).isEmpty)
  }

  @Test func aTaskThatDoesNotExistIsDenied() throws {
    let output = "make: *** No rule to make target 'lint'.  Stop."
    let one = try #require(found([.run("make lint", output: output, exit: 2)]).first)
    #expect(one.polarity == .negated && one.grounded)
    #expect(one.statement == "`make lint` does not work: there is no such task.")
  }

  @Test func theFolderIsTheScope() {
    let tree = Build.tree([("web/package.json", "{}"), ("go.mod", "module x")])
    func paths(_ line: String, cwd: String? = nil) -> [String?] {
      found([.run("true"), .run(line, cwd: cwd)], tree: tree).map(\.slot.scope.path)
    }
    #expect(paths("cd web && npm test") == ["web"])
    #expect(paths("npm test", cwd: "/home/dev/app/web") == ["web"])
    #expect(paths("cd /home/dev/app && npm test") == [nil])
    #expect(paths("cd /tmp/other && npm test") == [])
    #expect(paths("cd ../sibling && npm test") == [])
    #expect(paths("cd .worktrees/fix && npm test") == [nil])
  }

  @Test func oneSessionIsOneWitnessAndTheProvenRunSpeaks() {
    let all = found([.run("make test | tail"), .run("make test"), .run("make test")])
    #expect(all.map(\.lineage) == ["e_1"])
    #expect(all.map(\.grounded) == [true])
  }

  @Test func aSingleTestIsATemplate() {
    let all = found([.run("go test ./a -run TestA"), .run("go test ./b -run TestB")])
    #expect(
      all.map(\.statement) == ["Run a single test with `go test ./PACKAGE -run NAME`."])
  }
}
