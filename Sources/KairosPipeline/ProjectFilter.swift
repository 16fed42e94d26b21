import KairosJSON
import KairosModel
import KairosSources

/// Tells whether a session found in an agent's home belongs to this project.
///
/// It does when it ran inside the project's folder or an alias of it, when it names the project's
/// remote, or when its folder is another checkout of the same project. The folder is read from
/// the records; names of folders in agents' homes are lossy and never asked.
final class ProjectFilter {
  private let project: String
  private let roots: [String]
  private let remotes: Set<String>
  private var identities: [String: String] = [:]

  /// How much of a file is looked at: the first records name the folder, and few are longer.
  private static let headBytes = [16 * 1024, 512 * 1024]

  init(memory: Memory) {
    project = memory.configuration.project
    let aliases = memory.configuration.aliases
    roots = [memory.folder.projectRoot] + aliases.filter { $0.hasPrefix("/") }
    var remotes = Set(aliases.filter { !$0.hasPrefix("/") })
    if project.hasPrefix("git:") { remotes.insert(String(project.dropFirst(4))) }
    self.remotes = remotes
  }

  func isOurs(_ file: SourceFile) -> Bool {
    for bytes in Self.headBytes {
      guard let head = try? FileChunks().head(file.path, bytes: bytes) else { return false }
      if let answer = answer(head) { return answer }
      if head.count < bytes { return false }
    }
    return false
  }

  /// Whether the session that begins so is ours.
  func isOurs(_ head: [UInt8]) -> Bool { answer(head) ?? false }

  /// Whether the session is ours; `nil` when these records do not tell.
  private func answer(_ head: [UInt8]) -> Bool? {
    for line in head.split(separator: UInt8(ascii: "\n")) {
      guard let root = try? JSONDocument.parse(Array(line)).root else { continue }
      let payload = root["payload"]
      if !remotes.isEmpty, let remote = payload?["git"]?["repository_url"]?.string,
        let canonical = ProjectIdentity.canonical(remote: remote)
      {
        return remotes.contains(canonical)
      }
      if let folder = root["cwd"]?.string ?? payload?["cwd"]?.string { return isOurs(folder) }
    }
    return nil
  }

  private func isOurs(_ folder: String) -> Bool {
    if roots.contains(where: { FilePath.isInside(folder, $0) }) { return true }
    if let known = identities[folder] { return known == project }
    let identity =
      PathStatus.of(folder)?.isFolder == true ? ProjectIdentity.of(directory: folder) : ""
    identities[folder] = identity
    // A folder's name alone proves nothing: two projects may share it.
    return identity == project && identity != ProjectIdentity.local
  }
}
