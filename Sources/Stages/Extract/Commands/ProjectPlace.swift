import KairosModel

/// Turns folders and paths of somebody's machine into places inside the project.
struct ProjectPlace {
  /// Where the session started; taken as the project's root.
  let root: String?
  let index: WorkspaceIndex?

  init(session: SessionView, index: WorkspaceIndex?) {
    root = session.events.lazy.compactMap(\.cwd).first
    self.index = index
  }

  /// Where a folder lies.
  enum Folder: Equatable {
    case project
    case inside(String)
    /// Another project, a temporary folder, or unknown.
    case elsewhere
  }

  /// The place of a working folder.
  func folder(_ path: String) -> Folder {
    guard let root else { return path.hasPrefix("/") ? .elsewhere : inner(path) }
    let path = Self.trimmed(path)
    if path == root || root.hasPrefix(path + "/") { return .project }
    if path.hasPrefix(root + "/") { return inner(String(path.dropFirst(root.count + 1))) }
    return path.hasPrefix("/") || path.hasPrefix("~") ? .elsewhere : inner(path)
  }

  private func inner(_ path: String) -> Folder {
    let parts = Self.outOfWorktree(Self.normalised(path))
    guard let parts else { return .elsewhere }
    if parts.isEmpty { return .project }
    let folder = parts.joined(separator: "/")
    guard let index else { return .inside(folder) }
    guard index.isFolder(folder) else { return .elsewhere }
    return Self.part(parts, of: index).map { .inside($0) } ?? .project
  }

  /// The part of the project that a folder belongs to: the nearest folder with a manifest of its
  /// own. From any other folder, commands work on the project as a whole.
  private static func part(_ parts: [String], of index: WorkspaceIndex) -> String? {
    var parts = parts[...]
    while !parts.isEmpty {
      let folder = parts.joined(separator: "/")
      if manifests.contains(where: { index.file(at: folder + "/" + $0) != nil }) { return folder }
      parts = parts.dropLast()
    }
    return nil
  }

  private static let manifests = [
    "package.json", "go.mod", "Cargo.toml", "pyproject.toml", "setup.py", "Makefile", "justfile",
    "Package.swift", "build.gradle", "build.gradle.kts", "pom.xml", "Gemfile", "composer.json",
    "mix.exs", "CMakeLists.txt", "deno.json", "pubspec.yaml", "mise.toml", "Taskfile.yml",
    "manage.py",
  ]

  /// A file's path from the project's root; `nil` when it lies elsewhere or is a pattern.
  func path(_ text: String, cwd: String?) -> String? {
    guard !text.isEmpty, !text.contains(where: { "*$~".contains($0) }), text.utf8.count < 300
    else { return nil }
    var path = text
    if path.hasPrefix("/") {
      let bases = [root, cwd].compactMap { $0 }
      if let base = bases.first(where: { path.hasPrefix($0 + "/") }) {
        path = String(path.dropFirst(base.count + 1))
      } else {
        return tail(of: path)
      }
    } else if let cwd, let root, cwd.hasPrefix(root + "/") {
      path = String(cwd.dropFirst(root.count + 1)) + "/" + path
    }
    let parts = Self.outOfWorktree(Self.normalised(path)) ?? []
    return parts.isEmpty ? nil : parts.joined(separator: "/")
  }

  /// The longest tail of a foreign path that the tree has: another checkout of the same project.
  private func tail(of path: String) -> String? {
    guard let index else { return nil }
    var parts = path.split(separator: "/")[...]
    while parts.count > 1 {
      let tail = parts.joined(separator: "/")
      if index.file(at: tail) != nil { return tail }
      parts = parts.dropFirst()
    }
    return nil
  }

  /// Parts without `.` and `..`; `nil` when the path leaves the root.
  private static func normalised(_ path: String) -> [String]? {
    var parts: [String] = []
    for part in path.split(separator: "/").map(String.init) where part != "." {
      if part == ".." {
        guard parts.popLast() != nil else { return nil }
      } else {
        parts.append(part)
      }
    }
    return parts
  }

  /// A worktree below the project is the project once more.
  private static func outOfWorktree(_ parts: [String]?) -> [String]? {
    guard let parts else { return nil }
    let names: Set<String> = [".worktrees", "worktrees", ".worktree"]
    guard let at = parts.firstIndex(where: { names.contains($0) }) else { return parts }
    return Array(parts.dropFirst(at + 2))
  }

  private static func trimmed(_ path: String) -> String {
    path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
  }
}
