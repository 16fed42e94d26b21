import KairosModel

/// How much of a project uses its dependencies, as far as words in code and documents tell.
struct DependencyUsage {
  /// Code files that a dependency must occur in, with and without a mention in documents.
  private static let namedFilesMin = 1
  private static let filesMin = 5
  /// Shorter names are words, too (`log`, `mod`, `term`).
  private static let charactersMin = 5

  private var filesByName: [String: Int] = [:]
  private var named: Set<String> = []

  init(_ dependencies: [String], _ workspace: Workspace) {
    var words: Set<String> = []
    var texts: [String] = []
    for file in workspace.files where file.kind == .document || file.kind == .instructions {
      for word in file.words { words.insert(word.lowercased()) }
      if let text = file.text { texts.append(text) }
    }
    let code = workspace.files.filter { $0.kind == .code }
    for dependency in dependencies {
      let short = Dependencies.shortName(dependency)
      let spellings = Set([short, String(short.map { $0 == "-" ? "_" : $0 })])
      filesByName[dependency] = code.count { file in
        spellings.contains { Self.has($0, in: file.words) }
      }
      let isLong = short.utf8.count >= Self.charactersMin
      let tail = dependency.split(separator: "/").suffix(2).joined(separator: "/")
      if isLong && words.contains(short.lowercased())
        || dependency.contains("/") && texts.contains(where: { $0.contains(tail) })
      {
        named.insert(dependency)
      }
    }
  }

  /// The words of a file are sorted.
  private static func has(_ word: String, in words: [String]) -> Bool {
    var low = 0
    var high = words.count
    while low < high {
      let middle = (low + high) / 2
      if words[middle] < word { low = middle + 1 } else { high = middle }
    }
    return low < words.count && words[low] == word
  }

  /// Code files in which the dependency's name occurs.
  func files(_ dependency: String) -> Int { filesByName[dependency] ?? 0 }

  /// Whether the dependency deserves a fact of its own.
  func isImportant(_ dependency: String) -> Bool {
    let count = files(dependency)
    if named.contains(dependency) { return count >= Self.namedFilesMin }
    return count >= Self.filesMin
      && Dependencies.shortName(dependency).utf8.count >= Self.charactersMin
  }
}
