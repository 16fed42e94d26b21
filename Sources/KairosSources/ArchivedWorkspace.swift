import KairosModel

extension WorkspaceScanner {
  /// Hands every file of an archive to a function: its name, its first bytes, its whole size.
  public typealias ArchivedFiles = (
    _ file: (_ name: String, _ bytes: [UInt8], _ size: Int) throws -> Void
  ) throws -> Void

  /// How much of one file `ArchivedFiles` hands on; larger ones are left out.
  public var archivedBytes: Int { limits.digestBytes }

  /// The state of a project in an archive, as the same files in a folder would give it. `files` is
  /// called twice: what is ignored must be known before the first file is read. A folder that holds
  /// everything (`lamp-1.2/`) is the root.
  public func scan(archive path: String, files: ArchivedFiles) throws -> WorkspaceScan {
    var names: [String] = []
    var ignores: [String: String] = [:]
    try files { name, bytes, _ in
      names.append(name)
      if name == ".gitignore" || name.hasSuffix("/.gitignore") {
        ignores[name] = String(decoding: bytes.prefix(limits.dataBytes), as: UTF8.self)
      }
    }
    let top = Self.commonFolder(names)
    var rules = IgnoreRules()
    for (name, text) in ignores.sorted(by: { $0.key < $1.key }) {
      let folder = name.dropFirst(top.count).dropLast(".gitignore".count)
      rules.add(text, folder: String(folder.hasSuffix("/") ? folder.dropLast() : folder))
    }
    var collected = Collected()
    try files { name, bytes, size in
      let path = String(name.dropFirst(top.count))
      guard !Self.isLeftOut(path, rules), admits(path, size, &collected) else { return }
      var content = FileContent(size: 0)
      bytes.withUnsafeBytes {
        content.append(
          $0, headMax: size > limits.fileBytes ? limits.manifestBytes : limits.fileBytes)
      }
      keep(path, content, SHA256Digest.of(bytes), &collected)
    }
    return finished(collected, root: path, commit: nil, dirty: false, at: nil, remote: nil)
  }

  /// The folder that all files lie in, with its slash; empty when there is none.
  private static func commonFolder(_ names: [String]) -> String {
    guard let slash = names.first?.firstIndex(of: "/"), let first = names.first else { return "" }
    let folder = first[...slash]
    return names.allSatisfy { $0.hasPrefix(folder) } ? String(folder) : ""
  }

  private static func isLeftOut(_ path: String, _ rules: IgnoreRules) -> Bool {
    if FileKinds.passes(path, through: FileKinds.outputFolders) { return true }
    if rules.ignores(path, isFolder: false) { return true }
    return path.indices.contains {
      path[$0] == "/" && rules.ignores(String(path[..<$0]), isFolder: true)
    }
  }
}
