import KairosJSON
import KairosModel

/// What a person decided about a fact, with the tombstone that it leaves: enough to do it again
/// in an empty database.
public struct UserDecision: Sendable, Equatable {
  public let decision: Decision
  /// Set for reject and forget.
  public let tombstone: Tombstone?
  /// A person's wording of the statement; set for reword.
  public let statement: String?

  public init(decision: Decision, tombstone: Tombstone? = nil, statement: String? = nil) {
    self.decision = decision
    self.tombstone = tombstone
    self.statement = statement
  }
}

extension UserDecision: CanonicalRecord {
  /// Writes the canonical form.
  public func write(to json: inout CanonicalJSON) {
    json.object {
      $0.member("schema", "kairos.user-decision/1")
      $0.key("decision")
      decision.write(to: &$0)
      $0.key("tombstone")
      if let tombstone { tombstone.write(to: &$0) } else { $0.null() }
      $0.member("statement", statement)
    }
  }

  public init(json: JSONValue) throws(RecordError) {
    guard let decision = json["decision"] else {
      throw RecordError(record: "user decision", field: "decision")
    }
    var tombstone: Tombstone?
    if let value = json["tombstone"], !value.isNull { tombstone = try Tombstone(json: value) }
    self.init(
      decision: try Decision(json: decision), tombstone: tombstone,
      statement: json["statement"]?.string)
  }
}
