import KairosModel

/// One fact of the page: its sentence, and behind a click what it rests on.
struct PageFact {
  let text: String

  /// `all` are the facts of the page by id, for links to what came before and after.
  init(fact: Fact, all: [String: Fact]) {
    let rows = Self.rows(fact, all).map { "<dt>\($0.name)</dt><dd>\($0.html)</dd>" }
    let evidence = fact.evidence.map(Self.evidence)
    let heading = evidence.isEmpty ? "No evidence is kept." : "Evidence"
    text = """
      <li id="\(HTMLText.escaped(fact.id))" data-state="\(fact.state.rawValue)"><details>
      <summary><span class="statement">\(HTMLText.statement(fact.statement))</span>
      <span class="marks">\(Self.marks(fact))</span></summary>
      <dl>
      \(rows.joined(separator: "\n"))
      </dl>
      <h3>\(heading)</h3>
      <ol class="evidence">
      \(evidence.joined(separator: "\n"))
      </ol>
      </details></li>
      """
  }

  private static func marks(_ fact: Fact) -> String {
    var marks = ["<span class=\"state \(fact.state.rawValue)\">\(fact.state.rawValue)</span>"]
    if fact.pinned { marks.append("<span>pinned</span>") }
    if let place = fact.checkedPlace {
      marks.append("<span class=\"place\">\(HTMLText.escaped(place))</span>")
    }
    if let seen = fact.lastSeen { marks.append("<time>\(seen.dateText)</time>") }
    return marks.joined(separator: " ")
  }

  private static func rows(_ fact: Fact, _ all: [String: Fact]) -> [(name: String, html: String)] {
    var rows = [
      ("Why", HTMLText.escaped(fact.reason)),
      ("Confidence", MemoryReport.percent(fact.confidencePPM)),
      ("Seen", support(fact)),
    ]
    if let verified = fact.verified { rows.append(("Files", proof(verified))) }
    let replaced = fact.supersedes.sorted().map { link($0, all) }
    if !replaced.isEmpty { rows.append(("Replaces", replaced.joined(separator: "<br>"))) }
    if let next = fact.supersededBy { rows.append(("Replaced by", link(next, all))) }
    let scope = [fact.slot.scope.path, fact.slot.scope.branch.map { "branch \($0)" }]
      .compactMap { $0 }.map { HTMLText.escaped($0) }
    if !scope.isEmpty { rows.append(("Scope", scope.joined(separator: ", "))) }
    rows.append(("Id", "<code>\(HTMLText.escaped(fact.id))</code>"))
    return rows
  }

  private static func support(_ fact: Fact) -> String {
    var parts: [String] = []
    if let first = fact.firstSeen, let last = fact.lastSeen {
      parts.append(
        first.day == last.day ? first.dateText : "\(first.dateText) to \(last.dateText)")
    }
    parts.append(counted(fact.support.observations, "observation"))
    if fact.support.sessions > 0 { parts.append(counted(fact.support.sessions, "session")) }
    if fact.support.against > 0 { parts.append("\(fact.support.against) against it") }
    return parts.joined(separator: " · ")
  }

  private static func counted(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }

  private static func proof(_ verified: Verification) -> String {
    let place = "<code>\(HTMLText.escaped(verified.path))\(lines(verified.lines))</code>"
    let commit = verified.commit.map {
      " at commit <code>\(HTMLText.escaped($0.prefix(12)))</code>"
    }
    let dirty = verified.dirty ? " with uncommitted changes" : ""
    let extent = verified.extent == .value ? "verified in" : "what it names exists:"
    return "\(extent) \(place)\(commit ?? "")\(dirty)"
  }

  /// A fact that is not on the page is named by its id.
  private static func link(_ id: String, _ all: [String: Fact]) -> String {
    let name = HTMLText.escaped(id)
    guard let fact = all[id] else { return "<code>\(name)</code>" }
    return "<a href=\"#\(name)\">\(HTMLText.statement(fact.statement))</a>"
  }

  private static func evidence(_ piece: Evidence) -> String {
    var origin = [piece.actor.rawValue]
    if let time = piece.at { origin.append("<time>\(time.dateText)</time>") }
    if let session = piece.session { origin.append("session \(HTMLText.escaped(session))") }
    if let path = piece.place.path {
      origin.append("<code>\(HTMLText.escaped(path))\(lines(piece.place.lines))</code>")
    }
    if let bytes = piece.place.bytes {
      origin.append("bytes \(bytes.lowerBound)–\(bytes.upperBound)")
    }
    return
      "<li><q>\(HTMLText.escaped(piece.quote))</q> <p>\(origin.joined(separator: " · "))</p></li>"
  }

  private static func lines(_ lines: ClosedRange<Int>?) -> String {
    guard let lines else { return "" }
    return lines.count == 1 ? ":\(lines.lowerBound)" : ":\(lines.lowerBound)–\(lines.upperBound)"
  }
}
