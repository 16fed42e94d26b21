import KairosModel
import Testing

@testable import Ingest

/// Who stands behind a text in the user role.
@Suite struct VoiceClassifierTests {
  private func pieces(_ text: String, isVouched: Bool = false) -> [String] {
    VoiceClassifier.pieces(of: text, isVouched: isVouched)
      .map { "\($0.provenance.rawValue): \($0.text)" }
  }

  @Test(arguments: [
    ("This session is being continued from a previous conversation that ran out.", "summary"),
    ("Operation stopped by hook: no", "harness"), ("Stop hook feedback:\n- x", "harness"),
    ("PreToolUse:Bash hook blocking error: x", "harness"),
    ("Implement the following plan:\n\n# Plan\nAlways x.", "pasted"),
    ("Base directory for this skill: /x", "memory"),
    ("<command-name>/clear</command-name>", "harness"),
    ("<local-command-stdout>x</local-command-stdout>", "harness"),
    ("<task-notification>done</task-notification>", "harness"),
    ("<bash-input>make</bash-input>", "terminal"), ("<bash-stdout>ok</bash-stdout>", "terminal"),
    ("<system-reminder>Contents of /x/CLAUDE.md:\nUse tabs.</system-reminder>", "memory"),
    ("<environment_context>without an end", "harness"),
  ])
  func machineryIsKnownByItsForm(text: String, provenance: String) {
    let found = VoiceClassifier.pieces(of: text, isVouched: false)
    #expect(found.map(\.provenance.rawValue) == [provenance])
    #expect(found.allSatisfy { $0.actor != .human || $0.provenance == .terminal })
  }

  @Test(arguments: [
    "Use tabs.", "commit and push", "1", "ok\n\nthen do B)", "why does `make test` fail?",
    "Add a <summary> and a <skill> tag to the page.",
    "Strip `<system-reminder>x</system-reminder>` from prompts.", "wrap <task>x</task> in a list",
    "the hook is stopped by operation",
    "1. yes\n2. no, use sqlite\n3. both", "- setup a repo\n- run the tests\n- then plan",
    "Fix it:\n\nuse {} instead of ()", "## Goal\nI want tabs everywhere.", "使用制表符，不要用空格",
    "Tests use t.Parallel(). Never call os.Chdir in tests. Keep functions short.",
    "do the following:\n\n1. Rename the flag\n2. Update the docs", "What's this error?",
  ])
  func peoplesWordsStayTyped(text: String) { #expect(pieces(text) == ["typed: " + text]) }

  @Test func wordsAroundTagsStay() {
    let text = "Use tabs.<system-reminder>\nbe quiet\n</system-reminder>"
    #expect(pieces(text) == ["harness: be quiet", "typed: Use tabs."])
    let command =
      "<command-message>go</command-message>\n<command-name>/go</command-name>\n"
      + "<command-args>use tabs</command-args>"
    #expect(pieces(command) == ["harness: go", "harness: /go", "typed: use tabs"])
  }

  @Test func textsFullOfOpenTagsAreReadOnce() {
    let text = "x\n" + String(repeating: "<skill>\n<system-reminder>\n", count: 20_000)
    #expect(pieces(text).count == 1)
  }

  @Test func aVouchedPromptIsNotJudgedByItsBeginning() {
    let text = "API Error handling must be improved."
    #expect(pieces(text, isVouched: true) == ["typed: " + text])
    #expect(pieces(text) == ["harness: " + text])
  }

  @Test func fencesAreSplitFromTheWordsAroundThem() {
    let text = "why does this fail?\n\n```\npanic: no\n\nmain.go:3\n```\n\nplease fix it"
    #expect(
      pieces(text) == [
        "typed: why does this fail?", "pasted: ```\npanic: no\n\nmain.go:3\n```",
        "typed: please fix it",
      ])
  }

  @Test(arguments: [
    "2026-01-05T12:00:01 INFO started\n2026-01-05T12:00:02 INFO stopped",
    "> you wrote this\n> and this", "❯ make test\nok all",
    "diff --git a/x b/x\n@@ -1 +1 @@\n-a\n+b",
    "Traceback (most recent call last):\n  File \"x.py\", line 3\nValueError: x",
    "Error: boom\n    at run (/x/y.js:3:1)\n    at main (/x/y.js:9:1)",
    "cmd/x.go:12:3: undefined: y\ncmd/z.go:1:1: missing package",
    "NAME      READY     AGE\nweb       1/1       3d\ndb        1/1       3d",
    #"{"level":"debug","msg":"x"}"#, "func main() {\n    run()\n}\n",
    "Low Severity\n\nThe default case is a copy of the first case, so that every fix "
      + "must be made in both.",
    "The loop reads every file twice, which is slow for large trees. Consider reading it once.",
  ])
  func copiesAreKnownByTheirLook(text: String) {
    #expect(
      VoiceClassifier.pieces(of: text, isVouched: true).map(\.provenance) == [.pasted], "\(text)")
  }

  @Test func wordsBeforeAPasteInTheSameParagraphStay() {
    let text =
      "the log says this, what now?\n2026-01-05T12:00:01 INFO a\n2026-01-05T12:00:02 INFO b"
    #expect(pieces(text).first == "typed: the log says this, what now?")
    #expect(pieces(text).count == 2)
    #expect(pieces("see the screen: ❯ make test")[0] == "typed: see the screen: ")
  }

  @Test func anAnnouncedTextIsNotTheAnnouncersOwn() {
    let review =
      "I got this feedback:\n\nThe parser must always reject empty input, since callers rely on it"
      + " and crash otherwise.\n\nwhat do you think?"
    #expect(
      VoiceClassifier.pieces(of: review, isVouched: true).map(\.provenance)
        == [.typed, .pasted, .typed])
    let output = "it prints this error:\n\nfatal: you must always commit your changes before a pull"
    #expect(
      VoiceClassifier.pieces(of: output, isVouched: true).map(\.provenance)
        == [.typed, .pasted])
  }

  @Test func proseBetweenPastesGoesWithThemUnlessItSpeaks() {
    func prompt(_ middle: String) -> [String] {
      pieces("=== Step 1 ===\n\n\(middle)\n\n=== Step 2 ===")
    }
    #expect(prompt("Nothing to do.").count == 1)
    #expect(prompt("I think this is wrong.").count == 3)
  }

  @Test func aDocumentBeginsAtItsFirstHeading() {
    let section = String(repeating: "The module must always validate its input. ", count: 12)
    let text = "review this\n\n# Design\n\n\(section)\n\n## Details\n\n\(section)"
    #expect(
      VoiceClassifier.pieces(of: text, isVouched: true).map(\.provenance)
        == [.typed, .pasted])
  }
}
