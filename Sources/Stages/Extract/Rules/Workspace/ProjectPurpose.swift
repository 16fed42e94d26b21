import KairosJSON
import KairosModel

/// What the project is, in its own words: the description of its manifest, else the beginning of
/// its README.
struct ProjectPurpose: WorkspaceRule {
  let name = "project-purpose"

  private static let characters = 20...220
  private static let wordsMin = 4

  func observations(in workspace: Workspace, context: ExtractContext) -> [Observation] {
    let facts = WorkspaceFacts(rule: name, workspace: workspace, context: context)
    guard let found = manifest(workspace) ?? readme(workspace) else { return [] }
    let text = found.text.hasSuffix(".") ? found.text : found.text + "."
    return [
      facts.stated(
        in: found.file, lines: found.line...found.line, kind: .purpose, predicate: "purpose",
        value: StatementKey.value(ofSentence: text), statement: "About the project: \(text)",
        quote: found.text)
    ]
  }

  private typealias Found = (file: Workspace.File, line: Int, text: String)

  private func manifest(_ workspace: Workspace) -> Found? {
    for name in ["package.json", "composer.json"] {
      guard let file = workspace.file(name), let text = file.text,
        let description = try? JSONDocument.parse(text).root["description"]?.string,
        let plain = Self.plain(description)
      else { continue }
      return (file, JSONMembers.line(of: ["description"], in: text), plain)
    }
    for (name, paths) in [
      ("Cargo.toml", [["package", "description"], ["workspace", "package", "description"]]),
      ("pyproject.toml", [["project", "description"], ["tool", "poetry", "description"]]),
    ] {
      guard let file = workspace.file(name), let text = file.text,
        let entry = SettingsText.toml(text).first(where: { paths.contains($0.path) }),
        let plain = Self.plain(entry.value)
      else { continue }
      return (file, entry.line, plain)
    }
    return nil
  }

  /// The first sentence of the first paragraph that is one: badges, links and markup are none.
  private func readme(_ workspace: Workspace) -> Found? {
    let names = ["README.md", "Readme.md", "readme.md", "README.rst", "README"]
    guard let file = names.lazy.compactMap({ workspace.file($0) }).first, let text = file.text
    else {
      return nil
    }
    for block in DocumentOutline(text).blocks.prefix(12) where block.kind == .paragraph {
      guard block.headings.count <= 1 else { return nil }
      guard !block.text.hasPrefix("<"), !block.text.hasPrefix("[!"), !block.text.hasPrefix("!["),
        let sentence = SentenceSplitter.sentences(in: block.text).first,
        let plain = Self.plain(sentence), plain.contains(" ")
      else { continue }
      return (file, block.lines.lowerBound, plain)
    }
    return nil
  }

  private static func plain(_ text: String) -> String? {
    let plain = Typography.collapsed(InlineMarkdown.plain(text)).trimmed
    guard characters.contains(plain.count), plain.split(separator: " ").count >= wordsMin,
      !plain.contains("http"), !plain.contains("<"), !plain.hasSuffix(":")
    else { return nil }
    return plain
  }
}
