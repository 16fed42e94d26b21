import KairosModel

/// Events of one session, or one workspace state → observations.
///
/// The stage only runs the rules; what becomes an observation is decided in `Rules/`, one rule a
/// file.
public struct ExtractStage: Sendable {
  public let context: ExtractContext

  public init(context: ExtractContext) { self.context = context }

  /// `events` are all events of one log in order. Some agents keep many sessions in one file; each
  /// is read by itself, since an answer belongs to the question of its own conversation.
  public func observations(events: [Event]) -> [Observation] {
    guard let first = events.first, events.contains(where: { $0.session != first.session }) else {
      return observations(session: events)
    }
    var order: [String] = []
    var sessions: [String: [Event]] = [:]
    for event in events {
      if sessions[event.session] == nil { order.append(event.session) }
      sessions[event.session, default: []].append(event)
    }
    return order.flatMap { observations(session: sessions[$0] ?? []) }
  }

  private func observations(session events: [Event]) -> [Observation] {
    let session = SessionView(events: events)
    let found = SessionRules.all.flatMap { $0.observations(in: session, context: context) }
    return MemoryEcho(session: session).marked(found)
  }

  /// What the files of one workspace state say.
  public func observations(workspace: Workspace) -> [Observation] {
    WorkspaceRules.all.flatMap { $0.observations(in: workspace, context: context) }
  }
}

/// What rules may know besides the session or the workspace itself.
public struct ExtractContext: Sendable {
  public let scope: Scope
  /// The newest workspace state, if there is one.
  public let index: WorkspaceIndex?
  /// Keys of sentences that programs say, not people (`MachineryFilter`).
  public let machinery: Set<String>

  public init(scope: Scope, index: WorkspaceIndex?, machinery: Set<String> = []) {
    self.scope = scope
    self.index = index
    self.machinery = machinery
  }
}

/// A rule over the events of one session.
public protocol SessionRule: Sendable {
  /// Stable name, stored in every observation.
  var name: String { get }
  func observations(in session: SessionView, context: ExtractContext) -> [Observation]
}

/// A rule over the files of one workspace state.
public protocol WorkspaceRule: Sendable {
  var name: String { get }
  func observations(in workspace: Workspace, context: ExtractContext) -> [Observation]
}
