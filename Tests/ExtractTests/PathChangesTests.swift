import KairosModel
import KairosTestSupport
import Testing

@testable import Extract

@Suite struct PathChangesTests {
  private func found(_ steps: [Build.Step], tree: Workspace? = nil) -> [Observation] {
    PathChanges().observations(
      in: SessionView(events: Build.session(steps)),
      context: ExtractContext(
        scope: Scope(project: "p"), index: tree.map { WorkspaceIndex($0) }))
  }

  @Test func movedPathsNameTheirNewPlace() {
    let all = found([
      .run("git mv src/a.go src/b.go"),
      .move("/home/dev/app/lib/x.py", to: "/home/dev/app/lib/y.py"),
    ])
    #expect(all.map(\.slot.subject) == ["path:src/a.go", "path:lib/x.py"])
    #expect(all.map(\.value) == ["src/b.go", "lib/y.py"])
    #expect(all.allSatisfy { $0.slot.predicate == "renamed" && $0.grounded })
  }

  @Test func removedPathsAreNamed() {
    let all = found([.run("git rm -r old"), .edit("gone.rb", action: .delete)])
    #expect(all.map(\.statement) == ["`old` was removed.", "`gone.rb` was removed."])
  }

  @Test func whatTheNewestTreeHasWasNotRemoved() {
    let tree = Build.tree([("kept.toml", "")])
    #expect(found([.run("git rm kept.toml")], tree: tree).isEmpty)
  }

  @Test(arguments: [
    [Build.Step.edit("x.go", action: .create), .edit("x.go", action: .delete)],
    [.run("git rm --cached a.go")], [.run("git rm a.go", exit: 1)], [.run("git rm \"$F\"")],
    [.edit("build.log", action: .delete)], [.edit("/etc/passwd", action: .delete)],
  ])
  func scratchFailuresAndForeignFilesSayNothing(steps: [Build.Step]) {
    #expect(found(steps).isEmpty)
  }
}
