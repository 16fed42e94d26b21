import KairosArchive
import KairosJSON
import KairosModel

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Who holds the lock of a memory.
public struct LockHolder: Sendable, Equatable {
  public let pid: Int32
  public let host: String
  /// Tells two processes with the same pid apart (boot ticks of the process; 0 when unknown).
  public let birth: Int64
  public let since: Timestamp
  public let command: String

  public init(pid: Int32, host: String, birth: Int64, since: Timestamp, command: String) {
    self.pid = pid
    self.host = host
    self.birth = birth
    self.since = since
    self.command = command
  }
}

extension LockHolder: CanonicalRecord {
  /// Writes the canonical form.
  public func write(to json: inout CanonicalJSON) {
    json.object {
      $0.member("schema", "kairos.lock/1")
      $0.member("pid", Int(pid))
      $0.member("host", host)
      $0.member("birth", birth)
      $0.member("since", since)
      $0.member("command", command)
    }
  }

  public init(json: JSONValue) throws(RecordError) {
    let reader = RecordReader("lock", json)
    guard let since = reader.time("since"), let pid = Int32(exactly: try reader.int("pid")) else {
      throw reader.error("since")
    }
    self.init(
      pid: pid, host: try reader.string("host"), birth: try reader.int("birth"), since: since,
      command: try reader.string("command"))
  }
}

/// Another run is at work.
public struct LockFailure: Failure, Equatable {
  public let path: String
  public let holder: LockHolder?

  public var status: ExitStatus { .locked }

  public var sentence: String {
    guard let holder else { return "another run holds the lock \(path)" }
    return "another run holds the lock: `kairos \(holder.command)`, process \(holder.pid) on "
      + "\(holder.host), since \(holder.since.rfc3339)"
  }

  public var hint: String? {
    "wait for it to end and run the command again; a lock of a process that has died is taken over"
  }
}

/// The right to write to one memory. One run holds it at a time.
///
/// The lock file appears with its content in one step (a link of a finished file), so a killed
/// run never leaves an unreadable one. A holder that is dead on this machine is replaced at once;
/// one of another machine only after `staleMinutes`, since nobody can ask whether it lives.
public final class RunLock: Sendable {
  public static let staleMinutes: Int64 = 60

  private let path: String
  private let content: [UInt8]

  private init(path: String, content: [UInt8]) {
    self.path = path
    self.content = content
  }

  /// Takes the lock at `path` for `holder`, or throws who has it.
  public static func acquire(
    _ path: String, holder: LockHolder, isAlive: (LockHolder) -> Bool
  ) throws -> RunLock {
    let lock = RunLock(path: path, content: holder.canonicalBytes)
    return try alone(FilePath.parent(of: path)) {
      try lock.take(for: holder, isAlive: isAlive)
      return lock
    }
  }

  /// Runs `body` while no other process takes a lock or cleans up in `folder`. Two takeovers at
  /// the same time would remove each other's new lock.
  static func alone<T>(_ folder: String, _ body: () throws -> T) throws -> T {
    let descriptor = open(folder, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileFailure.cannotRead(path: folder, code: errno) }
    defer { close(descriptor) }
    guard flock(descriptor, LOCK_EX) == 0 else {
      throw FileFailure.cannotRead(path: folder, code: errno)
    }
    return try body()
  }

  private func take(for holder: LockHolder, isAlive: (LockHolder) -> Bool) throws {
    if try link() { return }
    guard let other = Self.holder(path), Self.isStale(other, now: holder, isAlive: isAlive) else {
      throw LockFailure(path: path, holder: Self.holder(path))
    }
    unlink(path)
    guard try link() else { throw LockFailure(path: path, holder: nil) }
  }

  /// Who holds the lock at `path` now, if anyone does.
  public static func holder(_ path: String) -> LockHolder? {
    (try? WholeFile.read(path)).flatMap { try? LockHolder(canonicalBytes: $0) }
  }

  /// Gives the lock back; harmless when it is no longer ours.
  public func release() {
    guard let current = try? WholeFile.read(path), current == content else { return }
    unlink(path)
  }

  private static func isStale(
    _ other: LockHolder, now: LockHolder, isAlive: (LockHolder) -> Bool
  ) -> Bool {
    if other.host == now.host { return !isAlive(other) }
    let age = now.since.milliseconds - other.since.milliseconds
    return age > staleMinutes * 60_000
  }

  /// Whether the lock file could be created with our content.
  private func link() throws -> Bool {
    let temporary = "\(path)-\(SHA256Digest.of(content).hex.prefix(12)).partial"
    try DurableFile.write(content, to: temporary, overwrite: true)
    defer { unlink(temporary) }
    if SystemCall.link(temporary, path) == 0 { return true }
    guard errno == EEXIST else { throw FileFailure.cannotWrite(path: path, code: errno) }
    return false
  }
}

extension SystemCall {
  fileprivate static func link(_ from: String, _ to: String) -> Int32 {
    #if canImport(Glibc)
      Glibc.link(from, to)
    #else
      Darwin.link(from, to)
    #endif
  }
}
