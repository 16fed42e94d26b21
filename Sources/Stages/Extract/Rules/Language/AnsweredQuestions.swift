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
    guard AnswerGate.decides(question: asked, answer: chosen.label) else { return nil }
    var text = asked
    while text.last == "?" { text.removeLast() }
    let spoken = Openings.withoutPleasantries(Tokenizer.tokens(text))
    guard let question = DecisionWriter.impersonal(spoken),
      let label = Openings.withoutPersons(Tokenizer.tokens(chosen.label)),
      DecisionWriter.isDistinct(question)
    else { return nil }
    let detailed = Openings.withoutPersons(Tokenizer.tokens(chosen.text)) ?? label
    let writer = DecisionWriter(writer: voice.writer, day: voice.event.at?.dateText)
    guard let statement = writer.statement(question, label: label, answer: detailed) else {
      return nil
    }
    let entities = voice.writer.entities.entities(in: question)
    return voice.observation(
      .init(
        kind: .decision, predicate: "rule",
        statement: Statement(text: statement, tokens: question + label),
        subject: entities.first { $0.distinct }, polarity: .affirmed, modality: .asserted,
        hedge: 0, grounded: false), quote: text + "? " + chosen.text)
  }

  private static func lastSentence(_ question: String) -> String {
    SentenceSplitter.sentences(in: question).last { $0.hasSuffix("?") } ?? question
  }

  /// The answer without the marks of the dialogue that offered it: the chosen label, and what
  /// explains it when the label alone is too short to say it.
  private static func cleaned(_ answer: String) -> (label: String, text: String) {
    var text = Typography.collapsed(answer)
    for mark in [" (Recommended)", " (recommended)"] {
      if let range = text.firstRange(of: mark) { text.removeSubrange(range) }
    }
    var label = text
    if let colon = text.firstRange(of: ": "), text[colon.upperBound...].first?.isUppercase == true {
      label = String(text[..<colon.lowerBound])
      let detail = SentenceSplitter.split(String(text[colon.upperBound...])).first ?? ""
      let speaks = label.split(separator: " ").count >= 3
      text = speaks || detail.utf8.count > 120 ? label : label + ": " + detail
    }
    while text.last == "." { text.removeLast() }
    return (label, text)
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
    // "Which method do you want for …" asks for a choice, not for leave.
    let chooses = asked.first == "which" && asked.contains("for")
    guard !acts.contains(answered[0]), !talk.occurs(in: asked), !process.occurs(in: asked),
      !process.occurs(in: answered),
      chooses || !asks.occurs(in: asked), !open.occurs(in: answered)
    else { return false }
    // A choice of one option says something; "yes" needs a question that says it.
    let persons = asked.contains { Lexicon.firstPerson.contains($0) || $0 == "me" }
    return !persons
  }

  /// An answer that begins with what to do next ("Done - create context").
  private static let acts: Set<String> = [
    "done", "continue", "create", "next", "skip", "later", "discuss", "proceed", "start", "stop",
    "wait", "finish", "retry", "commit", "push", "merge", "ship", "go", "move",
  ]

  /// Questions about the conversation.
  private static let talk = PhraseTable<Bool>(groups: [
    (
      true,
      [
        "more questions", "any questions", "move on", "move to", "which areas", "all areas",
        "are we", "have we", "anything", "reproduce", "how would", "vision", "resonates",
        "what should i", "can i", "may i", "to know", "you see", "you mean", "you seeing",
      ]
    )
  ])

  /// Steps of the task: planning, committing, reviewing, going on.
  private static let process = PhraseTable<Bool>(groups: [
    (
      true,
      [
        "commit", "push", "pr", "prs", "pull request", "proceed", "continue", "plan", "next",
        "ready", "start", "implement it", "implementation", "go ahead", "review", "discuss",
        "issue", "ticket", "follow-up", "brainstorm", "approach", "branch off",
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
