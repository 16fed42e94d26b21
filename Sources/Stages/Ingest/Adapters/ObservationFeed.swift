import KairosJSON
import KairosModel

/// Observations of any other source, one JSON object a line, so that anyone can feed their own.
///
/// Required: `id` (string), `at` (RFC 3339, or seconds or milliseconds since 1970), `kind`
/// (`workspace`, `tool`, `human`, `assistant`, `assistant-hedged`, `plan`, `external`),
/// `subject`, `predicate`, `value` (string or number).
/// Optional: `session` (string), `speaker` (which one of its kind: a model family, a site),
/// `content_id` (equal for replays of one message; default `id`),
/// `in_context` (what the speaker had in front of it; an entry `memory/<subject>/<value>` counts
/// as exposure only when it names the same answer, any other entry as it stands), `statement` (a
/// sentence), `fact_kind` (a kind of fact; default `convention`), `polarity` (`affirmed` or
/// `negated`), `hedge` (0 to 3), `path` (scope). Unknown members are ignored.
struct ObservationFeed: TranscriptAdapter, DeclaredFormat {
  static let row = SourceRow(
    format: .observations, agent: "any program", place: "wherever you write them",
    reads: "observations, one JSON object a line")

  var session: String? { nil }
  var state = ""

  /// Whether a record has the shape of this format.
  static func recognises(_ record: JSONValue) -> Bool {
    // Records that kairos wrote itself are no source: they would come back as their own evidence.
    record["schema"] == nil && record["id"] != nil && record["kind"] != nil
      && record["subject"]?.string != nil && record["predicate"]?.string != nil
      && record["value"] != nil
  }

  mutating func passes(over line: UnsafeRawBufferPointer) -> Bool { false }

  mutating func read(
    _ record: JSONValue, place: Place, line: Int, into sink: inout EventSink
  ) {
    switch Self.observation(record, place: place, sink) {
    case .success(let observation): sink.observations.append(observation)
    case .failure(let missing):
      sink.counts.badLines += 1
      sink.findings.append(
        IngestFinding.badObservation(path: sink.path, line: line, field: missing.field))
    }
  }

  /// The first required member that is missing or unusable.
  private struct Missing: Error { let field: String }

  private static func observation(
    _ record: JSONValue, place: Place, _ sink: EventSink
  ) -> Result<Observation, Missing> {
    guard let id = record["id"]?.string else { return .failure(Missing(field: "id")) }
    guard let at = RecordTime.of(record["at"]) else {
      return .failure(Missing(field: "at"))
    }
    guard let voice = record["kind"]?.string.flatMap(Voice.init) else {
      return .failure(Missing(field: "kind"))
    }
    guard let subject = record["subject"]?.string, let predicate = record["predicate"]?.string,
      let value = record["value"]?.string ?? record["value"]?.numberText
    else { return .failure(Missing(field: "value")) }
    let clean = sink.redactor.redact(value)
    let statement = sink.redactor.redact(
      record["statement"]?.string ?? "\(subject) \(predicate) is `\(value)`.")
    let session = record["session"]?.string.map(SafeIdentifier.of)
    let redact = sink.redactor.redact
    return .success(
      Observation(
        rule: "feed", kind: record["fact_kind"]?.string.flatMap(FactKind.init) ?? .convention,
        slot: Slot(
          scope: Scope(
            project: sink.options.project, path: (record["path"]?.string).map(redact)),
          subject: redact(subject), predicate: redact(predicate)),
        value: clean, statement: statement,
        polarity: record["polarity"]?.string.flatMap(Polarity.init) ?? .affirmed,
        modality: voice.modality, hedge: record["hedge"]?.int.map(Int.init) ?? voice.hedge,
        actor: voice.actor, speaker: (record["speaker"]?.string).map(SafeIdentifier.of),
        grounded: voice.isGrounded, session: session,
        lineage: SafeIdentifier.of(record["content_id"]?.string ?? id),
        exposure: exposure(record, subject: subject, value: value).map(redact), at: at,
        evidence: Evidence(
          place: place, session: session, event: SafeIdentifier.of(id), actor: voice.actor, at: at,
          quote: statement)))
  }

  /// What was in context and may have prompted the answer. A memory that gives another answer has
  /// not. The slot's name may carry a prefix of letters that the memory leaves out (`key12` and
  /// `memory/12/…`).
  private static func exposure(_ record: JSONValue, subject: String, value: String) -> [String] {
    (record["in_context"]?.elements.compactMap(\.string) ?? []).filter { entry in
      let parts = entry.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3, parts[0] == "memory" else { return true }
      return parts[2] == value && names(parts[1], subject)
    }
  }

  private static func names(_ short: Substring, _ subject: String) -> Bool {
    guard subject.hasSuffix(short), let first = short.first else { return subject == short }
    let prefix = subject.dropLast(short.count)
    return prefix.isEmpty || (first.isNumber && prefix.allSatisfy(\.isLetter))
  }

  /// Who speaks, and how.
  private struct Voice {
    let actor: Actor
    let modality: Modality
    let hedge: Int
    let isGrounded: Bool

    init?(_ kind: String) {
      switch kind {
      case "workspace": self.init(.workspace, isGrounded: true)
      case "tool": self.init(.tool, isGrounded: true)
      case "human": self.init(.human)
      case "assistant": self.init(.assistant)
      case "assistant-hedged": self.init(.assistant, .hedged, hedge: 2)
      case "plan": self.init(.assistant, .planned)
      case "external": self.init(.external)
      default: return nil
      }
    }

    private init(
      _ actor: Actor, _ modality: Modality = .asserted, hedge: Int = 0, isGrounded: Bool = false
    ) {
      self.actor = actor
      self.modality = modality
      self.hedge = hedge
      self.isGrounded = isGrounded
    }
  }
}
