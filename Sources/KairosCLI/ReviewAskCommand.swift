import ArgumentParser
import KairosPipeline

/// `kairos review ask`: fact by fact in the terminal, one key a decision.
struct ReviewAskCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ask",
    abstract: "Decide fact by fact in the terminal, one key each.",
    discussion: HelpPage.text(
      """
      Shows each fact that waits for a decision with its evidence and other answers, those that \
      need review first, and takes one key: a accept, r reject, p pin, e reword (then the words \
      and return), s or space leave as it is, u undo the last, q end, ? these keys.

      Nothing is changed before the end: q takes all decisions at once; ctrl-c or the end of the \
      input takes none. Without a terminal it prints the file that \
      `kairos review export` writes.
      """,
      examples: [
        ("kairos review", "in a terminal"),
        ("printf 'arq' | kairos review ask --keys -", "accept one, reject one, end"),
      ]))

  @OptionGroup var global: GlobalOptions
  @OptionGroup var output: FormatOptions

  @Flag(help: "Also the firm facts.")
  var firm = false

  @Option(
    help: ArgumentHelp("Read the keys from this file; - is stdin.", valueName: "file"),
    completion: .file())
  var keys: String?

  func run() async throws {
    try await Invocation.run("review", global) { invocation in
      let memory = try invocation.memory()
      guard keys != nil || Surroundings.isTerminal(0) else {
        invocation.talk.data(bytes: Array(try memory.reviewText(includesFirm: firm).utf8))
        return .done
      }
      let items = try memory.reviewItems(includesFirm: firm)
      guard !items.isEmpty else {
        invocation.talk.say("no fact waits for a decision")
        return .done
      }
      var dialogue = ReviewDialogue(items: items)
      let typed = keys.flatMap { $0 == "-" ? nil : invocation.absolute($0) }
      let input = try KeyInput(path: typed)
      let end = ask(&dialogue, input, invocation.talk)
      input.restore()
      return try await finish(end, dialogue.decisions, invocation)
    }
  }

  /// Shows and asks until the dialogue ends.
  private func ask(
    _ dialogue: inout ReviewDialogue, _ input: KeyInput, _ talk: Talk
  ) -> ReviewDialogue.End {
    talk.show(dialogue.screen)
    while true {
      guard let key = input.key() else { return .broken }
      switch dialogue.press(key) {
      case .show(let text): talk.show(text)
      case .askWords:
        talk.show("new words: ")
        guard let words = input.line() else { return .broken }
        talk.show(dialogue.reword(words))
      case .end(let end): return end
      }
    }
  }

  private func finish(
    _ end: ReviewDialogue.End, _ decisions: [ReviewDialogue.Taken], _ invocation: Invocation
  ) async throws -> ExitStatus {
    invocation.talk.show("\n")
    guard end == .finished else {
      invocation.talk.say("interrupted; no decision was taken")
      return end == .interrupted ? .interrupted : .done
    }
    guard !decisions.isEmpty else {
      invocation.talk.say("nothing was decided")
      return .done
    }
    let outcomes = try await invocation.exclusively { memory in
      try await memory.applyReview(
        decisions.map { ($0.fact, $0.decision) }, invocation.settings(workers: nil))
    }
    ReviewText.show(outcomes, output.format, invocation.talk)
    return .done
  }
}
