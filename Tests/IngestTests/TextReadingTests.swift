import Ingest
import KairosModel
import Testing

/// Texts that grow: what begins a block is read on, what goes on is read again.
@Suite struct TextReadingTests {
  @Test(arguments: [
    (TextFixture.aider, SourceFormat.aider), (TextFixture.specStory, .specStory),
    (TextFixture.bash, .bashHistory), (TextFixture.droid, .factoryDroid),
  ])
  func whatBeginsABlockIsReadOn(text: String, format: SourceFormat) {
    let more: [SourceFormat: String] = [
      .aider: "\n#### One more thing.  \n", .bashHistory: "#1767700000\nls\n",
      .specStory: "\n_**User (2026-01-05 14:00:00Z)**_\n\nOne more thing.\n",
      .factoryDroid: #"{"type":"message","id":"m9","message":{"role":"user","content":"More."}}"#,
    ]
    let grown = text + (more[format] ?? "")
    let first = read(Array(text.utf8), format)
    let after = read(Array(grown.utf8), format, resume: first.cursor)
    #expect(!after.rewritten)
    #expect(after.events.count == 1)
    #expect(
      SessionMerge.merge([first.events + after.events]) == read(Array(grown.utf8), format).events)
  }

  @Test func aBlockThatGoesOnIsReadAgain() {
    let first = read(Array(TextFixture.cleanAider.utf8), .aider)
    let grown = TextFixture.cleanAider + "#### And more of it.\n"
    #expect(read(Array(grown.utf8), .aider, resume: first.cursor).rewritten)
    let torn = read(Array((TextFixture.bash + "#17677").utf8), .bashHistory)
    let whole = TextFixture.bash + "#1767700000\nls\n"
    #expect(read(Array(whole.utf8), .bashHistory, resume: torn.cursor).rewritten)
  }

  @Test func secretsAreTakenOutOfTexts() {
    let secret = "ghp_" + String(repeating: "aB3dE6gH9k", count: 4).prefix(36)
    let text = "#1767614400\nexport TOKEN=\(secret)\n"
    let messages = read(Array(text.utf8), .bashHistory).messages
    #expect(messages.count == 1)
    #expect(!messages[0].contains(secret))
  }

  @Test func aMemoryOfKairosIsAnEchoWhereverItStands() {
    let export = "<!-- kairos:begin x -->\nuse tabs\n<!-- kairos:end -->"
    let text = TextFixture.cleanAider + "\n" + export + "\n"
    let result = read(Array(text.utf8), .aider)
    #expect(result.events.contains { $0.actor == .memory && $0.provenance == .memory })
  }
}
