import KairosArchive
import KairosModel
import KairosStore

/// The redacted events of sessions, one compressed file per session.
struct EventLog: Sendable {
  private let folder: MemoryFolder

  init(_ folder: MemoryFolder) { self.folder = folder }

  /// What a written log is called and what it holds.
  struct Written: Sendable {
    let name: String
    let digest: String
  }

  /// Replaces the log of a session; the old one stays until the new one is whole.
  func write(_ events: [Event], session: String) throws -> Written {
    var bytes: [UInt8] = []
    for event in events {
      bytes += event.canonicalBytes
      bytes.append(UInt8(ascii: "\n"))
    }
    let path = folder.eventLog(of: session)
    try ZstdLog(path: path).replace(with: bytes)
    return Written(name: FilePath.name(of: path), digest: SHA256Digest.of(bytes).text)
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
