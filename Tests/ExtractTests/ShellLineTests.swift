import Testing

@testable import Extract

@Suite struct ShellLineTests {
  @Test(arguments: [
    ("cd a && go test ./... 2>&1 | tail -5", ["cd a", "go test ./...", "tail -5"]),
    ("make lint; make test || true", ["make lint", "make test", "true"]),
    ("echo 'a && b' \"c | d\"", ["echo a && b c | d"]),
    ("run > out.txt 2>/dev/null && next &>log", ["run", "next"]),
    ("cat <<'EOF'\nmake all\nEOF\nmake test", ["cat", "make test"]),
    ("npm test # not this\nnpm run lint", ["npm test", "npm run lint"]),
    ("go \\\n  build", ["go build"]),
    ("(cd x; make)", ["cd x", "make"]),
    ("'open", ["open"]),
    ("", []),
  ])
  func splits(text: String, commands: [String]) {
    #expect(ShellLine(text).commands.map { $0.words.joined(separator: " ") } == commands)
  }

  @Test func tellsHowCommandsAreJoined() {
    let joints = ShellLine("a && b | c || d; e").commands.map(\.joint)
    #expect(joints == [.start, .and, .pipe, .or, .next])
  }

  @Test(arguments: ["echo $HOME", "x=$(date) y", "echo `id`", "cat <<E\nE", "echo \"$A\""])
  func marksWhatTheShellWouldFillIn(text: String) {
    #expect(ShellLine(text).commands.contains { $0.isDynamic })
  }

  @Test func longTextsAreScripts() {
    #expect(ShellLine(String(repeating: "make test\n", count: 1000)).commands.isEmpty)
  }
}
