import KairosModel
import KairosStore

/// One thing that `kairos doctor` looked at.
public struct Check: Sendable, Equatable {
  /// How it is.
  public enum State: String, Sendable {
    case sound = "ok"
    case warning
    case broken
  }

  public let name: String
  public let state: State
  /// What was found and, unless it is sound, what to do.
  public let text: String

  public init(name: String, state: State, text: String) {
    self.name = name
    self.state = state
    self.text = text
  }
}

extension Memory {
  /// Looks at everything in `folder` without changing it. Never throws: what cannot be read is the
  /// finding.
  public static func doctor(_ folder: MemoryFolder) -> [Check] {
    var checks = [folderCheck(folder), lockCheck(folder)] + damagedChecks(folder)
    let memory: Memory
    do {
      memory = try open(folder)
      checks.append(
        Check(name: "settings", state: .sound, text: "project \(memory.configuration.project)"))
    } catch {
      checks.append(
        Check(
          name: "memory", state: .broken,
          text: (error as? any Failure)?.sentence ?? "it cannot be opened"))
      return checks
    }
    return checks + memory.storeChecks + memory.sourceChecks + memory.logChecks
      + memory.snapshotChecks
  }

  private static func folderCheck(_ folder: MemoryFolder) -> Check {
    guard PathStatus.isWritable(folder.path) else {
      return Check(
        name: "folder", state: .broken,
        text: "\(folder.path) is not writable; nothing new can be kept")
    }
    return Check(name: "folder", state: .sound, text: folder.path)
  }

  private static func lockCheck(_ folder: MemoryFolder) -> Check {
    guard let holder = RunLock.holder(folder.lock) else {
      return Check(name: "lock", state: .sound, text: "free")
    }
    return Check(
      name: "lock", state: .warning,
      text: "held by `kairos \(holder.command)`, process \(holder.pid) on \(holder.host), since "
        + "\(holder.since.rfc3339); a dead holder is replaced by the next run")
  }

  /// Databases that a rebuild set aside: they hold whatever was forgotten since.
  private static func damagedChecks(_ folder: MemoryFolder) -> [Check] {
    Store.damaged(folder: folder.path).map {
      Check(
        name: "old store", state: .warning,
        text: "\($0) was set aside by a rebuild; delete it when you do not need it any more")
    }
  }

  private var storeChecks: [Check] {
    let problems = store.problems()
    if problems.isEmpty {
      return [
        Check(
          name: "store", state: .sound,
          text: "every page is readable, SQLite's integrity check passes")
      ]
    }
    return problems.map { Check(name: "store", state: .broken, text: $0) }
  }

  private var sourceChecks: [Check] {
    guard let sources = try? store.sources() else { return [] }
    let unreadable = sources.filter {
      ArchivedPath.exists($0.path)
        && !PathStatus.isReadable(ArchivedPath.split($0.path)?.archive ?? $0.path)
    }
    let gone = sources.count { !ArchivedPath.exists($0.path) && $0.kind != .workspace }
    var checks = unreadable.map {
      Check(name: "source", state: .warning, text: "\($0.path) cannot be read; check permissions")
    }
    let note = gone == 0 ? "" : "; \(gone) are gone, what was read from them is kept"
    checks.append(Check(name: "sources", state: .sound, text: "\(sources.count) known\(note)"))
    return checks
  }

  /// Reads the event log of every session.
  private var logChecks: [Check] {
    guard let sessions = try? store.sessions().filter({ !$0.isFeed }) else { return [] }
    let log = EventLog(folder)
    let broken = sessions.filter { (try? log.events(of: $0)) == nil }
    if broken.isEmpty {
      return [Check(name: "event log", state: .sound, text: "\(sessions.count) sessions")]
    }
    return broken.map {
      Check(
        name: "event log", state: .broken,
        text: "\(folder.events)/\($0.logName) cannot be read; `kairos ingest` reads the session "
          + "again while its source is there")
    }
  }

  private var snapshotChecks: [Check] {
    guard let checks = try? verifySnapshots() else { return [] }
    let broken = checks.filter { $0.problem != nil }
    if broken.isEmpty {
      return [Check(name: "snapshots", state: .sound, text: "\(checks.count) verified")]
    }
    return broken.map {
      Check(name: "snapshot", state: .broken, text: "\($0.path): \($0.problem ?? "")")
    }
  }
}
