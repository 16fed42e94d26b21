import KairosModel

/// Lists the regular files below a folder: sorted, without following links, and past whatever
/// cannot be read.
struct FolderWalk {
  /// A regular file, by its path below the root.
  struct Found: Equatable {
    let path: String
    let size: Int
    let modified: Int64
  }

  /// Deeper trees are loops of mounts, not projects.
  private static let depthMax = 64

  let fileSystem: any FileSystem

  /// `skips` decides by name and path below the root whether a folder is left out; `entering` sees
  /// every folder that is not, before its files.
  func files(
    below root: String, entering: (_ path: String, _ names: [String]) -> Void = { _, _ in },
    skips: (_ name: String, _ path: String) -> Bool
  ) -> (files: [Found], findings: [Finding]) {
    var files: [Found] = []
    var findings: [Finding] = []
    var unspeakable = 0
    var pending: [(path: String, depth: Int)] = [("", 0)]
    while let folder = pending.popLast() {
      let absolute = folder.path.isEmpty ? root : root + "/" + folder.path
      do {
        let listing = try fileSystem.list(absolute)
        unspeakable += listing.unspeakable
        entering(folder.path, listing.names)
        for name in listing.names {
          let path = folder.path.isEmpty ? name : folder.path + "/" + name
          let status = try? fileSystem.status(of: root + "/" + path, followLinks: false)
          switch status?.kind {
          case .file?:
            files.append(
              Found(path: path, size: status?.size ?? 0, modified: status?.modified ?? 0))
          case .folder? where folder.depth < Self.depthMax && !skips(name, path):
            pending.append((path, folder.depth + 1))
          default: break
          }
        }
      } catch {
        findings.append(
          Finding(
            severity: .warning, code: "unreadable-folder",
            message: SourceError(error).description, path: absolute))
      }
    }
    if unspeakable > 0 { findings.append(Self.unspeakable(unspeakable, root)) }
    files.sort { $0.path < $1.path }
    return (files, findings)
  }

  static func unspeakable(_ count: Int, _ root: String) -> Finding {
    Finding(
      severity: .warning, code: "file-name-encoding",
      message: "\(count) names are not UTF-8 and were left out. Rename those files.", path: root)
  }
}
