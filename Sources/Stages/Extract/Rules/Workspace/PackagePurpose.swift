import KairosModel

/// What packages and modules are for, in the first sentence of the comment that documents them.
struct PackagePurpose: WorkspaceRule {
  let name = "package-purpose"

  private static let packagesMax = 60
  /// Other files with a comment at their top; the ones that define most come first.
  private static let filesMax = 25

  func observations(in workspace: Workspace, context: ExtractContext) -> [Observation] {
    let facts = WorkspaceFacts(rule: name, workspace: workspace, context: context)
    var folders: Set<String> = []
    var packages: [Observation] = []
    var files: [(symbols: Int, observation: Observation)] = []
    for file in Self.ranked(workspace) {
      let parts = file.path.split(separator: "/").map(String.init)
      guard let fileName = parts.last, let sentence = Self.sentence(file) else { continue }
      let folder = parts.dropLast().joined(separator: "/")
      if sentence.hasPrefix("Package "), fileName.hasSuffix(".go") {
        guard folders.insert(folder).inserted else { continue }
        packages.append(goPackage(sentence, folder, in: file, facts))
      } else if Self.entryFiles.contains(fileName) {
        guard folders.insert(folder).inserted else { continue }
        packages.append(purpose("`\(file.path)`: \(sentence)", of: file.path, in: file, facts))
      } else if !fileName.hasSuffix(".go"), file.symbols.count >= 3 {
        files.append(
          (
            file.symbols.count,
            purpose("`\(file.path)`: \(sentence)", of: file.path, in: file, facts)
          ))
      }
    }
    let important = files.sorted {
      $0.symbols == $1.symbols
        ? $0.observation.slot < $1.observation.slot : $0.symbols > $1.symbols
    }
    return Array(packages.prefix(Self.packagesMax))
      + important.prefix(Self.filesMax).map(\.observation)
  }

  /// What has a comment that says its purpose.
  func subjects(in workspace: Workspace) -> Set<String> {
    let context = ExtractContext(scope: Scope(project: ""), index: nil)
    return Set(observations(in: workspace, context: context).map(\.slot.subject))
  }

  /// Code files; of one folder the one that documents a Go package by convention first.
  private static func ranked(_ workspace: Workspace) -> [Workspace.File] {
    let files = workspace.files.filter { $0.kind == .code && !isTest($0.path) }
    return files.filter { isPackageFile($0.path) } + files.filter { !isPackageFile($0.path) }
  }

  private static func isPackageFile(_ path: String) -> Bool {
    let parts = path.split(separator: "/")
    guard let name = parts.last, name.hasSuffix(".go") else { return false }
    return name == "doc.go" || parts.dropLast().last.map { name == $0 + ".go" } ?? false
  }

  /// The first sentence of the comment at the top, when it describes the file.
  private static func sentence(_ file: Workspace.File) -> String? {
    guard let comment = file.text,
      let first = SentenceSplitter.sentences(in: comment).first,
      let sentence = Optional(withoutTags(Typography.collapsed(first))),
      (30...200).contains(sentence.count), sentence.first?.isUppercase == true,
      sentence.split(separator: " ").count >= 5
    else { return nil }
    let lower = sentence.lowercased()
    let noise = [
      "copyright", "license", "generated", "eslint", "do not edit", "@ts-", "todo", "http",
      "this file is part of", "usage:", "#!/", "vim:", "prettier", "bug report", "made by gnu",
      "this file was", "istanbul", "pragma",
      "<reference",
    ]
    if noise.contains(where: { lower.contains($0) }) { return nil }
    // The comment of the first definition says nothing about the file.
    if file.symbols.prefix(3).contains(where: { $0.kind != "package" && says($0.doc, sentence) }) {
      return nil
    }
    guard addsWords(sentence, to: file.path) else { return nil }
    let end = sentence.split(separator: " ").last?.filter(\.isLetter) ?? ""
    let open = ["for", "of", "to", "the", "a", "an", "with", "and", "in", "by", "from"]
    return open.contains(end) ? nil : sentence
  }

  /// "Authentication module" of `auth.py` says nothing new: without the words of the path and those
  /// that fit every file, two must be left.
  private static func addsWords(_ sentence: String, to path: String) -> Bool {
    let known = path.lowercased().split { !$0.isLetter && !$0.isNumber }
    func isKnown(_ word: String) -> Bool {
      known.contains { part in
        let length = min(4, part.count)
        return word == part || length >= 3 && part.count >= 3 && word.hasPrefix(part.prefix(length))
      }
    }
    let words = sentence.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    let fresh = words.filter { word in
      word.count > 1 && !Lexicon.stopWords.contains(word) && !emptyWords.contains(word)
        && !isKnown(word)
    }
    return Set(fresh).count >= 2
  }

  private static let emptyWords: Set<String> = [
    "package", "module", "modules", "file", "files", "type", "types", "definition", "definitions",
    "utility", "utilities", "util", "utils", "helper", "helpers", "function", "functions", "class",
    "classes", "shared", "common", "management", "manager", "handler", "support", "component",
    "components", "logic", "operations", "system", "related", "various", "contains", "provides",
    "implements", "defines", "implementation", "interface", "code", "main", "this", "the", "for",
    "of", "and", "with", "from", "used", "using", "custom", "entry", "point", "extracted",
  ]

  /// `Gson` of `{@link com.example.Gson}`.
  private static func withoutTags(_ text: String) -> String {
    var text = text
    for mark in ["{@link ", "{@code ", "{@linkplain "] {
      while let open = text.firstRange(of: mark),
        let close = text[open.upperBound...].firstIndex(of: "}")
      {
        let name = text[open.upperBound..<close]
        let last = name.split { ".# ".contains($0) }.last.map(String.init) ?? String(name)
        text.replaceSubrange(open.lowerBound...close, with: "`\(last)`")
      }
    }
    return text
  }

  private static func says(_ doc: String?, _ sentence: String) -> Bool {
    guard let doc else { return false }
    return sentence.hasPrefix(Typography.collapsed(doc).prefix(40))
  }

  /// Files whose leading comment documents their folder.
  private static let entryFiles: Set<String> = [
    "__init__.py", "mod.rs", "lib.rs", "index.ts", "index.js", "main.rs", "main.py",
    "package-info.java", "main.go", "main.swift",
  ]

  private static func isTest(_ path: String) -> Bool {
    TestFiles.isTest(path) || TestFiles.isData(path)
  }

  /// "Package redact replaces …" → "Package `redact` (`internal/redact`) replaces …".
  private func goPackage(
    _ sentence: String, _ folder: String, in file: Workspace.File, _ facts: WorkspaceFacts
  ) -> Observation {
    let words = sentence.split(separator: " ", maxSplits: 2).map(String.init)
    let place = folder.isEmpty ? "" : " (`\(folder)`)"
    let rest = words.count == 3 ? " " + words[2] : ""
    let name = words.count > 1 ? words[1] : folder
    return purpose(
      "Package `\(name)`\(place)\(rest)", of: folder.isEmpty ? file.path : folder, in: file, facts)
  }

  private func purpose(
    _ text: String, of path: String, in file: Workspace.File, _ facts: WorkspaceFacts
  ) -> Observation {
    let isClosed = text.hasSuffix(".") || text.hasSuffix(".\"") || text.hasSuffix(".)")
    let statement = isClosed ? text : text + "."
    return facts.stated(
      in: file, lines: nil, kind: .purpose, subject: "path:" + path, predicate: "purpose",
      value: StatementKey.value(ofSentence: statement), statement: statement, quote: statement)
  }
}
