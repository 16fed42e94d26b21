import Extract
import KairosModel

/// One place where somebody who has no say tries to write the memory.
public struct AuditEntry: Sendable, Equatable {
  public let session: String
  public let event: String
  public let at: Timestamp?
  /// Who brought the text.
  public let actor: Actor
  public let provenance: Provenance
  /// Sentences that read like an instruction to an agent.
  public let sentences: Int
}

extension Memory {
  /// Where text that nobody of the project said tells agents what to do or to remember, in the
  /// order of sessions. None of it counts; it shows who tries. Never quotes it.
  public func audit() throws -> [AuditEntry] {
    let reader = ForeignInstructions(context: ExtractContext(scope: scope, index: nil))
    let log = EventLog(folder)
    return try store.sessions().filter { !$0.isFeed }.flatMap { session in
      reader.found(in: try log.events(of: session)).map { found in
        AuditEntry(
          session: session.key, event: found.event.id, at: found.event.at,
          actor: found.event.actor, provenance: found.event.provenance,
          sentences: found.sentences)
      }
    }
  }

  /// Facts that rest on bundles of others alone, by id.
  public func claimsOfOthers() throws -> [Fact] {
    try store.facts().filter { $0.support.actors == [.external] }.sorted { $0.id < $1.id }
  }
}
