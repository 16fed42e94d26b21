import KairosArchive
import KairosModel
import KairosStore

/// The redacted events of sessions, one compressed file per session.
struct EventLog: Sendable {
  static let suffix = ".jsonl.zst"

  private let folder: MemoryFolder

  init(_ folder: MemoryFolder) { self.folder = folder }

  /// What a written log is called and what it holds.
  struct Written: Sendable {
    let name: String
    let digest: String
  }

  /// Replaces the log of a session; the old one stays until the new one is whole.
  func write(_ events: [Event], session: String) throws -> Written {
    let bytes = Self.bytes(events)
    let path = folder.eventLog(of: session)
    try ZstdLog(path: path).replace(with: bytes)
    return Written(name: FilePath.name(of: path), digest: SHA256Digest.of(bytes).text)
  }

  /// The lines of a log; its digest is theirs.
  static func bytes(_ events: [Event]) -> [UInt8] {
    var bytes: [UInt8] = []
    for event in events {
      bytes += event.canonicalBytes
      bytes.append(UInt8(ascii: "\n"))
    }
    return bytes
  }

  /// The events of a session in order.
  func events(of session: SessionRecord) throws -> [Event] {
    try events(at: folder.events + "/" + session.logName)
  }

  /// Whether the log of a session is there.
  func hasLog(of session: String) -> Bool {
    PathStatus.of(folder.eventLog(of: session)) != nil
  }

  /// The events that are known of a session by its key; none when it was never read.
  func known(session: String) throws -> [Event] {
    hasLog(of: session) ? try events(at: folder.eventLog(of: session)) : []
  }

  /// Whether there are logs and no database, or an empty one.
  var isOrphaned: Bool { PathStatus.of(folder.database)?.size ?? 0 == 0 && !names.isEmpty }

  /// The files of all logs, sorted.
  var names: [String] { FolderNames.sorted(in: folder.events).filter { $0.hasSuffix(Self.suffix) } }

  /// The events in the log file of this name.
  func events(named name: String) throws -> [Event] {
    try events(at: folder.events + "/" + name)
  }

  private func events(at path: String) throws -> [Event] {
    var events: [Event] = []
    do {
      try ZstdLog(path: path).forEachLine { line in
        events.append(try Event(canonicalBytes: Array(line)))
      }
    } catch is RecordError {
      throw MemoryFailure.brokenEventLog(path: path)
    }
    return events
  }
}
