/// Finds what stands at a path in which `*` means any characters of one name.
public struct PathPattern: Sendable {
  private let fileSystem: any FileSystem

  public init(fileSystem: any FileSystem = PosixFileSystem()) { self.fileSystem = fileSystem }

  /// The existing files and folders that fit an absolute pattern, sorted. A folder on the way that
  /// may not be listed is an entry of `closed`; one that is not there is no news.
  public func matches(_ pattern: String) -> (found: [String], closed: [String]) {
    var found = [""]
    var closed: [String] = []
    for part in pattern.split(separator: "/").map(String.init) {
      guard part.contains("*") else {
        found = found.map { $0 + "/" + part }
        continue
      }
      var below: [String] = []
      for folder in found { below += names(in: folder, fitting: part, &closed) }
      found = below
    }
    found = found.filter { !Self.isAbsent($0, fileSystem) }
    return (found.sorted(), closed.sorted())
  }

  private func names(
    in folder: String, fitting pattern: String, _ closed: inout [String]
  ) -> [String] {
    do throws(FileError) {
      let names = try fileSystem.list(folder.isEmpty ? "/" : folder).names
      return names.filter { Self.fits($0, pattern) }.map { folder + "/" + $0 }
    } catch {
      if !SourceError(error).isAbsence { closed.append(folder) }
      return []
    }
  }

  private static func isAbsent(_ path: String, _ fileSystem: any FileSystem) -> Bool {
    do throws(FileError) {
      _ = try fileSystem.status(of: path, followLinks: true)
      return false
    } catch {
      return SourceError(error).isAbsence
    }
  }

  /// Whether a name fits a pattern with one `*`.
  private static func fits(_ name: String, _ pattern: String) -> Bool {
    let ends = pattern.split(separator: "*", maxSplits: 1, omittingEmptySubsequences: false)
    guard let head = ends.first, let tail = ends.last else { return false }
    return name.utf8.count >= head.utf8.count + tail.utf8.count && name.hasPrefix(head)
      && name.hasSuffix(tail)
  }
}
