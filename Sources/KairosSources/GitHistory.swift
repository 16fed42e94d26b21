import KairosModel

/// What happened to the files of a repository between two commits, as far as it still holds at the
/// later one.
public struct GitHistory: Sendable, Equatable {
  /// A path that is gone.
  public struct Change: Sendable, Equatable {
    public let path: String
    /// Where it is now; `nil` when it was removed.
    public let target: String?
    public let commit: String
    public let at: Timestamp

    public init(path: String, target: String?, commit: String, at: Timestamp) {
      self.path = path
      self.target = target
      self.commit = commit
      self.at = at
    }
  }

  /// A commit that took another one back.
  public struct Revert: Sendable, Equatable {
    public let commit: String
    public let reverted: String
  }

  /// The later commit.
  public let end: String
  /// The commits that are not part of it, sorted; none when it reaches back to the beginning.
  public let start: [String]
  public let commits: Int
  /// In the order of the commits. What came back later is not among them.
  public let changes: [Change]
  public let reverts: [Revert]

  /// Reads `A..B` (what B has and A has not), `A..` (up to HEAD), or `B` (everything up to it).
  public static func read(
    repository: String, range: String
  ) throws(SourceError) -> GitHistory {
    let folder = (try? PosixFileSystem().resolve(repository)) ?? repository
    guard let git = Git(folder: folder) else { throw .gitMissing(path: repository) }
    guard git.isRepository else { throw .notARepository(path: repository) }
    let (start, end) = try ends(of: range, git)
    let bounds = [end] + start.map { "^" + $0 }
    let isBare = git.line("rev-parse", "--is-bare-repository") == "true"
    let log = try git.ask(
      arguments: [
        "log", "-z", "--reverse", "--topo-order", "--format=%H %ct", "--name-status", "-M50%",
        "-l2000", "--no-ext-diff", "--no-textconv", "--no-diff-merges", "--diff-filter=ADR",
      ] + (isBare ? [] : ["--relative"]) + bounds + (isBare ? ["--"] : ["--", "."]))
    let messages = try git.ask(
      arguments: ["log", "-z", "--reverse", "--topo-order", "--format=%H%n%B"] + bounds + ["--"])
    var reading = Reading()
    reading.read(log)
    let there = Set(
      Git.strings(try git.ask("ls-tree", "-r", "-z", "--name-only", end)))
    return GitHistory(
      end: end, start: start, commits: reading.commits,
      changes: GoneFolders(paths: there).joined(
        reading.standing.filter { !there.contains($0.path) }),
      reverts: reverts(in: messages))
  }

  private static func ends(
    of range: String, _ git: Git
  ) throws(SourceError) -> (start: [String], end: String) {
    guard let dots = range.firstRange(of: "..") else { return ([], try git.commit(range)) }
    let (from, to) = (String(range[..<dots.lowerBound]), String(range[dots.upperBound...]))
    // Three dots mean two ends.
    guard !to.hasPrefix(".") else { throw .unknownCommit(path: git.folder, commit: range) }
    return ([try git.commit(from)], try git.commit(to.isEmpty ? "HEAD" : to))
  }

  /// `This reverts commit <id>` in a message, as git writes it.
  private static func reverts(in messages: [UInt8]) -> [Revert] {
    let mark = "This reverts commit "
    return messages.split(separator: 0).flatMap { message -> [Revert] in
      let text = String(decoding: message, as: UTF8.self)
      let lines = text.split(whereSeparator: \.isNewline)
      guard let commit = lines.first.map(String.init) else { return [] }
      return lines.dropFirst().compactMap { line in
        guard line.hasPrefix(mark) else { return nil }
        let id = line.dropFirst(mark.count).prefix(while: \.isHexDigit)
        return id.count >= 40 ? Revert(commit: commit, reverted: String(id)) : nil
      }
    }
  }

  /// Follows the log from the oldest commit on.
  private struct Reading {
    var commits = 0
    private var order = 0
    private var pending: [String: (order: Int, change: Change)] = [:]

    /// What was not undone by a later commit, in order.
    var standing: [Change] { pending.values.sorted { $0.order < $1.order }.map(\.change) }

    /// `<commit> <seconds>` begins a commit; then come a status and one path or two. Paths may be
    /// anything, so they are told by their places only.
    mutating func read(_ log: [UInt8]) {
      var tokens = log.split(separator: 0)[...]
      var commit = ""
      var at = Timestamp(seconds: 0)
      while let token = tokens.popFirst() {
        let word = String(decoding: token.drop { $0 == 0x0a }, as: UTF8.self)
        if word.utf8.count > 40 {
          let parts = word.split(separator: " ")
          commit = String(parts[0])
          at = Timestamp(seconds: parts.count > 1 ? Int64(parts[1]) ?? 0 : 0)
          commits += 1
          continue
        }
        guard let first = tokens.popFirst() else { return }
        let path = String(validating: first, as: UTF8.self)
        switch word.first {
        case "A": if let path { pending[path] = nil }
        case "D": note(path, nil, commit, at)
        case "R":
          guard let second = tokens.popFirst() else { return }
          let target = String(validating: second, as: UTF8.self)
          if let target {
            pending[target] = nil
            note(path, target, commit, at)
          }
        default: return
        }
      }
    }

    private mutating func note(
      _ path: String?, _ target: String?, _ commit: String, _ at: Timestamp
    ) {
      guard let path else { return }
      order += 1
      pending[path] = (order, Change(path: path, target: target, commit: commit, at: at))
    }
  }
}

/// Puts the changes of a folder's files together where the whole folder has gone.
struct GoneFolders {
  private let folders: Set<String>

  /// `paths` are the files that are there.
  init(paths: Set<String>) {
    var folders: Set<String> = []
    for path in paths {
      var folder = path[...]
      while let slash = folder.lastIndex(of: "/") {
        folder = folder[..<slash]
        guard folders.insert(String(folder)).inserted else { break }
      }
    }
    self.folders = folders
  }

  /// One change for a folder of which several files went the same way; the last one tells when.
  func joined(_ changes: [GitHistory.Change]) -> [GitHistory.Change] {
    var groups: [String: [GitHistory.Change]] = [:]
    for change in changes {
      groups[goneFolder(of: change.path) ?? change.path, default: []].append(change)
    }
    let places = Dictionary(
      uniqueKeysWithValues: changes.enumerated().map { ($0.element.path, $0.offset) })
    return groups.flatMap { folder, members in whole(folder, members).map { [$0] } ?? members }
      .map { (places[$0.path] ?? lastPlace(groups[$0.path] ?? [], places), $0) }
      .sorted { ($0.0, $0.1.path) < ($1.0, $1.1.path) }.map(\.1)
  }

  private func lastPlace(_ members: [GitHistory.Change], _ places: [String: Int]) -> Int {
    members.compactMap { places[$0.path] }.max() ?? 0
  }

  /// The folder highest up that is no longer there.
  private func goneFolder(of path: String) -> String? {
    path.indices.first { path[$0] == "/" && !folders.contains(String(path[..<$0])) }
      .map { String(path[..<$0]) }
  }

  private func whole(
    _ folder: String, _ members: [GitHistory.Change]
  ) -> GitHistory.Change? {
    guard members.count > 1, let last = members.last else { return nil }
    let targets = members.map { change -> String? in
      guard let target = change.target else { return "" }
      let rest = change.path.dropFirst(folder.count)
      return target.hasSuffix(rest) ? String(target.dropLast(rest.count)) : nil
    }
    guard let target = targets[0], targets.allSatisfy({ $0 == target }) else { return nil }
    return GitHistory.Change(
      path: folder, target: target.isEmpty ? nil : target, commit: last.commit, at: last.at)
  }
}

/// The files of one commit, read when they are asked for.
public final class CommitFiles {
  /// Longer files are not compared with anything.
  private static let bytesMax = 4 << 20

  private let git: Git
  private let blobs: [String: (id: String, size: Int)]
  private var texts: [String: String] = [:]

  /// The files of a commit that `GitHistory` gave.
  public init(repository: String, commit: String) throws(SourceError) {
    let folder = (try? PosixFileSystem().resolve(repository)) ?? repository
    guard let git = Git(folder: folder) else { throw .gitMissing(path: repository) }
    self.git = git
    var blobs: [String: (id: String, size: Int)] = [:]
    let tree = try git.ask("ls-tree", "-r", "-z", "--long", try git.commit(commit))
    for entry in Git.strings(tree) {
      guard let tab = entry.firstIndex(of: "\t") else { continue }
      let fields = entry[..<tab].split(separator: " ")
      guard fields.count == 4, fields[0].hasPrefix("100"), let size = Int(fields[3]) else {
        continue
      }
      blobs[String(entry[entry.index(after: tab)...])] = (String(fields[2]), size)
    }
    self.blobs = blobs
  }

  /// Whether there is such a file.
  public func contains(_ path: String) -> Bool { blobs[path] != nil }

  /// The text of a file; `nil` when it is not there, or too long.
  public func text(_ path: String) -> String? {
    if let known = texts[path] { return known }
    guard let blob = blobs[path], blob.size <= Self.bytesMax,
      let bytes = try? git.ask("cat-file", "blob", blob.id)
    else { return nil }
    let text = String(decoding: bytes, as: UTF8.self)
    texts[path] = text
    return text
  }
}
