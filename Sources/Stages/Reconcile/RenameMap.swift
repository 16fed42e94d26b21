import KairosModel

/// Names that were replaced by others, collected from the slots that know it.
public struct RenameMap: Sendable, Equatable {
  /// One replacement and when it was seen.
  public struct Rename: Sendable, Equatable {
    public let old: String
    public let new: String
    public let at: Timestamp?

    public init(old: String, new: String, at: Timestamp?) {
      self.old = old
      self.new = new
      self.at = at
    }
  }

  private let byOld: [String: Rename]

  /// Of several replacements of one name the latest counts.
  public init(_ renames: [Rename] = []) {
    var byOld: [String: Rename] = [:]
    for rename in renames where !rename.old.isEmpty && rename.old != rename.new {
      if let other = byOld[rename.old], Self.isLater(other, rename) { continue }
      byOld[rename.old] = rename
    }
    self.byOld = byOld
  }

  public var isEmpty: Bool { byOld.isEmpty }

  /// The replacement that makes `claim` speak of a name of the past: it names the old one, not the
  /// new one, and was last heard before the replacement.
  func rename(in claim: Claim) -> Rename? {
    guard !byOld.isEmpty, !["renamed", "removed"].contains(Predicate.of(claim.slot.predicate).base)
    else { return nil }
    let names = Self.names(in: claim)
    let found = names.compactMap { byOld[$0] }.filter { !names.contains($0.new) }
    return found.sorted { $0.old < $1.old }.first { rename in
      guard let at = rename.at else { return true }
      return claim.observations.allSatisfy { $0.at.map { $0 <= at } ?? false }
    }
  }

  private static func names(in claim: Claim) -> Set<String> {
    var names = Set(claim.observations.lazy.flatMap(\.mentions).map(\.name))
    let texts = [claim.value, claim.statement, claim.slot.subject]
    for text in texts {
      names.formUnion(WorkspaceIndex.words(of: text))
      for word in text.split(whereSeparator: { $0.isWhitespace || "`\"'(),;".contains($0) }) {
        names.insert(String(word))
        if let last = word.last, ".:!?".contains(last) { names.insert(String(word.dropLast())) }
        if let colon = word.firstIndex(of: ":") {
          names.insert(String(word[word.index(after: colon)...]))
        }
      }
    }
    return names
  }

  private static func isLater(_ left: Rename, _ right: Rename) -> Bool {
    let (a, b) = (left.at?.milliseconds ?? Int64.max, right.at?.milliseconds ?? Int64.max)
    return a == b ? left.new > right.new : a > b
  }
}
