import Ingest

extension ConformanceCase {
  /// Every version of every format, the newest of each format last.
  static let all: [ConformanceCase] = agents + documents + texts

  /// Whether it is the newest version of its format.
  var isNewest: Bool { Self.newest[format] == version }

  private static let newest: [SourceFormat: String] = Dictionary(
    all.map { ($0.format, $0.version) }, uniquingKeysWith: { $1 })

  private static let agents = [
    ConformanceCase(.claudeCode, "2.0", .lines, LineFixture.claude20, spoken: "Use tabs here"),
    .init(.claudeCode, "2.1.17", .lines, LineFixture.claude21, spoken: "Why tabs"),
    .init(.claudeCode, "2.1.220", .lines, LineFixture.claude220, spoken: "I was asked"),
    .init(.codex, "bare items", .lines, LineFixture.codexBare, spoken: "List them"),
    .init(.codex, "0.36", .lines, LineFixture.codex36, spoken: "Change it"),
    .init(.codex, "0.80", .lines, LineFixture.codex80, spoken: "It fails now"),
    .init(.codex, "0.153", .lines, LineFixture.codex153, spoken: "It works now"),
    .init(.observations, "1", .feed, LineFixture.feed, spoken: "old oak"),
    .init(.qwenCode, "0.5", .lines, DocumentFixture.qwen, spoken: "I build."),
    .init(.gooseLines, "1.0", .lines, LineFixture.goose, spoken: "Dim it"),
    .init(.openCodeFiles, "0.6", .changes, LineFixture.openCode, spoken: "Dim it"),
    .init(.openAIChat, "lines", .lines, TextFixture.chat, spoken: "Be brief."),
    .init(.factoryDroid, "1", .lines, TextFixture.droid, spoken: "I do."),
    .init(.pi, "3", .lines, TextFixture.pi, spoken: "I do."),
    .init(.copilotCLI, "1", .lines, TextFixture.copilot, spoken: "I do."),
    .init(.copilotChatLog, "2026", .changes, LaterFixture.copilotLog, spoken: "It fails."),
    .init(.claudeHistory, "2026", .lines, LaterFixture.claudeHistory, spoken: "Use spaces."),
    .init(.codexHistory, "2025", .lines, LaterFixture.codexHistory, spoken: "Use spaces."),
    .init(.geminiLines, "2026", .changes, TextFixture.gemini, spoken: "Better way."),
  ]

  private static let documents = [
    ConformanceCase(.geminiCLI, "2025", .document, DocumentFixture.gemini, spoken: "I run it."),
    .init(.cline, "tags", .document, DocumentFixture.clineTags, spoken: "List files."),
    .init(.cline, "blocks", .document, DocumentFixture.cline, spoken: "I look."),
    .init(.openHands, "0", .document, DocumentFixture.openHands, spoken: "I build."),
    .init(
      .openHandsEvents, "message", .document, LaterFixture.openHandsMessage, spoken: "Fix it."),
    .init(.openHandsEvents, "action", .document, LaterFixture.openHandsAction, spoken: "I build."),
    .init(.geminiLogs, "2025", .document, LaterFixture.geminiLogs, spoken: "Use spaces."),
    .init(.sweAgent, "history", .document, DocumentFixture.sweHistory, spoken: "ISSUE: broken"),
    .init(.sweAgent, "1", .document, DocumentFixture.sweAgent, spoken: "I build."),
    .init(.miniSWEAgent, "list", .document, DocumentFixture.mini, spoken: "No command."),
    .init(
      .miniSWEAgent, "1.1", .document, DocumentFixture.miniObject, spoken: "Please solve"),
    .init(
      .chatGPT, "conversation", .document,
      DocumentFixture.conversation.replacing("conv-1", with: "conv-3").replacing(
        "00.104189,", with: "09.5,"),
      spoken: "Three."),
    .init(.chatGPT, "export", .document, DocumentFixture.chatGPT, spoken: "Three."),
    .init(.amp, "3", .document, DocumentFixture.amp, spoken: "I build."),
    .init(.copilotChat, "3", .document, DocumentFixture.copilot, spoken: "I build."),
  ]

  private static let texts = [
    ConformanceCase(.aider, "0.85", .text, TextFixture.aider, spoken: "Why tabs?"),
    .init(.aider, "clean", .text, TextFixture.cleanAider, spoken: "Thanks."),
    .init(.specStory, "2024", .text, TextFixture.oldStory, spoken: "Paint it red."),
    .init(.specStory, "extension", .text, TextFixture.cursorStory, spoken: "Remove the lamp."),
    .init(.specStory, "2.1", .text, TextFixture.specStory, spoken: "I look."),
    .init(.asciicast, "1", .text, TextFixture.cast1, spoken: "two"),
    .init(.asciicast, "2", .text, TextFixture.cast2, spoken: "$ make"),
    .init(.asciicast, "3", .text, TextFixture.cast3, spoken: "boom"),
    .init(.typescript, "2.38", .text, TextFixture.script, spoken: "hello all"),
    .init(.bashHistory, "times", .text, TextFixture.bash, spoken: "make test"),
    .init(.zshHistory, "extended", .text, TextFixture.zsh, spoken: "make test"),
    .init(.fishHistory, "3", .text, TextFixture.fish, spoken: "make test"),
  ]
}
