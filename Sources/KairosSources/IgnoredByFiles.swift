/// Answers whether a path that is not there would be left out of a project by its `.gitignore`
/// files: what is built or private is rightly missing.
public struct IgnoredByFiles: Sendable {
  private let root: String

  /// `root` is a project's folder.
  public init(root: String) { self.root = root }

  /// Whether the path below the root, or a folder above it, is ignored, or is a usual place of
  /// output.
  public func contains(_ path: String) -> Bool {
    let parts = path.split(separator: "/").map(String.init).filter { $0 != "." }
    guard !parts.isEmpty, !parts.contains("..") else { return false }
    var rules = IgnoreRules()
    var folder = ""
    for (index, part) in parts.enumerated() {
      let file = (folder.isEmpty ? root : root + "/" + folder) + "/.gitignore"
      if let bytes = try? FileChunks().head(file, bytes: 64 << 10) {
        rules.add(String(decoding: bytes, as: UTF8.self), folder: folder)
      }
      folder = folder.isEmpty ? part : folder + "/" + part
      let isFolder = index < parts.count - 1 || path.hasSuffix("/")
      if rules.ignores(folder, isFolder: isFolder) || rules.ignores(folder, isFolder: true) {
        return true
      }
      if FileKinds.neverEntered.contains(part) || FileKinds.outputFolders.contains(part) {
        return true
      }
    }
    return false
  }
}
