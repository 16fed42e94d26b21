import KairosModel
import KairosPipeline

/// What a person sees and decides, fact by fact; pure, so that it can be told any keys.
struct ReviewDialogue {
  /// One decision of the dialogue.
  struct Taken: Sendable {
    let index: Int
    let fact: Fact
    let decision: ReviewDecision
  }

  /// How it ended: with decisions to take, by ctrl-c, or because the input ended.
  enum End: Sendable { case finished, interrupted, broken }

  /// What follows a key.
  enum Step: Sendable {
    case show(String)
    case askWords
    case end(End)
  }

  /// ctrl-c in a terminal that sends keys as they are.
  private static let interrupt: UInt8 = 3
  private static let wordsMax = 240
  private static let keys = "a accept  r reject  p pin  e reword  s skip  u undo  q end  ? keys"

  private let items: [ReviewItem]
  private var index = 0
  /// Facts that were passed, with the decision if there was one; what `u` takes back.
  private var passed: [Taken?] = []

  init(items: [ReviewItem]) { self.items = items }

  private var isDone: Bool { index >= items.count }

  /// What was decided, in the order of the facts.
  var decisions: [Taken] { passed.compactMap { $0 } }

  /// Takes one key.
  mutating func press(_ key: UInt8) -> Step {
    switch UnicodeScalar(key) {
    case "u": return .show(undo())
    case "q": return .end(.finished)
    case "\n", "\r": return .show("")
    case "?": return .show(Self.keys + "\n> ")
    case "a", "r", "p", "e", "s", " ":
      guard !isDone else { return .show("u undo  q end\n> ") }
      return answer(key)
    default:
      return key == Self.interrupt ? .end(.interrupted) : .show("no such key; \(Self.keys)\n> ")
    }
  }

  private mutating func answer(_ key: UInt8) -> Step {
    switch UnicodeScalar(key) {
    case "a": return decide(.accept)
    case "r": return decide(.reject)
    case "p": return decide(.pin)
    case "e": return .askWords
    default: return pass(nil, said: "left as it is")
    }
  }

  /// Takes the words after `e`.
  mutating func reword(_ words: String) -> String {
    let text = String(words.drop { $0 == " " })
    guard !text.isEmpty, text.count <= Self.wordsMax else {
      return "a wording has from 1 to \(Self.wordsMax) characters\n> "
    }
    if case .show(let text) = decide(.reword(text)) { return text }
    return ""
  }

  private mutating func decide(_ decision: ReviewDecision) -> Step {
    let fact = items[index].fact
    return pass(
      Taken(index: index, fact: fact, decision: decision),
      said: "\(decision.word) \(fact.id.prefix(10))")
  }

  private mutating func pass(_ taken: Taken?, said: String) -> Step {
    passed.append(taken)
    index += 1
    return .show(said + "\n" + screen)
  }

  private mutating func undo() -> String {
    guard let last = passed.popLast() else { return "nothing to undo\n> " }
    index -= 1
    return (last == nil ? "back\n" : "undone\n") + screen
  }

  /// The fact that is asked about.
  var screen: String {
    guard !isDone else {
      let count = decisions.count
      return "\nthat was the last; q takes \(count) decision\(count == 1 ? "" : "s"), u goes back\n"
        + "[u q] > "
    }
    let (fact, rivals) = (items[index].fact, items[index].rivals)
    var lines = [
      "", "\(index + 1)/\(items.count)  \(Printable.line(fact.statement))",
      "     \(fact.kind.rawValue), \(fact.state.rawValue): \(Printable.line(fact.reason))",
    ]
    for rival in rivals {
      lines.append("     or (\(rival.state.rawValue)): \(Printable.line(rival.statement))")
    }
    for piece in fact.evidence.prefix(3) {
      let place = piece.place.path ?? piece.session.map { "session \($0)" } ?? piece.place.source
      let day = piece.at.map { $0.dateText + " " } ?? ""
      lines.append(
        "     > \(day)\(piece.actor.rawValue), \(Printable.line(place)): "
          + Printable.line(piece.quote))
    }
    return lines.joined(separator: "\n") + "\n[a r p e s u q ?] > "
  }
}

extension ReviewDecision {
  /// The word that the dialogue answers with.
  fileprivate var word: String {
    switch self {
    case .keep: "keep"
    case .accept: "accept"
    case .reject: "reject"
    case .pin: "pin"
    case .unpin: "unpin"
    case .reword: "reword"
    }
  }
}
