import Ingest
import KairosModel
import Testing

/// What each text format gives: who spoke, commands, edits, times.
@Suite struct TextAdapterTests {
  private func read(_ text: String, _ format: SourceFormat) -> SourceResult {
    IngestTests.read(Array(text.utf8), format)
  }

  @Test func aiderSessionsOfTwoRepositoriesAreTwo() {
    let other = "# aider chat started at 2026-01-04 09:00:00\n\n" + TextFixture.cleanAider
    let (first, second) = (read(TextFixture.cleanAider, .aider), read(other, .aider))
    #expect(
      Set(first.events.map(\.session)).isDisjoint(with: second.events.map(\.session)))
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

  /// zsh writes bytes that mean something to it as 0x83 and the byte with its sixth bit turned.
  @Test func metafiedBytesBecomeText() {
    let letter = Array("ü".utf8)  // c3 bc
    let meta = letter.flatMap { [UInt8(0x83), $0 ^ 0x20] }
    let bytes = Array(": 1767614400:0;echo ".utf8) + meta + [0x0a]
    #expect(IngestTests.read(bytes, .zshHistory).messages == ["terminal: echo ü"])
  }
}
