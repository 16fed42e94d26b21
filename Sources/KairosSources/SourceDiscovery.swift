import KairosModel

/// One file that may be a transcript or an observations feed.
public struct SourceFile: Sendable, Hashable {
  /// Absolute, without links.
  public let path: String
  public let size: Int
  /// Nanoseconds since 1970.
  public let modified: Int64

  public init(path: String, size: Int, modified: Int64) {
    self.path = path
    self.size = size
    self.modified = modified
  }
}

/// What the given paths turned out to be; both lists are sorted and free of duplicates.
public struct DiscoveredSources: Sendable, Equatable {
  public internal(set) var files: [SourceFile] = []
  /// Folders and repositories to scan as workspaces.
  public internal(set) var workspaces: [String] = []
  public internal(set) var findings: [Finding] = []

  public init() {}
}

/// Turns the paths that a person gave into files to read and workspaces to scan.
///
/// A folder is a workspace when it is a git repository (with a work tree or bare), or when it holds
/// files and none of them is a transcript by its content. In folders only regular files count, and
/// links are not followed: what they point to lies in the folder anyway, or does not belong to it.
public struct SourceDiscovery: Sendable {
  /// Says by its first bytes whether a file is a transcript.
  public typealias TranscriptTest = @Sendable (_ head: [UInt8], _ path: String) -> Bool

  /// What paths are to be taken for, when the person says so.
  public enum Form: Sendable { case workspace, files }

  /// How much of a file `TranscriptTest` sees.
  public static let headBytes = 64 * 1024

  private let fileSystem: any FileSystem
  private let isTranscript: TranscriptTest

  public init(
    fileSystem: any FileSystem = PosixFileSystem(), isTranscript: @escaping TranscriptTest
  ) {
    self.fileSystem = fileSystem
    self.isTranscript = isTranscript
  }

  /// Looks at every path. A path that cannot be read at all is an error; what cannot be read
  /// inside a folder is a finding.
  public func expand(
    _ paths: [String], as form: Form? = nil
  ) throws(SourceError) -> DiscoveredSources {
    var found = DiscoveredSources()
    var files: Set<SourceFile> = []
    var workspaces: Set<String> = []
    for path in paths {
      let (root, status) = try locate(path)
      switch status.kind {
      case .file where form == .workspace: throw .notAFolder(path: path)
      case .file:
        files.insert(SourceFile(path: root, size: status.size, modified: status.modified))
      case .folder where form == .workspace: workspaces.insert(root)
      case .folder where form == nil && isRepository(root): workspaces.insert(root)
      case .folder:
        let walk = walked(root, &found.findings)
        let transcripts = walk.filter { isTranscript($0, &found.findings) }
        if !transcripts.isEmpty {
          files.formUnion(transcripts)
          noteOthers(walk.count - transcripts.count, root, &found.findings)
        } else if walk.isEmpty {
          found.findings.append(Self.empty(root))
        } else if form == .files {
          found.findings.append(Self.noTranscripts(root))
        } else {
          workspaces.insert(root)
        }
      case .link, .special: throw .notRegular(path: path)
      }
    }
    found.files = files.sorted { ($0.path, $0.modified) < ($1.path, $1.modified) }
    found.workspaces = workspaces.sorted()
    return found
  }

  /// The regular files at a path, itself or below it, sorted, whatever they hold. What cannot be
  /// read is a finding, since nobody named it.
  public func files(at path: String) -> (files: [SourceFile], findings: [Finding]) {
    var findings: [Finding] = []
    do throws(SourceError) {
      let (root, status) = try locate(path)
      switch status.kind {
      case .file:
        return ([SourceFile(path: root, size: status.size, modified: status.modified)], [])
      case .folder: return (walked(root, &findings), findings)
      case .link, .special: throw SourceError.notRegular(path: path)
      }
    } catch {
      let finding = Finding(
        severity: .warning, code: "unreadable-file", message: error.description, path: path)
      return ([], [finding])
    }
  }

  private func locate(_ path: String) throws(SourceError) -> (root: String, status: FileStatus) {
    do {
      let root = try fileSystem.resolve(path)
      return (root, try fileSystem.status(of: root, followLinks: false))
    } catch {
      throw SourceError(FileError(path: path, code: error.code))
    }
  }

  /// A folder with a `.git` (a folder, or a file in linked work trees), or a bare repository.
  func isRepository(_ root: String) -> Bool {
    func kind(_ name: String) -> FileStatus.Kind? {
      try? fileSystem.status(of: root + "/" + name, followLinks: true).kind
    }
    if kind(".git") != nil { return true }
    return kind("HEAD") == .file && kind("objects") == .folder && kind("refs") == .folder
  }

  /// The regular files below a folder, sorted by path.
  private func walked(_ root: String, _ findings: inout [Finding]) -> [SourceFile] {
    let walk = FolderWalk(fileSystem: fileSystem).files(below: root) { name, _ in
      FileKinds.neverEntered.contains(name)
    }
    findings += walk.findings
    return walk.files.map {
      SourceFile(path: root + "/" + $0.path, size: $0.size, modified: $0.modified)
    }.filter { !SourceCompanions.isCompanion($0.path) }
  }

  private func isTranscript(_ file: SourceFile, _ findings: inout [Finding]) -> Bool {
    guard file.size > 0 else { return false }
    do {
      let head = try FileChunks(fileSystem: fileSystem)
        .head(file.path, bytes: Self.headBytes, followLinks: false)
      return isTranscript(head, file.path)
    } catch {
      findings.append(
        Finding(
          severity: .warning, code: "unreadable-file", message: error.description,
          path: file.path))
      return false
    }
  }

  private func noteOthers(_ count: Int, _ root: String, _ findings: inout [Finding]) {
    guard count > 0 else { return }
    findings.append(
      Finding(
        severity: .note, code: "no-transcript",
        message: "\(count) files in this folder are no transcripts and were left out.",
        path: root))
  }

  private static func empty(_ root: String) -> Finding {
    Finding(
      severity: .warning, code: "empty-folder",
      message: "The folder holds no files. Check the path, or leave it out.", path: root)
  }

  private static func noTranscripts(_ root: String) -> Finding {
    Finding(
      severity: .warning, code: "no-transcripts",
      message: "No file in the folder is a transcript. Give it without --as, or `--as workspace`.",
      path: root)
  }
}
