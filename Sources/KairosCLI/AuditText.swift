import KairosModel
import KairosPipeline

/// Who tries to write the memory, as text or JSON: places only, never content.
struct AuditText {
  let entries: [AuditEntry]
  /// Facts that rest on bundles of others alone.
  let claims: [Fact]

  func show(_ format: FormatOptions.Format, _ talk: Talk) {
    switch format {
    case .text: text(talk)
    case .json: talk.data(json.text)
    }
  }

  private func text(_ talk: Talk) {
    for entry in entries {
      let voice = "\(entry.actor.rawValue), \(entry.provenance.rawValue)"
      talk.data(
        Printable.line(
          "\(FactTable.padded(voice, 20))  \(entry.at?.rfc3339 ?? "no time")  \(entry.session)  "
            + "\(entry.event)  \(entry.sentences)"))
    }
    for fact in claims {
      talk.data(
        Printable.line(
          "\(FactTable.padded("bundle", 20))  \(fact.lastSeen?.rfc3339 ?? "no time")  \(fact.id)"))
    }
    talk.say(
      "\(entries.count) events of others tell agents what to do or to remember, "
        + "\(claims.count) facts rest on bundles alone; none of them counts")
  }

  private var json: CanonicalJSON {
    CanonicalJSON.object {
      $0.member("schema", "kairos.audit/1")
      $0.key("events")
      $0.array(entries) { json, entry in
        json.object {
          $0.member("session", entry.session)
          $0.member("event", entry.event)
          $0.member("at", entry.at)
          $0.member("actor", entry.actor.rawValue)
          $0.member("provenance", entry.provenance.rawValue)
          $0.member("sentences", entry.sentences)
        }
      }
      $0.key("bundle_facts")
      $0.array(claims) { json, fact in json.value(fact.id) }
    }
  }
}
