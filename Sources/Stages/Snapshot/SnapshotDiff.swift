import KairosJSON
import KairosModel

/// What changed between two snapshots, fact by fact.
public struct SnapshotDiff: Sendable, Equatable {
  public static let schema = "kairos.diff/1"

  /// One fact that is not the same.
  public struct Change: Sendable, Equatable {
    /// In the order of listings.
    public enum Kind: String, Sendable, CaseIterable {
      /// It was not there.
      case added
      /// It has another state, and is still in use.
      case changed
      /// It is not in use any more, or is gone.
      case retired
      /// The same state in other words.
      case reworded
    }

    public let kind: Kind
    public let fact: String
    public let from: FactState?
    public let to: FactState?
    /// The newer wording.
    public let statement: String
    /// The older wording of a reworded fact.
    public let before: String?
    /// Why the newer state holds; empty when the fact is gone.
    public let reason: String
  }

  /// Which snapshot stands on a side.
  public struct Side: Sendable, Equatable {
    public let sequence: Int
    public let id: String
  }

  public let from: Side
  public let to: Side
  /// By kind, then new state, then fact.
  public let changes: [Change]

  /// Compares two snapshots; `older` may be `nil` for the first one of a store.
  public static func between(
    _ older: SnapshotContents?, _ newer: SnapshotContents
  ) -> SnapshotDiff {
    SnapshotDiff(
      from: Side(sequence: older?.manifest.sequence ?? 0, id: older?.id ?? ""),
      to: Side(sequence: newer.manifest.sequence, id: newer.id),
      changes: changes(from: older?.facts ?? [], to: newer.facts))
  }

  /// Compares two lists of facts.
  public static func changes(from older: [Fact], to newer: [Fact]) -> [Change] {
    let before = Dictionary(older.map { ($0.id, $0) }) { first, _ in first }
    let after = Dictionary(newer.map { ($0.id, $0) }) { first, _ in first }
    return Set(before.keys).union(after.keys)
      .compactMap { change(from: before[$0], to: after[$0]) }
      .sorted { order($0) < order($1) }
  }

  private static func change(from old: Fact?, to new: Fact?) -> Change? {
    guard let fact = new ?? old else { return nil }
    let kind: Change.Kind
    if old == nil {
      kind = .added
    } else if old?.state != new?.state {
      kind = isInUse(new?.state) || !isInUse(old?.state) && new != nil ? .changed : .retired
    } else if old?.statement != new?.statement {
      kind = .reworded
    } else {
      return nil
    }
    return Change(
      kind: kind, fact: fact.id, from: old?.state, to: new?.state, statement: fact.statement,
      before: kind == .reworded ? old?.statement : nil, reason: new?.reason ?? "")
  }

  private static func isInUse(_ state: FactState?) -> Bool {
    state == .firm || state == .tentative
  }

  private static func order(_ change: Change) -> (Int, Int, String) {
    let kind = Change.Kind.allCases.firstIndex(of: change.kind) ?? 0
    let state =
      change.to.flatMap { FactState.allCases.firstIndex(of: $0) } ?? FactState.allCases.count
    return (kind, state, change.fact)
  }

  /// How many changes of a kind there are.
  public func count(_ kind: Change.Kind) -> Int { changes.count { $0.kind == kind } }

  /// One line: `2 added, 1 changed, 0 retired, 0 reworded`.
  public var summary: String {
    Change.Kind.allCases.map { "\(count($0)) \($0.rawValue)" }.joined(separator: ", ")
  }
}

extension SnapshotDiff {
  /// For people: one line a fact under a heading per kind.
  public var text: String {
    var lines = ["\(Self.title(from)) → \(Self.title(to)): \(summary)"]
    for kind in Change.Kind.allCases where count(kind) > 0 {
      lines += ["", "\(kind.rawValue):"]
      for change in changes where change.kind == kind { lines += Self.lines(change) }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func title(_ side: Side) -> String {
    side.id.isEmpty ? "nothing" : "snapshot \(side.sequence) (\(side.id.prefix(12)))"
  }

  private static func lines(_ change: Change) -> [String] {
    let to = change.to?.rawValue ?? "gone"
    let states =
      change.from == nil || change.from == change.to
      ? to : "\(change.from?.rawValue ?? "") → \(to)"
    var lines = ["  \(change.fact)  \(states)  \(change.statement)"]
    if let before = change.before { lines.append("      before: \(before)") }
    if change.kind == .changed || change.kind == .retired, !change.reason.isEmpty {
      lines.append("      \(change.reason)")
    }
    return lines
  }

  /// For programs: one JSON object, schema `kairos.diff/1`.
  public var json: String {
    CanonicalJSON.object {
      $0.member("schema", Self.schema)
      $0.member("from") { Self.write(from, to: &$0) }
      $0.member("to") { Self.write(to, to: &$0) }
      $0.key("changes")
      $0.array(changes) { json, change in
        json.object {
          $0.member("kind", change.kind.rawValue)
          $0.member("fact", change.fact)
          $0.member("from", change.from?.rawValue)
          $0.member("to", change.to?.rawValue)
          $0.member("statement", change.statement)
          $0.member("before", change.before)
          $0.member("reason", change.reason)
        }
      }
    }.text
  }

  private static func write(_ side: Side, to json: inout CanonicalJSON) {
    json.member("sequence", side.sequence)
    json.member("id", side.id)
  }
}
