import KairosModel
import KairosPipeline

/// An explanation for people, top down: what, why, numbers, evidence, journal.
struct ExplanationText {
  let explanation: Explanation

  init(_ explanation: Explanation) { self.explanation = explanation }

  var lines: [String] {
    header + numbers + evidence + against + journal
  }

  private var header: [String] {
    let fact = explanation.fact
    var rows = [
      Printable.line(fact.statement), "",
      row("id", fact.id),
      row("state", "\(fact.state.rawValue)\(fact.pinned ? ", pinned" : "")"),
      row("reason", fact.reason),
      row("confidence", FactTable.percent(fact.confidencePPM).drop { $0 == " " }),
      row("kind", fact.kind.rawValue),
      row("question", question(fact.slot)),
      row("value", (fact.polarity == .negated ? "not " : "") + fact.value),
      row("support", support(fact.support)),
      row("seen", span(fact.firstSeen, fact.lastSeen)),
    ]
    if fact.validFrom != nil || fact.validTo != nil {
      rows.append(row("valid", span(fact.validFrom, fact.validTo)))
    }
    if fact.disposition != .none { rows.append(row("conflict", fact.disposition.rawValue)) }
    if let verified = fact.verified { rows.append(row("verified", place(verified))) }
    if let certificate = explanation.certificate { rows.append(row("certified", certificate)) }
    if !fact.supersedes.isEmpty {
      rows.append(row("replaces", fact.supersedes.joined(separator: ", ")))
    }
    if let by = fact.supersededBy { rows.append(row("replaced by", by)) }
    return rows
  }

  /// Every addend and the total, in natural-log units with three decimals.
  private var numbers: [String] {
    let fact = explanation.fact
    guard !fact.weights.isEmpty else { return [] }
    var lines = ["", "weights (log-odds; they add up to the total exactly)"]
    for weight in fact.weights { lines.append("  " + Printable.line(addend(weight))) }
    lines.append("  \(Self.nats(fact.logOddsQ16))  total")
    return lines
  }

  private func addend(_ weight: Weight) -> String {
    let number = Self.nats(weight.weightQ16)
    // Addends of the method itself have a name instead of an observation.
    guard let observation = explanation.observations[weight.observation] else {
      return [number, weight.observation, weight.discount].filter { !$0.isEmpty }
        .joined(separator: "  ")
    }
    let who = "\(observation.actor.rawValue), \(observation.rule)"
    return [number, observation.id, who, observation.at?.dateText ?? "", weight.discount]
      .filter { !$0.isEmpty }.joined(separator: "  ")
  }

  private var evidence: [String] {
    guard !explanation.fact.evidence.isEmpty else { return [] }
    var lines = ["", "evidence"]
    for piece in explanation.fact.evidence {
      lines.append("  \(Self.source(piece)) (\(piece.actor.rawValue))")
      lines.append("    \"\(Printable.line(piece.quote))\"")
    }
    return lines
  }

  private var against: [String] {
    guard !explanation.rivals.isEmpty else { return [] }
    return ["", "other answers to the same question"]
      + explanation.rivals.map {
        "  \($0.id)  \($0.state.rawValue)  \(Printable.line($0.statement))"
      }
  }

  private var journal: [String] {
    guard !explanation.decisions.isEmpty else { return [] }
    return ["", "journal"]
      + explanation.decisions.map { decision in
        let time = decision.at?.rfc3339 ?? "-"
        let object = decision.object.isEmpty ? "" : " \(decision.object)"
        return "  \(time)  \(decision.action.rawValue)\(Printable.line(object))  "
          + "\(decision.actor): \(Printable.line(decision.reason))"
      }
  }

  private func row(_ name: String, _ value: some StringProtocol) -> String {
    "  " + FactTable.padded(name, 12) + Printable.line(String(value))
  }

  private func question(_ slot: Slot) -> String {
    let scope = [slot.scope.project, slot.scope.path, slot.scope.branch].compactMap { $0 }
    return "\(slot.predicate) of \(slot.subject) in \(scope.joined(separator: ", "))"
  }

  private func support(_ support: Support) -> String {
    let actors = support.actors.map(\.rawValue).joined(separator: ", ")
    let parts = [
      Self.counted(support.observations, "observation"), "in",
      Self.counted(support.sessions, "session"), "on", Self.counted(support.days, "day"),
    ]
    return parts.joined(separator: " ") + " by \(actors); \(support.against) against"
  }

  private static func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }

  private func span(_ from: Timestamp?, _ to: Timestamp?) -> String {
    "\(from?.rfc3339 ?? "…") to \(to?.rfc3339 ?? "…")"
  }

  private func place(_ verified: Verification) -> String {
    let lines = verified.lines.map { ":\($0.lowerBound)" } ?? ""
    let commit = verified.commit.map { " at \($0.prefix(12))" } ?? ""
    let extent = verified.extent == .value ? "" : " (what it names exists)"
    return "\(verified.path)\(lines)\(commit)\(verified.dirty ? ", changed" : "")\(extent)"
  }

  static func source(_ piece: Evidence) -> String {
    let place = piece.place
    let time = piece.at.map { " at \($0.rfc3339)" } ?? ""
    if let path = place.path {
      let lines = place.lines.map { ":\($0.lowerBound)-\($0.upperBound)" } ?? ""
      return Printable.line("\(path)\(lines) in \(place.source)\(time)")
    }
    let bytes = place.bytes.map { " bytes \($0.lowerBound)-\($0.upperBound)" } ?? ""
    let session = piece.session.map { "session \($0), " } ?? ""
    return Printable.line("\(session)\(place.source)\(bytes)\(time)")
  }

  /// A Q16 number with three decimals and a sign, by integer arithmetic.
  static func nats(_ q16: Int64) -> String {
    let thousandths = (q16.magnitude * 1000 + 32_768) / 65_536
    let fraction = String(thousandths % 1000)
    let text =
      "\(q16 < 0 ? "-" : "+")\(thousandths / 1000)."
      + String(repeating: "0", count: 3 - fraction.count) + fraction
    return String(repeating: " ", count: max(0, 8 - text.count)) + text
  }
}

/// An explanation for programs: schema `kairos.explanation/1`.
struct ExplanationJSON {
  let text: String

  init(_ explanation: Explanation) {
    let json = CanonicalJSON.object { json in
      json.member("schema", "kairos.explanation/1")
      json.key("fact")
      explanation.fact.write(to: &json)
      json.key("observations")
      json.array(explanation.observations.values.sorted { $0.id < $1.id }) { $1.write(to: &$0) }
      json.member("rivals", explanation.rivals.map(\.id))
      json.key("journal")
      json.array(explanation.decisions) { $1.write(to: &$0) }
      json.member("certificate", explanation.certificate)
    }
    text = json.text
  }
}
