import KairosModel

/// Files that were moved or removed: what made every statement about the old path stale.
///
/// What the newest tree still has was not removed, and what a session made itself was scratch.
struct PathChanges: SessionRule {
  let name = "path-changes"

  func observations(in session: SessionView, context: ExtractContext) -> [Observation] {
    let place = ProjectPlace(session: session, index: context.index)
    var created: Set<String> = []
    var found: [Observation] = []
    for event in session.events {
      for change in changes(event, session, place) {
        switch change {
        case .created(let path): created.insert(path)
        case .removed(let path):
          guard !created.contains(path), isGone(path, context), !Self.isScratch(path) else {
            continue
          }
          found.append(
            observation("removed", path, "removed", "`\(path)` was removed.", event, context))
        case .moved(let path, let target):
          guard !created.contains(path), isGone(path, context), path != target else { continue }
          let statement = "`\(path)` was moved to `\(target)`."
          found.append(observation("renamed", path, target, statement, event, context))
        }
      }
    }
    return found
  }

  /// What happened to a path.
  private enum Change {
    case created(String)
    case removed(String)
    case moved(String, String)
  }

  private func changes(_ event: Event, _ session: SessionView, _ place: ProjectPlace) -> [Change] {
    switch event.body {
    case .edit(let edit):
      guard let path = place.path(edit.path, cwd: event.cwd) else { return [] }
      switch edit.action {
      case .create: return [.created(path)]
      case .delete: return [.removed(path)]
      case .rename:
        let target = edit.newPath.flatMap { place.path($0, cwd: event.cwd) }
        return target.map { [.moved(path, $0)] } ?? []
      case .update: return []
      }
    case .toolCall(let call):
      guard let text = call.command, text.contains("git mv") || text.contains("git rm"),
        session.result(of: call)?.result.status == .succeeded
      else { return [] }
      return ShellLine(text).commands.flatMap { command in
        git(command, cwd: call.workdir ?? event.cwd, place)
      }
    default: return []
    }
  }

  private func git(_ command: ShellLine.Command, cwd: String?, _ place: ProjectPlace) -> [Change] {
    let words = command.words
    guard !command.isDynamic, words.first == "git", words.count > 2 else { return [] }
    let paths = words.dropFirst(2).filter { !$0.hasPrefix("-") }.compactMap {
      place.path($0, cwd: cwd)
    }
    if words[1] == "mv", paths.count == 2 { return [.moved(paths[0], paths[1])] }
    return words[1] == "rm" && !words.contains("--cached") ? paths.map { .removed($0) } : []
  }

  private func isGone(_ path: String, _ context: ExtractContext) -> Bool {
    guard let index = context.index else { return true }
    return index.file(at: path) == nil && !index.isFolder(path)
  }

  /// Output and notes that nobody looks for.
  private static func isScratch(_ path: String) -> Bool {
    let endings = [".log", ".tmp", ".out", ".bak", ".orig", ".pyc", ".snap", ".lock"]
    return path.hasPrefix(".") || endings.contains { path.hasSuffix($0) }
      || path.contains("tmp/") || path.contains("node_modules/")
  }

  private func observation(
    _ predicate: String, _ path: String, _ value: String, _ statement: String, _ event: Event,
    _ context: ExtractContext
  ) -> Observation {
    Observation(
      rule: name, kind: .layout,
      slot: Slot(scope: context.scope, subject: "path:" + path, predicate: predicate),
      value: value, statement: statement, actor: .tool, grounded: true, session: event.session,
      lineage: event.id, at: event.at,
      evidence: Evidence(
        place: event.place, session: event.session, event: event.id, actor: .tool, at: event.at,
        quote: statement))
  }
}
