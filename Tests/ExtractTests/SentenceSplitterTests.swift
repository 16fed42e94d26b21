import Extract
import Testing

@Suite struct SentenceSplitterTests {
  @Test(arguments: [
    ("It works. It is fast!", ["It works.", "It is fast!"]),
    (
      "Use foo.go, e.g. the v1.2.3 one. Then stop.",
      ["Use foo.go, e.g. the v1.2.3 one.", "Then stop."]
    ),
    ("no. that is wrong", ["no.", "that is wrong"]),
    ("Run `a. B c` first. Done.", ["Run `a. B c` first.", "Done."]),
    ("wait... what? Yes, etc. and so on.", ["wait... what?", "Yes, etc. and so on."]),
    ("Don\u{2019}t amend \u{2014} ever.", ["Don't amend - ever."]),
    (
      "The **main** file is **bold**. See [the docs](https://x.y/z).",
      [
        "The main file is bold.", "See the docs.",
      ]
    ),
    ("Match src/**/*.ts and *.go files.", ["Match src/**/*.ts and *.go files."]),
    ("文件在这里。然后运行！", ["文件在这里。", "然后运行！"]),
  ])
  func splitsProse(text: String, sentences: [String]) {
    #expect(SentenceSplitter.sentences(in: text) == sentences)
  }

  @Test func blocksThatAreNoProseAreNoSentences() {
    let text = """
      # Heading
      Intro line
      Another line of its own
      - first item. With two.
      2. second item
         goes on
      > quoted words

      | a | b |
      ```sh
      make test. Now
      ```
      A line that is long enough to have been wrapped by its writer at a margin
      Continues here.
      """
    #expect(
      SentenceSplitter.sentences(in: text) == [
        "Intro line", "Another line of its own", "first item.", "With two.",
        "second item goes on",
        "A line that is long enough to have been wrapped by its writer at a margin Continues here.",
      ])
  }
}
