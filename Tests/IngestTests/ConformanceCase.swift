import Ingest
import KairosModel
import KairosRedaction
import Testing

/// One version of one format: a fixture, and what the suite needs to know to damage it.
struct ConformanceCase: Sendable, CustomTestStringConvertible {
  /// How the format is written, which decides what damage means.
  enum Kind: Sendable {
    /// One record a line.
    case lines
    /// One record a line; later ones change what earlier ones said, so growth is read whole.
    case changes
    /// One JSON document.
    case document
    /// Lines of text that belong together in blocks.
    case text
    /// Observations instead of events.
    case feed
  }

  /// What a picture's bytes are in every fixture that has one.
  static let image = "iVBORw0KGgoAAAANSUhEUg"

  let format: SourceFormat
  /// The version or the form, as in the name of the golden file.
  let version: String
  let kind: Kind
  let text: String
  /// Words that stand once in the text, where an event has them as they are.
  let spoken: String

  init(
    _ format: SourceFormat, _ version: String, _ kind: Kind, _ text: String, spoken: String
  ) {
    self.format = format
    self.version = version
    self.kind = kind
    self.text = text
    self.spoken = spoken
  }

  var testDescription: String { "\(format.rawValue) \(version)" }
  var bytes: [UInt8] { Array(text.utf8) }
  var lines: [String] { text.split(separator: "\n").map(String.init) }

  /// Reads the fixture, or a variation of it, as the file that it is.
  func read(
    _ bytes: [UInt8]? = nil, chunk: Int = 1 << 20, resume: SourceCursor? = nil
  ) -> SourceResult {
    IngestTests.read(
      bytes ?? self.bytes, format, chunk: chunk, resume: resume, source: identity)
  }

  var reader: SourceReader {
    SourceReader(
      format: format, source: identity, options: IngestOptions(project: "dir:lamp"),
      redactor: Redactor(key: "dir:lamp"))
  }

  private var identity: SourceIdentity {
    SourceIdentity(
      id: SourceIdentity.id(format: format, head: Array(bytes.prefix(65_536))),
      path: "/home/ada/x.jsonl")
  }

  func read(_ lines: [String]) -> SourceResult { read(file(lines)) }
}

extension SourceResult {
  /// Ids of everything that was read, in order.
  var ids: [String] { events.map(\.id) + observations.map(\.id) }

  /// The whole reading as lines for people: what it is, then every event; a session, folder or
  /// branch is named where it changes.
  var story: String {
    var lines = [
      "session \(session ?? "-"); records \(counts.records), skipped \(counts.skipped), unknown "
        + "\(counts.unknown), bad \(counts.badLines)"
    ]
    var before = ""
    for event in events {
      let place = [event.session, event.cwd ?? "-", event.branch ?? "-"].joined(separator: " ")
      if place != before { lines.append("in " + place) }
      before = place
      lines.append(
        "\(event.at?.rfc3339 ?? "-") \(event.actor.rawValue) \(event.provenance.rawValue) "
          + event.body.story.replacing("\n", with: "⏎"))
    }
    lines += observations.map { "observation: \($0.statement)" }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension Event.Body {
  fileprivate var story: String {
    switch self {
    case .message(let text): "message: \(text)"
    case .toolCall(let call):
      "call \(call.call) \(call.tool): "
        + ([call.command, call.workdir.map { "in " + $0 }].compactMap { $0 }
        + call.input.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" })
        .joined(separator: ", ")
    case .toolResult(let result):
      "result \(result.call) \(result.status.rawValue) "
        + "\(result.exitCode.map(String.init) ?? "-"): \(result.output)"
    case .edit(let edit):
      "edit \(edit.call ?? "-") \(edit.action.rawValue) \(edit.path)"
        + (edit.newPath.map { " to " + $0 } ?? "") + ": [\(edit.before)] → [\(edit.after)]"
    case .approval(let approval):
      "approval \(approval.call ?? "-") \(approval.verdict.rawValue): \(approval.question) → "
        + approval.answer
    case .boundary(let boundary): "boundary \(boundary.rawValue)"
    }
  }
}
