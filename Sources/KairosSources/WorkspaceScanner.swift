import KairosModel
import KairosRedaction

/// Reads one state of a project: a folder, or one commit of a repository.
///
/// A folder in a repository is read as git sees it (tracked files and new ones that `.gitignore`
/// does not exclude), any other folder by walking it. Both ways and the commit itself give the same
/// files for the same content, on every machine: settings of the user and of the system play no
/// part, and nothing of the repository is ever run.
public struct WorkspaceScanner: Sendable {
  let limits: WorkspaceLimits
  let fileSystem: any FileSystem
  private let isTranscript: SourceDiscovery.TranscriptTest
  private let reader: WorkspaceFileReader

  public init(
    redactor: Redactor, limits: WorkspaceLimits = WorkspaceLimits(),
    fileSystem: any FileSystem = PosixFileSystem(),
    isTranscript: @escaping SourceDiscovery.TranscriptTest = { _, _ in false }
  ) {
    self.limits = limits
    self.fileSystem = fileSystem
    self.isTranscript = isTranscript
    reader = WorkspaceFileReader(redactor: redactor, limits: limits)
  }

  /// The state of a folder now.
  public func scan(directory: String) throws(SourceError) -> WorkspaceScan {
    let root = try resolvedFolder(directory)
    let claimsToBeOne = SourceDiscovery(fileSystem: fileSystem) { _, _ in false }.isRepository(root)
    guard let git = Git(folder: root) else {
      guard claimsToBeOne else { return try plain(root) }
      throw .gitMissing(path: root)
    }
    if git.line("rev-parse", "--is-bare-repository") == "true" {
      return try scan(git, root, commit: "HEAD")
    }
    // A folder below a repository belongs to it when it has tracked files.
    guard git.isRepository, let tracked = try? git.ask("ls-files", "-z", "--cached"),
      claimsToBeOne || !tracked.isEmpty
    else { return try plain(root) }
    return try workTree(git, root, tracked: tracked)
  }

  /// The state of a repository (or of a folder in it) at a commit.
  public func scan(repository: String, commit: String) throws(SourceError) -> WorkspaceScan {
    let root = try resolvedFolder(repository)
    guard let git = Git(folder: root) else { throw .gitMissing(path: root) }
    guard git.isRepository else { throw .notARepository(path: root) }
    return try scan(git, root, commit: commit)
  }

  private func resolvedFolder(_ path: String) throws(SourceError) -> String {
    do {
      let root = try fileSystem.resolve(path)
      guard try fileSystem.status(of: root, followLinks: false).kind == .folder else {
        throw SourceError.notAFolder(path: path)
      }
      return root
    } catch let error as FileError {
      throw SourceError(FileError(path: path, code: error.code))
    } catch let error as SourceError {
      throw error
    } catch {
      throw .notFound(path: path)
    }
  }

  // MARK: Folders

  private func plain(_ root: String) throws(SourceError) -> WorkspaceScan {
    var rules = IgnoreRules()
    let chunks = FileChunks(fileSystem: fileSystem)
    let walk = FolderWalk(fileSystem: fileSystem).files(below: root) { folder, names in
      guard names.contains(".gitignore") else { return }
      let path = folder.isEmpty ? ".gitignore" : folder + "/.gitignore"
      let head = try? chunks.head(root + "/" + path, bytes: limits.dataBytes, followLinks: false)
      rules.add(String(decoding: head ?? [], as: UTF8.self), folder: folder)
    } skips: { name, path in
      FileKinds.neverEntered.contains(name) || FileKinds.outputFolders.contains(name)
        || rules.ignores(path, isFolder: true)
    }
    var collected = Collected(findings: walk.findings)
    for file in walk.files where !rules.ignores(file.path, isFolder: false) {
      try collect(file: file.path, size: file.size, root, &collected)
    }
    return finished(collected, root: root, commit: nil, dirty: false, at: nil, remote: nil)
  }

  private func workTree(
    _ git: Git, _ root: String, tracked: [UInt8]
  ) throws(SourceError) -> WorkspaceScan {
    var collected = Collected()
    let others = try git.ask("ls-files", "-z", "--others", "--exclude-standard")
    let new = Git.strings(others).filter { !FileKinds.passes($0, through: FileKinds.outputFolders) }
    noteUnspeakable(tracked, others, root, &collected)
    var folders: [String: Bool] = [:]
    for path in Set(Git.strings(tracked) + new).sorted() where Self.isInside(path) {
      guard isReal(path, root, &folders),
        let status = try? fileSystem.status(of: root + "/" + path, followLinks: false),
        status.kind == .file
      else { continue }
      try collect(file: path, size: status.size, root, &collected)
    }
    let commit = try? git.commit("HEAD")
    return finished(
      collected, root: root, commit: commit, dirty: commit != nil ? try git.isDirty() : false,
      at: commit.flatMap { git.time(of: $0) }, remote: ProjectIdentity.remote(of: git))
  }

  /// Git's settings can point it at another tree; such paths leave the root.
  private static func isInside(_ path: String) -> Bool {
    !path.hasPrefix("/") && !path.split(separator: "/").contains("..")
  }

  /// Whether the folder of a tracked path is where it says, and not behind a link.
  private func isReal(_ path: String, _ root: String, _ known: inout [String: Bool]) -> Bool {
    guard let slash = path.lastIndex(of: "/") else { return true }
    let folder = root + "/" + path[..<slash]
    if let answer = known[folder] { return answer }
    let answer = (try? fileSystem.resolve(folder)) == folder
    known[folder] = answer
    return answer
  }

  private func collect(
    file path: String, size: Int, _ root: String, _ collected: inout Collected
  ) throws(SourceError) {
    guard admits(path, size, &collected) else { return }
    var content = FileContent(size: 0)
    let headMax = size > limits.fileBytes ? limits.manifestBytes : limits.fileBytes
    var digest = SHA256Stream()
    do {
      try FileChunks(fileSystem: fileSystem).read(root + "/" + path, followLinks: false) { chunk in
        digest.update(chunk)
        content.append(chunk, headMax: headMax)
        return true
      }
    } catch {
      // What goes away or is closed to this user is left out; a failing disk is an error.
      if case .unreadable = error { throw error }
      collected.findings.append(
        Finding(
          severity: .warning, code: "unreadable-file", message: error.description, path: path))
      return
    }
    keep(path, content, digest.digest(), &collected)
  }

  // MARK: Commits

  private func scan(_ git: Git, _ root: String, commit name: String) throws(SourceError)
    -> WorkspaceScan
  {
    let commit = try git.commit(name)
    let tree = try git.ask("ls-tree", "-r", "-z", "--long", commit)
    var collected = Collected()
    noteUnspeakable(tree, [], root, &collected)
    var objects = try git.objects()
    for entry in Git.strings(tree) {
      guard let tab = entry.firstIndex(of: "\t") else { continue }
      let fields = entry[..<tab].split(separator: " ")
      let path = String(entry[entry.index(after: tab)...])
      // Links and submodules have other modes.
      guard fields.count == 4, fields[0].hasPrefix("100"), let size = Int(fields[3]),
        admits(path, size, &collected)
      else { continue }
      let bytes = try objects.read(String(fields[2]))
      var content = FileContent(size: 0)
      bytes.withUnsafeBytes {
        content.append(
          $0, headMax: size > limits.fileBytes ? limits.manifestBytes : limits.fileBytes)
      }
      keep(path, content, SHA256Digest.of(bytes), &collected)
    }
    objects.close()
    return finished(
      collected, root: root, commit: commit, dirty: false, at: git.time(of: commit),
      remote: ProjectIdentity.remote(of: git))
  }

  // MARK: Both

  /// What has been gathered so far.
  struct Collected {
    var files: [Workspace.File] = []
    var findings: [Finding] = []
    var transcripts = 0
  }

  func admits(_ path: String, _ size: Int, _ collected: inout Collected) -> Bool {
    if FileKinds.passes(path, through: FileKinds.neverEntered) { return false }
    if FileKinds.isTranscriptPlace(path) {
      collected.transcripts += 1
      return false
    }
    guard !FileKinds.isKey(path) else { return false }
    guard size <= limits.digestBytes else {
      collected.findings.append(
        Finding(
          severity: .note, code: "large-file",
          message: "The file has more than \(limits.digestBytes >> 20) MiB and was left out.",
          path: path))
      return false
    }
    return true
  }

  func keep(
    _ path: String, _ content: FileContent, _ digest: SHA256Digest, _ collected: inout Collected
  ) {
    let isRecord = [".jsonl", ".json", ".ndjson", ".traj", ".cast"].contains { path.hasSuffix($0) }
    if isRecord, isTranscript(Array(content.head.prefix(SourceDiscovery.headBytes)), path) {
      collected.transcripts += 1
      return
    }
    collected.files.append(reader.file(path, content, digest: digest.text))
  }

  private func noteUnspeakable(
    _ first: [UInt8], _ second: [UInt8], _ root: String, _ collected: inout Collected
  ) {
    let count = [first, second].map {
      $0.split(separator: 0).count - Git.strings($0).count
    }.reduce(0, +)
    if count > 0 { collected.findings.append(FolderWalk.unspeakable(count, root)) }
  }

  func finished(
    _ collected: Collected, root: String, commit: String?, dirty: Bool, at: Timestamp?,
    remote: String?
  ) -> WorkspaceScan {
    let files = collected.files.sorted { $0.path < $1.path }
    var findings = collected.findings
    if collected.transcripts > 0 {
      findings.append(
        Finding(
          severity: .note, code: "committed-transcripts",
          message: "\(collected.transcripts) transcripts inside the project were left out. Give"
            + " their folder to `kairos ingest --as transcripts` to read them.", path: root))
    }
    if files.isEmpty {
      findings.append(
        Finding(
          severity: .warning, code: "empty-workspace",
          message: "The workspace holds no files. Check the path, or leave it out.", path: root))
    }
    let id = ContentID.make(
      "w", [commit ?? "", dirty ? "dirty" : "clean"] + files.flatMap { [$0.path, $0.digest] })
    return WorkspaceScan(
      workspace: Workspace(
        id: id, commit: commit, dirty: dirty, at: at, remote: remote, files: files),
      findings: findings)
  }
}
