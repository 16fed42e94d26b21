import KairosJSON
import KairosModel

/// One piece of evidence with an id of its own and the facts that rest on it.
public struct EvidenceRecord: Sendable, Equatable {
  public static let schema = "kairos.evidence/1"

  /// `v_…`, from the canonical form of the evidence.
  public let id: String
  public let evidence: Evidence
  /// Ids, sorted.
  public let facts: [String]

  public init(evidence: Evidence, facts: [String]) {
    id = ContentID.make("v", String(decoding: evidence.canonicalBytes, as: UTF8.self))
    self.evidence = evidence
    self.facts = facts.sorted()
  }

  /// The evidence of all facts, each piece once, by id.
  static func all(of facts: [Fact]) -> [EvidenceRecord] {
    var holders: [String: (evidence: Evidence, facts: Set<String>)] = [:]
    for fact in facts {
      for evidence in fact.evidence {
        let key = EvidenceRecord(evidence: evidence, facts: []).id
        holders[key, default: (evidence, [])].facts.insert(fact.id)
      }
    }
    return holders.values.map { EvidenceRecord(evidence: $0.evidence, facts: Array($0.facts)) }
      .sorted { $0.id < $1.id }
  }
}

extension EvidenceRecord: CanonicalRecord {
  /// Writes the canonical form.
  public func write(to json: inout CanonicalJSON) {
    json.object {
      $0.member("schema", Self.schema)
      $0.member("id", id)
      $0.member("facts", facts)
      $0.key("evidence")
      evidence.write(to: &$0)
    }
  }

  public init(json: JSONValue) throws(RecordError) {
    let reader = RecordReader("evidence", json)
    guard let evidence = json["evidence"] else { throw reader.error("evidence") }
    self.init(evidence: try Evidence(json: evidence), facts: reader.strings("facts"))
    guard try reader.string("id") == id else { throw reader.error("id") }
  }
}
