import KairosModel

/// Why an export wrote nothing. Names files, lines and fact ids, never what stands there.
public enum ExportError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The file has an end marker without a begin marker, or the other way round, or in the wrong
  /// order.
  case unpairedMarker(path: String, line: Int)
  /// The file has more than one section.
  case secondSection(path: String, line: Int)
  /// The file is UTF-16 or binary; a section in UTF-8 would spoil it.
  case notText(path: String)
  /// Facts hold something that looks like a secret.
  case secret(facts: [String], target: String)

  /// The error in one sentence with its remedy.
  public var description: String { sentence + "; " + hint }

  /// What happened and where.
  public var sentence: String {
    switch self {
    case .unpairedMarker(let path, let line):
      "the kairos marker in line \(line) of \(path) has no partner"
    case .secondSection(let path, let line):
      "a second kairos section begins in line \(line) of \(path)"
    case .notText(let path):
      "\(path) is not UTF-8 text"
    case .secret(let facts, let target):
      "the \(target) export was refused: what looks like a secret stands in "
        + (facts.count == 1 ? "fact " : "facts ") + facts.joined(separator: ", ")
    }
  }

  /// What to do next.
  public var hint: String {
    switch self {
    case .unpairedMarker:
      "repair or delete the lines `\(MarkedFile.begin) …` and `\(MarkedFile.end)`, "
        + "then export again"
    case .secondSection:
      "keep one of the sections, delete the others with their markers, then export again"
    case .notText:
      "save it as UTF-8, or write to another file with `--out`"
    case .secret:
      "`kairos explain FACT` shows where it comes from; remove it there, ingest again, "
        + "then export"
    }
  }

  /// Whether a guard refused (exit code 3) or the file that is there cannot be used.
  public var isRefusal: Bool {
    if case .secret = self { true } else { false }
  }
}

/// A firm fact that an export left out.
public struct Omission: Sendable, Equatable {
  /// Which limit the fact would have broken, or which demand of the target it does not meet.
  public enum Reason: String, Sendable {
    case lines = "line budget"
    case bytes = "byte budget"
    case unproven = "lack of proof"
  }

  public let fact: String
  public let statement: String
  public let reason: Reason
}

/// What an export took and what it left out.
public struct ExportReport: Sendable, Equatable {
  public let target: ExportTarget
  /// Ids of the exported facts, strongest first.
  public private(set) var included: [String] = []
  /// Strongest first.
  public var omitted: [Omission] = []
  /// Exported, but to a file that the agent reads on demand and does not load; strongest first.
  public var deferred: [Omission] = []
  /// How many firm facts are of a kind that the target does not take.
  public var foreign = 0
  /// Whether the target shows facts of every state, and not only firm ones.
  public var showsAllStates = false
  /// How many facts of each state the snapshot has.
  public let states: [(state: FactState, count: Int)]
  /// Size of what the agent loads; 0 for targets without a budget.
  public var lines = 0
  public var bytes = 0

  init(target: ExportTarget, facts: [Fact]) {
    self.target = target
    states = FactState.allCases.compactMap { state in
      let count = facts.filter { $0.state == state }.count
      return count == 0 ? nil : (state, count)
    }
  }

  mutating func include(_ facts: [Fact]) { included = facts.map(\.id) }

  /// Written out, since an array of tuples is not equatable by itself.
  public static func == (left: ExportReport, right: ExportReport) -> Bool {
    left.target == right.target && left.included == right.included
      && left.omitted == right.omitted && left.deferred == right.deferred
      && left.foreign == right.foreign && left.showsAllStates == right.showsAllStates
      && left.lines == right.lines && left.bytes == right.bytes
      && left.states.elementsEqual(right.states, by: ==)
  }

  /// The report for people, one sentence a line.
  public var sentences: [String] {
    let size = lines == 0 ? "" : " in \(lines) lines and \(bytes) bytes"
    var text = ["exported \(included.count) firm \(Self.facts(included.count))\(size)"]
    let others = states.filter { $0.state != .firm }
    if !others.isEmpty {
      let counts = others.map { "\($0.count) \($0.state.rawValue)" }.joined(separator: ", ")
      text.append(
        showsAllStates
          ? "shown with their state: \(counts)"
          : "left out because only firm facts are exported: \(counts)")
    }
    for reason in [Omission.Reason.lines, .bytes] {
      let hit = omitted.filter { $0.reason == reason }
      text += Self.sentence("left out by the \(reason.rawValue)", hit, "weaker ")
    }
    let unproven = omitted.filter { $0.reason == .unproven }
    text += Self.sentence("left out because no run or file proves them", unproven)
    text += Self.sentence("read on demand only, not loaded with the index", deferred, "weaker ")
    if foreign > 0 {
      text.append(
        "left out because of their kind: \(foreign) \(Self.facts(foreign))")
    }
    return text
  }

  private static func sentence(
    _ why: String, _ hit: [Omission], _ adjective: String = ""
  ) -> [String] {
    guard let strongest = hit.first else { return [] }
    return [
      "\(why): \(hit.count) \(adjective)\(facts(hit.count)), the strongest is \(strongest.fact)"
    ]
  }

  private static func facts(_ count: Int) -> String { count == 1 ? "fact" : "facts" }
}
