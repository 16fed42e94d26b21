import KairosModel

/// Files that were moved or removed: what made every statement about the old path stale.
struct PathChanges: SessionRule {
  let name = "path-changes"

  func observations(in session: SessionView, context: ExtractContext) -> [Observation] {
    var found: [Observation] = []
    for event in session.events {
      switch event.body {
      case .edit(let edit):
        let path = ProjectPath.relative(edit.path, cwd: event.cwd, index: context.index)
        guard let path else { continue }
        if edit.action == .delete { found.append(removed(path, event, context)) }
        if edit.action == .rename, let new = edit.newPath,
          let target = ProjectPath.relative(new, cwd: event.cwd, index: context.index)
        {
          found.append(renamed(path, to: target, event, context))
        }
      case .toolCall(let call):
        guard let line = call.command, line.contains("git mv") || line.contains("git rm"),
          session.result(of: call)?.result.status == .succeeded
        else { continue }
        found += moves(line, event, context)
      default: continue
      }
    }
    return found
  }

  private func moves(_ line: String, _ event: Event, _ context: ExtractContext) -> [Observation] {
    ShellLine.commands(line).flatMap { words, _ -> [Observation] in
      let paths = words.dropFirst(2).filter { !$0.hasPrefix("-") }.compactMap {
        ProjectPath.relative($0, cwd: event.cwd, index: context.index)
      }
      if words.starts(with: ["git", "mv"]), paths.count == 2 {
        return [renamed(paths[0], to: paths[1], event, context)]
      }
      return words.starts(with: ["git", "rm"]) && !words.contains("--cached")
        ? paths.map { removed($0, event, context) } : []
    }
  }

  private func renamed(
    _ path: String, to target: String, _ event: Event, _ context: ExtractContext
  ) -> Observation {
    observation(
      "renamed", path, value: target, "`\(path)` was moved to `\(target)`.", event, context)
  }

  private func removed(_ path: String, _ event: Event, _ context: ExtractContext) -> Observation {
    observation("removed", path, value: "removed", "`\(path)` was removed.", event, context)
  }

  private func observation(
    _ predicate: String, _ path: String, value: String, _ statement: String, _ event: Event,
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

/// Paths of tools, which are absolute on somebody's machine, as paths from the project's root.
enum ProjectPath {
  /// `nil` when the path lies outside of the working folder or is a pattern.
  static func relative(_ path: String, cwd: String?, index: WorkspaceIndex?) -> String? {
    guard !path.isEmpty, !path.contains("*"), !path.contains("$"), path.utf8.count < 300 else {
      return nil
    }
    guard path.hasPrefix("/") else { return path.hasPrefix("..") ? nil : trimmed(path) }
    if let cwd, path.hasPrefix(cwd + "/") { return trimmed(String(path.dropFirst(cwd.count + 1))) }
    // A sub-folder was the working folder: the longest tail that the tree has.
    guard let index else { return nil }
    var parts = path.split(separator: "/")[...]
    while parts.count > 1 {
      let tail = parts.joined(separator: "/")
      if index.file(at: tail) != nil { return tail }
      parts = parts.dropFirst()
    }
    return nil
  }

  private static func trimmed(_ path: String) -> String {
    path.hasPrefix("./") ? String(path.dropFirst(2)) : path
  }
}
