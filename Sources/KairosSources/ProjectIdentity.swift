import KairosModel

/// Which project a folder belongs to, by the strongest mark that all of its copies share.
public enum ProjectIdentity {
  /// The identity of a folder without a repository. A folder's name or place is none: it would
  /// change with every copy, and the same inputs must give the same bytes everywhere.
  public static let local = "local"

  /// `git:<host>/<owner>/<name>` from the remote, else `root:<first commit>`, else `local`.
  public static func of(directory: String) -> String {
    let folder = (try? PosixFileSystem().resolve(directory)) ?? directory
    guard let git = Git(folder: folder), git.isRepository else { return local }
    if let remote = remote(of: git) { return "git:" + remote }
    // The roots of a shallow clone are not the project's first commits.
    return rootCommits(of: git).min().map { "root:" + $0 } ?? local
  }

  /// Every commit without parents that leads here; none for a shallow clone, whose first commits
  /// are not the project's.
  static func rootCommits(of git: Git) -> [String] {
    guard git.line("rev-parse", "--is-shallow-repository") == "false",
      let roots = try? git.ask("rev-list", "--max-parents=0", "HEAD")
    else { return [] }
    return String(decoding: roots, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  /// The remote in canonical form: `origin` before `upstream` before the others by name.
  static func remote(of git: Git) -> String? {
    guard let bytes = try? git.ask("config", "-z", "--get-regexp", "^remote\\..*\\.url$") else {
      return nil
    }
    let remotes = Git.strings(bytes).compactMap {
      entry -> (rank: Int, name: String, url: String)? in
      guard let split = entry.firstIndex(of: "\n") else { return nil }
      let name = String(entry[..<split].dropFirst("remote.".count).dropLast(".url".count))
      let rank = name == "origin" ? 0 : name == "upstream" ? 1 : 2
      return canonical(remote: String(entry[entry.index(after: split)...]))
        .map { (rank, name, $0) }
    }
    return remotes.min { ($0.rank, $0.name, $0.url) < ($1.rank, $1.name, $1.url) }?.url
  }

  /// `host/owner/name` of an address in any of the forms that git takes, without scheme, user,
  /// password, port, `.git`; `nil` for paths of one machine.
  public static func canonical(remote address: String) -> String? {
    var rest = Substring(address.filter { !$0.isWhitespace })
    var hasScheme = false
    if let scheme = rest.firstRange(of: "://") {
      guard !rest[..<scheme.lowerBound].hasSuffix("file") else { return nil }
      rest = rest[scheme.upperBound...]
      hasScheme = true
    }
    let authorityEnd = rest.firstIndex { $0 == "/" } ?? rest.endIndex
    if let sign = rest[..<authorityEnd].lastIndex(of: "@") {
      rest = rest[rest.index(after: sign)...]
    }
    guard let hostEnd = rest.firstIndex(where: { $0 == "/" || $0 == ":" }) else { return nil }
    let host = rest[..<hostEnd].lowercased()
    // A plain path has no `:` before its first `/`.
    guard hasScheme || rest[hostEnd] == ":", host.utf8.count > 1 else { return nil }
    var path = rest[hostEnd...].dropFirst()
    if rest[hostEnd] == ":", hasScheme { path = path.drop { $0.isNumber } }
    var parts = path.split(separator: "/").map(String.init)
    guard var last = parts.popLast() else { return nil }
    if last.hasSuffix(".git") { last.removeLast(4) }
    guard !last.isEmpty else { return nil }
    return ([host] + parts + [last]).joined(separator: "/")
  }
}
