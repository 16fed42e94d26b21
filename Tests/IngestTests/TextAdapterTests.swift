import Ingest
import KairosModel
import Testing

/// What each text format gives: who spoke, commands, edits, times.
@Suite struct TextAdapterTests {
  private func read(_ text: String, _ format: SourceFormat) -> SourceResult {
    IngestTests.read(Array(text.utf8), format)
  }

  @Test func aider() {
    let result = read(TextFixture.aider, .aider)
    #expect(
      result.messages.filter { !$0.hasPrefix("harness") } == [
        "typed: Use tabs\nin every file.",
        "said: I change it.\n\n#### A heading of the model\n\n> a quotation of the model",
        "typed: Why tabs?",
      ])
    #expect(result.calls.map(\.command) == ["make lint", "pytest -q"])
    #expect(result.calls[1].call == result.results[0].call)
    #expect(result.results.map(\.status) == [.unknown])
    #expect(result.results[0].output.hasPrefix("==== test session"))
    #expect(result.results[0].output.hasSuffix("FAILED lamp_test.py"))
    #expect(
      result.edits == [
        Edit(
          call: nil, action: .update, path: "lamp.py", newPath: nil, before: "old = 1",
          after: "# aider chat\nnew = 2"),
        Edit(
          call: nil, action: .create, path: "src/new.txt", newPath: nil, before: "",
          after: "content"),
      ])
    #expect(result.approvals.map(\.verdict) == [.approved, .denied])
    #expect(result.boundaries == [.start, .start])
    #expect(Set(result.events.map(\.session)).count == 2)
    #expect(result.events.first?.at?.rfc3339 == "2026-01-05T12:00:00Z")
    #expect(result.events.last?.at?.rfc3339 == "2026-01-05T13:00:00Z")
  }

  @Test func aiderWithoutItsSpaces() {
    let result = read(TextFixture.cleanAider, .aider)
    #expect(
      result.messages.filter { $0.hasPrefix("typed") } == ["typed: Use tabs.", "typed: Thanks."])
    #expect(result.messages.contains("said: Done."))
    #expect(result.edits.map(\.path) == ["lamp.py"])
  }

  @Test func aiderSessionsOfTwoRepositoriesAreTwo() {
    let other = "# aider chat started at 2026-01-04 09:00:00\n\n" + TextFixture.cleanAider
    let (first, second) = (read(TextFixture.cleanAider, .aider), read(other, .aider))
    #expect(
      Set(first.events.map(\.session)).isDisjoint(with: second.events.map(\.session)))
  }

  @Test func specStory() {
    let result = read(TextFixture.specStory, .specStory)
    #expect(result.session == "0a57f201-e967-4d94-a191-000000000001")
    #expect(
      result.messages == [
        "typed: Use tabs.",
        "said: I look.\n\n```html\n<tool-use data-tool-type=\"shell\" "
          + "data-tool-name=\"Example\">\n```",
        "delegated: I am a sub-agent.",
      ])
    #expect(result.calls.map(\.tool) == ["Bash", "Write", "Read", "AskUserQuestion"])
    #expect(result.calls[0].command == "make test")
    #expect(result.calls[2].input == ["path": "./a.go"])
    #expect(result.results.map(\.status) == [.failed, .succeeded])
    #expect(result.results[0].exitCode == 2)
    #expect(result.results[0].output.hasSuffix("boom"))
    #expect(
      result.edits.map { [$0.path, $0.after] } == [["/home/ada/lamp/a.go", "package lamp"]])
    #expect(result.approvals.map(\.answer) == ["The red one"])
    #expect(result.approvals[0].question == "**Which lamp?**")
    #expect(result.events.last?.at?.rfc3339 == "2026-01-05T12:00:10Z")
    #expect(!result.events.contains { String(describing: $0).contains("hidden thought") })
  }

  @Test func specStoryOfTheExtension() {
    let cursor = read(TextFixture.cursorStory, .specStory)
    #expect(cursor.messages == ["typed: Remove the lamp.", "said: It is gone."])
    #expect(cursor.calls.map(\.tool) == ["grep"])
    #expect(cursor.results.map(\.output) == ["a.go:1"])
    #expect(cursor.events.first?.at?.rfc3339 == "2026-01-05T12:49:00Z")
    let old = read(TextFixture.oldStory, .specStory)
    #expect(old.messages == ["typed: Paint it red.", "said: Red it is."])
    #expect(old.session == nil)
    #expect(old.events.allSatisfy { $0.session == "s_test" && $0.at == nil })
  }

  /// Before October 2025 calls had no tags; the editor extension still lists inputs.
  @Test func callsInTheirOtherForms() {
    let head =
      "<!-- Codex CLI Session 0199d491-acf0-7d51-9384-000000000003 (2025-09-11T18:39:00.871Z) -->\n"
    let agent = "\n_**Agent (2025-09-11T18:39:05.100Z)**_\n\n"
    let result = read(
      head + agent + "Tool use: **shell**\n\n`bash -lc make test`\n\nOutput:\n```\nok\n```\n"
        + agent + "Tool use: **Read** `./a.go`\n\nResult:\n```\npackage a\n```\n" + agent
        + "<tool-use data-tool-type=\"unknown\" data-tool-name=\"exec_command\"><details>\n"
        + "<summary>Tool use: **exec_command** `git status`</summary>\n\n"
        + "```\nProcess exited with code 1\n```\n</details></tool-use>\n" + agent
        + "<tool-use data-tool-type=\"shell\" data-tool-name=\"shell\"><details>\n"
        + "<summary>Tool use: **shell**</summary>\n\n- command: `[bash -lc cat <<E\nx\nE]`\n"
        + "- workdir: `/x`\n</details></tool-use>\n", .specStory)
    #expect(result.calls.map(\.command) == ["make test", nil, "git status", "cat <<E\nx\nE"])
    #expect(result.calls.map(\.tool) == ["shell", "Read", "exec_command", "shell"])
    #expect(result.results.map(\.output) == ["ok", "package a", "Process exited with code 1"])
    #expect(result.results.map(\.exitCode) == [nil, nil, 1])
    #expect(result.calls[1].input == ["path": "./a.go"])
    #expect(result.messages.isEmpty)
    #expect(result.events[0].at?.rfc3339 == "2025-09-11T18:39:05.100Z")
  }

  @Test func renamedTwinsAreOneSession() {
    let twin = read(
      TextFixture.specStory + "\n_**User (2026-01-05 15:00:00Z)**_\n\nMore.\n", .specStory)
    let first = read(TextFixture.specStory, .specStory)
    let merged = SessionMerge.merge([first.events, twin.events])
    #expect(merged.map(\.id) == twin.events.map(\.id))
  }

  @Test func recordings() {
    let first = read(TextFixture.cast1, .asciicast)
    #expect(first.calls.map(\.command) == ["make"])
    #expect(first.results.map(\.output) == ["one\ntwo\n"])
    let second = read(TextFixture.cast2, .asciicast)
    #expect(second.messages == ["terminal: $ make\nred\n"])
    #expect(second.events[0].at?.rfc3339 == "2026-01-05T12:00:00Z")
    #expect(second.events[0].actor == .tool)
    let third = read(TextFixture.cast3, .asciicast)
    #expect(third.calls.map(\.command) == ["make test"])
    #expect(third.events.map(\.provenance) == [.terminal, .terminal])
    #expect(third.events.map(\.actor) == [.human, .tool])
    #expect(third.results[0].output == "100%\nboom\n")
    #expect(third.results[0].exitCode == 2)
    #expect(third.results[0].status == .failed)
  }

  @Test func typescripts() {
    let result = read(TextFixture.script, .typescript)
    #expect(result.messages == ["terminal: $ make\ndone\n\n"])
    #expect(result.calls.map(\.command) == ["echo \"hi\""])
    #expect(result.results[0].exitCode == 3)
    #expect(Set(result.events.map(\.session)).count == 2)
    #expect(result.events.last?.at?.rfc3339 == "2026-01-05T13:00:00Z")
  }

  /// What a person in front of the screen had seen in the end.
  @Test(arguments: [
    ("10%\\r\", \"20%\\r\", \"done", "done"), ("abcdef\\rxy\\u001b[K", "xy"),
    ("mkae\\b\\b\\bake", "make"), ("a\\u001b]0;title\\u0007b\\u001b]8;;x\\u001b\\\\c", "abc"),
    ("\\u001b[1;3", ""), ("\\u001b[1;31mred\\u001b[0m \\u001b(Bplain", "red plain"),
    ("abc\\u001b[2D\\u001b[PX", "aX"), ("abc\\r\\u001b[2Cx", "abx"),
    ("a\\u001b[10Gz", "a        z"),
    ("before\\r\\n\\u001b[?1049hfull\\r\\nscreen\\u001b[?1049lafter", "before\nafter"),
    ("a\\tb", "a       b"), ("ab\\u001b[1Kc", "  c"), ("x\\u001bPq#0;1\\u001b\\\\y", "xy"),
    ("a\\u0000\\u0007b", "ab"), ("e\\u00e9\\ud83d\\ude00", "eé😀"),
  ])
  func screens(printed: String, seen: String) {
    // Events may cut the output anywhere, inside of sequences as well.
    let pieces = printed.split(separator: "\", \"").map { "[0.1, \"o\", \"\($0)\"]" }
    let text = ([#"{"version": 2, "width": 80, "height": 24}"#] + pieces).joined(separator: "\n")
    #expect(read(text, .asciicast).messages == (seen.isEmpty ? [] : ["terminal: " + seen]))
  }

  @Test func aLongRecordingIsCutIntoMessages() {
    let lines = (0..<4000).map { "[\($0).0, \"o\", \"line \($0) of the output\\r\\n\"]" }
    let text =
      #"{"version": 2, "width": 80, "height": 24, "timestamp": 0}"# + "\n"
      + lines.joined(separator: "\n") + "\n"
    let result = read(text, .asciicast)
    #expect(result.events.count > 3)
    let printed = result.messages.map { $0.dropFirst("terminal: ".count) }.joined()
    #expect(printed.split(separator: "\n").count == 4000)
    #expect(result.events.compactMap(\.at).last ?? Timestamp(seconds: 0) > Timestamp(seconds: 1000))
  }

  @Test func shellHistories() {
    let bash = read(TextFixture.bash, .bashHistory)
    #expect(
      bash.messages == ["terminal: make test", "terminal: for x in a b; do\n  echo $x\ndone"])
    let zsh = read(TextFixture.zsh, .zshHistory)
    #expect(
      zsh.messages == ["terminal: make test", "terminal: echo one \n  two", "terminal: ls"])
    let fish = read(TextFixture.fish, .fishHistory)
    #expect(fish.messages == ["terminal: make test", "terminal: echo one\ntwo \\ three"])
    for result in [bash, zsh, fish] {
      #expect(result.events[1].at?.rfc3339 == "2026-01-05T12:01:00Z")
      #expect(result.events.allSatisfy { $0.actor == .human })
      #expect(result.calls.isEmpty)
    }
  }

  /// zsh writes bytes that mean something to it as 0x83 and the byte with its sixth bit turned.
  @Test func metafiedBytesBecomeText() {
    let letter = Array("ü".utf8)  // c3 bc
    let meta = letter.flatMap { [UInt8(0x83), $0 ^ 0x20] }
    let bytes = Array(": 1767614400:0;echo ".utf8) + meta + [0x0a]
    #expect(IngestTests.read(bytes, .zshHistory).messages == ["terminal: echo ü"])
  }
}
