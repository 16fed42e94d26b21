import KairosJSON
import KairosModel
import KairosRedaction

/// What the beginning of a transcript says about the project that it belongs to.
public struct SessionMarks: Sendable, Equatable {
  /// Addresses of git remotes, as the agent wrote them.
  public var remotes: [String] = []
  /// First commits of the repository.
  public var rootCommits: [String] = []
  /// Hexadecimal digests of a folder's path, from agents that store nothing else.
  public var pathDigests: [String] = []
  /// Working folders, in the order of the events, each once.
  public var folders: [String] = []
  /// Keys of the sessions in this beginning, in their order.
  public var sessions: [String] = []

  public init() {}

  /// Reads the first bytes of a file, which may end anywhere. The adapter of the format is asked,
  /// so that folders are the ones of the events and never a word in a text.
  public static func read(
    head: [UInt8], format: SourceFormat, source: SourceIdentity
  ) -> SessionMarks {
    var marks = SessionMarks()
    for document in documents(head) { marks.take(document.root) }
    var reader = SourceReader(
      format: format, source: source, options: IngestOptions(project: ""),
      redactor: Redactor(key: ""))
    head.withUnsafeBytes { reader.consume($0) }
    for event in reader.finish().events {
      if let folder = event.cwd { marks.add(folder: folder) }
      if !marks.sessions.contains(event.session) { marks.sessions.append(event.session) }
    }
    return marks
  }

  /// Adds a folder that is known from elsewhere or from a later event.
  public mutating func add(folder: String) {
    if folder.hasPrefix("/"), !folders.contains(folder) { folders.append(folder) }
  }

  /// The first records, or the one document.
  private static func documents(_ head: [UInt8]) -> [JSONDocument] {
    let lines = head.split(separator: 0x0a, maxSplits: 20).prefix(20)
      .compactMap { try? JSONDocument.parse(Array($0)) }
    return lines.isEmpty ? [TornDocument.read(head)].compactMap { $0 } : lines
  }

  /// Codex: `git.repository_url`. Gemini and early Qwen: `projectHash`, the SHA-256 of the folder.
  /// OpenCode: `projectID`, the first commit. Amp: the trees that a thread was started with.
  private mutating func take(_ record: JSONValue) {
    let payload = record["payload"] ?? record
    if let remote = payload["git"]?["repository_url"]?.string { remotes.append(remote) }
    for tree in record["env"]?["initial"]?["trees"]?.elements ?? [] {
      if let remote = tree["repository"]?["url"]?.string { remotes.append(remote) }
    }
    if let digest = record["projectHash"]?.string { pathDigests.append(digest) }
    if let commit = record["projectID"]?.string, commit.utf8.count == 40 {
      rootCommits.append(commit)
    }
    for folder in [payload["cwd"], record["data"]?["context"]?["cwd"], record["directory"]] {
      if let folder = folder?.string { add(folder: folder) }
    }
  }
}
