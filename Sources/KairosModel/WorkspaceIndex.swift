/// Answers from one workspace state whether a named thing exists, and where.
public struct WorkspaceIndex: Sendable {
  public let workspace: Workspace
  private let fileByPath: [String: Int]
  private let folders: Set<String>
  private let folderNames: Set<String>
  private let pathsByName: [String: [Int]]
  private let symbols: [String: [(file: Int, line: Int)]]
  private let words: [String: Int]

  public init(_ workspace: Workspace) {
    self.workspace = workspace
    var fileByPath: [String: Int] = [:]
    var folders: Set<String> = []
    var pathsByName: [String: [Int]] = [:]
    var symbols: [String: [(file: Int, line: Int)]] = [:]
    var words: [String: Int] = [:]
    for (index, file) in workspace.files.enumerated() {
      fileByPath[file.path] = index
      var parts = file.path.split(separator: "/").map(String.init)
      pathsByName[parts.removeLast(), default: []].append(index)
      while !parts.isEmpty, folders.insert(parts.joined(separator: "/")).inserted {
        parts.removeLast()
      }
      for symbol in file.symbols { symbols[symbol.name, default: []].append((index, symbol.line)) }
      // Prose must not confirm itself: what only documents name may be gone from the code.
      guard file.kind != .document, file.kind != .instructions else { continue }
      for word in file.words where words[word] == nil { words[word] = index }
    }
    self.fileByPath = fileByPath
    self.folders = folders
    folderNames = Set(folders.compactMap { $0.split(separator: "/").last?.lowercased() })
    self.pathsByName = pathsByName
    self.symbols = symbols
    self.words = words
  }

  /// The file at exactly this path.
  public func file(at path: String) -> Workspace.File? {
    fileByPath[path].map { workspace.files[$0] }
  }

  /// Whether files lie under this path.
  public func isFolder(_ path: String) -> Bool { folders.contains(Self.trimmed(path)) }

  /// Whether some folder of the tree has this name, in any case: then it is the project's own.
  public func isFolder(named name: String) -> Bool { folderNames.contains(name.lowercased()) }

  /// The one path that `text` means: an exact path, or the end of exactly one (`strategy/hooks.go`,
  /// `hooks.go`), file or folder. `nil` when none or several fit.
  public func resolve(path text: String) -> String? {
    let path = Self.trimmed(text)
    guard !path.isEmpty else { return nil }
    if fileByPath[path] != nil || folders.contains(path) { return path }
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let files = (pathsByName[name] ?? []).map { workspace.files[$0].path }
      .filter { $0.hasSuffix("/" + path) }
    // A bare name means no fixture, nor one of the files that every project and folder has.
    let isBare = !path.contains("/")
    if isBare, Self.everywhere.contains(path) { return nil }
    let own = isBare ? files.filter { !Self.isTestData($0) } : files
    if own.count == 1 { return own[0] }
    guard files.isEmpty, path.contains("/") else { return nil }
    let found = folders.filter { $0.hasSuffix("/" + path) }
    return found.count == 1 ? found.first : nil
  }

  /// Names that say nothing about which file is meant.
  private static let everywhere: Set<String> = [
    "README.md", "AGENTS.md", "CLAUDE.md", "GEMINI.md", "LICENSE", "CHANGELOG.md",
  ]

  private static func isTestData(_ path: String) -> Bool {
    path.split(separator: "/").dropLast().contains {
      ["testdata", "fixtures", "__fixtures__", "__snapshots__"].contains(String($0))
    }
  }

  /// Whether a path of any kind ends like this, even when several do.
  public func hasPath(_ text: String) -> Bool {
    let path = Self.trimmed(text)
    if resolve(path: path) != nil { return true }
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return (pathsByName[name] ?? []).contains {
      workspace.files[$0].path == path || workspace.files[$0].path.hasSuffix("/" + path)
    } || folders.contains { $0.hasSuffix("/" + path) }
  }

  /// Files and lines that define `name`.
  public func definitions(of name: String) -> [(file: Workspace.File, line: Int)] {
    (symbols[name] ?? []).map { (workspace.files[$0.file], $0.line) }
  }

  /// The first file (by path) in which the word occurs, documents and instructions excepted.
  public func file(containing word: String) -> Workspace.File? {
    words[word].map { workspace.files[$0] }
  }

  /// Where the workspace proves that the mentioned thing exists; `nil` when it does not.
  ///
  /// A dotted or scoped name (`paths.RepoRoot`, `Foo::bar`) exists when all of its words occur; a
  /// command exists when its words after the program occur in some file.
  public func verify(_ mention: Mention) -> Verification? {
    switch mention.kind {
    case .path:
      guard let path = resolve(path: mention.name) else { return nil }
      if let file = file(at: path) { return verification(file, lines: nil) }
      return workspace.files.first { $0.path.hasPrefix(path + "/") }
        .map { verification($0, lines: nil) }
    case .symbol:
      if let found = definitions(of: mention.name).first {
        return verification(found.file, lines: found.line...found.line)
      }
      return verifyWords(mention.name)
    case .word, .package: return verifyWords(mention.name)
    case .command: return verifyCommand(mention.name)
    }
  }

  /// A command of a task runner exists when a manifest names the task, or a file of the task's
  /// name lies in the runner's folder (`lint:go` in `mise-tasks/lint/go`). Any other command line
  /// exists when its words occur; flags and placeholders prove nothing and are not asked.
  private func verifyCommand(_ line: String) -> Verification? {
    let words = line.split(separator: " ").map(String.init)
    guard let program = words.first else { return nil }
    var rest = words.dropFirst()
    while let word = rest.first, ["run", "r", "exec"].contains(word) { rest = rest.dropFirst() }
    guard Self.taskRunners.contains(program), let task = rest.first, !task.hasPrefix("-") else {
      let plain = words.filter { word in !word.hasPrefix("-") && word.contains(where: \.isLetter) }
      return verifyWords(plain.joined(separator: " "))
    }
    guard lockfile(insteadOf: program) == nil else { return nil }
    let manifests = workspace.files.filter { $0.kind == .manifest }
    if Self.ownCommands.contains(task) {
      return manifests.first.map { verification($0, lines: nil) }
    }
    let path = task.split(separator: ":").joined(separator: "/")
    let found = manifests.first { file in
      file.text.map { Self.names(task, in: $0) } ?? false
        || file.path.hasSuffix("tasks/" + path) || file.path.hasSuffix("tasks/\(path)/_default")
    }
    return found.map { verification($0, lines: nil) }
  }

  /// Subcommands of the runners themselves; no manifest lists them.
  private static let ownCommands: Set<String> = [
    "install", "i", "ci", "add", "remove", "update", "upgrade", "publish", "link", "audit", "exec",
    "dlx", "x", "init", "trust", "use", "ls", "list", "tasks", "why", "pack", "workspace",
    "workspaces",
  ]

  /// The lockfile of another JavaScript package manager, when only that lies at the root: the
  /// project has moved on from `program`. `nil` for every program that is no such manager.
  public func lockfile(insteadOf program: String) -> String? {
    guard let own = Self.lockfiles[program], !own.contains(where: { fileByPath[$0] != nil }) else {
      return nil
    }
    return Self.lockfiles.values.joined().filter { fileByPath[$0] != nil }.min()
  }

  private static let lockfiles: [String: [String]] = [
    "npm": ["package-lock.json", "npm-shrinkwrap.json"], "pnpm": ["pnpm-lock.yaml"],
    "yarn": ["yarn.lock"], "bun": ["bun.lockb", "bun.lock"],
  ]

  private static let taskRunners: Set<String> = [
    "mise", "make", "just", "task", "npm", "pnpm", "yarn", "bun", "rake", "poe",
  ]

  /// Whether `name` stands in `text` as a whole word, in quotes, or before a colon.
  private static func names(_ name: String, in text: String) -> Bool {
    var rest = Substring(text)
    while let hit = rest.firstRange(of: name) {
      let before =
        hit.lowerBound == rest.startIndex ? nil : rest[rest.index(before: hit.lowerBound)]
      let after = hit.upperBound == rest.endIndex ? nil : rest[hit.upperBound]
      let isOpen = before == nil || before?.isWhitespace == true || "\"'.[".contains(before ?? " ")
      let isClosed = after == nil || after?.isWhitespace == true || "\"']:=".contains(after ?? " ")
      if isOpen, isClosed, after != ":" || name.contains(":") || isTarget(rest[hit.upperBound...]) {
        return true
      }
      rest = rest[hit.upperBound...]
    }
    return false
  }

  /// After a name: the colon of a makefile target or of a map, not of a longer task name.
  private static func isTarget(_ rest: Substring) -> Bool {
    let next = rest.dropFirst().first
    return next == nil || next?.isWhitespace == true
  }

  private func verifyWords(_ name: String) -> Verification? {
    let parts = Self.words(of: name)
    guard !parts.isEmpty else { return nil }
    var first: Workspace.File?
    for part in parts {
      guard let file = file(containing: part) else { return nil }
      first = first ?? file
    }
    return first.map { verification($0, lines: nil) }
  }

  /// The proof that points at `file`.
  public func verification(_ file: Workspace.File, lines: ClosedRange<Int>?) -> Verification {
    Verification(
      extent: .mentions, commit: workspace.commit, dirty: workspace.dirty, path: file.path,
      lines: lines, digest: file.digest)
  }

  /// The identifier words of a name, as `Workspace.File.words` lists them: letters, digits, `_`,
  /// and `-` between them; at least two characters.
  public static func words(of text: String) -> [String] {
    var found: [String] = []
    var current: [UInt8] = []
    func flush() {
      while current.last == UInt8(ascii: "-") { current.removeLast() }
      if current.count >= 2 { found.append(String(decoding: current, as: UTF8.self)) }
      current.removeAll(keepingCapacity: true)
    }
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, UInt8(ascii: "_"), 0x80...0xff:
        current.append(byte)
      case UInt8(ascii: "-") where !current.isEmpty: current.append(byte)
      default: flush()
      }
    }
    flush()
    return found
  }

  private static func trimmed(_ path: String) -> String {
    var path = Substring(path)
    while path.hasPrefix("./") { path = path.dropFirst(2) }
    while path.hasSuffix("/") { path = path.dropLast() }
    return String(path)
  }
}
