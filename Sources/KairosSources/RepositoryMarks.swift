/// What a checkout shares with every other checkout of the same project.
public struct RepositoryMarks: Sendable, Equatable {
  /// Folder of the checkout's top.
  public let top: String
  /// Identity as `ProjectIdentity` gives it.
  public let identity: String
  /// Remote in canonical form (`github.com/owner/name`), if there is one.
  public let remote: String?
  /// The commit without parents that first parents lead to: the project's own beginning, and not
  /// that of a project which was merged into it.
  public let root: String?
  /// Every commit without parents.
  public let roots: Set<String>
  /// Tops of all linked work trees, this one among them.
  public let workTrees: [String]

  /// The marks of the repository that a folder lies in; `nil` when there is none.
  public static func of(directory: String) -> RepositoryMarks? {
    let folder = (try? PosixFileSystem().resolve(directory)) ?? directory
    guard let git = Git(folder: folder), git.isRepository else { return nil }
    let isWhole = git.line("rev-parse", "--is-shallow-repository") == "false"
    return RepositoryMarks(
      top: git.line("rev-parse", "--show-toplevel") ?? folder,
      identity: ProjectIdentity.of(directory: folder), remote: ProjectIdentity.remote(of: git),
      root: isWhole ? git.line("rev-list", "--first-parent", "--max-parents=0", "HEAD") : nil,
      roots: Set(ProjectIdentity.rootCommits(of: git)), workTrees: workTrees(of: git))
  }

  /// Whether two checkouts are one project: the same remote, or the same beginning.
  public func isSameProject(as other: RepositoryMarks) -> Bool {
    if let remote, remote == other.remote { return true }
    return root != nil && root == other.root
  }

  private static func workTrees(of git: Git) -> [String] {
    guard let bytes = try? git.ask("worktree", "list", "--porcelain", "-z") else { return [] }
    return Git.strings(bytes).filter { $0.hasPrefix("worktree ") }
      .map { String($0.dropFirst("worktree ".count)) }.sorted()
  }
}
