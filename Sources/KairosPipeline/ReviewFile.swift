import KairosModel

/// The text in which facts are reviewed: one block a fact, made to be edited by hand or in a pull
/// request. Lines that start with `#` or `>` are for people and are not read.
enum ReviewFile {
  /// The decision lines that can be written.
  static let words = "keep, accept, reject, pin, reword: TEXT"

  /// One block that was read.
  struct Block: Equatable {
    let line: Int
    let fact: String
    var statement: (line: Int, text: String)?
    var decision: (line: Int, text: String)?
    var reason: String?

    static func == (left: Block, right: Block) -> Bool {
      left.fact == right.fact && left.line == right.line
    }
  }

  /// The file for `items`.
  static func text(_ items: [ReviewItem], project: String) -> String {
    var lines = [
      "# Review of \(project): \(items.count) \(items.count == 1 ? "fact" : "facts").",
      "# Change the decision lines, then `kairos review apply FILE`.",
      "#   keep           no decision: the evidence goes on deciding",
      "#   accept         firm, until a file or a newer answer says otherwise",
      "#   reject         gone for good, in every spelling",
      "#   pin            firm whatever the evidence says",
      "#   reword: TEXT   accepted in your words; the old ones stay in the journal",
      "# A line `reason: TEXT` below the decision is kept with it.",
    ]
    for item in items { lines += [""] + block(item.fact, item.rivals) }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The shortest block that applies a decision.
  static func block(_ fact: Fact, _ decision: ReviewDecision) -> String {
    let word = decision.action?.rawValue ?? "keep"
    let line = if case .reword(let text) = decision { "reword: " + OneLine.of(text) } else { word }
    return "fact \(fact.id)\nstatement: \(OneLine.of(fact.statement))\ndecision: \(line)\n"
  }

  private static func block(_ fact: Fact, _ rivals: [Fact]) -> [String] {
    var lines = ["fact \(fact.id)", "statement: \(OneLine.of(fact.statement))"]
    lines.append("# \(fact.kind.rawValue), \(fact.state.rawValue): \(OneLine.of(fact.reason))")
    for rival in rivals {
      lines.append(
        "# other answer: \(rival.id) (\(rival.state.rawValue)) \(OneLine.of(rival.statement))")
    }
    for piece in fact.evidence.prefix(4) {
      let place = piece.place.path ?? piece.session.map { "session \($0)" } ?? piece.place.source
      let day = piece.at.map { $0.dateText + " " } ?? ""
      lines.append("> \(day)\(piece.actor.rawValue), \(place): \(OneLine.of(piece.quote))")
    }
    return lines + ["decision: keep"]
  }

  /// The blocks of a file; `mistakes` gets one sentence a line that cannot be read.
  static func blocks(_ text: String, mistakes: inout [(line: Int, text: String)]) -> [Block] {
    var blocks: [Block] = []
    for (index, raw) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let number = index + 1
      let line = trimmed(raw)
      if line.isEmpty || line.hasPrefix("#") || line.hasPrefix(">") { continue }
      if line.hasPrefix("fact ") {
        blocks.append(Block(line: number, fact: trimmed(line.dropFirst(5))))
        continue
      }
      guard let colon = line.firstIndex(of: ":"), let last = blocks.indices.last else {
        mistakes.append((number, "this line belongs to no fact"))
        continue
      }
      let value = trimmed(line[line.index(after: colon)...])
      switch line[..<colon] {
      case "statement": blocks[last].statement = (number, value)
      case "reason": blocks[last].reason = value
      case "decision":
        if blocks[last].decision != nil {
          mistakes.append((number, "\(blocks[last].fact) has a second decision"))
        }
        blocks[last].decision = (number, value)
      default:
        mistakes.append((number, "a line starts with fact, statement:, decision: or reason:"))
      }
    }
    return blocks
  }

  /// What a decision line says; `nil` when it is none.
  static func decision(_ text: String) -> ReviewDecision? {
    switch text {
    case "keep": return .keep
    case "accept": return .accept
    case "reject": return .reject
    case "pin": return .pin
    default:
      guard text.hasPrefix("reword:") else { return nil }
      let wording = trimmed(text.dropFirst("reword:".count))
      let fits = !wording.isEmpty && wording.count <= ReviewDecision.wordingMax
      return fits ? .reword(wording) : nil
    }
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    let isSpace = { (character: Character) in character.isWhitespace }
    let start = text.drop(while: isSpace)
    return String(
      start.prefix(
        (start.lastIndex { !isSpace($0) }).map {
          start.distance(from: start.startIndex, to: $0) + 1
        } ?? 0))
  }
}
