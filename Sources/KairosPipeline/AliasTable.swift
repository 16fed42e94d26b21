import KairosModel

/// Other names of one project: what a person wrote into `config.yaml`, and `.kairos/aliases`, a
/// plain file with one name a line that kairos adds the folders to in which it has seen the
/// project, so that they are known when they are gone.
///
/// A name is a folder (absolute) or a remote (`github.com/owner/name`); `!` before it says that it
/// is never this project's.
public struct AliasTable: Sendable, Equatable {
  /// One name with where it stands.
  public struct Entry: Sendable, Equatable {
    public let name: String
    public let isExcluded: Bool
    /// `config.yaml` or `aliases`.
    public let file: String
  }

  public static let fileName = "aliases"

  public private(set) var entries: [Entry] = []

  /// The names of a memory. A missing file is an empty one.
  public static func read(
    _ folder: MemoryFolder, _ configuration: MemoryConfiguration
  ) -> AliasTable {
    var table = AliasTable()
    for name in configuration.aliases { table.add(name, file: "config.yaml") }
    let bytes = (try? WholeFile.read(folder.aliases, limit: 1 << 20)) ?? []
    for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline) {
      let name = trimmed(line)
      if !name.isEmpty, !name.hasPrefix("#") { table.add(name, file: fileName) }
    }
    return table
  }

  private mutating func add(_ text: String, file: String) {
    let isExcluded = text.hasPrefix("!")
    var name = isExcluded ? Self.trimmed(text.dropFirst()) : text
    if name.hasPrefix("/"), name.utf8.count > 1, name.hasSuffix("/") { name.removeLast() }
    guard !name.isEmpty, !entries.contains(where: { $0.name == name }) else { return }
    entries.append(Entry(name: name, isExcluded: isExcluded, file: file))
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    let head = text.drop(while: \.isWhitespace)
    let end = head.lastIndex { !$0.isWhitespace }
    return end.map { String(head[...$0]) } ?? ""
  }

  /// Folders, without a slash at their ends.
  var folders: [String] { names(excluded: false).filter { $0.hasPrefix("/") } }
  var remotes: [String] { names(excluded: false).filter { !$0.hasPrefix("/") } }
  var excludedFolders: [String] { names(excluded: true).filter { $0.hasPrefix("/") } }
  var excludedRemotes: [String] { names(excluded: true).filter { !$0.hasPrefix("/") } }

  private func names(excluded: Bool) -> [String] {
    entries.filter { $0.isExcluded == excluded }.map(\.name)
  }

  private static let introduction = """
    # Folders and remotes of this project, one a line; `!` before one: never this project's.
    # kairos adds the folders in which it has seen the project. Edit as you like.

    """

  /// Adds folders that are not there yet to the memory's file; what a person wrote stays as it is.
  func remember(_ seen: [String], in folder: MemoryFolder) throws {
    let known = Set(entries.map(\.name))
    let new = Set(seen).subtracting(known).filter { !$0.contains(where: \.isNewline) }.sorted()
    guard !new.isEmpty else { return }
    var text = String(
      decoding: try WholeFile.readIfPresent(folder.aliases) ?? Array(Self.introduction.utf8),
      as: UTF8.self)
    if !text.isEmpty, !text.hasSuffix("\n") { text += "\n" }
    text += new.map { $0 + "\n" }.joined()
    try AtomicFile.write(Array(text.utf8), to: folder.aliases, mode: 0o600)
  }
}

extension Memory {
  /// The project's other names.
  public var aliases: AliasTable { AliasTable.read(folder, configuration) }
}
