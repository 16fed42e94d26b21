import KairosModel

/// Tells which parts of documents speak to people who work on the project.
enum DocumentSections {
  /// Sections for people who install or use the product, history, and lists of links.
  static func isForOthers(_ heading: String) -> Bool {
    let name = heading.lowercased()
    return othersStarts.contains { name.hasPrefix($0) }
  }

  private static let othersStarts = [
    "installation", "install", "getting help", "license", "licence", "table of contents", "credits",
    "acknowledg", "sponsor", "changelog", "contact", "code of conduct", "support", "roadmap",
    "future", "todo", "example", "references", "see also", "out of scope", "non-goals", "faq",
    "version ", "unreleased", "migration", "upgrading", "security", "related", "alternatives",
    "badges", "community", "translations", "history", "release notes", "quick start",
    "quickstart", "reporting", "submitting issues",
  ]

  /// Whether any heading announces work on the project itself.
  static func isForDevelopers(_ headings: [String]) -> Bool {
    headings.contains { heading in
      let name = heading.lowercased()
      return developerWords.contains { name.contains($0) }
    }
  }

  private static let developerWords = [
    "develop", "contribut", "testing", "running test", "run test", "tests", "building",
    "architecture", "structure", "layout", "convention", "code style", "style guide", "guideline",
    "linting", "formatting", "releasing", "internals", "hacking", "debugging", "local setup",
    "commit", "pull request", "workflow", "codebase", "directories", "key files", "coding",
  ]

  /// Whether the whole document is for people who work on the project, by its name.
  static func isDevelopers(_ path: String) -> Bool {
    let lower = path.lowercased()
    let clear = [
      "contribut", "develop", "hacking", "architecture", "internals", "conventions", "maintain",
      "releasing", "adr/", "runbook",
    ]
    if clear.contains(where: { lower.contains($0) }) { return true }
    // In a folder of documents, these may be pages for users of the product.
    return !lower.contains("/")
      && ["testing", "design", "style", "coding", "building"].contains { lower.hasPrefix($0) }
  }

  /// Documents about working on the project; not history, law, or test data.
  static func isRead(_ file: Workspace.File) -> Bool {
    guard file.kind == .document, file.text != nil else { return false }
    let name = file.path.split(separator: "/").last.map { $0.lowercased() } ?? ""
    if skippedNames.contains(where: { name.hasPrefix($0) }) { return false }
    return !foreignFolders.contains { file.path.contains($0) }
  }

  private static let skippedNames = [
    "changelog", "changes", "license", "licence", "code_of_conduct", "security", "history",
    "release", "authors", "notice", "governance", "roadmap", "todo", "news", "copying", "faq",
    "migrat", "upgrad", "requirements", "pull_request_template", "whatsnew",
  ]
  private static let foreignFolders = [
    "testdata/", "fixtures/", "vendor/", "node_modules/", "examples/", "plans/", "ISSUE_TEMPLATE",
    "changes/", "changelog/", "tutorial", "blog/", "news/", "/api/", "locale", "i18n/", "versions/",
    // What the product says to models or people is its data.
    "prompts/", "prompt/", "templates/", "personas/", "rubrics/", "evals/",
  ]
}

/// Names that the tree has in code, settings or file names. A document's own words prove nothing:
/// stale prose would confirm itself.
struct TreeNames {
  private let words: Set<String>
  private let index: WorkspaceIndex
  private let tasks: Set<String>

  init(_ workspace: Workspace, index: WorkspaceIndex, tasks: [ProjectTask]) {
    var words: Set<String> = []
    for file in workspace.files {
      if file.kind != .document, file.kind != .instructions { words.formUnion(file.words) }
      // Extensionless path parts are names, too.
      for part in file.path.split(separator: "/") {
        words.formUnion(WorkspaceIndex.words(of: String(part)))
      }
    }
    self.words = words
    self.index = index
    self.tasks = Set(tasks.map(\.command))
  }

  /// Whether the thing exists as far as the tree can tell.
  func has(_ mention: Mention) -> Bool {
    switch mention.kind {
    case .path: return index.hasPath(mention.name) || hasWords(mention.name)
    case .symbol, .word, .package: return hasWords(mention.name)
    case .command:
      guard let use = CommandLine.use(ofLine: mention.name) else { return true }
      return !use.isTask || tasks.isEmpty || tasks.contains(use.line)
    }
  }

  private func hasWords(_ name: String) -> Bool {
    let parts = WorkspaceIndex.words(of: Self.withoutPlaceholders(name))
    return !parts.isEmpty && parts.allSatisfy { words.contains($0) }
  }

  /// `refs//` of `refs/<name>/<id[:2]>`: what is to be filled in is in no file.
  private static func withoutPlaceholders(_ name: String) -> String {
    guard name.contains("<") else { return name }
    var depth = 0
    return String(
      name.filter { character in
        if character == "<" { depth += 1 }
        defer { if character == ">" { depth -= 1 } }
        return depth <= 0
      })
  }
}
