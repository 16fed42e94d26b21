import KairosJSON

/// How far a fact is trusted.
public enum FactState: String, Sendable, CaseIterable {
  case firm, tentative, stale, superseded, rejected
}

/// A claim with a trust state: schema `kairos.fact/1`.
public struct Fact: Sendable, Equatable {
  /// `f_…`, from slot and value.
  public let id: String
  public let state: FactState
  public let kind: FactKind
  public let statement: String
  public let slot: Slot
  public let value: String
  public let polarity: Polarity
  /// Parts per million.
  public let confidencePPM: Int
  public let support: Support
  public let validFrom: Timestamp?
  public let validTo: Timestamp?
  public let firstSeen: Timestamp?
  public let lastSeen: Timestamp?
  public let verified: Verification?
  public let supersedes: [String]
  public let supersededBy: String?
  public let pinned: Bool
  public let reason: String
  /// The strongest pieces first, at most `evidenceMax`.
  public let evidence: [Evidence]
  /// Disposition, log-odds and their addends: what `explain` prints.
  public let disposition: Disposition
  public let logOddsQ16: Int64
  public let weights: [Weight]

  public static let schema = "kairos.fact/1"
  public static let evidenceMax = 8

  /// The id of the fact with this answer to this slot.
  public static func id(slot: Slot, value: String, polarity: Polarity) -> String {
    ContentID.make("f", slot.key, value, polarity.rawValue)
  }

  public init(
    id: String, state: FactState, kind: FactKind, statement: String, slot: Slot, value: String,
    polarity: Polarity, confidencePPM: Int, support: Support, validFrom: Timestamp?,
    validTo: Timestamp?, firstSeen: Timestamp?, lastSeen: Timestamp?, verified: Verification?,
    supersedes: [String], supersededBy: String?, pinned: Bool, reason: String,
    evidence: [Evidence], disposition: Disposition, logOddsQ16: Int64, weights: [Weight]
  ) {
    self.id = id
    self.state = state
    self.kind = kind
    self.statement = statement
    self.slot = slot
    self.value = value
    self.polarity = polarity
    self.confidencePPM = confidencePPM
    self.support = support
    self.validFrom = validFrom
    self.validTo = validTo
    self.firstSeen = firstSeen
    self.lastSeen = lastSeen
    self.verified = verified
    self.supersedes = supersedes
    self.supersededBy = supersededBy
    self.pinned = pinned
    self.reason = reason
    self.evidence = evidence
    self.disposition = disposition
    self.logOddsQ16 = logOddsQ16
    self.weights = weights
  }
}

/// How much independent evidence a fact has.
public struct Support: Sendable, Equatable {
  public let observations: Int
  public let sessions: Int
  public let days: Int
  public let actors: [Actor]
  /// Observations of the same slot that say something else.
  public let against: Int

  public init(observations: Int, sessions: Int, days: Int, actors: [Actor], against: Int) {
    self.observations = observations
    self.sessions = sessions
    self.days = days
    self.actors = actors
    self.against = against
  }
}

extension Fact: CanonicalRecord {
  /// Writes the canonical form.
  public func write(to json: inout CanonicalJSON) {
    json.object {
      $0.member("schema", Self.schema)
      $0.member("id", id)
      $0.member("state", state.rawValue)
      $0.member("kind", kind.rawValue)
      $0.member("statement", statement)
      $0.member("scope") {
        $0.member("project", slot.scope.project)
        $0.member("path", slot.scope.path)
        $0.member("branch", slot.scope.branch)
      }
      $0.member("subject", slot.subject)
      $0.member("predicate", slot.predicate)
      $0.member("value", value)
      $0.member("polarity", polarity.rawValue)
      $0.member("confidence_ppm", confidencePPM)
      $0.key("support")
      support.write(to: &$0)
      $0.member("valid_from", validFrom)
      $0.member("valid_to", validTo)
      $0.member("first_seen", firstSeen)
      $0.member("last_seen", lastSeen)
      $0.key("verified")
      if let verified { verified.write(to: &$0) } else { $0.null() }
      $0.member("supersedes", supersedes)
      $0.member("superseded_by", supersededBy)
      $0.member("pinned", pinned)
      $0.member("reason", reason)
      $0.key("evidence")
      $0.array(evidence) { $1.write(to: &$0) }
      $0.member("disposition", disposition.rawValue)
      $0.member("log_odds_q16", logOddsQ16)
      $0.key("weights")
      $0.array(weights) { $1.write(to: &$0) }
    }
  }

  public init(json: JSONValue) throws(RecordError) {
    let reader = RecordReader("fact", json)
    guard reader.optionalString("schema") == Self.schema else { throw reader.error("schema") }
    guard let scope = json["scope"], let support = json["support"] else {
      throw reader.error("scope")
    }
    var evidence: [Evidence] = []
    for element in json["evidence"]?.elements ?? [] { evidence.append(try Evidence(json: element)) }
    var weights: [Weight] = []
    for element in json["weights"]?.elements ?? [] { weights.append(try Weight(json: element)) }
    var verified: Verification?
    if let value = json["verified"], !value.isNull { verified = try Verification(json: value) }
    self.init(
      id: try reader.string("id"), state: try reader.choice("state", FactState.self),
      kind: try reader.choice("kind", FactKind.self), statement: try reader.string("statement"),
      slot: Slot(
        scope: Scope(
          project: try RecordReader("scope", scope).string("project"),
          path: scope["path"]?.string, branch: scope["branch"]?.string),
        subject: try reader.string("subject"), predicate: try reader.string("predicate")),
      value: try reader.string("value"), polarity: try reader.choice("polarity", Polarity.self),
      confidencePPM: Int(try reader.int("confidence_ppm")), support: try Support(json: support),
      validFrom: reader.time("valid_from"), validTo: reader.time("valid_to"),
      firstSeen: reader.time("first_seen"), lastSeen: reader.time("last_seen"),
      verified: verified, supersedes: reader.strings("supersedes"),
      supersededBy: reader.optionalString("superseded_by"), pinned: try reader.bool("pinned"),
      reason: try reader.string("reason"), evidence: evidence,
      disposition: try reader.choice("disposition", Disposition.self),
      logOddsQ16: try reader.int("log_odds_q16"), weights: weights)
  }
}

extension Support {
  func write(to json: inout CanonicalJSON) {
    json.object {
      $0.member("observations", observations)
      $0.member("sessions", sessions)
      $0.member("days", days)
      $0.member("actors", actors.map(\.rawValue))
      $0.member("against", against)
    }
  }

  init(json: JSONValue) throws(RecordError) {
    let reader = RecordReader("support", json)
    self.init(
      observations: Int(try reader.int("observations")),
      sessions: Int(try reader.int("sessions")), days: Int(try reader.int("days")),
      actors: reader.strings("actors").compactMap(Actor.init(rawValue:)),
      against: Int(try reader.int("against")))
  }
}

extension Weight {
  func write(to json: inout CanonicalJSON) {
    json.object {
      $0.member("observation", observation)
      $0.member("q16", weightQ16)
      $0.member("discount", discount)
    }
  }

  init(json: JSONValue) throws(RecordError) {
    let reader = RecordReader("weight", json)
    self.init(
      observation: try reader.string("observation"), weightQ16: try reader.int("q16"),
      discount: try reader.string("discount"))
  }
}

extension Verification {
  /// Writes the canonical form.
  public func write(to json: inout CanonicalJSON) {
    json.object {
      $0.member("by", "workspace")
      $0.member("extent", extent.rawValue)
      $0.member("commit", commit)
      $0.member("dirty", dirty)
      $0.member("path", path)
      $0.key("lines")
      if let lines {
        $0.array([lines.lowerBound, lines.upperBound]) { $0.value($1) }
      } else {
        $0.null()
      }
      $0.member("digest", digest)
    }
  }

  public init(json: JSONValue) throws(RecordError) {
    let reader = RecordReader("verification", json)
    let pair = json["lines"]?.elements.compactMap(\.int) ?? []
    let lines = pair.count == 2 && pair[0] <= pair[1] ? Int(pair[0])...Int(pair[1]) : nil
    self.init(
      extent: try reader.choice("extent", Extent.self), commit: reader.optionalString("commit"),
      dirty: try reader.bool("dirty"), path: try reader.string("path"), lines: lines,
      digest: try reader.string("digest"))
  }
}
