import KairosModel
import KairosRedaction
import KairosSources
import KairosStore

/// Reads what happened to a project's files between two commits.
///
/// Renames and removals are kept as a session of their own, one event a change, so that the same
/// rules see them which see what agents did. One range has one session: read again, it is replaced.
struct HistoryRun {
  static let format = "git-history"

  let memory: Memory
  /// The repository.
  let path: String

  /// Adds what the range tells to the result of the workspace's scan.
  func read(_ range: String, into result: inout IngestResult) throws {
    let history = try GitHistory.read(repository: path, range: range)
    guard
      !ForgottenPlaces(try memory.store.userDecisions()).contains(
        session: key(history), source: "")
    else { return }
    let events = events(of: history)
    try keep(events, history)
    result.events += events.count
    let edits = try EditSurvival(memory: memory, repository: path, history: history).count()
    result.edits += edits.reduce(0) { $0 + $1.edits }
    result.keptEdits += edits.reduce(0) { $0 + $1.kept }
    let state = "commit \(history.end.prefix(12))"
    result.findings += edits.map {
      Finding(
        severity: .note, code: "kept-edits",
        message: "\($0.kept) of \($0.edits) edits of session \($0.session) are in \(state).",
        path: path)
    }
    let back = history.reverts.count
    result.findings.append(
      Finding(
        severity: .note, code: "history",
        message: "\(history.commits) commits up to \(state): \(history.changes.count) paths are "
          + "gone, \(back) \(back == 1 ? "commit was" : "commits were") reverted.",
        path: path))
  }

  /// Whether a session is the history of a repository.
  static func isHistory(_ session: String) -> Bool { session.hasPrefix("g_") }

  /// The key does not depend on the machine, nor on how far the range has grown.
  private func key(_ history: GitHistory) -> String {
    ContentID.make("g", [memory.configuration.project] + history.start)
  }

  private func events(of history: GitHistory) -> [Event] {
    let redactor = Redactor(key: memory.configuration.project)
    let key = key(history)
    return history.changes.map { change in
      let record = [change.commit, change.path, change.target ?? ""].joined(separator: "\u{1f}")
      let edit = Edit(
        call: nil, action: change.target == nil ? .delete : .rename,
        path: redactor.redact(change.path), newPath: change.target.map(redactor.redact),
        before: "", after: "")
      return Event(
        id: ContentID.make("e", Self.format, record), session: key, actor: .tool,
        provenance: .terminal, at: change.at,
        place: Place(
          source: ContentID.make("s", Self.format, key), path: edit.path, lines: nil,
          digest: SHA256Digest.of(record).text),
        cwd: nil, branch: nil, body: .edit(edit))
    }
  }

  private func keep(_ read: [Event], _ history: GitHistory) throws {
    let key = key(history)
    let events = ForgottenPlaces(try memory.store.userDecisions()).without(read)
    let written = try EventLog(memory.folder).write(events, session: key)
    let times = events.compactMap(\.at)
    try memory.store.putSession(
      SessionRecord(
        key: key, format: Self.format, project: memory.configuration.project,
        firstAt: times.min(), lastAt: times.max(), events: events.count, logName: written.name,
        logDigest: written.digest,
        extractionDigest: try memory.store.session(key: key)?.extractionDigest),
      sources: [
        SourceRecord(
          path: "\(path)@\(Self.format):\(history.start.joined(separator: ",")).",
          id: ContentID.make("s", Self.format, key), kind: .workspace, format: Self.format,
          session: key, size: 0, modifiedNanoseconds: 0)
      ])
  }
}

/// Counts which edits of sessions are in the end state of a history.
struct EditSurvival {
  /// One session's edits of files of the project.
  struct Tally: Equatable {
    let session: String
    var edits = 0
    var kept = 0
  }

  private let memory: Memory
  private let files: CommitFiles
  private let renames: [String: String]
  private let roots: [String]
  private let redactor: Redactor

  init(memory: Memory, repository: String, history: GitHistory) throws {
    self.memory = memory
    files = try CommitFiles(repository: repository, commit: history.end)
    renames = Dictionary(
      uniqueKeysWithValues: history.changes.compactMap { change in
        change.target.map { (change.path, $0) }
      })
    roots = ProjectMatcher(memory: memory).folders
    redactor = Redactor(key: memory.configuration.project)
  }

  /// Sessions that edited files of the project, by key.
  func count() throws -> [Tally] {
    let sessions = try memory.store.sessions().filter {
      !$0.isFeed && $0.project == memory.configuration.project && !HistoryRun.isHistory($0.key)
    }
    return try sessions.compactMap { session in
      let tally = tally(session.key, try EventLog(memory.folder).events(of: session))
      return tally.edits > 0 ? tally : nil
    }.sorted { $0.session < $1.session }
  }

  private func tally(_ session: String, _ events: [Event]) -> Tally {
    var tally = Tally(session: session)
    // Where a session of another machine began is the project's folder there.
    let bases = roots + Set(events.compactMap(\.cwd)).sorted { $0.utf8.count < $1.utf8.count }
    for event in events {
      guard case .edit(let edit) = event.body, let path = place(of: edit.path, bases),
        let isKept = isKept(edit, path, bases)
      else { continue }
      tally.edits += 1
      tally.kept += isKept ? 1 : 0
    }
    return tally
  }

  /// The path inside the project, of a file that is there now if one of the bases gives one.
  private func place(of path: String, _ bases: [String]) -> String? {
    guard path.hasPrefix("/") else { return moved(path) }
    let places = bases.filter { FilePath.isInside(path, $0) && path != $0 }
      .map { moved(String(path.dropFirst($0.utf8.count + 1))) }
    return places.first(where: files.contains) ?? places.first
  }

  /// Where the history says that a path is now.
  private func moved(_ path: String) -> String {
    var at = path
    var steps = 0
    while !files.contains(at), let next = step(at), steps < 50 {
      at = next
      steps += 1
    }
    return at
  }

  private func step(_ path: String) -> String? {
    if let target = renames[path] { return target }
    var folder = path
    while let slash = folder.lastIndex(of: "/") {
      folder = String(folder[..<slash])
      if let target = renames[folder] { return target + path.dropFirst(folder.count) }
    }
    return nil
  }

  /// Whether the edit is in the end state: every line that it brought is there, or, when it only
  /// took lines out, none of them is. `nil` when the format does not tell what it changed.
  private func isKept(_ edit: Edit, _ path: String, _ bases: [String]) -> Bool? {
    switch edit.action {
    case .delete: return !files.contains(path)
    case .rename:
      return edit.newPath.flatMap { place(of: $0, bases) }.map(files.contains)
    case .create, .update:
      let (before, after) = (Self.lines(edit.before), Self.lines(edit.after))
      let (new, gone) = (after.subtracting(before), before.subtracting(after))
      guard !new.isEmpty || !gone.isEmpty else { return nil }
      guard let text = files.text(path) else { return false }
      let lines = Self.lines(redactor.redact(text))
      return new.isEmpty ? gone.isDisjoint(with: lines) : new.isSubset(of: lines)
    }
  }

  /// Lines without white space around them. The event log keeps the beginning of long texts, so
  /// the last line of one may be cut.
  private static func lines(_ text: String) -> Set<Substring> {
    var lines = text.split(whereSeparator: \.isNewline)
    if text.utf8.count >= 8000, lines.count > 1 { lines.removeLast() }
    return Set(
      lines.map { line in
        let head = line.drop(while: \.isWhitespace)
        let end = head.lastIndex { !$0.isWhitespace }
        return end.map { head[...$0] } ?? ""
      }.filter { !$0.isEmpty })
  }
}
