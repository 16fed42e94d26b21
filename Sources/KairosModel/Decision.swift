import KairosJSON

/// One entry of the journal: a change of a fact's or claim's standing, by whom and why.
public struct Decision: Sendable, Equatable {
  /// What was done.
  public enum Action: String, Sendable, CaseIterable {
    case merge, supersede
    case keepBoth = "keep-both"
    case refute
    case needsReview = "needs-review"
    case promote
    case demote, expire, accept, reject, pin, unpin, reword, forget
  }

  /// `d_…`, from everything below: the same decision is journalled once.
  public let id: String
  public let action: Action
  /// The fact or claim that changed.
  public let subject: String
  /// The other side: winner, merge target, refuting place; empty when there is none.
  public let object: String
  /// `rule:<name>` or `user`.
  public let actor: String
  /// Time of the evidence that led to it, never of the run.
  public let at: Timestamp?
  public let reason: String

  public init(
    action: Action, subject: String, object: String, actor: String, at: Timestamp?, reason: String
  ) {
    id = ContentID.make(
      "d", action.rawValue, subject, object, actor, at?.rfc3339 ?? "", reason)
    self.action = action
    self.subject = subject
    self.object = object
    self.actor = actor
    self.at = at
    self.reason = reason
  }
}

extension Decision: CanonicalRecord {
  /// Writes the canonical form.
  public func write(to json: inout CanonicalJSON) {
    json.object {
      $0.member("schema", "kairos.decision/1")
      $0.member("id", id)
      $0.member("action", action.rawValue)
      $0.member("subject", subject)
      $0.member("object", object)
      $0.member("actor", actor)
      $0.member("at", at)
      $0.member("reason", reason)
    }
  }

  public init(json: JSONValue) throws(RecordError) {
    let reader = RecordReader("decision", json)
    self.init(
      action: try reader.choice("action", Action.self), subject: try reader.string("subject"),
      object: try reader.string("object"), actor: try reader.string("actor"),
      at: reader.time("at"), reason: try reader.string("reason"))
  }
}

/// A rejected or forgotten value that must not come back. Holds digests, never the value.
public struct Tombstone: Sendable, Hashable {
  /// Id of the fact (slot, value, polarity).
  public let fact: String
  /// SHA-256 of slot and value in the loosest spelling, so that other spellings are caught.
  public let fingerprint: String
  public let reason: String

  public init(fact: String, fingerprint: String, reason: String) {
    self.fact = fact
    self.fingerprint = fingerprint
    self.reason = reason
  }

  /// The reason of tombstones for what a person asked to forget: such a value must not even be
  /// kept as a rejected one.
  public static let forgottenReason = "forgotten"

  public var isForgotten: Bool { reason == Self.forgottenReason }

  /// The fingerprint of a value: case, white space, punctuation and markdown do not count, nor do
  /// invisible characters and letters of other scripts that look alike.
  public static func fingerprint(slot: Slot, value: String) -> String {
    SHA256Digest.of(
      slot.scope.project + "\u{1f}" + slot.predicate + "\u{1f}" + Lookalikes.skeleton(value)
    ).text
  }
}

extension Tombstone: CanonicalRecord {
  /// Writes the canonical form.
  public func write(to json: inout CanonicalJSON) {
    json.object {
      $0.member("schema", "kairos.tombstone/1")
      $0.member("fact", fact)
      $0.member("fingerprint", fingerprint)
      $0.member("reason", reason)
    }
  }

  public init(json: JSONValue) throws(RecordError) {
    let reader = RecordReader("tombstone", json)
    self.init(
      fact: try reader.string("fact"), fingerprint: try reader.string("fingerprint"),
      reason: try reader.string("reason"))
  }
}
