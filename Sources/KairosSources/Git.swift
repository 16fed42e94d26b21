import KairosModel

/// Questions to the repository at one folder.
struct Git: Sendable {
  let folder: String
  private let settings: [(name: String, value: String)]

  private static let hardening: [(name: String, value: String)] = [
    ("core.fsmonitor", "false"), ("core.hooksPath", "/dev/null"), ("core.pager", "cat"),
    ("core.excludesFile", "/dev/null"), ("core.attributesFile", "/dev/null"),
    ("core.untrackedCache", "false"), ("core.sshCommand", "false"), ("core.quotePath", "false"),
    ("diff.external", ""), ("submodule.recurse", "false"), ("protocol.allow", "never"),
    ("status.submoduleSummary", "false"), ("safe.directory", "*"), ("log.showSignature", "false"),
    ("core.alternateRefsCommand", "false"), ("color.ui", "false"),
  ]

  /// `nil` when there is no git program.
  init?(folder: String) {
    let names = Self.run(
      folder, Self.hardening, ["config", "--name-only", "-z", "--get-regexp", "^filter\\..*"])
    guard let names, names.status != 127 else { return nil }
    self.folder = folder
    settings = Self.hardening + Self.withoutFilters(names.bytes)
  }

  /// Filters of this repository's settings are programs, and `git status` would run them. An empty
  /// command is no filter.
  private static func withoutFilters(_ names: [UInt8]) -> [(name: String, value: String)] {
    Set(strings(names)).sorted().map {
      ($0, $0.lowercased().hasSuffix(".required") ? "false" : "")
    }
  }

  /// The answer to one command; `nil` when there is no git program.
  private static func run(
    _ folder: String, _ settings: [(name: String, value: String)], _ arguments: [String]
  ) -> (bytes: [UInt8], status: Int32)? {
    guard let process = GitProcess(["-C", folder, "--no-pager"] + arguments, settings: settings)
    else { return nil }
    var bytes: [UInt8] = []
    while process.receive(into: &bytes) {}
    return (bytes, process.finish())
  }

  /// The bytes that a command prints.
  func ask(_ arguments: String...) throws(SourceError) -> [UInt8] {
    try ask(arguments: arguments)
  }

  /// The bytes that a command prints.
  func ask(arguments: [String]) throws(SourceError) -> [UInt8] {
    guard let answer = Self.run(folder, settings, arguments) else {
      throw .gitMissing(path: folder)
    }
    guard answer.status == 0 else {
      throw .gitFailed(path: folder, command: arguments.first ?? "", status: answer.status)
    }
    return answer.bytes
  }

  /// The first line that a command prints; `nil` when it fails or prints nothing.
  func line(_ arguments: String...) -> String? {
    guard let answer = Self.run(folder, settings, arguments), answer.status == 0 else {
      return nil
    }
    let line = String(decoding: answer.bytes.prefix { $0 != 0x0a && $0 != 0 }, as: UTF8.self)
    return line.isEmpty ? nil : line
  }

  /// The strings that end with NUL bytes and are UTF-8.
  static func strings(_ bytes: [UInt8]) -> [String] {
    bytes.split(separator: 0).compactMap { String(validating: $0, as: UTF8.self) }
  }

  /// Whether the folder lies in a repository.
  var isRepository: Bool { line("rev-parse", "--git-dir") != nil }

  /// The commit that `name` means.
  func commit(_ name: String) throws(SourceError) -> String {
    guard !name.hasPrefix("-"), !name.isEmpty,
      let commit = line("rev-parse", "--verify", "--quiet", name + "^{commit}")
    else { throw .unknownCommit(path: folder, commit: name) }
    return commit
  }

  /// When the commit was made.
  func time(of commit: String) -> Timestamp? {
    line("show", "-s", "--no-notes", "--format=%ct", commit).flatMap { Int64($0) }
      .map { Timestamp(seconds: $0) }
  }

  /// Whether tracked files differ from the commit. Git may not refresh the index here, so the
  /// content decides where times do not match.
  func isDirty() throws(SourceError) -> Bool {
    !(try ask("status", "--porcelain", "--untracked-files=no", "--ignore-submodules=all", "-z"))
      .isEmpty
  }

  /// Starts a reader of objects that stays open.
  func objects() throws(SourceError) -> GitObjects {
    guard let process = GitProcess(["-C", folder, "cat-file", "--batch"], settings: settings) else {
      throw .gitMissing(path: folder)
    }
    return GitObjects(folder: folder, process: process)
  }
}

/// Reads objects by id through one open `git cat-file --batch`.
struct GitObjects: ~Copyable {
  private let folder: String
  private let process: GitProcess
  private var buffer: [UInt8] = []

  init(folder: String, process: consuming GitProcess) {
    self.folder = folder
    self.process = process
  }

  /// The content of one object.
  mutating func read(_ id: String) throws(SourceError) -> [UInt8] {
    guard process.send(id + "\n") else { throw failure }
    var lineEnd = buffer.firstIndex(of: 0x0a)
    while lineEnd == nil {
      guard process.receive(into: &buffer) else { throw failure }
      lineEnd = buffer.firstIndex(of: 0x0a)
    }
    let head = String(decoding: buffer[..<(lineEnd ?? 0)], as: UTF8.self)
    guard let size = head.split(separator: " ").last.flatMap({ Int($0) }) else { throw failure }
    let start = (lineEnd ?? 0) + 1
    // Git ends every object with a newline of its own.
    while buffer.count < start + size + 1 {
      guard process.receive(into: &buffer) else { throw failure }
    }
    let content = Array(buffer[start..<(start + size)])
    buffer.removeFirst(start + size + 1)
    return content
  }

  private var failure: SourceError { .gitFailed(path: folder, command: "cat-file", status: 128) }

  /// Ends git.
  consuming func close() { _ = process.finish() }
}
