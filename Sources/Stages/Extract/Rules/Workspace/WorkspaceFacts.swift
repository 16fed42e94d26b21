import KairosModel

/// Builds observations from one file of a workspace, so that rules only say what they saw.
struct WorkspaceFacts {
  let rule: String
  let workspace: Workspace
  let context: ExtractContext

  /// An observation that a file which machines read gives; `lines` are 1-based.
  func stated(
    in file: Workspace.File, lines: ClosedRange<Int>?, kind: FactKind, subject: String = "project",
    predicate: String, value: String, statement: String, quote: String
  ) -> Observation {
    observation(
      in: file, lines: lines, kind: kind, subject: subject, predicate: predicate, value: value,
      statement: statement, quote: quote, actor: .workspace, modality: .asserted, mentions: [])
  }

  /// An observation from prose for people; the tree must confirm what it names.
  func written(
    in file: Workspace.File, lines: ClosedRange<Int>, kind: FactKind, subject: String,
    predicate: String, value: String, statement: String, modality: Modality = .asserted,
    polarity: Polarity = .affirmed, mentions: [Mention]
  ) -> Observation {
    observation(
      in: file, lines: lines, kind: kind, subject: subject, predicate: predicate, value: value,
      statement: statement, quote: statement, actor: .document, modality: modality,
      polarity: polarity, mentions: mentions)
  }

  private func observation(
    in file: Workspace.File, lines: ClosedRange<Int>?, kind: FactKind, subject: String,
    predicate: String, value: String, statement: String, quote: String, actor: Actor,
    modality: Modality, polarity: Polarity = .affirmed, mentions: [Mention]
  ) -> Observation {
    let place = Place(source: workspace.id, path: file.path, lines: lines, digest: file.digest)
    let line = lines.map { String($0.lowerBound) } ?? ""
    return Observation(
      rule: rule, kind: kind,
      slot: Slot(scope: context.scope, subject: subject, predicate: predicate), value: value,
      statement: statement, polarity: polarity, modality: modality, actor: actor,
      grounded: actor == .workspace, session: nil,
      // The same state of a file in two commits is one witness.
      lineage: ContentID.make("l", file.digest, file.path, line), at: workspace.at,
      mentions: mentions,
      evidence: Evidence(
        place: place, session: nil, event: nil, actor: actor, at: workspace.at, quote: quote))
  }
}

extension Workspace {
  /// The file with this path from the root.
  func file(_ path: String) -> File? { files.first { $0.path == path } }

  /// Files with this name, outermost first.
  func files(named name: String) -> [File] {
    files.filter { $0.path == name || $0.path.hasSuffix("/" + name) }
      .sorted { ($0.path.utf8.count, $0.path) < ($1.path.utf8.count, $1.path) }
  }

  /// The file with this name nearest to the root.
  func first(named name: String) -> File? { files(named: name).first }

  /// Whether any path begins with `folder/`.
  func hasFolder(_ folder: String) -> Bool { files.contains { $0.path.hasPrefix(folder + "/") } }
}
