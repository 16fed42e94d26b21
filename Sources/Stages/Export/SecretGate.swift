import KairosModel
import KairosRedaction

/// The last look for secrets before text leaves the machine; closed on any doubt.
///
/// Everything was redacted when it was read. A hit here means that a rule has been added since, or
/// that a fact came from elsewhere, so nothing is mended silently: the export is refused.
struct SecretGate {
  private let redactor: Redactor
  private let target: ExportTarget

  init(snapshot: SnapshotManifest, target: ExportTarget) {
    redactor = Redactor(key: snapshot.project)
    self.target = target
  }

  /// Passes when no text of the facts and tombstones looks like a secret.
  func pass(_ facts: [Fact], _ tombstones: [Tombstone] = []) throws(ExportError) {
    let caught = facts.filter { holdsSecret(Self.texts($0)) }.map(\.id)
    let buried = tombstones.filter { holdsSecret([$0.reason]) }.map(\.fact)
    guard caught.isEmpty, buried.isEmpty else {
      throw .secret(facts: (caught + buried).sorted(), target: target.rawValue)
    }
  }

  private func holdsSecret(_ texts: [String]) -> Bool {
    texts.contains { !redactor.secrets(in: $0).isEmpty }
  }

  /// Every text of a fact that a person or a program wrote; ids and digests are left out, since
  /// they look random by design.
  private static func texts(_ fact: Fact) -> [String] {
    let scope = [fact.slot.scope.path, fact.slot.scope.branch, fact.verified?.path]
    return [fact.statement, fact.value, fact.slot.subject, fact.slot.predicate, fact.reason]
      + scope.compactMap { $0 } + fact.evidence.flatMap { [$0.quote, $0.place.path ?? ""] }
  }
}
