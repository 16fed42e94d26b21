import KairosJSON
import KairosModel

/// What one run read, did and made: schema `kairos.receipt/1`. `kairos status` shows the last.
public struct Receipt: Sendable, Equatable {
  /// One source of the run with the digest of what was read of it.
  public struct Input: Sendable, Equatable {
    public let source: String
    public let digest: String

    public init(source: String, digest: String) {
      self.source = source
      self.digest = digest
    }
  }

  /// What one stage counted and how long it took by the caller's clock.
  public struct Step: Sendable, Equatable {
    public let stage: String
    public let counts: [Count]
    public let milliseconds: Int64

    public init(stage: String, counts: [Count], milliseconds: Int64) {
      self.stage = stage
      self.counts = counts
      self.milliseconds = milliseconds
    }
  }

  /// How the run ended.
  public enum Outcome: String, Sendable { case done, blocked, failed }

  public let pipeline: String
  public let outcome: Outcome
  /// Why, when the outcome is not `done`; one sentence.
  public let reason: String?
  public let startedAt: Timestamp
  public let endedAt: Timestamp
  public let toolVersion: String
  public let snapshot: String?
  public let gates: [Gate]
  public let steps: [Step]
  public let inputs: [Input]

  public init(
    pipeline: String, outcome: Outcome, reason: String?, startedAt: Timestamp,
    endedAt: Timestamp, toolVersion: String = KairosVersion.text, snapshot: String?,
    gates: [Gate], steps: [Step], inputs: [Input]
  ) {
    self.pipeline = pipeline
    self.outcome = outcome
    self.reason = reason
    self.startedAt = startedAt
    self.endedAt = endedAt
    self.toolVersion = toolVersion
    self.snapshot = snapshot
    self.gates = gates
    self.steps = steps
    self.inputs = inputs
  }
}

/// One number of a stage, named in the plural (`sessions`, `skipped-lines`).
public struct Count: Sendable, Equatable {
  public let name: String
  public let value: Int

  public init(_ name: String, _ value: Int) {
    self.name = name
    self.value = value
  }
}

extension Receipt: CanonicalRecord {
  /// Writes the canonical form.
  public func write(to json: inout CanonicalJSON) {
    json.object {
      $0.member("schema", "kairos.receipt/1")
      $0.member("pipeline", pipeline)
      $0.member("outcome", outcome.rawValue)
      $0.member("reason", reason)
      $0.member("started_at", startedAt)
      $0.member("ended_at", endedAt)
      $0.member("tool_version", toolVersion)
      $0.member("snapshot", snapshot)
      $0.key("gates")
      $0.array(gates) { $1.write(to: &$0) }
      $0.key("steps")
      $0.array(steps) { $1.write(to: &$0) }
      $0.key("inputs")
      $0.array(inputs) { json, input in
        json.object {
          $0.member("source", input.source)
          $0.member("digest", input.digest)
        }
      }
    }
  }

  public init(json: JSONValue) throws(RecordError) {
    let reader = RecordReader("receipt", json)
    guard let started = reader.time("started_at"), let ended = reader.time("ended_at") else {
      throw reader.error("started_at")
    }
    var gates: [Gate] = []
    for element in json["gates"]?.elements ?? [] { gates.append(try Gate(json: element)) }
    var steps: [Step] = []
    for element in json["steps"]?.elements ?? [] { steps.append(try Step(json: element)) }
    var inputs: [Input] = []
    for element in json["inputs"]?.elements ?? [] {
      let input = RecordReader("receipt input", element)
      inputs.append(
        Input(source: try input.string("source"), digest: try input.string("digest")))
    }
    self.init(
      pipeline: try reader.string("pipeline"),
      outcome: try reader.choice("outcome", Outcome.self), reason: reader.optionalString("reason"),
      startedAt: started, endedAt: ended, toolVersion: try reader.string("tool_version"),
      snapshot: reader.optionalString("snapshot"), gates: gates, steps: steps, inputs: inputs)
  }
}

extension Receipt.Step {
  /// Writes the canonical form.
  public func write(to json: inout CanonicalJSON) {
    json.object {
      $0.member("stage", stage)
      $0.member("counts") { json in
        for count in counts { json.member(count.name, count.value) }
      }
      $0.member("milliseconds", milliseconds)
    }
  }

  init(json: JSONValue) throws(RecordError) {
    let reader = RecordReader("receipt step", json)
    let counts = (json["counts"]?.members ?? []).map { Count($0.key, Int($0.value.int ?? 0)) }
    self.init(
      stage: try reader.string("stage"), counts: counts,
      milliseconds: try reader.int("milliseconds"))
  }
}
