import KairosModel

/// Limits of what the event log keeps, and the project that observations feeds belong to.
public struct IngestOptions: Sendable {
  /// Scope of observations that a feed brings.
  public var project: String
  /// Bytes of a tool's output that are kept from its beginning and from its end.
  public var outputHeadBytes = 4096
  public var outputTailBytes = 4096
  /// Bytes of an edit's old and new text that are kept each.
  public var editBytes = 8192
  /// Bytes of one message that are kept.
  public var messageBytes = 65_536
  /// Bytes of an injected memory or instruction file that are kept.
  public var memoryBytes = 32_768
  /// Bytes of a transcript that is one document; a longer one is not read.
  public var documentBytes = 256 << 20

  public init(project: String) { self.project = project }
}

/// Which file is read: its id in evidence and its path for findings.
public struct SourceIdentity: Sendable, Equatable {
  public let id: String
  public let path: String

  public init(id: String, path: String) {
    self.id = id
    self.path = path
  }

  /// The id of a transcript from its format and first line: the same on every machine, in every
  /// folder, and while the file grows.
  public static func id(format: SourceFormat, head: [UInt8]) -> String {
    if let document = DocumentFormats.adapter(of: format) {
      return document.sourceID(head: head)
    }
    if format == .openCodeFiles {
      // Only the session's id stays the same in its file.
      let session = OpenCodeFiles.detect(head: head)?.session ?? ""
      return ContentID.make("s", format.rawValue, session)
    }
    let end = TextFormats.identifyingBytes(of: format, head: head)
    return ContentID.make("s", format.rawValue, SHA256Digest.of(head[..<end]).hex)
  }
}

/// The transcript formats that can be read.
public enum SourceFormat: String, Sendable, CaseIterable {
  case claudeCode = "claude-code"
  case codex
  case observations
  // One JSON document a file, rewritten as a whole.
  case geminiCLI = "gemini-cli"
  case cline
  case openHands = "openhands"
  case openHandsEvents = "openhands-events"
  case sweAgent = "swe-agent"
  case miniSWEAgent = "mini-swe-agent"
  case chatGPT = "chatgpt"
  case amp
  case copilotChat = "copilot-chat"
  case geminiLogs = "gemini-logs"
  // One record a line.
  case qwenCode = "qwen-code"
  // One JSON record a line.
  case openAIChat = "openai-chat"
  case factoryDroid = "factory-droid"
  case pi
  case copilotCLI = "copilot-cli"
  case geminiLines = "gemini-cli-lines"
  case copilotChatLog = "copilot-chat-log"
  case claudeHistory = "claude-history"
  case codexHistory = "codex-history"
  case gooseLines = "goose-lines"
  // A folder of small files a session.
  case openCodeFiles = "opencode-files"
  // Lines of text, put together into blocks.
  case aider
  case specStory = "specstory"
  case asciicast
  case typescript
  case bashHistory = "bash-history"
  case zshHistory = "zsh-history"
  case fishHistory = "fish-history"
  // SQLite databases with the sessions of many agents or shells.
  case crush
  case openCodeGo = "opencode-2025"
  case goose
  case openCode = "opencode"
  case cursor
  case cursorCLI = "cursor-cli"
  case atuin
}

/// How far a source has been read, so that only what was appended is parsed next time.
public struct SourceCursor: Sendable, Equatable {
  public let format: SourceFormat
  /// Bytes up to and including the last complete line.
  public let offset: Int
  /// `sha256:…` of those bytes; a mismatch means that the file was rewritten.
  public let prefixDigest: String
  /// What the adapter must remember across the cut, in its own words.
  public let state: String

  public init(format: SourceFormat, offset: Int, prefixDigest: String, state: String) {
    self.format = format
    self.offset = offset
    self.prefixDigest = prefixDigest
    self.state = state
  }
}

/// What was met while reading, by number.
public struct SourceCounts: Sendable, Equatable {
  public var records = 0
  /// Records that are known to hold nothing worth keeping.
  public var skipped = 0
  /// Records of a type that this version does not know.
  public var unknown = 0
  public var badLines = 0

  public init() {}
}

/// Everything that one source gave.
public struct SourceResult: Sendable {
  public let events: [Event]
  public let observations: [Observation]
  public let session: String?
  public let cursor: SourceCursor
  public let counts: SourceCounts
  public let findings: [Finding]
  /// The bytes before the resumed offset are not the ones read last time: read the file whole.
  public let rewritten: Bool
}
