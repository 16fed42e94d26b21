import KairosJSON

/// A candidate statement taken from one event or file.
public struct Observation: Sendable, Equatable {
  /// `o_…`, from lineage, rule, slot, value and polarity: a resumed or copied session makes the
  /// same observation.
  public let id: String
  /// Name of the extraction rule.
  public let rule: String
  public let kind: FactKind
  public let slot: Slot
  /// Normalised value; equal values mean the same answer.
  public let value: String
  /// One self-contained sentence (≤ 240 characters).
  public let statement: String
  public let polarity: Polarity
  public let modality: Modality
  /// 0 (plain) … 3 (wild guess).
  public let hedge: Int
  public let actor: Actor
  /// Which one of its kind speaks (a model family, a site), where that is known.
  public let speaker: String?
  /// A tool result or file stands behind it: an outcome, or a look at the subject before.
  public let grounded: Bool
  /// `nil` for observations from a workspace.
  public let session: String?
  /// The message or file state it comes from; equal for resumed, forked and copied sessions.
  public let lineage: String
  /// Ids of memories that were in the speaker's context and say the same: an echo.
  public let exposure: [String]
  public let at: Timestamp?
  /// Named things that files can confirm.
  public let mentions: [Mention]
  public let evidence: Evidence

  public init(
    rule: String, kind: FactKind, slot: Slot, value: String, statement: String,
    polarity: Polarity = .affirmed, modality: Modality = .asserted, hedge: Int = 0, actor: Actor,
    speaker: String? = nil, grounded: Bool, session: String?, lineage: String,
    exposure: [String] = [], at: Timestamp?,
    mentions: [Mention] = [], evidence: Evidence
  ) {
    id = ContentID.make("o", lineage, rule, slot.key, value, polarity.rawValue)
    self.rule = rule
    self.kind = kind
    self.slot = slot
    self.value = value
    self.statement = statement
    self.polarity = polarity
    self.modality = modality
    self.hedge = hedge
    self.actor = actor
    self.speaker = speaker
    self.grounded = grounded
    self.session = session
    self.lineage = lineage
    self.exposure = exposure
    self.at = at
    self.mentions = mentions
    self.evidence = evidence
  }
}

/// A thing that a statement names and that files can prove or refute.
public struct Mention: Hashable, Comparable, Sendable {
  /// What kind of thing is named; decides how files are asked.
  public enum Kind: String, Sendable { case path, symbol, word, command, package }

  public let kind: Kind
  public let name: String

  public init(kind: Kind, name: String) {
    self.kind = kind
    self.name = name
  }

  /// A total order, so that output never depends on hashing.
  public static func < (left: Mention, right: Mention) -> Bool {
    (left.kind.rawValue, left.name) < (right.kind.rawValue, right.name)
  }
}

/// What an observation rests on, as shown by `explain` and stored in facts.
public struct Evidence: Sendable, Equatable {
  public let place: Place
  public let session: String?
  public let event: String?
  public let actor: Actor
  public let at: Timestamp?
  /// At most 200 characters of the redacted source text.
  public let quote: String

  public static let quoteCharactersMax = 200

  public init(
    place: Place, session: String?, event: String?, actor: Actor, at: Timestamp?, quote: String
  ) {
    self.place = place
    self.session = session
    self.event = event
    self.actor = actor
    self.at = at
    self.quote =
      quote.count <= Self.quoteCharactersMax
      ? quote : String(quote.prefix(Self.quoteCharactersMax - 1)) + "…"
  }
}

extension Evidence: CanonicalRecord {
  /// Writes the canonical form.
  public func write(to json: inout CanonicalJSON) {
    json.object {
      $0.member("session", session)
      $0.member("event", event)
      place.writeMembers(to: &$0)
      $0.member("actor", actor.rawValue)
      $0.member("at", at)
      $0.member("quote", quote)
    }
  }

  public init(json: JSONValue) throws(RecordError) {
    let reader = RecordReader("evidence", json)
    self.init(
      place: try Place(json: json), session: reader.optionalString("session"),
      event: reader.optionalString("event"), actor: try reader.choice("actor", Actor.self),
      at: reader.time("at"), quote: try reader.string("quote"))
  }
}

extension Observation: CanonicalRecord {
  /// Writes the canonical form.
  public func write(to json: inout CanonicalJSON) {
    json.object {
      $0.member("schema", "kairos.observation/1")
      $0.member("id", id)
      $0.member("rule", rule)
      $0.member("kind", kind.rawValue)
      $0.key("slot")
      slot.write(to: &$0)
      $0.member("value", value)
      $0.member("statement", statement)
      $0.member("polarity", polarity.rawValue)
      $0.member("modality", modality.rawValue)
      $0.member("hedge", hedge)
      $0.member("actor", actor.rawValue)
      if let speaker { $0.member("speaker", speaker) }
      $0.member("grounded", grounded)
      $0.member("session", session)
      $0.member("lineage", lineage)
      $0.member("exposure", exposure)
      $0.member("at", at)
      $0.key("mentions")
      $0.array(mentions) { json, mention in
        json.object {
          $0.member("kind", mention.kind.rawValue)
          $0.member("name", mention.name)
        }
      }
      $0.key("evidence")
      evidence.write(to: &$0)
    }
  }

  public init(json: JSONValue) throws(RecordError) {
    let reader = RecordReader("observation", json)
    guard let slot = json["slot"], let evidence = json["evidence"] else {
      throw reader.error("slot")
    }
    var mentions: [Mention] = []
    for element in json["mentions"]?.elements ?? [] {
      let mention = RecordReader("mention", element)
      mentions.append(
        Mention(
          kind: try mention.choice("kind", Mention.Kind.self), name: try mention.string("name")))
    }
    self.init(
      rule: try reader.string("rule"), kind: try reader.choice("kind", FactKind.self),
      slot: try Slot(json: slot), value: try reader.string("value"),
      statement: try reader.string("statement"),
      polarity: try reader.choice("polarity", Polarity.self),
      modality: try reader.choice("modality", Modality.self),
      hedge: Int(try reader.int("hedge")), actor: try reader.choice("actor", Actor.self),
      speaker: reader.optionalString("speaker"), grounded: try reader.bool("grounded"),
      session: reader.optionalString("session"),
      lineage: try reader.string("lineage"), exposure: reader.strings("exposure"),
      at: reader.time("at"), mentions: mentions, evidence: try Evidence(json: evidence))
  }
}
