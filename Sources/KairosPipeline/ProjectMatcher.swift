import Ingest
import KairosModel
import KairosSources

/// Which project a session belongs to, as far as it can be told.
enum SessionOwner: Sendable, Equatable {
  case ours
  /// Another project, by its identity.
  case other(String)
  /// It ran in a folder that is no longer there, or that is in no repository.
  case unknown(folder: String)
  /// It names no folder at all.
  case nowhere

  /// The project whose session it is, when every session is kept.
  func project(ours: String) -> String {
    switch self {
    case .ours: ours
    case .other(let identity): identity
    case .unknown(let folder): "folder:" + folder
    case .nowhere: "unknown"
    }
  }
}

/// Tells whether a session belongs to this project.
///
/// What all copies of a project share comes first: the remote and the first commit. A folder counts
/// when it is (or was) a checkout of the project: this one, a work tree, a clone, an alias. A
/// folder's name alone proves nothing: two projects may share it. Folders are the ones of the
/// records; names of folders in agents' homes are lossy and never asked.
final class ProjectMatcher {
  private let project: String
  private let aliases: AliasTable
  private let marks: RepositoryMarks?
  private let remotes: Set<String>
  /// Where the project is, or was, without links.
  let folders: [String]
  /// Checkouts of the project that were met while matching.
  private(set) var seen: Set<String> = []
  private var owners: [String: SessionOwner] = [:]
  private lazy var digests = PathDigests(folders: folders)

  convenience init(memory: Memory) {
    self.init(memory.folder, memory.configuration)
  }

  init(_ folder: MemoryFolder, _ configuration: MemoryConfiguration) {
    project = configuration.project
    aliases = AliasTable.read(folder, configuration)
    let root = folder.projectRoot
    marks = RepositoryMarks.of(directory: root)
    // A memory in a folder below the top is about the whole repository only by its root.
    let trees = marks.map { $0.top == PathStatus.resolved(root) ? $0.workTrees : [] } ?? []
    seen = Set([root] + trees.filter { PathStatus.of($0)?.isFolder == true })
    folders = Set(
      ([root] + aliases.folders + trees).flatMap { [$0, PathStatus.resolved($0) ?? $0] }
    ).sorted()
    var remotes = Set(aliases.remotes)
    if project.hasPrefix("git:") { remotes.insert(String(project.dropFirst(4))) }
    if let remote = marks?.remote { remotes.insert(remote) }
    self.remotes = remotes.subtracting(aliases.excludedRemotes)
  }

  /// Whose session it is that says this about itself.
  func owner(of marks: SessionMarks) -> SessionOwner {
    let named = marks.remotes.compactMap { ProjectIdentity.canonical(remote: $0) }
    if named.contains(where: remotes.contains) { return .ours }
    if let ours = self.marks?.roots, marks.rootCommits.contains(where: ours.contains) {
      return .ours
    }
    if marks.pathDigests.contains(where: { digests.contain($0) }) { return .ours }
    let owners = marks.folders.map(owner(of:))
    let isForeign = !named.isEmpty || !marks.rootCommits.isEmpty
    // A fork has another remote; only its own checkout can say that it is the same project.
    if isForeign, self.marks != nil, !marks.folders.contains(where: isCheckoutOfOurs) {
      return .other(named.first.map { "git:" + $0 } ?? "root:" + (marks.rootCommits.first ?? ""))
    }
    // An agent that was started outside any project belongs to the first that it went to.
    for owner in owners {
      if case .unknown = owner { continue }
      return owner
    }
    if let unknown = owners.first { return unknown }
    return marks.pathDigests.first.map { .other("path:" + $0) } ?? .nowhere
  }

  /// The events of those sessions that are ours; for files that hold sessions of many projects.
  func ours(_ events: [Event]) -> [Event] {
    var marks: [String: SessionMarks] = [:]
    for event in events {
      marks[event.session, default: SessionMarks()].add(folder: event.cwd ?? "")
    }
    let kept = marks.filter { owner(of: $0.value) == .ours }
    return events.filter { kept[$0.session] != nil }
  }

  /// The other project that all folders of a session lie in, when it is surely another.
  func otherProject(of events: [Event]) -> String? {
    var marks = SessionMarks()
    for event in events { marks.add(folder: event.cwd ?? "") }
    guard case .other(let identity) = owner(of: marks) else { return nil }
    return identity
  }

  private func isCheckoutOfOurs(_ folder: String) -> Bool {
    guard let marks, PathStatus.of(folder)?.isFolder == true, owner(of: folder) == .ours else {
      return false
    }
    return RepositoryMarks.of(directory: folder).map(marks.isSameProject) ?? false
  }

  private func owner(of folder: String) -> SessionOwner {
    if let known = owners[folder] { return known }
    let owner = decide(folder)
    owners[folder] = owner
    return owner
  }

  private func decide(_ folder: String) -> SessionOwner {
    if aliases.excludedFolders.contains(where: { FilePath.isInside(folder, $0) }) {
      return .other("folder:" + folder)
    }
    let holder = folders.filter { FilePath.isInside(folder, $0) }.max {
      $0.utf8.count < $1.utf8.count
    }
    if let holder, !hasRepositoryBetween(folder, holder) { return .ours }
    guard PathStatus.of(folder)?.isFolder == true,
      let found = RepositoryMarks.of(directory: folder)
    else { return holder == nil ? .unknown(folder: folder) : .ours }
    if let remote = found.remote, aliases.excludedRemotes.contains(remote) {
      return .other(found.identity)
    }
    let isSame =
      found.remote.map(remotes.contains) == true || marks?.isSameProject(as: found) == true
    guard isSame else { return .other(found.identity) }
    seen.insert(found.top)
    return .ours
  }

  /// Whether another repository begins on the way from a folder of ours down to `folder`.
  private func hasRepositoryBetween(_ folder: String, _ holder: String) -> Bool {
    var at = folder
    while at != holder, at.utf8.count > holder.utf8.count {
      if PathStatus.of(at + "/.git") != nil { return true }
      at = FilePath.parent(of: at)
    }
    return false
  }
}

/// The digests by which agents name a folder, of every folder that the project may have been
/// opened at: its own, and those in it two levels deep.
private struct PathDigests {
  private let names: Set<String>

  init(folders: [String]) {
    var names: Set<String> = []
    for folder in folders.flatMap({ [$0] + Self.inside($0, depth: 2) }) {
      names.insert(SHA256Digest.of(folder).hex)
      if let name = MD5Name.of(folder) { names.insert(name) }
    }
    self.names = names
  }

  func contain(_ name: String) -> Bool { names.contains(name) }

  private static func inside(_ folder: String, depth: Int) -> [String] {
    guard depth > 0 else { return [] }
    // More folders than a project has at its top would only cost time.
    return FolderNames.sorted(in: folder).prefix(500).filter { !$0.hasPrefix(".") }
      .map { folder + "/" + $0 }.filter { PathStatus.of($0)?.isFolder == true }
      .flatMap { [$0] + inside($0, depth: depth - 1) }
  }
}
