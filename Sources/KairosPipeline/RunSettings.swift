import KairosModel

/// How stages run. Nothing here may change a result.
public struct RunSettings: Sendable {
  /// Sessions worked on at a time.
  public let workers: Int
  /// The caller's clock; used for durations and receipts only.
  public let now: @Sendable () -> Timestamp
  public let progress: @Sendable (Progress) -> Void

  public init(
    workers: Int, now: @escaping @Sendable () -> Timestamp,
    progress: @escaping @Sendable (Progress) -> Void = { _ in }
  ) {
    self.workers = max(1, workers)
    self.now = now
    self.progress = progress
  }
}

/// How far a stage is.
public struct Progress: Sendable, Equatable {
  public let stage: String
  public let done: Int
  public let total: Int

  public init(stage: String, done: Int, total: Int) {
    self.stage = stage
    self.done = done
    self.total = total
  }
}

/// What one stage did: its numbers, what the user should know, and what it read.
public struct StageReport: Sendable, Equatable {
  public let stage: String
  public var counts: [Count]
  /// Sorted; never quoting content.
  public var findings: [Finding]
  public var inputs: [Receipt.Input]
  public var milliseconds: Int64
  /// What the homes of agents hold, when they were searched.
  public var agents: [AgentListing] = []

  public init(
    stage: String, counts: [Count] = [], findings: [Finding] = [], inputs: [Receipt.Input] = [],
    milliseconds: Int64 = 0
  ) {
    self.stage = stage
    self.counts = counts
    self.findings = findings
    self.inputs = inputs
    self.milliseconds = milliseconds
  }

  /// The number called `name`; 0 when the stage does not count it.
  public func count(_ name: String) -> Int { counts.first { $0.name == name }?.value ?? 0 }

  /// This stage in a receipt.
  public var step: Receipt.Step {
    Receipt.Step(stage: stage, counts: counts, milliseconds: milliseconds)
  }
}

/// Runs independent pieces of work, at most `limit` at a time.
///
/// A sliding window instead of one task per piece keeps only `limit` sessions in memory.
enum BoundedWork {
  /// Calls `work` for every item; `done` is called one at a time, in order of completion.
  static func run<Item: Sendable, Result: Sendable>(
    _ items: [Item], limit: Int, work: @escaping @Sendable (Item) async throws -> Result,
    done: (Result) throws -> Void
  ) async throws {
    try await withThrowingTaskGroup(of: Result.self) { group in
      var next = items.makeIterator()
      for _ in 0..<limit {
        guard let item = next.next() else { break }
        group.addTask { try await work(item) }
      }
      while let result = try await group.next() {
        try done(result)
        if let item = next.next() { group.addTask { try await work(item) } }
      }
    }
  }
}
