import KairosModel

/// Decisions that a person took by answering: choices among options, and short replies ("1",
/// "option B", "yes") to a question that closes the assistant's message.
///
/// The answer means nothing without its question, so both make one statement. Questions about the
/// next step of the task (commit now? go on?) decide nothing about the project.
struct AnsweredQuestions: SessionRule {
  let name = "answered-question"

  func observations(in session: SessionView, context: ExtractContext) -> [Observation] {
    var found: [Observation] = []
    var said = ""
    for event in session.events {
      let voice = Voice(event: event, context: context, rule: name)
      if let text = event.saidText {
        said = text
      } else if case .approval(let approval) = event.body, approval.verdict == .answered,
        event.actor == .human
      {
        found += decision(approval.question, approval.answer, voice).map { [$0] } ?? []
      } else if let reply = event.typedText {
        if let joined = ReplyReader.join(reply: reply, message: said) {
          found += decision(joined.question, joined.answer, voice).map { [$0] } ?? []
        }
        said = ""
      }
    }
    return found
  }

  private func decision(_ question: String, _ answer: String, _ voice: Voice) -> Observation? {
    let asked = Self.lastSentence(Typography.folded(question))
    let chosen = Self.cleaned(Typography.folded(answer))
    guard AnswerGate.decides(question: asked, answer: chosen) else { return nil }
    var text = asked
    while text.last == "?" { text.removeLast() }
    let tokens =
      [Token(word: "For"), Token(word: "the"), Token(word: "question")]
      + [Token(.punctuation, "\"", spaced: true)] + Self.attached(Tokenizer.tokens(text))
      + [Token(.punctuation, "\"", spaced: false), Token(.punctuation, ",", spaced: false)]
      + ["the", "decision", "is"].map { Token(word: $0) }
      + [Token(.punctuation, ":", spaced: false)] + Tokenizer.tokens(chosen)
    guard let statement = voice.writer.finished(tokens) else { return nil }
    let entities = voice.writer.entities.entities(in: Tokenizer.tokens(text))
    let key = Statement(text: statement.text, tokens: Tokenizer.tokens(text + " " + chosen))
    return voice.observation(
      .init(
        kind: .decision, predicate: "rule", statement: key,
        subject: entities.first { $0.distinct }, polarity: .affirmed, modality: .asserted, hedge: 0,
        grounded: false), quote: asked + " " + chosen)
  }

  /// The first token without its gap, to stand behind a quote.
  private static func attached(_ tokens: [Token]) -> [Token] {
    guard let first = tokens.first else { return tokens }
    return [Token(first.kind, first.text, spaced: false)] + tokens.dropFirst()
  }

  private static func lastSentence(_ question: String) -> String {
    SentenceSplitter.sentences(in: question).last { $0.hasSuffix("?") } ?? question
  }

  /// The answer without the marks of the dialogue that offered it: the chosen label, and what
  /// explains it when the label alone is too short to say it.
  private static func cleaned(_ answer: String) -> String {
    var text = Typography.collapsed(answer)
    for mark in [" (Recommended)", " (recommended)"] {
      if let range = text.firstRange(of: mark) { text.removeSubrange(range) }
    }
    if let colon = text.firstRange(of: ": "), text[colon.upperBound...].first?.isUppercase == true {
      let label = String(text[..<colon.lowerBound])
      let detail = SentenceSplitter.split(String(text[colon.upperBound...])).first ?? ""
      let speaks = label.split(separator: " ").count >= 3
      text = speaks || detail.utf8.count > 120 ? label : label + " - " + detail
    }
    while text.last == "." { text.removeLast() }
    return text
  }
}

/// Joins a short reply with the option or the question that it answers.
enum ReplyReader {
  static func join(reply: String, message: String) -> (question: String, answer: String)? {
    let reply = Typography.collapsed(Typography.folded(reply))
    guard !message.isEmpty, reply.utf8.count <= 40 else { return nil }
    let blocks = MarkdownBlocks.blocks(in: message)
    let sentences = blocks.filter { $0.kind == .paragraph }.flatMap {
      SentenceSplitter.split($0.text)
    }
    guard let question = sentences.last(where: { $0.hasSuffix("?") }) else { return nil }
    if let label = label(reply) {
      guard let option = option(label, in: message) else { return nil }
      return (question, option)
    }
    let words = Tokenizer.tokens(reply).filter { $0.kind == .word }.map(\.lower)
    guard let first = words.first, words.count <= 2, sentences.last == question else { return nil }
    if ["yes", "yeah", "yep", "yup"].contains(first) { return (question, "yes") }
    if ["no", "nope", "nah"].contains(first) { return (question, "no") }
    return nil
  }

  /// `2`, `B`, of "option 2", "2.", "let's do B".
  private static func label(_ reply: String) -> String? {
    var words = reply.lowercased().split { " .,!)(:".contains($0) }.map(String.init)
    let fillers: Set<String> = [
      "option", "let's", "do", "go", "with", "yes", "ok", "please", "number",
    ]
    words.removeAll { fillers.contains($0) }
    guard words.count == 1, let word = words.first, word.count == 1 else { return nil }
    return word.first.map { ("1"..."9").contains($0) || ("a"..."f").contains($0) } == true
      ? word : nil
  }

  /// The text of the option with this label: the last list item that starts with it.
  private static func option(_ label: String, in message: String) -> String? {
    for raw in Typography.folded(message).split(whereSeparator: \.isNewline).reversed() {
      var line = raw.trimmingSpaces()
      while let first = line.first, "*-# ".contains(first) { line.removeFirst() }
      let lower = line.lowercased()
      for form in [
        "\(label). ", "\(label)) ", "option \(label): ", "option \(label) - ", "\(label): ",
      ]
      where lower.hasPrefix(form) {
        let text = InlineMarkdown.plain(String(line.dropFirst(form.count)))
        return SentenceSplitter.split(text).first
      }
    }
    return nil
  }
}

/// Whether a question and its answer decide how the project is, not how the task goes on.
enum AnswerGate {
  static func decides(question: String, answer: String) -> Bool {
    let asked = Tokenizer.tokens(question).map(\.lower)
    let answered = Tokenizer.tokens(answer).map(\.lower)
    guard asked.count >= 5, asked.last == "?", !answered.isEmpty, answered.count <= 24,
      answered.last != "?"
    else { return false }
    guard !process.occurs(in: asked), !process.occurs(in: answered), !asks.occurs(in: asked),
      !open.occurs(in: answered)
    else { return false }
    // A choice of one option says something; "yes" needs a question that says it.
    let persons = asked.contains { Lexicon.firstPerson.contains($0) || $0 == "me" }
    return !persons
  }

  /// Steps of the task: planning, committing, reviewing, going on.
  private static let process = PhraseTable<Bool>(groups: [
    (
      true,
      [
        "commit", "push", "pr", "prs", "pull request", "proceed", "continue", "plan", "next",
        "ready", "start", "implement it", "implementation", "go ahead", "review", "discuss",
        "issue", "ticket", "follow-up", "brainstorm", "approach", "session", "branch off",
        "worktree", "finalize", "merge", "scope", "separately", "later", "first", "now", "concerns",
        "feedback", "look good", "looks good", "look right", "looks right", "works for you",
        "make sense", "clarify", "explain", "task", "execute", "option", "fix this", "fix it",
        "handle it", "handle this", "proceeding", "focus", "prioritize", "priority", "draft",
        "skip", "skip for now", "investigate", "debug",
      ]
    )
  ])

  /// Questions about wishes of the moment.
  private static let asks = PhraseTable<Bool>(groups: [
    (
      true,
      [
        "would you like", "do you want", "want me", "should i", "shall i", "shall we", "can you",
        "could you", "what would you", "do you have", "are you", "did you", "would you prefer me",
        "anything else", "does this", "does that", "is this", "is that", "do these", "this",
      ]
    )
  ])

  /// Answers that leave it open.
  private static let open = PhraseTable<Bool>(groups: [
    (
      true,
      [
        "not sure", "you decide", "up to you", "don't know", "whatever", "other", "maybe",
        "explain",
        "what", "why", "how", "need to", "let me", "i", "think", "hmm", "depends", "this", "that",
      ]
    )
  ])
}
