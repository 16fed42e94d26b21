import KairosModel

/// Project rules of Cursor: `kairos.mdc` for every request, and one rule for each folder that facts
/// are about, which Cursor attaches when files below that folder are in the context.
///
/// The front matter is Cursor's own dialect: `globs` is a list with commas, without quotes.
struct CursorRules {
  /// Folders are told apart down to this depth; deeper ones share a rule.
  private static let depth = 2

  /// `facts` are firm and sorted, strongest first.
  static func content(
    facts: [Fact], snapshot: SnapshotManifest, options: ExportOptions
  ) -> FolderContent {
    let label = ProjectLabel(project: snapshot.project).name
    let everywhere = facts.filter { folder(of: $0) == nil }
    let always = FolderFile(
      path: "kairos.mdc",
      head: head("Project memory of \(label)", globs: "", always: true),
      section: MemorySection(facts: everywhere, snapshot: snapshot, budget: options))
    let folders = Set(facts.compactMap(folder)).sorted()
    let names = fileNames(folders)
    let scoped = folders.map { folder in
      FolderFile(
        path: names[folder] ?? "", head: scopedHead(label, folder),
        section: MemorySection(
          facts: facts.filter { Self.folder(of: $0) == folder }, snapshot: snapshot,
          budget: options, style: SectionStyle(title: "## Project memory of `\(folder)`")))
    }
    let taken = Set((scoped + [always]).flatMap { $0.section.included.map(\.id) })
    return FolderContent(
      files: [always] + scoped, included: facts.filter { taken.contains($0.id) },
      omitted: ([always] + scoped).flatMap(\.section.omitted),
      loaded: (always.section.lines.count, always.section.byteCount))
  }

  /// The folder that a fact is about: its scope, or the folder of the file that it names as its
  /// subject; `nil` for the whole project and for names that mean something else in a pattern.
  static func folder(of fact: Fact) -> String? {
    let subject = fact.slot.subject
    var parts: [Substring]
    if let path = fact.slot.scope.path {
      parts = path.split(separator: "/")
    } else if subject.hasPrefix("path:") {
      parts = subject.dropFirst("path:".count).split(separator: "/").dropLast()
    } else {
      return nil
    }
    parts = Array(parts.prefix(depth))
    let isPlain = parts.allSatisfy { part in
      part != "." && part != ".."
        && part.allSatisfy { $0.isLetter || $0.isNumber || "._-".contains($0) }
    }
    return parts.isEmpty || !isPlain ? nil : parts.joined(separator: "/")
  }

  /// Names from folders; where two are alike (`a/b` and `a-b`), a digest tells them apart.
  private static func fileNames(_ folders: [String]) -> [String: String] {
    let bySlug = Dictionary(grouping: folders, by: ProjectLabel.slug)
    var names: [String: String] = [:]
    for folder in folders {
      let slug = ProjectLabel.slug(folder)
      let isAlone = bySlug[slug]?.count == 1
      let tag = isAlone ? "" : "-" + SHA256Digest.of(folder).hex.prefix(6)
      names[folder] = "kairos-\(slug)\(tag).mdc"
    }
    return names
  }

  private static func scopedHead(_ label: String, _ folder: String) -> String {
    head("Project memory of \(label) about \(folder)", globs: "\(folder)/**", always: false)
  }

  private static func head(_ description: String, globs: String, always: Bool) -> String {
    FrontMatter(members: [
      ("description", description), ("globs", globs), ("alwaysApply", always ? "true" : "false"),
    ]).text
  }
}
