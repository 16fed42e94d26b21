import KairosJSON
import KairosModel

/// Where things are: the main folders, the programs' entry points, the tests and the documents.
///
/// A listing that people see at a glance teaches nothing, so only folders that hold several others
/// and documents that a reader would look for are named.
struct Layout: WorkspaceRule {
  let name = "layout"

  private static let foldersMax = 8
  private static let namesMax = 12

  func observations(in workspace: Workspace, context: ExtractContext) -> [Observation] {
    let facts = WorkspaceFacts(rule: name, workspace: workspace, context: context)
    return folders(workspace, facts) + entryPoints(workspace, facts) + tests(workspace, facts)
      + documents(workspace, facts)
  }

  // MARK: Folders

  /// Folders of code with several folders of code in them.
  private func folders(_ workspace: Workspace, _ facts: WorkspaceFacts) -> [Observation] {
    var children: [String: Set<String>] = [:]
    var weight: [String: Int] = [:]
    var first: [String: Workspace.File] = [:]
    for file in workspace.files where file.kind == .code && !TestFiles.isData(file.path) {
      let parts = file.path.split(separator: "/").map(String.init)
      for depth in 1..<max(parts.count, 1) where parts.count > 1 {
        let parent = parts[..<(depth - 1)].joined(separator: "/")
        children[parent, default: []].insert(parts[depth - 1])
        weight[parent, default: 0] += 1
        if first[parent] == nil { first[parent] = file }
      }
    }
    let chosen = children.filter { $0.value.count >= 2 && !$0.key.hasPrefix(".") }
      .sorted { (weight[$0.key] ?? 0, $1.key) > (weight[$1.key] ?? 0, $0.key) }
      .prefix(Self.foldersMax)
    return chosen.compactMap { parent, names in
      guard let file = first[parent] else { return nil }
      let shown = names.filter { name in
        // At the root even a conventional name tells where the code is.
        !name.hasPrefix(".")
          && !(parent.isEmpty ? Self.besides : Self.conventional).contains(name)
      }.sorted()
      if parent.split(separator: "/").contains(where: { Self.besides.contains(String($0)) }) {
        return nil
      }
      guard shown.count >= 2 else { return nil }
      let list = Self.list(shown)
      let statement =
        parent.isEmpty
        ? "Code is in the top-level folders \(list)." : "`\(parent)` holds the folders \(list)."
      return facts.stated(
        in: file, lines: nil, kind: .layout, subject: "path:" + (parent.isEmpty ? "." : parent),
        predicate: "layout", value: shown.joined(separator: " "), statement: statement,
        quote: statement)
    }
  }

  /// Folders that hold no code of the product.
  private static let besides: Set<String> = [
    "test", "tests", "Tests", "spec", "bench", "benches", "benchmarks", "example", "examples",
    "Examples", "doc", "docs", "documentation", "testdata", "__tests__", "playground",
    "playgrounds", "website", "site", "fixtures", "contrib", "demo", "demos",
  ]

  /// Names that say the same in every project.
  private static let conventional: Set<String> = [
    "src", "source", "lib", "test", "tests", "spec", "bench", "benches", "examples", "docs", "bin",
    "main", "java", "kotlin", "resources", "Sources", "Tests", "testdata", "__tests__",
  ]

  private static func list(_ names: [String]) -> String {
    let shown = names.prefix(namesMax).map { "`\($0)`" }
    guard names.count <= namesMax else {
      return shown.joined(separator: ", ") + " and \(names.count - namesMax) more"
    }
    return shown.count < 2
      ? shown.joined() : shown.dropLast().joined(separator: ", ") + " and " + (shown.last ?? "")
  }

  // MARK: Entry points

  private func entryPoints(_ workspace: Workspace, _ facts: WorkspaceFacts) -> [Observation] {
    var found: [(file: Workspace.File, program: String)] = []
    for file in workspace.files where file.kind == .code && !TestFiles.isTest(file.path) {
      let parts = file.path.split(separator: "/").map(String.init)
      guard let last = parts.last, parts.count <= 5 else { continue }
      let folder = parts.dropLast().last
      switch last {
      case "main.go":
        let isMain = file.symbols.contains { $0.kind == "package" && $0.name == "main" }
        let isTool = parts.contains { ["tools", "hack", "internal", "examples"].contains($0) }
        guard isMain, !isTool else { continue }
        found.append((file, folder ?? Self.moduleName(workspace) ?? "main"))
      case "main.swift" where parts.count == 3 && parts[0] == "Sources":
        found.append((file, parts[1]))
      case "main.rs" where folder == "src" && parts.count > 2:
        found.append((file, Self.crateName(parts.dropLast(2), workspace) ?? parts[parts.count - 3]))
      case "__main__.py" where folder != nil: found.append((file, folder ?? ""))
      case "manage.py" where parts.count <= 2: found.append((file, "manage.py"))
      default: continue
      }
    }
    return found.prefix(6).map { file, program in
      facts.stated(
        in: file, lines: nil, kind: .layout, subject: "path:" + file.path, predicate: "layout",
        value: "entry point of " + program,
        statement: "The program `\(program)` starts in `\(file.path)`.", quote: file.path)
    }
  }

  /// The name in the crate's own manifest.
  private static func crateName(_ folder: ArraySlice<String>, _ workspace: Workspace) -> String? {
    let manifest = workspace.file(folder.joined(separator: "/") + "/Cargo.toml")?.text
    return SettingsText.toml(manifest ?? "").first { $0.path == ["package", "name"] }?.value
  }

  private static func moduleName(_ workspace: Workspace) -> String? {
    let line = workspace.file("go.mod")?.text?.split(separator: "\n").first {
      $0.hasPrefix("module ")
    }
    return line.flatMap { $0.split(separator: "/").last.map(String.init) }
  }

  // MARK: Tests

  private func tests(_ workspace: Workspace, _ facts: WorkspaceFacts) -> [Observation] {
    let tests = workspace.files.filter { $0.kind == .code && TestFiles.isTest($0.path) }
    guard let first = tests.first else { return [] }
    var found: [Observation] = []
    func add(_ subject: String, _ statement: String, _ file: Workspace.File) {
      found.append(
        facts.stated(
          in: file, lines: nil, kind: .layout, subject: subject, predicate: "layout",
          value: statement, statement: statement, quote: file.path))
    }
    let beside = tests.filter { TestFiles.standsBeside($0.path, workspace) }
    if beside.count * 2 > tests.count, let pattern = TestFiles.pattern(beside.map(\.path)) {
      add("topic:tests", "Tests stand beside the code that they test (`\(pattern)`).", first)
    } else if let folder = TestFiles.commonFolder(tests.map(\.path)) {
      let isAll = tests.allSatisfy { $0.path.hasPrefix(folder + "/") }
      add("topic:tests", "\(isAll ? "Tests" : "Most tests") are in `\(folder)/`.", first)
    }
    for (kind, words) in TestFiles.kinds {
      let folders = Set(tests.compactMap { TestFiles.folder($0.path, named: words) }).sorted()
      for folder in folders.prefix(3) {
        let file = tests.first { $0.path.hasPrefix(folder + "/") } ?? first
        add("path:" + folder, "\(kind) tests are in `\(folder)`.", file)
      }
    }
    return found
  }

  // MARK: Documents

  private func documents(_ workspace: Workspace, _ facts: WorkspaceFacts) -> [Observation] {
    var groups: [String: [Workspace.File]] = [:]
    for file in workspace.files where file.kind == .document {
      let parts = file.path.split(separator: "/").map(String.init)
      guard parts.count >= 2, ["docs", "doc", "documentation"].contains(parts[0]),
        !file.path.hasSuffix(".txt"), !TestFiles.isData(file.path)
      else { continue }
      groups[parts.dropLast().joined(separator: "/"), default: []].append(file)
    }
    let chosen = groups.filter { $0.value.count >= 2 }.sorted { $0.key < $1.key }.prefix(5)
    return chosen.map { folder, files in
      let names = files.map { String($0.path.split(separator: "/").last ?? "") }.sorted()
      let statement = "Documents in `\(folder)`: \(Self.list(names))."
      let short = statement.count <= 240 ? statement : "Documents are in `\(folder)`."
      return facts.stated(
        in: files[0], lines: nil, kind: .layout, subject: "path:" + folder, predicate: "layout",
        value: names.joined(separator: " "), statement: short, quote: short)
    }
  }
}

/// Recognises tests by their paths.
enum TestFiles {
  static let kinds: [(String, [String])] = [
    ("Integration", ["integration", "integrations"]), ("End-to-end", ["e2e", "end2end"]),
    ("Acceptance", ["acceptance"]), ("Functional", ["functional"]),
  ]

  private static let folders: Set<String> = [
    "test", "tests", "Tests", "spec", "specs", "__tests__", "testing", "e2e", "integration_test",
    "e2e_test", "integration-tests", "test-e2e",
  ]

  static func isTest(_ path: String) -> Bool {
    let parts = path.split(separator: "/").map(String.init)
    return parts.dropLast().contains { folders.contains($0) } || ending(path) != nil
  }

  /// Files that tests read: fixtures, golden files, examples.
  static func isData(_ path: String) -> Bool {
    path.split(separator: "/").contains {
      [
        "testdata", "fixtures", "__fixtures__", "__snapshots__", "vendor", "node_modules",
        "examples",
      ]
      .contains(String($0))
    }
  }

  /// The naming pattern of a test file (`*_test.go`); `nil` for other files.
  static func ending(_ path: String) -> String? {
    guard let name = path.split(separator: "/").last,
      let dot = name.lastIndex(of: ".")
    else { return nil }
    let (stem, ext) = (name[..<dot], name[dot...])
    for mark in ["_test", ".test", ".spec", "_spec", "Tests", "Test", "Spec"]
    where stem.hasSuffix(mark) && stem.count > mark.count {
      return "*" + mark + ext
    }
    return stem.hasPrefix("test_") ? "test_*" + ext : nil
  }

  static func standsBeside(_ path: String, _ workspace: Workspace) -> Bool {
    let parts = path.split(separator: "/").map(String.init)
    return ending(path) != nil && !parts.dropLast().contains { folders.contains($0) }
  }

  /// The most frequent pattern.
  static func pattern(_ paths: [String]) -> String? {
    var counts: [String: Int] = [:]
    for path in paths { if let pattern = ending(path) { counts[pattern, default: 0] += 1 } }
    return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
  }

  /// The test folder that holds most of the paths.
  static func commonFolder(_ paths: [String]) -> String? {
    var counts: [String: Int] = [:]
    for path in paths {
      let parts = path.split(separator: "/").map(String.init)
      guard let at = parts.dropLast().firstIndex(where: { folders.contains($0) }) else { continue }
      counts[parts[...at].joined(separator: "/"), default: 0] += 1
    }
    let best = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }
    return best.flatMap { $0.value * 2 >= paths.count ? $0.key : nil }
  }

  /// The outermost folder of a path whose name says this kind of test.
  static func folder(_ path: String, named words: [String]) -> String? {
    let parts = path.split(separator: "/").map(String.init)
    let at = parts.dropLast().firstIndex { part in
      part.lowercased().split { "_-".contains($0) }.contains { words.contains(String($0)) }
    }
    return at.map { parts[...$0].joined(separator: "/") }
  }
}
