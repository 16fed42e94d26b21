import KairosModel

/// What the newest workspace state says about claims: which values its files list, and which its
/// silence refutes. Files outrank recollection.
struct NewestFiles: Sendable {
  let index: WorkspaceIndex
  let newest: Timestamp?
  let tasks: TaskLookup

  init(index: WorkspaceIndex, newest: Timestamp?) {
    self.index = index
    self.newest = newest
    tasks = TaskLookup(index)
  }

  /// When the newest state was; a changed or undated tree is as new as the newest evidence.
  var at: Timestamp? { index.workspace.dirty ? newest : index.workspace.at ?? newest }

  /// Whether the newest state holds the file content that this observation was taken from. An
  /// unchanged file of an older state is the same content.
  func lists(_ observation: Observation) -> Bool {
    guard observation.actor == .workspace || observation.actor == .document else { return false }
    let place = observation.evidence.place
    if place.source == index.workspace.id { return true }
    guard let path = place.path, let file = index.file(at: path) else { return false }
    return file.digest == place.digest
  }

  /// The place in the newest files that says the claim's value, the first by path and line.
  func proof(of claim: Claim) -> Verification? {
    guard claim.polarity == .affirmed else { return nil }
    let places = claim.observations.filter { $0.actor == .workspace && lists($0) }
      .map(\.evidence.place)
    let first = places.min {
      ($0.path ?? "", $0.lines?.lowerBound ?? 0) < ($1.path ?? "", $1.lines?.lowerBound ?? 0)
    }
    return first.map {
      Verification(
        extent: .value, commit: index.workspace.commit, dirty: index.workspace.dirty,
        path: $0.path ?? "", lines: $0.lines, digest: $0.digest)
    }
  }

  /// Why the silence of the newest files refutes an affirmed claim; `nil` when it does not.
  ///
  /// Only predicates whose values files enumerate, and only
  /// - a value that an older state listed and this one does not,
  /// - a dependency that no file lists while files list others (`slotListed`),
  /// - a task of a task runner whose own files do not have it. Other commands (`go test ./...`) are
  ///   not enumerated by any file, so silence says nothing about them.
  /// What a tool did after this state speaks against the age of the state, not of the claim.
  func refutation(of claim: Claim, slotListed: Bool) -> String? {
    let predicate = Predicate.of(claim.slot.predicate)
    guard predicate.enumeratedByFiles, claim.polarity == .affirmed, proof(of: claim) == nil,
      !hasLaterOutcome(claim)
    else { return nil }
    let older = claim.observations.filter { $0.actor == .workspace }
    if let place = older.max(by: { ($0.at?.milliseconds ?? 0) < ($1.at?.milliseconds ?? 0) })?
      .evidence.place
    {
      return "listed by an older state of `\(place.path ?? "the files")`, not by the newest one"
    }
    if predicate.base == "dependency", slotListed { return "no manifest lists it any more" }
    return predicate.base == "command" ? tasks.missing(command: claim.value) : nil
  }

  /// Whether some voice, and with `outcomes` a tool's, is later than the newest state.
  func hasLaterVoice(_ claim: Claim) -> Bool { later(claim).contains { $0.silence == nil } }

  private func hasLaterOutcome(_ claim: Claim) -> Bool { later(claim).contains(where: \.isOutcome) }

  private func later(_ claim: Claim) -> some Sequence<Observation> {
    claim.observations.lazy.filter { observation in
      guard let state = at, let time = observation.at else { return false }
      return observation.actor != .workspace && time > state
    }
  }
}
