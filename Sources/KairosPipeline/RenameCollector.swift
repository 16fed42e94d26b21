import KairosModel
import KairosStore
import Merge
import Promote
import Reconcile

/// Finds the names that were replaced, for every other slot to know.
///
/// Slots about renames are consolidated first, by the same stages; only firm answers count.
struct RenameCollector {
  let merge: MergeStage
  let reconcile: ReconcileStage
  let promote: PromoteStage

  /// Sorted by old name.
  func renames(in store: Store) throws -> [RenameMap.Rename] {
    var keys: [String] = []
    try store.forEachSlotSummary { if Self.isRename($0.key) { keys.append($0.key) } }
    var found: [RenameMap.Rename] = []
    for key in keys {
      let observations = try store.observations(slot: key)
      guard let slot = observations.first?.slot else { continue }
      let claims = merge.claims(slot: slot, observations: observations).claims
      let facts = promote.promote(reconcile.reconcile(claims).claims).facts
      for fact in facts where fact.state == .firm && fact.polarity == .affirmed {
        found.append(
          RenameMap.Rename(old: Self.name(of: slot.subject), new: fact.value, at: fact.validFrom))
      }
    }
    return found.sorted { ($0.old, $0.new) < ($1.old, $1.new) }
  }

  /// A slot's key ends with its predicate.
  private static func isRename(_ key: String) -> Bool {
    let predicate = key.split(separator: "\u{1f}", omittingEmptySubsequences: false).last ?? ""
    return Predicate.of(String(predicate)).base == "renamed"
  }

  /// The name in a subject like `path:cmd/old.go`.
  private static func name(of subject: String) -> String {
    guard let colon = subject.firstIndex(of: ":") else { return subject }
    return String(subject[subject.index(after: colon)...])
  }
}
