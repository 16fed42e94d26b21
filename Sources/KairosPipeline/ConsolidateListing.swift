import KairosJSON
import KairosModel
import KairosStore

extension ConsolidateRun {
  /// Runs up to the asked stage over every slot and hands each claim or fact on as one line;
  /// nothing is stored.
  func list(
    _ settings: RunSettings, line: ([UInt8]) throws -> Void
  ) throws -> StageReport {
    var counts: [String: Int] = [:]
    var slots = 0
    try store.forEachSlot { slot, observations in
      slots += 1
      let merged = merge.claims(slot: slot, observations: observations)
      guard request.until != .merge else {
        for claim in merged.claims { try line(claim.canonicalLine) }
        counts["claims", default: 0] += merged.claims.count
        return
      }
      let reconciled = reconcile.reconcile(merged.claims).claims
      guard request.until != .reconcile else {
        for claim in reconciled {
          try line(claim.canonicalLine)
          counts[claim.disposition.rawValue, default: 0] += 1
        }
        counts["claims", default: 0] += reconciled.count
        return
      }
      for fact in promote.promote(reconciled).facts {
        try line(fact.canonicalBytes)
        counts[fact.state.rawValue, default: 0] += 1
        counts["facts", default: 0] += 1
      }
    }
    let order =
      ["claims", "facts"] + Disposition.allCases.map(\.rawValue)
      + FactState.allCases.map(\.rawValue)
    return StageReport(
      stage: request.until.rawValue,
      counts: [Count("slots", slots)]
        + order.compactMap { name in counts[name].map { Count(name, $0) } })
  }
}

extension Claim {
  /// The claim as one line of JSON (`kairos.claim/1`); observations by id.
  var canonicalLine: [UInt8] {
    CanonicalJSON.object { writeMembers(to: &$0) }.bytes
  }

  /// The members without the braces, for a reconciled claim.
  func writeMembers(to json: inout CanonicalJSON) {
    json.member("schema", "kairos.claim/1")
    json.member("id", id)
    json.key("slot")
    slot.write(to: &json)
    json.member("kind", kind.rawValue)
    json.member("value", value)
    json.member("polarity", polarity.rawValue)
    json.member("statement", statement)
    json.member("observations", observations.map(\.id))
    json.key("merges")
    json.array(merges) { json, edge in
      json.object {
        $0.member("from", edge.from)
        $0.member("into", edge.into)
        $0.member("reason", edge.reason)
      }
    }
  }
}

extension ReconciledClaim {
  /// The claim with how its conflicts ended, as one line of JSON.
  var canonicalLine: [UInt8] {
    CanonicalJSON.object { json in
      claim.writeMembers(to: &json)
      json.member("disposition", disposition.rawValue)
      json.member("log_odds_q16", logOddsQ16)
      json.member("labels") {
        for (id, label) in labels.sorted(by: { $0.key < $1.key }) {
          $0.member(id, label.rawValue)
        }
      }
      json.member("valid_from", validFrom)
      json.member("valid_to", validTo)
      json.member("supersedes", supersedes)
      json.member("superseded_by", supersededBy)
      json.key("verified")
      if let verified { verified.write(to: &json) } else { json.null() }
      json.member("reason", reason)
    }.bytes
  }
}
