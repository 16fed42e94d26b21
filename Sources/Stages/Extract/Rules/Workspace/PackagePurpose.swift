import KairosModel

/// What packages and modules are for, in the first sentence of the comment that documents them.
struct PackagePurpose: WorkspaceRule {
  let name = "package-purpose"

  private static let factsMax = 60

  func observations(in workspace: Workspace, context: ExtractContext) -> [Observation] {
    let facts = WorkspaceFacts(rule: name, workspace: workspace, context: context)
    var folders: Set<String> = []
    var found: [Observation] = []
    for file in workspace.files where file.kind == .code && found.count < Self.factsMax {
      let parts = file.path.split(separator: "/").map(String.init)
      guard let comment = file.text, let fileName = parts.last, !Self.isTest(file.path),
        let sentence = SentenceSplitter.sentences(in: comment).first.map(Typography.collapsed),
        (30...200).contains(sentence.count)
      else { continue }
      let folder = parts.dropLast().joined(separator: "/")
      if sentence.hasPrefix("Package "), fileName.hasSuffix(".go") {
        guard folders.insert(folder).inserted else { continue }
        found.append(goPackage(sentence, folder, in: file, facts))
      } else if Self.entryFiles.contains(fileName) || fileName == folder + ".py" {
        guard folders.insert(folder).inserted, sentence.first?.isUppercase == true else { continue }
        found.append(purpose("`\(file.path)`: \(sentence)", of: file.path, in: file, facts))
      }
    }
    return found
  }

  /// Files whose leading comment documents their folder.
  private static let entryFiles: Set<String> = [
    "__init__.py", "mod.rs", "lib.rs", "index.ts", "index.js", "main.rs", "main.py",
    "package-info.java",
  ]

  private static func isTest(_ path: String) -> Bool {
    path.contains("_test.") || path.contains(".test.") || path.contains("/tests/")
      || path.hasPrefix("tests/") || path.contains("testdata/")
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
    let statement = text.hasSuffix(".") ? text : text + "."
    return facts.written(
      in: file, lines: 1...1, kind: .purpose, subject: "path:" + path, predicate: "purpose",
      value: StatementKey.value(ofSentence: statement), statement: statement,
      mentions: [Mention(kind: .path, name: path)])
  }
}
