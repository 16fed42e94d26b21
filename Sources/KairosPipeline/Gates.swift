import KairosJSON
import KairosModel

/// One condition of a run and whether it holds.
public struct Gate: Sendable, Equatable {
  public let name: String
  public let isOpen: Bool
  /// What was compared with what.
  public let reason: String

  public init(name: String, isOpen: Bool, reason: String) {
    self.name = name
    self.isOpen = isOpen
    self.reason = reason
  }
}

extension Gate: CanonicalRecord {
  /// Writes the canonical form.
  public func write(to json: inout CanonicalJSON) {
    json.object {
      $0.member("name", name)
      $0.member("open", isOpen)
      $0.member("reason", reason)
    }
  }

  public init(json: JSONValue) throws(RecordError) {
    let reader = RecordReader("gate", json)
    self.init(
      name: try reader.string("name"), isOpen: try reader.bool("open"),
      reason: try reader.string("reason"))
  }
}

/// What the gates of a pipeline are asked about.
public struct GateFacts: Sendable {
  public let now: Timestamp
  /// End of the last run that was done; a failed or blocked one does not count.
  public let lastDone: Timestamp?
  /// Start of the last run that looked at the sources, however it ended.
  public let lastScan: Timestamp?
  /// Sessions that are new or have grown since then.
  public let changedSessions: Int
  /// Newest change of a transcript file.
  public let newestChange: Timestamp?

  public init(
    now: Timestamp, lastDone: Timestamp?, lastScan: Timestamp?, changedSessions: Int,
    newestChange: Timestamp?
  ) {
    self.now = now
    self.lastDone = lastDone
    self.lastScan = lastScan
    self.changedSessions = changedSessions
    self.newestChange = newestChange
  }
}

extension PipelineFile.Gates {
  /// The gate that is asked before the sources are looked at.
  public func beforeScan(_ facts: GateFacts) -> [Gate] {
    guard let scanMinutes else { return [] }
    return [Self.wait("scan-minutes", scanMinutes, "min", 60_000, since: facts.lastScan, facts.now)]
  }

  /// The gates that are asked when it is known what has changed.
  public func afterScan(_ facts: GateFacts) -> [Gate] {
    var gates: [Gate] = []
    if let hoursMin {
      gates.append(
        Self.wait("min-hours", hoursMin, "h", 3_600_000, since: facts.lastDone, facts.now))
    }
    if let sessionsMin {
      gates.append(
        Gate(
          name: "min-sessions", isOpen: facts.changedSessions >= sessionsMin,
          reason: "\(facts.changedSessions) new or grown sessions, needs \(sessionsMin)"))
    }
    if let idleMinutes {
      gates.append(
        Self.wait("idle-minutes", idleMinutes, "min", 60_000, since: facts.newestChange, facts.now))
    }
    return gates
  }

  private static func wait(
    _ name: String, _ needed: Int, _ unit: String, _ milliseconds: Int64, since: Timestamp?,
    _ now: Timestamp
  ) -> Gate {
    guard let since else {
      return Gate(name: name, isOpen: true, reason: "nothing to wait for")
    }
    let passed = max(0, now.milliseconds - since.milliseconds) / milliseconds
    return Gate(
      name: name, isOpen: passed >= Int64(needed),
      reason: "\(passed) \(unit) since \(since.rfc3339), needs \(needed)")
  }
}
